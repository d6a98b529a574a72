package io.socketlab.lab.run;

/**
 * A host of a run.
 *
 * @param address {@code 10.0.0.1}
 * @param driven whether the person at the bench makes its calls
 */
public record RunHost(String name, String address, boolean driven) {}
