package io.socketlab.lab.check;

import io.socketlab.lab.expr.SyntaxException;
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
        Renaming names =
                word -> {
                    String name = name(word);
                    if (NAMES.contains(name)) return name;
                    throw SyntaxException.unknown(offset, "state", word, NAMES);
                };
        return names.in(term);
    }
}
