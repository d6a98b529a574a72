package io.socketlab.server.run;

/** Wants to know when a bench has gone on. */
@FunctionalInterface
public interface BenchListener {

    /**
     * An input has been done and stored. Comes while the bench is locked, so it must be quick and
     * must not wait.
     */
    void advanced();
}
