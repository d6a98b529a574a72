package io.socketlab.server.course;

import java.time.Instant;
import java.util.Optional;

/**
 * What a hand-in is worth when it comes: {@code earlyPercent} until {@code early}, 100 until {@code
 * due}, {@code latePercent} until {@code late}, and nothing from then on, which is practice. A time
 * that is absent never comes; without {@code late} nothing counts behind {@code due}.
 *
 * @param opens before that students do not see the assignment
 * @param earlyPercent 100 to 200
 * @param latePercent 0 to 100
 */
public record Timeline(
        Optional<Instant> opens,
        Optional<Instant> early,
        int earlyPercent,
        Optional<Instant> due,
        Optional<Instant> late,
        int latePercent) {

    private static final int FULL = 100;

    static final Timeline ALWAYS =
            new Timeline(
                    Optional.empty(),
                    Optional.empty(),
                    FULL,
                    Optional.empty(),
                    Optional.empty(),
                    0);

    public boolean isOpen(Instant now) {
        return opens.isEmpty() || !now.isBefore(opens.get());
    }

    /** Whether what is shown after the deadline may be shown. */
    public boolean isDue(Instant now) {
        return due.isPresent() && now.isAfter(late.orElse(due.get()));
    }

    /** Percent of the points that something handed in at {@code now} can earn. */
    public int percent(Instant now) {
        if (!isOpen(now)) return 0;
        if (early.isPresent() && !now.isAfter(early.get())) return earlyPercent;
        if (due.isEmpty() || !now.isAfter(due.get())) return FULL;
        return late.isPresent() && !now.isAfter(late.get()) ? latePercent : 0;
    }

    /**
     * With other ends, where there are such. An end of the late days before the due one goes with
     * it.
     */
    Timeline extended(Optional<Instant> otherDue, Optional<Instant> otherLate) {
        Optional<Instant> ends = otherDue.or(() -> due);
        Optional<Instant> lates =
                otherLate.or(() -> late).filter(l -> ends.isPresent() && l.isAfter(ends.get()));
        return new Timeline(opens, early, earlyPercent, ends, lates, latePercent);
    }
}
