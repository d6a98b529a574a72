package io.socketlab.kernel.syscall;

/**
 * How many processors a host has, and what they take for what the kernel does in a program's name.
 * Times are nanoseconds. Work that is done in interrupts, as that for packets, takes none.
 *
 * @param cpus from 1
 * @param switchNanos to take up another task: schedule(), context_switch()
 * @param wakeNanos to make a sleeping task runnable: try_to_wake_up()
 * @param callNanos to enter the kernel and to leave it again
 * @param scanNanos to ask one descriptor how it is: vfs_poll()
 * @param copyNanos to copy 1,000 octets between a program and the kernel
 * @param sliceNanos how long a task may keep a CPU that another waits for: base_slice_ns
 */
public record CpuSettings(
        int cpus,
        long switchNanos,
        long wakeNanos,
        long callNanos,
        long scanNanos,
        long copyNanos,
        long sliceNanos) {

    /** The most CPUs that a host can have. */
    public static final int MAX_CPUS = 64;

    /** One CPU, and what Linux 6.18 takes on a small virtual machine. */
    public static final CpuSettings DEFAULT =
            new CpuSettings(1, 2_000, 1_000, 100, 20, 60, 700_000);

    private static final int KILO = 1000;

    public CpuSettings {
        if (cpus < 1 || cpus > MAX_CPUS) throw new IllegalArgumentException("CPUs " + cpus);
        long least = Math.min(Math.min(switchNanos, wakeNanos), Math.min(callNanos, scanNanos));
        if (Math.min(least, copyNanos) < 0) throw new IllegalArgumentException("time " + least);
        if (sliceNanos < 1) throw new IllegalArgumentException("slice " + sliceNanos);
    }

    /** The same with another number of CPUs. */
    public CpuSettings withCpus(int number) {
        return new CpuSettings(
                number, switchNanos, wakeNanos, callNanos, scanNanos, copyNanos, sliceNanos);
    }

    /** For so many octets, rounded up. */
    long copying(long octets) {
        return (octets * copyNanos + KILO - 1) / KILO;
    }
}
