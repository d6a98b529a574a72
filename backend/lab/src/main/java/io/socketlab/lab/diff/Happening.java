package io.socketlab.lab.diff;

import io.socketlab.kernel.trace.TraceEvent;

/**
 * An event of a run that means something for the comparison.
 *
 * @param lane whose event it is
 * @param meaning what has to be the same in two runs: nothing of time or of sequence numbers
 */
record Happening(Lane lane, TraceEvent event, String meaning) {

    /**
     * What goes on by itself on a host: a task, or a socket.
     *
     * @param number of the task, or of the socket; 0 for what belongs to neither
     */
    record Lane(String host, boolean task, int number) {}

    int seq() {
        return event.stamp().seq();
    }

    long at() {
        return event.stamp().at();
    }
}
