package io.socketlab.kernel.link;

/**
 * What a link does to packets besides delaying them. A direction applies its impairments in order.
 */
public sealed interface Impairment {

    /** The host whose packets it touches; empty for both directions. */
    String from();

    /** Loses each packet with this probability. */
    record Loss(String from, double probability) implements Impairment {
        public Loss {
            requireProbability(probability);
        }
    }

    /** Loses the {@code n}th packet that enters, counted from 1. */
    record DropNth(String from, int n) implements Impairment {
        public DropNth {
            if (n < 1) throw new IllegalArgumentException("packets are counted from 1, not " + n);
        }
    }

    /** Delivers each packet twice with this probability. */
    record Duplicate(String from, double probability) implements Impairment {
        public Duplicate {
            requireProbability(probability);
        }
    }

    /** Changes one bit of each packet, of its IP header or beyond, with this probability. */
    record Corrupt(String from, double probability) implements Impairment {
        public Corrupt {
            requireProbability(probability);
        }
    }

    /**
     * Holds each packet back with this probability, so that later ones overtake it.
     *
     * @param extraDelay nanoseconds
     */
    record Reorder(String from, double probability, long extraDelay) implements Impairment {
        public Reorder {
            requireProbability(probability);
            if (extraDelay < 0) throw new IllegalArgumentException("delay " + extraDelay);
        }
    }

    private static void requireProbability(double p) {
        if (!(p >= 0 && p <= 1)) throw new IllegalArgumentException("probability " + p);
    }
}
