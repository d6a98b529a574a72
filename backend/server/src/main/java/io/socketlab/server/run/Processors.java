package io.socketlab.server.run;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Simulating is work for a processor, so as many do it at once as there are processors. A line can
 * take seconds, where programs go in circles: who has had his slice goes behind those that wait.
 */
final class Processors {

    /** How long one simulates while others wait. */
    static final Duration SLICE = Duration.ofMillis(5);

    private final Semaphore free;
    private final LongSupplier nanoTime;

    /** When this thread was given its processor; none while it has none. */
    private final ThreadLocal<@Nullable Long> since = new ThreadLocal<>();

    /**
     * @param count how many simulate at once
     */
    Processors(int count, LongSupplier nanoTime) {
        this.free = new Semaphore(count, true);
        this.nanoTime = nanoTime;
    }

    /** Does it when a processor is free. */
    <R> R compute(Supplier<R> work) {
        Long outer = since.get();
        if (outer != null) return work.get();
        take();
        try {
            return work.get();
        } finally {
            since.remove();
            free.release();
        }
    }

    private void take() {
        free.acquireUninterruptibly();
        since.set(nanoTime.getAsLong());
    }

    /** To be called between two events of a simulation: lets others go first if it is time. */
    void pause() {
        Long begin = since.get();
        if (begin == null || nanoTime.getAsLong() - begin < SLICE.toNanos()) return;
        free.release();
        // requests that want no processor but a virtual thread's turn are not kept waiting either,
        // which yield() does not see to
        if (Thread.currentThread().isVirtual()) LockSupport.parkNanos(1);
        take();
    }

    /** How many wait for one. */
    int waiting() {
        return free.getQueueLength();
    }
}
