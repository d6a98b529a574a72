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

    /**
     * Loses the {@code n}th packet of those that are {@code counted}, from 1, and those behind it.
     *
     * @param many how many in all
     */
    record DropNth(String from, Counted counted, int n, int many) implements Impairment {
        public DropNth {
            requireFromOne(n);
            if (many < 1) throw new IllegalArgumentException("at least one packet, not " + many);
        }

        /** The {@code n}th of all packets that enter. */
        public DropNth(String from, int n) {
            this(from, Counted.ALL, n, 1);
        }
    }

    /**
     * Holds the {@code n}th packet of those that are {@code counted} back, so that later ones
     * overtake it.
     *
     * @param extraDelay nanoseconds
     */
    record DelayNth(String from, Counted counted, int n, long extraDelay) implements Impairment {
        public DelayNth {
            requireFromOne(n);
            requireTime(extraDelay);
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
            requireTime(extraDelay);
        }
    }

    private static void requireFromOne(int n) {
        if (n < 1) throw new IllegalArgumentException("packets are counted from 1, not " + n);
    }

    private static void requireTime(long nanos) {
        if (nanos < 0) throw new IllegalArgumentException("delay " + nanos);
    }

    private static void requireProbability(double p) {
        if (!(p >= 0 && p <= 1)) throw new IllegalArgumentException("probability " + p);
    }
}
