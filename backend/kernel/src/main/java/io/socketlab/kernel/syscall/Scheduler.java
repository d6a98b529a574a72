package io.socketlab.kernel.syscall;

import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.CpuAcquired;
import io.socketlab.kernel.trace.TraceEvent.CpuReleased;
import io.socketlab.kernel.trace.TraceEvent.RunQueueEntered;
import io.socketlab.kernel.trace.TraceEvent.RunQueueLeft;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who runs on the CPUs of a host, and who waits for one: one run queue for all CPUs, first come,
 * first served, with a slice of time after which a task goes to its end. That is what Linux's EEVDF
 * comes to for tasks of the same weight, which keep what they have of their slice (RUN_TO_PARITY);
 * what a task has had before it slept is not held against it.
 */
final class Scheduler {

    /** The place of no CPU. */
    static final int NONE = -1;

    /** Why a task no longer has its CPU. */
    enum Why {
        SLEEPS,
        PREEMPTED,
        IDLE,
        ENDS
    }

    private final CpuSettings settings;
    private final String host;
    private final EventLoop loop;
    private final Trace trace;

    /** Whom each CPU has. */
    private final @Nullable ScheduledCpu[] cpus;

    private final Deque<ScheduledCpu> runQueue = new ArrayDeque<>();

    Scheduler(CpuSettings settings, String host, EventLoop loop, Trace trace) {
        this.settings = settings;
        this.host = host;
        this.loop = loop;
        this.trace = trace;
        this.cpus = new ScheduledCpu[settings.cpus()];
    }

    CpuSettings settings() {
        return settings;
    }

    EventLoop loop() {
        return loop;
    }

    boolean isSomebodyWaiting() {
        return !runQueue.isEmpty();
    }

    /** Gives it a CPU that nobody has; if there is none, it waits. */
    void makeRunnable(ScheduledCpu task) {
        int idle = idle(task.lastCpu());
        if (idle != NONE) {
            give(idle, task);
            return;
        }
        runQueue.add(task);
        task.queued();
        if (!trace.isOn()) return;
        trace.emit(new RunQueueEntered(trace.stamp(host), task.task(), runQueue.size()));
    }

    /** The one whose caches know the task, or else the first. */
    private int idle(int last) {
        if (last != NONE && cpus[last] == null) return last;
        for (int i = 0; i < cpus.length; i++) if (cpus[i] == null) return i;
        return NONE;
    }

    private void give(int cpu, ScheduledCpu task) {
        cpus[cpu] = task;
        long waited = task.run(cpu);
        if (!trace.isOn()) return;
        trace.emit(new CpuAcquired(trace.stamp(host), task.task(), cpu, waited, runQueue.size()));
    }

    /**
     * A task no longer wants its CPU, or may not have it: the next one has it.
     *
     * @param ran how long it had it, nanoseconds
     */
    void release(ScheduledCpu task, int cpu, long ran, Why why) {
        cpus[cpu] = null;
        if (trace.isOn()) {
            trace.emit(
                    new CpuReleased(
                            trace.stamp(host),
                            task.task(),
                            cpu,
                            ran,
                            why.name().toLowerCase(Locale.ROOT)));
        }
        ScheduledCpu first = runQueue.poll();
        if (first != null) give(cpu, first);
    }

    /** It has ended while it waited. */
    void leave(ScheduledCpu task) {
        runQueue.remove(task);
        if (!trace.isOn()) return;
        trace.emit(new RunQueueLeft(trace.stamp(host), task.task(), runQueue.size()));
    }
}
