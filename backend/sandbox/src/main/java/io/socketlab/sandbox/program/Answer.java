package io.socketlab.sandbox.program;

import io.socketlab.kernel.socket.Outcome;
import java.util.List;

/**
 * What the loop's side gives a program with its turn.
 *
 * @param outcome of what it asked
 * @param now virtual nanoseconds since the start
 * @param signals those whose handlers are to run before it goes on, the last one first
 */
record Answer(Outcome<?> outcome, long now, List<Integer> signals) {

    Answer {
        signals = List.copyOf(signals);
    }
}
