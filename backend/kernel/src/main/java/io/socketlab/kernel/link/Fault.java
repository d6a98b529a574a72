package io.socketlab.kernel.link;

/** What somebody at the wire does to a frame. */
public sealed interface Fault {

    /** It is lost. */
    record Drop() implements Fault {}

    /** It arrives twice, the second time under a number of its own. */
    record Duplicate() implements Fault {}

    /**
     * It is held back, so that later ones overtake it.
     *
     * @param nanos by how much later it arrives
     */
    record Delay(long nanos) implements Fault {
        public Delay {
            if (nanos < 0) throw new IllegalArgumentException("delay " + nanos);
        }
    }

    /**
     * It arrives behind others that entered after it; {@link Flight#LONGEST_DETOUR} later where not
     * so many come.
     *
     * @param behind how many overtake it, 1 at least
     */
    record Reorder(int behind) implements Fault {
        public Reorder {
            if (behind < 1) throw new IllegalArgumentException("behind " + behind);
        }
    }

    /**
     * One of its bits is changed.
     *
     * @param bit counted from 0 with the first of its IP header; beyond its end, the last
     */
    record Corrupt(int bit) implements Fault {
        public Corrupt {
            if (bit < 0) throw new IllegalArgumentException("bit " + bit);
        }
    }
}
