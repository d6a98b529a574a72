package io.socketlab.lab.model;

/**
 * How far a run may go.
 *
 * @param events how many events its trace may have
 * @param virtualNanos how long it may last in virtual time
 */
public record Limits(int events, long virtualNanos) {

    public static final Limits USUAL = new Limits(5_000, 300_000_000_000L);
}
