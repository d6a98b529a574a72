package io.socketlab.kernel.trace;

/**
 * Octets of a stream, by their sequence numbers.
 *
 * @param from the first, counted from the SYN, which is 0
 * @param end the one behind the last
 */
public record SequenceRange(long from, long end) {}
