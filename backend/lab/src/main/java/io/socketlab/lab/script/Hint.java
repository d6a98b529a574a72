package io.socketlab.lab.script;

import io.socketlab.lab.expr.Spelling;
import java.util.List;

/** Ends a message about an unknown name. */
final class Hint {

    private Hint() {}

    /** {@code "; did you mean 'accept'?"}, or nothing if none of {@code known} is near. */
    static String of(String written, List<String> known) {
        return Spelling.nearest(written, known).map(n -> "; did you mean '" + n + "'?").orElse("");
    }
}
