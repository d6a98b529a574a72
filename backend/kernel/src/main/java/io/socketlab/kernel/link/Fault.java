package io.socketlab.kernel.link;

/** What somebody at the wire does to the next frame that a host puts on it. */
public sealed interface Fault {

    /** It is lost. */
    record Drop() implements Fault {}

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
}
