package io.socketlab.kernel.link;

/**
 * What can be set of a NIC: {@code ethtool -G}, {@code -C} and {@code -K}.
 *
 * @param rxRing descriptors, at least 1
 * @param txRing descriptors, at least 1
 * @param gro whether a poll joins segments before it passes them up
 */
public record NicSettings(int rxRing, int txRing, Coalescing coalescing, boolean gro) {

    public static final int DEFAULT_RING = 256;

    /** The most descriptors that a ring can have. */
    public static final int MAX_RING = 4096;

    /** Rings as drivers have them, an interrupt for every frame, and each frame by itself. */
    public static final NicSettings DEFAULT =
            new NicSettings(DEFAULT_RING, DEFAULT_RING, Coalescing.NONE, false);

    public NicSettings {
        requireRing("RX", rxRing);
        requireRing("TX", txRing);
    }

    private static void requireRing(String name, int size) {
        if (size < 1 || size > MAX_RING) {
            throw new IllegalArgumentException(
                    "expected 1 to "
                            + MAX_RING
                            + " descriptors in the "
                            + name
                            + " ring, not "
                            + size);
        }
    }

    public NicSettings withRings(int rx, int tx) {
        return new NicSettings(rx, tx, coalescing, gro);
    }

    public NicSettings withCoalescing(Coalescing setting) {
        return new NicSettings(rxRing, txRing, setting, gro);
    }

    public NicSettings withGro(boolean on) {
        return new NicSettings(rxRing, txRing, coalescing, on);
    }
}
