package io.socketlab.server.regrade;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An assignment's hand-ins graded again.
 *
 * @param labRevision the lab's, as it was when this was begun
 * @param raiseOnly whether only what became better was changed; empty until something was
 * @param total how many hand-ins there are
 * @param done how many of them have been graded again
 */
record Regrade(
        UUID id,
        UUID assignment,
        String reason,
        int labRevision,
        State state,
        Optional<Boolean> raiseOnly,
        Instant created,
        Optional<Instant> finished,
        Optional<Instant> applied,
        int total,
        int done) {

    enum State {
        /** Hand-ins are graded again; nothing has changed. */
        RUNNING,
        /** All have been: it can be seen what would change. */
        READY,
        CANCELLED,
        /** Results were changed. */
        APPLIED,
        /** They were changed, and changed back. */
        UNDONE
    }

    public boolean isRunning() {
        return state == State.RUNNING;
    }

    public int percent() {
        return total == 0 ? 100 : 100 * done / total;
    }

    /** In words. */
    public String stateText() {
        return switch (state) {
            case RUNNING -> "grading, %d of %d".formatted(done, total);
            case READY -> "ready to be looked at";
            case CANCELLED -> "cancelled";
            case APPLIED ->
                    raiseOnly.orElse(false)
                            ? "applied where it raised the score"
                            : "applied exactly";
            case UNDONE -> "taken back";
        };
    }
}
