package io.socketlab.kernel.syscall;

import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.sim.Timer;
import io.socketlab.kernel.trace.Cost;
import org.jspecify.annotations.Nullable;

/**
 * A task's share of the CPUs of its host: Linux's sched_entity. The task has a CPU, waits for one
 * in the run queue, or wants none, because it sleeps in a call or its program has nothing to do.
 */
final class ScheduledCpu implements CpuTime {

    private final int task;
    private final Scheduler scheduler;
    private final CpuSettings settings;
    private final EventLoop loop;
    private final CostCounter costs;
    private final Timer busy;

    /** What it does when its CPU is no longer busy with what came before. */
    private @Nullable Runnable next;

    /** The place of the CPU that it has, {@link Scheduler#NONE} if it has none. */
    private int cpu = Scheduler.NONE;

    /** The one that it had before, whose caches may still know it. */
    private int lastCpu = Scheduler.NONE;

    private boolean queued;
    private boolean woken;
    private boolean inCall;
    private boolean over;

    /** Nanoseconds of work that have come together and are not spent. */
    private long owed;

    /** Since when it waits, or has its CPU. */
    private long since;

    ScheduledCpu(int task, Scheduler scheduler, CostCounter costs) {
        this.task = task;
        this.scheduler = scheduler;
        this.settings = scheduler.settings();
        this.loop = scheduler.loop();
        this.costs = costs;
        this.busy = new Timer(loop, this::goOn);
    }

    int task() {
        return task;
    }

    int lastCpu() {
        return lastCpu;
    }

    // ---- what its calls say

    /** A call of a program that has kept its CPU begins at once; others have to get one first. */
    @Override
    public void enter(Runnable step) {
        inCall = true;
        owed += settings.callNanos();
        if (cpu == Scheduler.NONE) want(step);
        else step.run();
    }

    @Override
    public void scanned(int descriptors) {
        owed += descriptors * settings.scanNanos();
    }

    @Override
    public void copied(long octets) {
        owed += settings.copying(octets);
    }

    @Override
    public void work(Runnable step) {
        spend(step);
    }

    @Override
    public void leave(Runnable step) {
        spend(() -> returnToProgram(step));
    }

    @Override
    public void sleep() {
        giveUp(Scheduler.Why.SLEEPS);
    }

    @Override
    public void wake(Runnable step) {
        woken = true;
        want(step);
    }

    @Override
    public void expire(Runnable step) {
        wake(step);
    }

    @Override
    public void end() {
        if (over) return;
        over = true;
        busy.stop();
        next = null;
        if (queued) scheduler.leave(this);
        queued = false;
        if (cpu != Scheduler.NONE) giveUp(Scheduler.Why.ENDS);
    }

    // ---- its CPU

    private void want(Runnable step) {
        next = step;
        since = loop.now();
        scheduler.makeRunnable(this);
    }

    /** It stands in the run queue from now on. */
    void queued() {
        queued = true;
    }

    /** It has a CPU from now on, which is switched to it first; answers how long it waited. */
    long run(int number) {
        queued = false;
        cpu = number;
        lastCpu = number;
        long waited = loop.now() - since;
        costs.add(Cost.RUN_QUEUE_WAIT, waited);
        since = loop.now();
        busy.start(settings.switchNanos() + (woken ? settings.wakeNanos() : 0));
        woken = false;
        return waited;
    }

    private void spend(Runnable step) {
        long work = owed;
        owed = 0;
        next = step;
        if (work == 0) goOn();
        else busy.start(work);
    }

    private void goOn() {
        Runnable step = next;
        next = null;
        if (step != null) step.run();
    }

    /**
     * The kernel is left: here, and not before, it loses its CPU if it has had it long enough and
     * somebody waits. That is what a kernel without preemption does.
     */
    private void returnToProgram(Runnable step) {
        if (loop.now() - since >= settings.sliceNanos() && scheduler.isSomebodyWaiting()) {
            costs.add(Cost.INVOLUNTARY_SWITCHES, 1);
            giveUp(Scheduler.Why.PREEMPTED);
            want(() -> inProgram(step));
        } else {
            inProgram(step);
        }
    }

    /** A program that makes no call for now has nothing to do; calls are all that it is made of. */
    private void inProgram(Runnable step) {
        inCall = false;
        step.run();
        if (!inCall) loop.defer(this::idle);
    }

    private void idle() {
        if (!inCall && !over && cpu != Scheduler.NONE) giveUp(Scheduler.Why.IDLE);
    }

    private void giveUp(Scheduler.Why why) {
        int freed = cpu;
        long ran = loop.now() - since;
        cpu = Scheduler.NONE;
        costs.add(Cost.CPU, ran);
        scheduler.release(this, freed, ran, why);
    }
}
