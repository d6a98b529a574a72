package io.socketlab.kernel.syscall;

import java.util.Arrays;

/** What a process does about each signal, and which ones wait for any of its tasks. */
final class SignalActions {

    private final SignalAction[] actions = new SignalAction[Signal.LAST + 1];
    private final int[] handled = new int[Signal.LAST + 1];
    private long pending;

    SignalActions() {
        Arrays.fill(actions, SignalAction.DEFAULT);
    }

    /** What a child has after fork(2): the same actions, nothing pending, nothing handled. */
    SignalActions copy() {
        var copy = new SignalActions();
        System.arraycopy(actions, 0, copy.actions, 0, actions.length);
        return copy;
    }

    SignalAction get(int signal) {
        return actions[signal];
    }

    /** POSIX: what becomes ignored is no longer pending either. */
    void set(int signal, SignalAction action) {
        actions[signal] = action;
        if (action.ignores(signal)) pending &= ~Signal.bit(signal);
    }

    /** Its handler runs. */
    void handled(int signal) {
        handled[signal]++;
        if (actions[signal].has(SignalAction.SA_RESETHAND)) set(signal, SignalAction.DEFAULT);
    }

    /** How often the handler of {@code signal} has run. */
    int timesHandled(int signal) {
        return handled[signal];
    }

    long pending() {
        return pending;
    }

    void addPending(int signal) {
        pending |= Signal.bit(signal);
    }

    void removePending(int signal) {
        pending &= ~Signal.bit(signal);
    }
}
