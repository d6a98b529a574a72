package io.socketlab.kernel.trace;

/** What using the kernel costs a program, each counted by itself. */
public enum Cost {
    /** System calls entered. */
    CALLS("calls"),
    /** How often a wait queue made a sleeping task runnable. */
    WAKE_UPS("wakeUps"),
    /**
     * How often a task gave up its CPU because its call had to wait: {@code
     * voluntary_ctxt_switches} of proc_pid_status(5), {@code cswch} of pidstat(1).
     */
    VOLUNTARY_SWITCHES("voluntarySwitches"),
    /** How often a task lost its CPU to another: {@code nonvoluntary_ctxt_switches}. */
    INVOLUNTARY_SWITCHES("involuntarySwitches"),
    /** Descriptors that select(2), poll(2) and epoll_wait(2) looked at. */
    SCANNED("scanned"),
    /** Octets that calls copied from the program: copy_from_user(). */
    TO_KERNEL("toKernel"),
    /** Octets that calls copied to the program: copy_to_user(). */
    TO_USER("toUser");

    private final String traceName;

    Cost(String traceName) {
        this.traceName = traceName;
    }

    /** Its name in metrics and tables. */
    public String traceName() {
        return traceName;
    }
}
