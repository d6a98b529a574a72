package io.socketlab.lab.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Processor time used so far, or between two moments, in nanoseconds.
 *
 * @param thread by the thread that asks: the simulation runs on it alone
 * @param process by the whole process: the compiler's and the collector's threads too
 */
record Cpu(long thread, long process) {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    static Cpu now() {
        return new Cpu(
                ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime(),
                SYSTEM.getProcessCpuTime());
    }

    /** What has been used since {@code earlier}. */
    static Cpu since(Cpu earlier) {
        Cpu now = now();
        return new Cpu(now.thread - earlier.thread, now.process - earlier.process);
    }

    double threadSeconds() {
        return thread / 1e9;
    }

    double processSeconds() {
        return process / 1e9;
    }
}
