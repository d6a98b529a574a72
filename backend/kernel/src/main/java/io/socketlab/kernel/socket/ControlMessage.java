package io.socketlab.kernel.socket;

import io.socketlab.kernel.wire.Endpoint;
import java.util.Optional;

/** What recvmsg(2) tells beside the data. cmsg(3). */
public sealed interface ControlMessage {

    /** SOL_TCP, TCP_CM_INQ: octets that are still to be read. */
    record Inq(int octets) implements ControlMessage {}

    /**
     * SOL_SOCKET, SCM_TIMESTAMP: when it arrived, for SO_TIMESTAMP.
     *
     * @param nanos virtual time of the run, of which a program sees the microseconds
     */
    record Timestamp(long nanos) implements ControlMessage {}

    /**
     * SOL_SOCKET, SCM_TIMESTAMPNS: when it arrived, for SO_TIMESTAMPNS.
     *
     * @param nanos virtual time of the run
     */
    record TimestampNs(long nanos) implements ControlMessage {}

    /**
     * SOL_SOCKET, SCM_TIMESTAMPING: when it happened.
     *
     * @param nanos virtual time of the run
     */
    record Timestamping(long nanos) implements ControlMessage {}

    /**
     * SOL_UDP, UDP_GRO: what was received are several datagrams, which the network card has joined.
     *
     * @param octets data of each but the last, which may have less
     */
    record Joined(int octets) implements ControlMessage {}

    /** SOL_SOCKET, SO_RXQ_OVFL: datagrams dropped since the socket was made, modulo 2^32. */
    record Dropped(int datagrams) implements ControlMessage {}

    /** SOL_IP, IP_TTL: the TTL that the packet came with, for IP_RECVTTL. */
    record Ttl(int ttl) implements ControlMessage {}

    /** SOL_IP, IP_TOS: its type of service octet, for IP_RECVTOS. */
    record Tos(int tos) implements ControlMessage {}

    /**
     * SOL_IP, IP_ORIGDSTADDR: where the datagram was sent to, for IP_RECVORIGDSTADDR; a broadcast
     * address, if it was one.
     */
    record OriginalDestination(Endpoint destination) implements ControlMessage {}

    /**
     * SOL_IP, IP_RECVERR, or SOL_IPV6, IPV6_RECVERR: what MSG_ERRQUEUE has taken off the error
     * queue.
     *
     * @param family of the socket, which decides between the two
     * @param offender who reported it, for an ICMP error
     */
    record ReceivedError(AddressFamily family, ExtendedError error, Optional<Endpoint> offender)
            implements ControlMessage {}
}
