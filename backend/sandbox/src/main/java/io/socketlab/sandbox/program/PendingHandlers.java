package io.socketlab.sandbox.program;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The handlers that a thread is to run: as Linux puts one frame upon another on its stack, the
 * signal that was taken last is handled first, and those below wait until that handler has
 * returned.
 */
final class PendingHandlers {

    /** Taken, and not begun. */
    private final Deque<Integer> signals = new ArrayDeque<>(0);

    /** For each handler that has begun, how many were below it; the one that runs first. */
    private final Deque<Integer> below = new ArrayDeque<>(0);

    /** Signals in the order in which they were taken. */
    void add(List<Integer> taken) {
        taken.forEach(signals::push);
    }

    /** Whether one may begin now. */
    boolean isAny() {
        return signals.size() > (below.isEmpty() ? 0 : below.getFirst());
    }

    /** The signal whose handler begins; 0 if none does. */
    int begin() {
        if (!isAny()) return 0;
        int next = signals.pop();
        below.push(signals.size());
        return next;
    }

    /** The one that runs has returned. */
    void end() {
        below.poll();
    }

    /** What a child of fork(2) has of them. */
    PendingHandlers copy() {
        var copy = new PendingHandlers();
        copy.signals.addAll(signals);
        copy.below.addAll(below);
        return copy;
    }
}
