package io.socketlab.browser;

import static java.lang.String.format;

import java.util.List;
import java.util.Locale;

/** What pages have measured, for who reads the output. */
final class Figures {

    private Figures() {}

    /** The numbers of a list that JavaScript has given, in ascending order. */
    static double[] sorted(Object list) {
        return ((List<?>) list)
                .stream().mapToDouble(each -> ((Number) each).doubleValue()).sorted().toArray();
    }

    /**
     * Tells how long something took.
     *
     * @param sorted milliseconds, ascending
     */
    static void report(String what, double[] sorted) {
        System.out.println(
                format(
                        Locale.ROOT,
                        "  %s: median %.0f, 95 of 100 under %.0f, longest %.0f ms",
                        what,
                        sorted[sorted.length / 2],
                        sorted[sorted.length * 95 / 100],
                        sorted[sorted.length - 1]));
    }
}
