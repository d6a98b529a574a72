package io.socketlab.lab.script;

import io.socketlab.kernel.libc.AddrInfoError;
import io.socketlab.kernel.libc.GetHostByName;
import io.socketlab.kernel.socket.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What there is to know about a call: for completion, inline help and error messages.
 *
 * @param signature as its man page declares it
 * @param summary in one line
 * @param forms the ways to write it here, the shortest first
 * @param example a call that can be made
 * @param returns what it gives back when it succeeds, and that it is -1 when it does not
 * @param manPage {@code listen(2)}
 */
public record CallInfo(
        String name,
        String signature,
        String summary,
        List<String> forms,
        String example,
        List<Parameter> parameters,
        String returns,
        List<CallError> errors,
        String manPage) {

    public CallInfo {
        forms = List.copyOf(forms);
        parameters = List.copyOf(parameters);
        errors = List.copyOf(errors);
    }

    /**
     * @param constants the names that can be written for it, if it takes names
     */
    public record Parameter(String name, String meaning, List<String> constants) {
        public Parameter {
            constants = List.copyOf(constants);
        }
    }

    /**
     * @param text what strerror(3) says
     * @param tryThis what to do about it
     */
    public record CallError(String errno, String text, String cause, String tryThis) {}

    /** With how many arguments it can be written. */
    IntStream arities() {
        return forms.stream().mapToInt(CallInfo::arity);
    }

    private static int arity(String form) {
        int open = form.indexOf('(');
        if (open == form.length() - 2) return 0;
        int commas = 0;
        for (int i = open; i < form.length(); i++) if (form.charAt(i) == ',') commas++;
        return commas + 1;
    }

    static Builder call(String signature, String summary) {
        return new Builder(signature, summary);
    }

    /** Collects what is known about a call, in the order in which a man page says it. */
    static final class Builder {

        private final String signature;
        private final String summary;
        private final List<String> forms = new ArrayList<>();
        private final List<Parameter> parameters = new ArrayList<>();
        private final List<CallError> errors = new ArrayList<>();
        private String example = "";
        private String returns = "";

        private Builder(String signature, String summary) {
            this.signature = signature;
            this.summary = summary;
        }

        Builder forms(String... written) {
            forms.addAll(List.of(written));
            return this;
        }

        Builder example(String text) {
            example = text;
            return this;
        }

        Builder parameter(String name, String meaning) {
            parameters.add(new Parameter(name, meaning, List.of()));
            return this;
        }

        Builder parameter(String name, String meaning, Constants... kinds) {
            var names = new ArrayList<String>();
            for (Constants kind : kinds) names.addAll(kind.names());
            parameters.add(new Parameter(name, meaning, names));
            return this;
        }

        Builder returns(String text) {
            returns = text;
            return this;
        }

        Builder error(Errno errno, String cause, String tryThis) {
            errors.add(new CallError(errno.name(), errno.text(), cause, tryThis));
            return this;
        }

        /** What getaddrinfo(3) returns. */
        Builder error(AddrInfoError error, String cause, String tryThis) {
            errors.add(new CallError(error.name(), error.text(), cause, tryThis));
            return this;
        }

        /** What is in h_errno. */
        Builder error(GetHostByName.Failure failure, String cause, String tryThis) {
            errors.add(new CallError(failure.name(), failure.text(), cause, tryThis));
            return this;
        }

        /** The error of every call that takes a descriptor. */
        Builder badDescriptor() {
            return error(
                    Errno.EBADF,
                    "No open socket has this number on this host: it was never opened, or it has been closed.",
                    "Use the number that socket() or accept() returned. Each host has its own numbers.");
        }

        /** For calls that send to an address. */
        Builder unreachable() {
            return error(
                            Errno.ENETUNREACH,
                            "This host has no route to that network.",
                            "Check the address.")
                    .error(
                            Errno.EHOSTUNREACH,
                            "A router said that the host cannot be reached.",
                            "Check the address, and whether the link is up.");
        }

        /** The man page is {@code page}, {@code listen(2)}. */
        CallInfo page(String page) {
            String declared = signature.substring(0, signature.indexOf('('));
            String name = declared.substring(declared.lastIndexOf(' ') + 1).replace("*", "");
            return new CallInfo(
                    name, signature, summary, forms, example, parameters, returns, errors, page);
        }
    }
}
