package io.socketlab.lab.script;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant to write. */
public final class Spelling {

    private Spelling() {}

    /** {@code "; did you mean 'accept'?"}, or nothing if no candidate is near. */
    public static String hint(String written, Collection<String> candidates) {
        return nearest(written, candidates).map(c -> "; did you mean '" + c + "'?").orElse("");
    }

    /** The candidate that takes fewest changes, if those are at most a third of its letters. */
    public static Optional<String> nearest(String written, Collection<String> candidates) {
        String best = null;
        int fewest = Integer.MAX_VALUE;
        String folded = written.toLowerCase(Locale.ROOT);
        for (String candidate : candidates) {
            int changes = distance(folded, candidate.toLowerCase(Locale.ROOT));
            if (changes <= Math.max(1, candidate.length() / 3) && changes < fewest) {
                best = candidate;
                fewest = changes;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Insertions, deletions, substitutions and swaps of neighbours (Damerau, restricted). */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) d[i][0] = i;
        for (int j = 0; j <= b.length(); j++) d[0][j] = j;
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] =
                        Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
