package io.socketlab.server.run;

import java.time.Instant;

/**
 * A line of a run's input log.
 *
 * @param n from 1 without gaps
 * @param clientId what the browser called it; the same again is the same input
 * @param traceHash of the whole trace after it
 */
record LoggedInput(int n, String line, String clientId, String traceHash, Instant acknowledged) {}
