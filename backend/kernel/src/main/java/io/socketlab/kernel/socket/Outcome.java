package io.socketlab.kernel.socket;

import io.socketlab.kernel.wait.Pollable;

/**
 * What came of an attempt at a system call. An attempt never waits: it is done, it has failed, or
 * it says what to wait for before it is attempted again.
 */
public sealed interface Outcome<R> {

    record Done<R>(R value) implements Outcome<R> {}

    record Failed<R>(Errno errno) implements Outcome<R> {}

    /**
     * To be attempted again when {@code on} reports any of {@code events}.
     *
     * @param reason what is waited for, in a few words a learner understands: "data to read"
     */
    record Blocked<R>(Pollable on, int events, String reason) implements Outcome<R> {}
}
