package io.socketlab.kernel.trace;

/** Takes the events of a run, in order. */
@FunctionalInterface
public interface TraceSink {
    void accept(TraceEvent event);
}
