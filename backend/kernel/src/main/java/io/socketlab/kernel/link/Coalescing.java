package io.socketlab.kernel.link;

/**
 * How a NIC holds its interrupts back, as {@code ethtool -C} sets it and {@code struct
 * ethtool_coalesce} describes it: an interrupt is raised when so much time has passed since the
 * first frame that it is for, or when so many frames have come. Zero switches either off.
 *
 * @param rxUsecs microseconds from the first frame that was received
 * @param rxFrames frames that were received
 * @param txUsecs microseconds from the first frame that was sent
 * @param txFrames frames that were sent
 */
public record Coalescing(int rxUsecs, int rxFrames, int txUsecs, int txFrames) {

    /** The most that drivers accept, roughly: e1000e takes 10 ms at most. */
    public static final int MAX_USECS = 100_000;

    /** An interrupt for every frame. */
    public static final Coalescing NONE = new Coalescing(0, 1, 0, 1);

    /**
     * @throws IllegalArgumentException with what is wrong: among others, with both of a direction 0
     *     an interrupt would never come
     */
    public Coalescing {
        require("rx", rxUsecs, rxFrames);
        require("tx", txUsecs, txFrames);
    }

    private static void require(String direction, int usecs, int frames) {
        if (usecs < 0 || usecs > MAX_USECS) {
            throw new IllegalArgumentException(
                    "expected " + direction + "-usecs from 0 to " + MAX_USECS + ", not " + usecs);
        }
        if (frames < 0 || frames > 4096) {
            throw new IllegalArgumentException(
                    "expected " + direction + "-frames from 0 to 4096, not " + frames);
        }
        if (usecs == 0 && frames == 0) {
            throw new IllegalArgumentException(
                    "expected "
                            + direction
                            + "-usecs or "
                            + direction
                            + "-frames above 0: with"
                            + " neither, an interrupt never comes");
        }
    }
}
