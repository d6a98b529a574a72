package io.socketlab.lab.check;

import io.socketlab.lab.expr.SyntaxException;
import io.socketlab.lab.expr.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The names of TCP's states, and those that other texts give them. */
final class States {

    static final List<String> NAMES =
            List.of(
                    "CLOSED",
                    "LISTEN",
                    "SYN_SENT",
                    "SYN_RECEIVED",
                    "ESTABLISHED",
                    "FIN_WAIT_1",
                    "FIN_WAIT_2",
                    "CLOSE_WAIT",
                    "CLOSING",
                    "LAST_ACK",
                    "TIME_WAIT");

    private static final Map<String, String> OTHER_NAMES =
            Map.of(
                    "SYN_RCVD", "SYN_RECEIVED",
                    "SYN_RECV", "SYN_RECEIVED",
                    "FIN_WAIT1", "FIN_WAIT_1",
                    "FIN_WAIT2", "FIN_WAIT_2",
                    "CLOSE", "CLOSED");

    private States() {}

    static String name(String word) {
        return OTHER_NAMES.getOrDefault(word, word);
    }

    /** The same with every state by its own name. */
    static Term checked(Term term, int offset) throws SyntaxException {
        if (term instanceof Term.OneOf(var choices)) {
            var checked = new ArrayList<Term>();
            for (Term choice : choices) checked.add(checked(choice, offset));
            return new Term.OneOf(checked);
        }
        if (!(term instanceof Term.Fixed(Value.Word(var word)))) return term;
        String name = name(word);
        if (!NAMES.contains(name)) throw SyntaxException.unknown(offset, "state", word, NAMES);
        return new Term.Fixed(new Value.Word(name));
    }
}
