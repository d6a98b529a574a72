package io.socketlab.kernel.syscall;

/** The signals that a task blocks, and those that wait for it alone. Sets are Linux's sigset_t. */
final class TaskSignals {

    private static final long NEVER_BLOCKED = Signal.bit(Signal.SIGKILL.number());

    private long blocked;
    private long pending;

    long blocked() {
        return blocked;
    }

    /** SIGKILL cannot be blocked; that is no error. sigprocmask(2). */
    void block(long set) {
        blocked = set & ~NEVER_BLOCKED;
    }

    boolean blocks(int signal) {
        return (blocked & Signal.bit(signal)) != 0;
    }

    void addPending(int signal) {
        pending |= Signal.bit(signal);
    }

    /** Whether one waits that is not blocked: signal_pending(). */
    boolean hasDeliverable(SignalActions shared) {
        return ((pending | shared.pending()) & ~blocked) != 0;
    }

    /** Takes the next one: the task's own before the process's, of these the lowest; 0 if none. */
    int take(SignalActions shared) {
        int own = lowest(pending & ~blocked);
        if (own != 0) {
            pending &= ~Signal.bit(own);
            return own;
        }
        int any = lowest(shared.pending() & ~blocked);
        if (any != 0) shared.removePending(any);
        return any;
    }

    private static int lowest(long set) {
        return set == 0 ? 0 : Long.numberOfTrailingZeros(set) + 1;
    }
}
