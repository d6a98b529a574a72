package io.socketlab.kernel.link;

/**
 * Whose packets wait on their way out: a socket, as queueing disciplines and completions see it.
 * What {@code skb->sk} is in Linux.
 */
public interface PacketOwner {

    /** No limit to the rate at which it sends. */
    long UNLIMITED = Long.MAX_VALUE;

    /** The number of its flow, one for each socket of a host. */
    int flow();

    /**
     * A packet has left the host, or is lost in it: so much of the memory of what waits is free.
     * Linux's tcp_wfree().
     *
     * @param octets as it was charged with
     */
    void released(int octets);

    /** Octets a second at which its packets may leave that name no time; {@link #UNLIMITED}. */
    long pacingRate();

    /** The queueing discipline holds packets until they are due: nobody else has to. */
    void pacedByQdisc();
}
