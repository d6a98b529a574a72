package io.socketlab.lab.check;

import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.lab.check.Shape.Phase;
import io.socketlab.lab.check.Shape.Who;
import io.socketlab.lab.expr.Cursor;
import io.socketlab.lab.expr.SyntaxException;
import io.socketlab.lab.expr.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a call has to be. {@code accept($ls, ...)} is the call being made, {@code accept(...)
 * blocks} its having to wait, {@code accept(...) = $fd} its return; {@code ->} may stand for {@code
 * =}.
 */
final class CallPattern {

    /** Its errors are negative numbers of its own, EAI_NONAME and others. */
    private static final String RETURNS_EAI = "getaddrinfo";

    /** Calls that return 0 where they succeed. */
    private static final List<String> RETURN_NOTHING =
            List.of(
                    "bind",
                    "close",
                    "connect",
                    "epoll_ctl",
                    "getpeername",
                    "getsockname",
                    "listen",
                    "pipe",
                    "pipe2",
                    "setsockopt",
                    "shutdown");

    /** What the structures of a call have, as the trace writes them. */
    private static final Map<String, List<String>> MEMBERS =
            Map.of(
                    "epoll_ctl", List.of("events", "fd"),
                    "epoll_wait", List.of("events", "fd"),
                    "poll", List.of("fd", "events", "revents"));

    private CallPattern() {}

    static Shape read(Cursor in, Who who) throws SyntaxException {
        List<String> names = names(in);
        Map<String, Term> arguments = arguments(in, names);
        in.skipSpace();
        Phase phase = Phase.ENTERED;
        Term result = Term.ANY;
        Optional<Term> errno = Optional.empty();
        if (in.takeWord("blocks")) {
            phase = Phase.BLOCKED;
        } else if (in.take("=") || in.take("->")) {
            phase = Phase.RETURNED;
            in.skipSpace();
            int start = in.offset();
            result = TermParser.read(in);
            in.skipSpace();
            if (result instanceof Term.Fixed(Value.Word(var word))
                    && FieldNames.ERRORS.contains(word)) {
                throw new SyntaxException(start, "expected -1 " + word + ", not " + word);
            }
            if (Cursor.startsName(in.peek())) errno = Optional.of(errno(in));
            result(names, result, errno, start);
        }
        in.skipSpace();
        if (!in.atEnd()) throw in.expected("'=', '->', 'blocks' or the end of the line");
        return new Shape.Call(who, names, arguments, phase, result, errno);
    }

    /** A result that these calls cannot have would never be found. */
    private static void result(List<String> names, Term result, Optional<Term> errno, int offset)
            throws SyntaxException {
        if (!(result instanceof Term.Fixed(Value.Int(var n)))) return;
        if (n < -1 && !names.contains(RETURNS_EAI) && !names.contains("*")) {
            throw new SyntaxException(offset, "expected a result from -1 on, not " + n);
        }
        if (errno.isPresent() && n != -1) {
            throw new SyntaxException(offset, "expected -1 in front of an error, not " + n);
        }
        if (n > 0 && RETURN_NOTHING.containsAll(names)) {
            throw new SyntaxException(
                    offset, "expected 0 or -1 of " + String.join("|", names) + ", not " + n);
        }
    }

    /** Those of a structure, or of one in a list. */
    private static void members(Term argument, List<String> known, int offset)
            throws SyntaxException {
        switch (argument) {
            case Term.Members(var terms) -> {
                for (String name : terms.keySet()) {
                    if (known.contains(name)) continue;
                    throw SyntaxException.unknown(offset, "member", name, known);
                }
            }
            case Term.Elements(var terms) -> {
                for (Term term : terms) members(term, known, offset);
            }
            default -> {} // no structure
        }
    }

    /** An option of another level is one that no call can name. */
    private static void level(Term level, Term name, int offset) throws SyntaxException {
        if (!(level instanceof Term.Fixed(Value.Word(var written)))
                || !(name instanceof Term.Fixed(Value.Word(var option)))) return;
        Optional<SocketOption> known =
                Arrays.stream(SocketOption.values())
                        .filter(o -> o.name().equals(option))
                        .findFirst();
        boolean isLevel =
                Arrays.stream(SocketOption.Level.values()).anyMatch(l -> l.name().equals(written));
        if (known.isEmpty() || !isLevel || known.get().level().name().equals(written)) return;
        throw new SyntaxException(
                offset,
                "expected %s, the level of %s, not %s"
                        .formatted(known.get().level(), option, written));
    }

    private static List<String> names(Cursor in) throws SyntaxException {
        var names = new ArrayList<String>();
        do {
            int start = in.offset();
            if (in.take("*")) {
                names.add("*");
                continue;
            }
            String name = in.name("a call, as in 'accept(...)'");
            if (!CallText.NAMES.contains(name)) {
                throw SyntaxException.unknown(start, "call", name, CallText.NAMES);
            }
            names.add(name);
        } while (in.take("|"));
        return names;
    }

    private static Map<String, Term> arguments(Cursor in, List<String> names)
            throws SyntaxException {
        int start = in.offset() + 1;
        if (in.peek() != '(') throw in.expected("'('");
        String inside = in.takeBalanced('(', ')');
        var terms = new ArrayList<Term>();
        var offsets = new ArrayList<Integer>();
        boolean open = false;
        int offset = start;
        List<String> parts = inside.isBlank() ? List.of() : Split.at(inside, ",");
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            offsets.add(offset + part.length() - part.stripLeading().length());
            if (part.strip().equals("...")) {
                open = i == parts.size() - 1;
                if (!open) terms.add(Term.ANY);
            } else {
                terms.add(argument(part, offset));
            }
            offset += part.length() + 1;
        }
        Map<String, Term> byRole = CallText.byRole(names.getFirst(), terms, open, start);
        List<String> members = MEMBERS.get(names.getFirst());
        if (members != null) {
            for (int i = 0; i < terms.size(); i++) members(terms.get(i), members, offsets.get(i));
        }
        if (byRole.containsKey("level") && byRole.containsKey("name")) {
            level(byRole.get("level"), byRole.get("name"), offsets.get(1));
        }
        return byRole;
    }

    private static Term argument(String part, int offset) throws SyntaxException {
        int blank = part.length() - part.stripLeading().length();
        String text = part.strip();
        if (CallText.isFlags(text)) return new Term.Fixed(CallText.flags(text));
        if (text.endsWith("|...") && CallText.isFlags(text.substring(0, text.length() - 4))) {
            return new Term.Flags(CallText.flagNames(text.substring(0, text.length() - 4)), true);
        }
        boolean maybe = text.startsWith("?");
        if (maybe) text = " " + text.substring(1);
        try {
            Term term = TermParser.parse(text);
            return maybe ? new Term.Maybe(term) : term;
        } catch (SyntaxException e) {
            throw e.shifted(offset + blank);
        }
    }

    private static Term errno(Cursor in) throws SyntaxException {
        int start = in.offset();
        Term term = TermParser.read(in);
        List<Term> choices = term instanceof Term.OneOf(var several) ? several : List.of(term);
        for (Term choice : choices) {
            if (choice instanceof Term.Fixed(Value.Word(var word))
                    && !FieldNames.ERRORS.contains(word)) {
                throw SyntaxException.unknown(start, "error", word, FieldNames.ERRORS);
            }
        }
        return term;
    }
}
