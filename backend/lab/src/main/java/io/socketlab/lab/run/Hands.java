package io.socketlab.lab.run;

import io.socketlab.lab.expr.Spelling;
import io.socketlab.lab.script.AddressBook;
import io.socketlab.lab.script.BoundCall;
import io.socketlab.lab.script.Call;
import io.socketlab.lab.script.CallBinder;
import io.socketlab.lab.script.CallCatalogue;
import io.socketlab.lab.script.Position;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import io.socketlab.lab.script.Step.CallStep;
import io.socketlab.lab.script.Who;
import java.util.List;
import java.util.Optional;

/**
 * What is in the hands of whoever drives a run.
 *
 * @param driven the hosts whose calls they make
 * @param calls the calls that they may use; all of them if there is none
 */
record Hands(AddressBook hosts, List<String> driven, List<String> calls) {

    /** Tasks of a host are numbered up to this. */
    private static final int MAX_TASKS = 16;

    /** A call that can be made. */
    record Planned(Who who, Call call, BoundCall<?> bound) {

        /** As an input line. */
        String line() {
            return who + ": " + call;
        }
    }

    Hands {
        driven = List.copyOf(driven);
        calls = List.copyOf(calls);
    }

    /**
     * Makes out who makes which call.
     *
     * @throws ScriptException if it cannot be made here
     */
    Planned plan(Source source, CallStep step) {
        Who who =
                step.who()
                        .map(w -> check(source, w))
                        .orElseGet(() -> onlyHost(source, step.position()));
        Call call = step.call();
        boolean known = CallCatalogue.find(call.name()).isPresent();
        if (known && !calls.isEmpty() && !calls.contains(call.name())) {
            throw error(
                    source,
                    call.position(),
                    "expected one of this lab's calls, "
                            + String.join(", ", calls)
                            + ", found '"
                            + call.name()
                            + "'");
        }
        return new Planned(who, call, new CallBinder(source, hosts).bind(call));
    }

    /**
     * Answers {@code who}.
     *
     * @throws ScriptException if there is no such host, or it is not in these hands
     */
    Who check(Source source, Who who) {
        if (!driven.contains(who.host())) {
            String near =
                    Spelling.nearest(who.host(), driven)
                            .map(n -> "; did you mean '" + n + "'?")
                            .orElse("");
            String reason =
                    hosts.hosts().contains(who.host())
                            ? ", which somebody else drives in this lab"
                            : near;
            throw error(
                    source,
                    who.position(),
                    "expected " + names() + ", found '" + who.host() + "'" + reason);
        }
        if (who.task() > MAX_TASKS) {
            throw error(
                    source,
                    who.position(),
                    "expected a task from 1 to " + MAX_TASKS + ", found " + who.task());
        }
        return who;
    }

    private Who onlyHost(Source source, Position at) {
        if (driven.size() == 1) return new Who(at, driven.getFirst(), 1);
        String example =
                Optional.of(driven).filter(d -> !d.isEmpty()).map(List::getFirst).orElse("client");
        throw error(
                source,
                at,
                "expected whose call it is, " + names() + ", as in " + example + ": listen(3, 5)");
    }

    private String names() {
        return driven.size() == 1
                ? "host " + driven.getFirst()
                : "one of the hosts " + String.join(", ", driven);
    }

    private static ScriptException error(Source source, Position at, String problem) {
        return new ScriptException(source.file(), at, problem);
    }
}
