package io.socketlab.kernel.syscall;

import io.socketlab.kernel.sim.EventLoop;

/** A CPU for every task, and so fast that nothing takes time: where a host has no model of one. */
record UnlimitedCpu(EventLoop loop) implements CpuTime {

    @Override
    public void enter(Runnable step) {
        step.run();
    }

    @Override
    public void scanned(int descriptors) {}

    @Override
    public void copied(long octets) {}

    @Override
    public void work(Runnable step) {
        step.run();
    }

    @Override
    public void leave(Runnable step) {
        step.run();
    }

    @Override
    public void sleep() {}

    @Override
    public void wake(Runnable step) {
        loop.defer(step);
    }

    @Override
    public void expire(Runnable step) {
        step.run();
    }

    @Override
    public void end() {}
}
