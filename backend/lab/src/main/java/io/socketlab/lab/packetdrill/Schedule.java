package io.socketlab.lab.packetdrill;

import io.socketlab.lab.script.Timing;
import java.util.Locale;

/**
 * When a step is to happen, in virtual nanoseconds since the start of the script.
 *
 * @param to the end of a range or of a call that lasts; else as {@code from}
 * @param any whenever
 */
record Schedule(long from, long to, boolean any, boolean lasting) {

    private static final double SECOND = 1e9;

    /**
     * @param base what relative times count from
     */
    static Schedule of(Timing timing, long base) {
        return switch (timing) {
            case Timing.After(_, long nanos) -> at(base + nanos);
            case Timing.At(_, long nanos) -> at(nanos);
            case Timing.Any _ -> new Schedule(base, base, true, false);
            case Timing.Between(_, boolean relative, long from, long to) ->
                    new Schedule(
                            from + (relative ? base : 0), to + (relative ? base : 0), false, false);
            case Timing.Lasting(_, boolean relative, long from, long to) ->
                    new Schedule(
                            from + (relative ? base : 0), to + (relative ? base : 0), false, true);
        };
    }

    private static Schedule at(long nanos) {
        return new Schedule(nanos, nanos, false, false);
    }

    /**
     * Something has happened at {@code at}.
     *
     * @throws Mismatch if that is more than {@code tolerance} before or after
     */
    void check(String what, long at, long tolerance) {
        if (any || at >= from - tolerance && at <= (lasting ? from : to) + tolerance) return;
        String wanted = seconds(from) + (to > from && !lasting ? "~" + seconds(to) : "");
        throw new Mismatch(
                what + " at " + wanted + " s", "at " + seconds(at) + " s (" + signed(at) + " s)");
    }

    /** The end of a call that lasts. */
    void checkReturn(String what, long at, long tolerance) {
        if (Math.abs(at - to) > tolerance) {
            throw new Mismatch(
                    what + " to return at " + seconds(to) + " s", "at " + seconds(at) + " s");
        }
    }

    private String signed(long at) {
        return String.format(Locale.ROOT, "%+.6f", (at - (at < from ? from : to)) / SECOND);
    }

    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.6f", nanos / SECOND);
    }
}
