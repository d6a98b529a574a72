package io.socketlab.kernel.syscall;

/** Processor time of a task whose host can stall. */
final class StallableCpu implements CpuTime {

    private final CpuTime cpu;
    private final Stall stall;
    private boolean ended;

    StallableCpu(CpuTime cpu, Stall stall) {
        this.cpu = cpu;
        this.stall = stall;
    }

    @Override
    public void enter(Runnable step) {
        if (stall.isOver()) cpu.enter(step);
        else defer(() -> enter(step));
    }

    @Override
    public void scanned(int descriptors) {
        cpu.scanned(descriptors);
    }

    @Override
    public void copied(long octets) {
        cpu.copied(octets);
    }

    @Override
    public void work(Runnable step) {
        cpu.work(step);
    }

    @Override
    public void leave(Runnable step) {
        if (stall.isOver()) cpu.leave(step);
        else defer(() -> leave(step));
    }

    @Override
    public void sleep() {
        cpu.sleep();
    }

    @Override
    public void wake(Runnable step) {
        if (stall.isOver()) cpu.wake(step);
        else defer(() -> wake(step));
    }

    @Override
    public void expire(Runnable step) {
        if (stall.isOver()) cpu.expire(step);
        else defer(() -> expire(step));
    }

    @Override
    public void end() {
        ended = true;
        cpu.end();
    }

    private void defer(Runnable step) {
        stall.after(() -> {
            if (!ended) step.run();
        });
    }
}
