package io.socketlab.kernel.sim;

/**
 * The only source of chance in a run: SplitMix64 from the run's seed. Every user of chance takes
 * its own stream by {@link #fork}, so that one more draw in one place does not move the draws of
 * another.
 */
public final class Chance {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final long seed;
    private long state;

    public Chance(long seed) {
        this.seed = seed;
        this.state = seed;
    }

    /** A stream of its own for {@code user}, the same for the same seed and name. */
    public Chance fork(String user) {
        long h = seed;
        for (int i = 0; i < user.length(); i++) h = mix(h + GOLDEN_GAMMA + user.charAt(i));
        return new Chance(h);
    }

    public long nextLong() {
        return mix(state += GOLDEN_GAMMA);
    }

    public int nextInt() {
        return (int) (nextLong() >>> 32);
    }

    /** Uniform in {@code [0, bound)}. */
    public int nextInt(int bound) {
        if (bound <= 0) throw new IllegalArgumentException("bound " + bound);
        return (int) Math.unsignedMultiplyHigh(nextLong(), bound);
    }

    /** Uniform in {@code [0, 1)}. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** True with probability {@code p}. */
    public boolean happens(double p) {
        return p > 0 && nextDouble() < p;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
