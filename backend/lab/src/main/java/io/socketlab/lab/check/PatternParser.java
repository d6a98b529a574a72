package io.socketlab.lab.check;

import io.socketlab.kernel.tcp.TcpState;
import io.socketlab.lab.check.Shape.Direction;
import io.socketlab.lab.check.Shape.Kind;
import io.socketlab.lab.check.Shape.Who;
import io.socketlab.lab.expr.Cursor;
import io.socketlab.lab.expr.SyntaxException;
import io.socketlab.lab.expr.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads pattern lines: {@code [who] [dir|call] [flags|name] [fields] [-> return]}. The kinds of
 * line are read by {@link PacketPattern} and {@link CallPattern}; here are the rest and what they
 * share.
 */
final class PatternParser {

    private static final Pattern REPEAT = Pattern.compile("\\s*\\{(\\d+)(,(\\d*))?\\}\\s*$");

    /** Of how often something happens: no run has more events. */
    private static final int MOST_DIGITS = 9;

    private static final Map<String, String> TIMER_EVENTS =
            Map.of("fires", "TimerFired", "set", "TimerSet", "cancelled", "TimerCancelled");
    private static final List<String> VERBS = List.of("fires", "set", "cancelled");

    private PatternParser() {}

    static EventPattern parse(String text) throws SyntaxException {
        String line = text;
        int least = 1;
        int most = 1;
        Matcher repeat = REPEAT.matcher(line);
        if (repeat.find() && !line.endsWith("}}")) {
            least = times(repeat, 1);
            most = most(repeat, least);
            if (most == 0) {
                throw new SyntaxException(repeat.start(1), "expected a number from 1 on, not 0");
            }
            line = line.substring(0, repeat.start());
        }
        return new EventPattern(text, alternatives(line), least, most);
    }

    private static int most(Matcher repeat, int least) throws SyntaxException {
        if (repeat.group(2) == null) return least;
        if (repeat.group(3).isEmpty()) return Integer.MAX_VALUE;
        int most = times(repeat, 3);
        if (most < least) {
            throw new SyntaxException(
                    repeat.start(3), "expected at least " + least + ", not " + most);
        }
        return most;
    }

    private static int times(Matcher repeat, int group) throws SyntaxException {
        String digits = repeat.group(group);
        if (digits.length() <= MOST_DIGITS) return Integer.parseInt(digits);
        throw new SyntaxException(
                repeat.start(group),
                "expected a number of at most " + MOST_DIGITS + " digits, not " + digits);
    }

    private static Shape alternatives(String line) throws SyntaxException {
        var choices = new ArrayList<Shape>();
        int start = 0;
        for (String choice : Split.at(line, " | ")) {
            try {
                choices.add(shape(choice));
            } catch (SyntaxException e) {
                throw e.shifted(start);
            }
            start += choice.length() + 3;
        }
        return choices.size() == 1 ? choices.getFirst() : new Shape.Either(choices);
    }

    private static Shape shape(String text) throws SyntaxException {
        var in = new Cursor(text.stripTrailing());
        in.skipSpace();
        if (in.takeWord("start")) return end(in, () -> new Shape.Boundary(false));
        if (in.takeWord("end")) return end(in, () -> new Shape.Boundary(true));
        if (in.takeWord("timer")) return timing(in, Who.ANYBODY);
        if (in.takeWord("drop")) return happening(in, Who.ANYBODY, "PacketDropped");
        Who who = in.peek() == '>' || in.peek() == '<' ? Who.ANYBODY : who(in);
        in.skipSpace();
        if (in.takeWord("timer")) return timing(in, who);
        if (in.takeWord("drop")) return happening(in, who, "PacketDropped");
        if (in.looksAt("->")) return move(in, who);
        if (in.take(">")) return PacketPattern.read(in, who, Direction.OUT);
        if (in.take("<")) return PacketPattern.read(in, who, Direction.IN);
        if (in.take(":")) {
            in.skipSpace();
            return looksLikeMove(in.rest()) ? move(in, who) : CallPattern.read(in, who);
        }
        if (Character.isUpperCase(in.peek())) {
            int start = in.offset();
            String name = in.takeWhile(Cursor::continuesName);
            if (!TraceFields.EVENTS.containsKey(name)) {
                throw SyntaxException.unknown(start, "event", name, TraceFields.EVENTS.keySet());
            }
            return happening(in, who, name);
        }
        throw in.expected("'>', '<', ':', '->', 'timer', 'drop' or an event's name");
    }

    private static boolean looksLikeMove(String rest) {
        return rest.contains("->") && !rest.contains("(");
    }

    private static Shape end(Cursor in, Supplier<Shape> shape) throws SyntaxException {
        in.skipSpace();
        if (!in.atEnd()) throw in.expected("the end of the line");
        return shape.get();
    }

    /** {@code client}, {@code client[3]}, {@code client.tcp[$s]}, {@code client.2}, {@code *}. */
    private static Who who(Cursor in) throws SyntaxException {
        String host = in.take("*") ? "*" : in.name("a host");
        if (host.equals("any")) host = "*";
        Optional<Term> index = Optional.empty();
        Optional<Term> socket = Optional.empty();
        Optional<Term> task = Optional.empty();
        if (in.peek() == '[') {
            int start = in.offset() + 1;
            index = Optional.of(fromOne(bracketed(in), start));
        }
        if (in.take(".")) {
            if (in.takeWord("tcp") || in.takeWord("udp")) {
                socket = Optional.of(in.peek() == '[' ? bracketed(in) : Term.ANY);
            } else if (Character.isDigit(in.peek()) || in.peek() == '$') {
                int start = in.offset();
                task = Optional.of(fromOne(TermParser.read(in), start));
            } else {
                throw in.expected("tcp, udp or a task's number");
            }
        }
        return new Who(host, index, socket, task);
    }

    /** Hosts and tasks are counted from 1. */
    private static Term fromOne(Term number, int offset) throws SyntaxException {
        if (number instanceof Term.Fixed(Value.Int(var n)) && n < 1) {
            throw new SyntaxException(offset, "expected a number from 1 on, not " + n);
        }
        return number;
    }

    /** In brackets a name alone is a variable: {@code client[k]}. */
    private static Term bracketed(Cursor in) throws SyntaxException {
        int start = in.offset() + 1;
        String inside = in.takeBalanced('[', ']').strip();
        if (inside.matches("[a-z][a-z0-9]*")) return new Term.Bound(inside, 0);
        try {
            return TermParser.parse(inside);
        } catch (SyntaxException e) {
            throw e.shifted(start);
        }
    }

    /** {@code LISTEN -> SYN_RECEIVED}, {@code -> ESTABLISHED}. */
    private static Shape move(Cursor in, Who who) throws SyntaxException {
        if (who.socket().isEmpty()) {
            throw new SyntaxException(
                    in.offset(),
                    "expected a state change of a socket, as in 'client.tcp -> CLOSED'");
        }
        Term from = in.looksAt("->") ? Term.ANY : states(in);
        in.skipSpace();
        in.need("->");
        in.skipSpace();
        int start = in.offset();
        Term to = states(in);
        in.skipSpace();
        if (!in.atEnd()) throw in.expected("the end of the line");
        possible(from, to, start);
        return new Shape.Move(who, from, to);
    }

    private static void possible(Term from, Term to, int offset) throws SyntaxException {
        if (!(from instanceof Term.Fixed(Value.Word(var before)))
                || !(to instanceof Term.Fixed(Value.Word(var after)))) return;
        TcpState state = TcpState.valueOf(before);
        if (state.mayBecome(TcpState.valueOf(after))) return;
        String next =
                Arrays.stream(TcpState.values())
                        .filter(state::mayBecome)
                        .map(TcpState::name)
                        .collect(Collectors.joining(", "));
        throw new SyntaxException(
                offset, "expected a state that follows %s: %s".formatted(before, next));
    }

    private static Term states(Cursor in) throws SyntaxException {
        in.skipSpace();
        int start = in.offset();
        Term term = TermParser.read(in);
        return States.checked(term, start);
    }

    private static Shape timing(Cursor in, Who who) throws SyntaxException {
        in.skipSpace();
        int at = in.offset();
        Term timer = FieldNames.timer(TermParser.read(in), at);
        in.skipSpace();
        int start = in.offset();
        String verb = in.name("fires, set or cancelled");
        String event = TIMER_EVENTS.get(verb);
        if (event == null) throw SyntaxException.unknown(start, "verb", verb, VERBS);
        return end(in, () -> new Shape.Timing(who, timer, event));
    }

    /** {@code reason=acceptq_full where=tcp}. */
    private static Shape happening(Cursor in, Who who, String event) throws SyntaxException {
        var fields = new LinkedHashMap<String, Term>();
        List<String> known = TraceFields.of(event);
        for (in.skipSpace(); !in.atEnd(); in.skipSpace()) {
            if (in.take("...")) continue;
            int start = in.offset();
            String name = in.name("a field, as in 'reason=no_socket'");
            if (!known.contains(name)) throw SyntaxException.unknown(start, "field", name, known);
            in.need("=");
            int value = in.offset();
            Term term = TermParser.read(in);
            if (TraceFields.isNumber(event, name)) TermParser.numbers(term, value);
            fields.put(name, FieldNames.checked(event, name, term, value));
        }
        return new Shape.Happening(who, event, fields);
    }

    /** A kind of packet that is told by a word. */
    static Optional<Kind> kind(Cursor in) {
        if (in.takeWord("udp")) return Optional.of(Kind.DATAGRAM);
        if (in.takeWord("icmp")) return Optional.of(Kind.ICMP);
        return Optional.empty();
    }
}
