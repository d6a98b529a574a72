package io.socketlab.kernel.link;

/**
 * What {@code tc -s qdisc} counts.
 *
 * @param octets of whole frames that went on to the card
 * @param packets likewise
 * @param dropped packets that it did not take
 */
public record QdiscCounters(long octets, long packets, long dropped) {}
