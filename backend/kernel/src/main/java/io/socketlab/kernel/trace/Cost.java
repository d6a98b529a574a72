package io.socketlab.kernel.trace;

/** What using the kernel costs a program, each counted by itself. */
public enum Cost {
    /** System calls entered. */
    CALLS("calls", "system calls entered"),
    /** How often a wait queue made a sleeping task runnable. */
    WAKE_UPS("wakeUps", "how often a sleeping task was made runnable"),
    /**
     * How often a task gave up its CPU because its call had to wait: {@code
     * voluntary_ctxt_switches} of proc_pid_status(5), {@code cswch} of pidstat(1).
     */
    VOLUNTARY_SWITCHES(
            "voluntarySwitches", "how often a task gave up its CPU because its call had to wait"),
    /** How often a task lost its CPU to another: {@code nonvoluntary_ctxt_switches}. */
    INVOLUNTARY_SWITCHES("involuntarySwitches", "how often a task lost its CPU to another"),
    /** Descriptors that select(2), poll(2) and epoll_wait(2) looked at. */
    SCANNED("scanned", "descriptors that select, poll and epoll_wait looked at"),
    /** Octets that calls copied from the program: copy_from_user(). */
    TO_KERNEL("toKernel", "octets that calls copied from the program"),
    /** Octets that calls copied to the program: copy_to_user(). */
    TO_USER("toUser", "octets that calls copied to the program"),
    /** Nanoseconds on a CPU, switches and wake-ups among them; 0 without a model of CPUs. */
    CPU("cpu", "time on a CPU"),
    /** Nanoseconds that tasks that could go on waited for a CPU: the second of schedstat. */
    RUN_QUEUE_WAIT("runQueueWait", "time that tasks which could go on waited for a CPU");

    private final String traceName;

    private final String meaning;

    Cost(String traceName, String meaning) {
        this.traceName = traceName;
        this.meaning = meaning;
    }

    /** Whether it counts nanoseconds. */
    public boolean isTime() {
        return this == CPU || this == RUN_QUEUE_WAIT;
    }

    /** Its name in metrics and tables. */
    public String traceName() {
        return traceName;
    }

    /** What is counted, in a few words. */
    public String meaning() {
        return meaning;
    }
}
