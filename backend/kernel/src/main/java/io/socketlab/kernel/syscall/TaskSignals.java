package io.socketlab.kernel.syscall;

import java.util.ArrayDeque;
import java.util.Deque;

/** The signals that a task blocks, and those that wait for it alone. Sets are Linux's sigset_t. */
final class TaskSignals {

    private static final long NEVER_BLOCKED = Signal.bit(Signal.SIGKILL.number());

    private long blocked;
    private long pending;

    /** What was blocked before each handler that has not returned; the last one runs. */
    private final Deque<Long> handlers = new ArrayDeque<>(0);

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

    /** A handler is to run, and {@code more} is blocked until it returns: the signal frame. */
    void enterHandler(long more) {
        handlers.push(blocked);
        block(blocked | more);
    }

    /** It has returned: what was blocked before it is again. Nothing happens if there was none. */
    void leaveHandler() {
        Long before = handlers.poll();
        if (before != null) block(before);
    }

    /** What a child of fork(2) has of its maker's: what is blocked, and the handlers it is in. */
    void inherit(TaskSignals from) {
        blocked = from.blocked;
        handlers.addAll(from.handlers);
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
