package io.socketlab.lab.check;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TimerKind;
import io.socketlab.lab.expr.SyntaxException;
import java.util.Arrays;
import java.util.List;

/** The words that an event's fields can hold, of those fields that hold one of a few. */
final class FieldNames {

    static final List<String> RULES = Arrays.stream(Rule.values()).map(Rule::id).toList();
    static final List<String> TIMERS =
            Arrays.stream(TimerKind.values()).map(TimerKind::traceName).toList();
    static final List<String> ERRORS = Arrays.stream(Errno.values()).map(Enum::name).toList();

    static final List<String> OPTIONS =
            Arrays.stream(SocketOption.values()).map(Enum::name).toList();

    private FieldNames() {}

    /**
     * @param offset where the value stands
     * @throws SyntaxException if it is none that {@code field} of {@code event} can have
     */
    static Term checked(String event, String field, Term value, int offset) throws SyntaxException {
        return switch (field) {
            case "reason" -> event.equals("PacketDropped") ? Reasons.checked(value, offset) : value;
            case "rule" -> oneOf("rule", RULES, value, offset);
            case "timer" -> timer(value, offset);
            case "errno" -> oneOf("error", ERRORS, value, offset);
            case "option" ->
                    event.equals("OptionSet")
                            ? oneOf("option of a socket", OPTIONS, value, offset)
                            : value;
            case "from", "to" ->
                    event.equals("StateChanged") ? States.checked(value, offset) : value;
            default -> value;
        };
    }

    static Term timer(Term value, int offset) throws SyntaxException {
        return oneOf("timer", TIMERS, value, offset);
    }

    private static Term oneOf(String what, List<String> known, Term value, int offset)
            throws SyntaxException {
        Renaming names =
                word -> {
                    if (known.contains(word)) return word;
                    throw SyntaxException.unknown(offset, what, word, known);
                };
        return names.in(value);
    }
}
