package io.socketlab.kernel.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.sim.EventLoop;
import org.junit.jupiter.api.Test;

/** lib/dynamic_queue_limits.c. */
class ByteQueueLimitsTest {

    private static final int FRAME = 1_000;

    private final EventLoop loop = new EventLoop();
    private final ByteQueueLimits limits = new ByteQueueLimits(loop);

    private int fill() {
        int frames = 0;
        while (limits.hasRoom()) {
            limits.queued(FRAME);
            frames++;
        }
        return frames;
    }

    @Test
    void theFirstPacketAlwaysHasRoomAndTheNextHasNot() {
        assertThat(fill()).isEqualTo(1);
        assertThat(limits.limit()).isZero();
    }

    @Test
    void growsByWhatWasMissingWhenTheRingRanDry() {
        fill();
        limits.completed(FRAME);
        assertThat(limits.limit()).isEqualTo(FRAME);
        assertThat(fill()).isEqualTo(2);
    }

    @Test
    void staysWhenFramesAreCompletedOneByOne() {
        for (int i = 0; i < 100; i++) {
            fill();
            limits.completed(FRAME);
        }
        assertThat(limits.limit()).isEqualTo(2 * FRAME);
    }

    private void completeTenAtOnce() {
        for (int i = 0; i < 100; i++) {
            int frames = fill();
            limits.completed(Math.min(frames, 10) * FRAME);
        }
    }

    /** A card that completes ten frames at once needs room for as many. */
    @Test
    void growsToWhatOneCompletionTakes() {
        completeTenAtOnce();
        assertThat(limits.limit()).isBetween(9L * FRAME, 21L * FRAME);
    }

    @Test
    void shrinksWhenASecondHasShownThatSomeOfItWasNeverNeeded() {
        completeTenAtOnce();
        long large = limits.limit();
        for (int i = 0; i < 100; i++) {
            fill();
            loop.advanceTo(loop.now() + 50_000_000);
            limits.completed(FRAME);
        }
        assertThat(limits.limit()).isLessThan(large);
    }
}
