package io.socketlab.lab.grade;

import io.socketlab.lab.run.StopSign;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Runs that have compiled programs in them go on virtual threads: a program is one, and turns
 * between two of these take no system call. Where a run goes on for long it lets others go on.
 */
final class ProgramThread {

    private static final long SLICE = 5_000_000;

    /** The line that starts a program, as scripts and logs have it. */
    private static final String EXEC = "exec ";

    private ProgramThread() {}

    /**
     * Does it on a virtual thread, this one if it is, under the same stop sign; waits for it,
     * interrupted or not.
     */
    static <R> R with(Supplier<R> work) {
        if (Thread.currentThread().isVirtual()) return work.get();
        StopSign sign = StopSign.here();
        var task = new FutureTask<R>(() -> sign.over(work));
        Thread.ofVirtual().name("program run").start(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true; // the server stops; nobody takes the result
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) throw failure;
            if (e.getCause() instanceof Error error) throw error;
            throw new IllegalStateException(e);
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    /**
     * As {@link #with(Supplier)} if the lines of a run start programs; on this thread otherwise.
     */
    static <R> R with(Stream<String> lines, Supplier<R> work) {
        return lines.anyMatch(line -> line.contains(EXEC)) ? with(work) : work.get();
    }

    /**
     * To be done between any two events of a run: lets other virtual threads go on every few
     * milliseconds.
     */
    static Runnable pausing() {
        long[] since = {System.nanoTime()};
        return () -> {
            if (System.nanoTime() - since[0] < SLICE) return;
            LockSupport.parkNanos(1);
            since[0] = System.nanoTime();
        };
    }
}
