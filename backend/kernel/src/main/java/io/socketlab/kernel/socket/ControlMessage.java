package io.socketlab.kernel.socket;

import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import java.util.Optional;

/** What recvmsg(2) tells beside the data. cmsg(3). */
public sealed interface ControlMessage {

    /** Its cmsg_level and cmsg_type. */
    ControlKind kind();

    /** TCP_CM_INQ: octets that are still to be read. */
    record Inq(int octets) implements ControlMessage {
        @Override
        public ControlKind kind() {
            return ControlKind.TCP_CM_INQ;
        }
    }

    /**
     * SCM_TIMESTAMP: when it arrived, for SO_TIMESTAMP.
     *
     * @param nanos virtual time of the run, of which a program sees the microseconds
     */
    record Timestamp(long nanos) implements ControlMessage {
        @Override
        public ControlKind kind() {
            return ControlKind.SCM_TIMESTAMP;
        }
    }

    /**
     * SCM_TIMESTAMPNS: when it arrived, for SO_TIMESTAMPNS.
     *
     * @param nanos virtual time of the run
     */
    record TimestampNs(long nanos) implements ControlMessage {
        @Override
        public ControlKind kind() {
            return ControlKind.SCM_TIMESTAMPNS;
        }
    }

    /**
     * SCM_TIMESTAMPING: when it happened.
     *
     * @param nanos virtual time of the run
     */
    record Timestamping(long nanos) implements ControlMessage {
        @Override
        public ControlKind kind() {
            return ControlKind.SCM_TIMESTAMPING;
        }
    }

    /**
     * UDP_GRO: what was received are several datagrams, which the network card has joined.
     *
     * @param octets data of each but the last, which may have less
     */
    record Joined(int octets) implements ControlMessage {
        @Override
        public ControlKind kind() {
            return ControlKind.UDP_GRO;
        }
    }

    /** SO_RXQ_OVFL: datagrams dropped since the socket was made, modulo 2^32. */
    record Dropped(int datagrams) implements ControlMessage {
        @Override
        public ControlKind kind() {
            return ControlKind.SO_RXQ_OVFL;
        }
    }

    /** IP_TTL: the TTL that the packet came with, for IP_RECVTTL. */
    record Ttl(int ttl) implements ControlMessage {
        @Override
        public ControlKind kind() {
            return ControlKind.IP_TTL;
        }
    }

    /** IP_TOS: its type of service octet, for IP_RECVTOS; one octet, not an int. */
    record Tos(int tos) implements ControlMessage {
        @Override
        public ControlKind kind() {
            return ControlKind.IP_TOS;
        }
    }

    /** IPV6_HOPLIMIT: the hop limit that the packet came with, for IPV6_RECVHOPLIMIT. */
    record HopLimit(int hops) implements ControlMessage {
        @Override
        public ControlKind kind() {
            return ControlKind.IPV6_HOPLIMIT;
        }
    }

    /** IPV6_TCLASS: its traffic class, for IPV6_RECVTCLASS. */
    record TrafficClass(int tclass) implements ControlMessage {
        @Override
        public ControlKind kind() {
            return ControlKind.IPV6_TCLASS;
        }
    }

    /**
     * IP_PKTINFO, struct in_pktinfo: by which interface the packet came, and to which address.
     *
     * @param ifindex the interface's number
     * @param local ipi_spec_dst: the address that an answer would carry
     * @param destination ipi_addr: the one in the packet
     */
    record PacketInfo(int ifindex, Ipv4Address local, Ipv4Address destination)
            implements ControlMessage {
        @Override
        public ControlKind kind() {
            return ControlKind.IP_PKTINFO;
        }
    }

    /** IPV6_PKTINFO, struct in6_pktinfo: likewise. RFC 3542 §6.2. */
    record Ipv6PacketInfo(Ipv6Address destination, int ifindex) implements ControlMessage {
        @Override
        public ControlKind kind() {
            return ControlKind.IPV6_PKTINFO;
        }

        /** An AF_INET6 socket is told of IPv4 as ::ffff:a.b.c.d. */
        static Ipv6PacketInfo of(IpAddress destination, int ifindex) {
            Endpoint outward = AddressFamily.AF_INET6.outward(new Endpoint(destination, 0));
            return new Ipv6PacketInfo((Ipv6Address) outward.address(), ifindex);
        }
    }

    /**
     * IP_ORIGDSTADDR or IPV6_ORIGDSTADDR: where the datagram was sent to, for IP_RECVORIGDSTADDR
     * and IPV6_RECVORIGDSTADDR; a broadcast address, if it was one.
     */
    record OriginalDestination(Endpoint destination) implements ControlMessage {
        @Override
        public ControlKind kind() {
            return destination.address() instanceof Ipv6Address
                    ? ControlKind.IPV6_ORIGDSTADDR
                    : ControlKind.IP_ORIGDSTADDR;
        }
    }

    /**
     * IP_RECVERR or IPV6_RECVERR: what MSG_ERRQUEUE has taken off the error queue.
     *
     * @param family of the socket, which decides between the two
     * @param offender who reported it, for an ICMP error
     */
    record ReceivedError(AddressFamily family, ExtendedError error, Optional<Endpoint> offender)
            implements ControlMessage {
        @Override
        public ControlKind kind() {
            return family == AddressFamily.AF_INET6
                    ? ControlKind.IPV6_RECVERR
                    : ControlKind.IP_RECVERR;
        }
    }

    /**
     * A message that was cut short, as msg_control had no room for all of it: MSG_CTRUNC.
     *
     * @param octets how much of its data there is
     */
    record Cut(ControlMessage message, int octets) implements ControlMessage {
        @Override
        public ControlKind kind() {
            return message.kind();
        }
    }
}
