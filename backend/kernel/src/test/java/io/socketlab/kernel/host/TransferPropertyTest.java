package io.socketlab.kernel.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Whatever the link does, the octets that are read are the octets that were written, in order, or
 * both ends learn that they are not; and every invariant of TCP holds after every event. More seeds
 * with {@code -Dsocketlab.property.seeds=N}, others with {@code -Dsocketlab.property.first=N}.
 */
class TransferPropertyTest {

    private static final int SEEDS = Integer.getInteger("socketlab.property.seeds", 150);
    private static final long FIRST = Long.getLong("socketlab.property.first", 1);

    @Test
    void whatIsReadIsWhatWasWritten() {
        int whole = 0;
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            try {
                var transfer = new RandomTransfer(seed);
                transfer.run();
                if (transfer.arrivedWhole()) whole++;
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        // most links are good enough: a test in which everything fails would show little
        assertThat(whole).isGreaterThan(SEEDS * 3 / 4);
    }
}
