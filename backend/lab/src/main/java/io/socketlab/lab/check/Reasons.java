package io.socketlab.lab.check;

import io.socketlab.kernel.trace.DropReason;
import io.socketlab.lab.expr.SyntaxException;
import io.socketlab.lab.expr.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The names of the reasons for a drop, in any case, and short ones. */
final class Reasons {

    static final List<String> NAMES = Arrays.stream(DropReason.values()).map(Enum::name).toList();

    private static final Map<String, String> SHORT =
            Map.of(
                    "ACCEPTQ_FULL", "ACCEPT_QUEUE_FULL",
                    "SYNQ_FULL", "SYN_QUEUE_FULL",
                    "RCVBUF_FULL", "RECEIVE_BUFFER_FULL",
                    "LOSS", "LINK_LOSS");

    private Reasons() {}

    static Term checked(Term term, int offset) throws SyntaxException {
        if (term instanceof Term.OneOf(var choices)) {
            var checked = new ArrayList<Term>();
            for (Term choice : choices) checked.add(checked(choice, offset));
            return new Term.OneOf(checked);
        }
        if (!(term instanceof Term.Fixed(Value.Word(var word)))) return term;
        String upper = word.toUpperCase(Locale.ROOT);
        String name = SHORT.getOrDefault(upper, upper);
        if (!NAMES.contains(name)) {
            throw SyntaxException.unknown(offset, "reason for a drop", word, NAMES);
        }
        return new Term.Fixed(new Value.Word(name));
    }
}
