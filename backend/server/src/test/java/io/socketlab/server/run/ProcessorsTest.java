package io.socketlab.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** One processor, and somebody who would keep it. */
class ProcessorsTest {

    private final AtomicLong clock = new AtomicLong();
    private final Processors one = new Processors(1, clock::get);

    @Test
    void whoHasHadHisSliceGoesBehindThoseThatWait() {
        List<String> said = new CopyOnWriteArrayList<>();
        one.compute(() -> {
            var other = CompletableFuture.runAsync(() -> one.compute(() -> said.add("other")));
            while (one.waiting() == 0) Thread.onSpinWait();

            clock.addAndGet(Processors.SLICE.toNanos() - 1);
            one.pause();
            said.add("still");

            clock.addAndGet(1);
            one.pause();
            said.add("again");
            other.join();
            return 0;
        });

        assertThat(said).containsExactly("still", "other", "again");
    }

    @Test
    void aSliceBeginsAnewWithEachTurn() {
        CompletableFuture<String> behind =
                one.compute(() -> {
                    clock.addAndGet(Processors.SLICE.toNanos());
                    one.pause();
                    var other = CompletableFuture.supplyAsync(() -> one.compute(() -> "other"));
                    while (one.waiting() == 0) Thread.onSpinWait();

                    clock.addAndGet(Processors.SLICE.toNanos() - 1);
                    one.pause();
                    assertThat(other).isNotDone();
                    return other;
                });
        assertThat(behind.join()).isEqualTo("other");
        assertThat(one.waiting()).isZero();
    }

    /** What is done by who has none takes no turn: a test, a replay for somebody else's sake. */
    @Test
    void whoHasNoProcessorLetsNobodyGoFirst() {
        one.pause();
        assertThat(one.compute(() -> "free")).isEqualTo("free");
    }

    @Test
    void aComputationWithinAnotherTakesNoSecond() {
        assertThat(one.compute(() -> one.compute(() -> "inner"))).isEqualTo("inner");
    }

    @Test
    void afterAFailureTheProcessorIsFree() {
        try {
            one.compute(() -> {
                throw new IllegalStateException("failed");
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("failed");
        }
        assertThat(one.compute(() -> "free")).isEqualTo("free");
    }
}
