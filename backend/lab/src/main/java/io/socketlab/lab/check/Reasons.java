package io.socketlab.lab.check;

import io.socketlab.kernel.trace.DropReason;
import io.socketlab.lab.expr.SyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The names of the reasons for a drop, in any case, and short ones. */
final class Reasons {

    static final List<String> NAMES = Arrays.stream(DropReason.values()).map(Enum::name).toList();

    private static final Map<String, String> SHORT =
            Map.of(
                    "ACCEPTQ_FULL", "ACCEPT_QUEUE_FULL",
                    "SYNQ_FULL", "SYN_QUEUE_FULL",
                    "RCVBUF_FULL", "RECEIVE_BUFFER_FULL",
                    "LOSS", "LINK_LOSS");

    private static final List<String> KNOWN =
            Stream.concat(SHORT.keySet().stream().sorted(), NAMES.stream()).toList();

    private Reasons() {}

    /** What each name means. */
    static List<Vocabulary.Entry> entries() {
        return KNOWN.stream()
                .map(name -> {
                    DropReason reason = DropReason.valueOf(SHORT.getOrDefault(name, name));
                    return new Vocabulary.Entry(name.toLowerCase(Locale.ROOT), reason.text());
                })
                .toList();
    }

    static Term checked(Term term, int offset) throws SyntaxException {
        Renaming names =
                word -> {
                    String upper = word.toUpperCase(Locale.ROOT);
                    String name = SHORT.getOrDefault(upper, upper);
                    if (NAMES.contains(name)) return name;
                    throw SyntaxException.unknown(offset, "reason for a drop", word, KNOWN);
                };
        return names.in(term);
    }
}
