package io.socketlab.kernel.socket;

/**
 * How full a socket's buffers are and what still passes through them: what FreeBSD's poll(2) and
 * kqueue(2) go by, under the names of its struct socket. sys/socketvar.h.
 */
public interface SocketLevels {

    /** SOLISTENING(): the levels of its buffers mean nothing then. */
    boolean isListening();

    /** sol_qlen: connections that accept(2) would give. */
    int waiting();

    /** SS_ISCONNECTED, or a socket that can send without (no PR_CONNREQUIRED). */
    boolean canSend();

    /** SBS_CANTRCVMORE: the peer has ended its stream, or this side has shut it down. */
    boolean receivesNoMore();

    /** SBS_CANTSENDMORE. */
    boolean sendsNoMore();

    /** sbavail(&so->so_rcv), without what is not data: octets that can be received. */
    int readable();

    /** Something can be received: a datagram may have no octets. */
    boolean hasSomething();

    /**
     * sbspace(&so->so_snd): octets for which there is room. From now on whoever waits is told when
     * there is more.
     */
    int room();

    /** There is urgent data. so_oobmark, SBS_RCVATMARK. */
    boolean isUrgent();
}
