package io.socketlab.server.classroom;

import io.socketlab.server.course.Member;
import io.socketlab.server.run.Progress;
import io.socketlab.server.run.Run;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/**
 * A student on the wall.
 *
 * @param run what he used last; empty if he has not begun
 * @param progress how far that is; empty if it cannot be told
 * @param missing whether that is still being found out
 * @param idle how long nothing was put in
 */
record Tile(
        Member member,
        Optional<Run> run,
        Optional<Progress.View> progress,
        boolean missing,
        Duration idle) {

    /** With a task that is open and nothing put in for so long, somebody may be stuck. */
    private static final Duration LONG = Duration.ofMinutes(5);

    /** After so long he is taken to have gone. */
    private static final Duration GONE = Duration.ofMinutes(45);

    /** So many calls that fail alike, one behind the other, are a wall one runs against. */
    private static final int AGAIN_AND_AGAIN = 3;

    /** Those that need somebody first. */
    static final Comparator<Tile> ORDER =
            Comparator.comparing(Tile::state)
                    .thenComparing(t -> t.member().section())
                    .thenComparing(t -> t.member().name())
                    .thenComparing(t -> t.member().id());

    enum State {
        STUCK("stuck"),
        WORKING("at work"),
        MISSING("being looked at"),
        COMPLETE("complete"),
        AWAY("away"),
        NOT_BEGUN("not begun");

        private final String words;

        State(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public State state() {
        if (missing) return State.MISSING;
        if (run.isEmpty() || progress.isEmpty()) return State.NOT_BEGUN;
        if (progress.get().isComplete()) return State.COMPLETE;
        if (idle.compareTo(GONE) >= 0) return State.AWAY;
        return why().isEmpty() ? State.WORKING : State.STUCK;
    }

    /** Why he is taken to be stuck; empty if he is not. */
    public String why() {
        if (progress.isEmpty() || progress.get().isComplete()) return "";
        if (progress.get().errors() >= AGAIN_AND_AGAIN) {
            return "the same call failed %d times".formatted(progress.get().errors());
        }
        return idle.compareTo(LONG) >= 0 ? "nothing put in for a while" : "";
    }

    /** {@code 7 min}. */
    public String idleText() {
        if (run.isEmpty()) return "";
        long minutes = idle.toMinutes();
        if (minutes < 1) return "just now";
        if (minutes < 60) return minutes + " min ago";
        long hours = idle.toHours();
        return hours < 24 ? hours + " h ago" : idle.toDays() + " d ago";
    }
}
