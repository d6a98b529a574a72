package io.socketlab.sandbox.engine;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * When modules are compiled, and where: one at a time on a thread of its own, so that nobody waits
 * for it, however long one takes that was made to take long.
 */
final class Compiling {

    /** Modules that may wait for their turn; others are interpreted and may ask again. */
    private static final int MOST_WAITING = 16;

    private static final long IDLE_SECONDS = 10;

    private static final Executor IN_THE_BACKGROUND = background();

    private final long heavy;
    private final Executor executor;

    /**
     * @param heavy fuel that the runs of a module use before it is compiled; 0 to compile each
     *     before it is run for the first time
     */
    Compiling(long heavy) {
        this(heavy, heavy == 0 ? Runnable::run : IN_THE_BACKGROUND);
    }

    Compiling(long heavy, Executor executor) {
        this.heavy = heavy;
        this.executor = executor;
    }

    private static Executor background() {
        var one =
                new ThreadPoolExecutor(
                        1,
                        1,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(MOST_WAITING),
                        Thread.ofPlatform().daemon().name("wasm-compiler").factory());
        one.allowCoreThreadTimeOut(true);
        return one;
    }

    long heavy() {
        return heavy;
    }

    /** Answers whether it has been or will be done. */
    boolean execute(Runnable compilation) {
        try {
            executor.execute(compilation);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }
}
