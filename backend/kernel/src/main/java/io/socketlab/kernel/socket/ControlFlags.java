package io.socketlab.kernel.socket;

import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpHeader;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.Ipv6Header;
import java.util.List;

/**
 * What a socket wants to be told of each packet: the options of levels IPPROTO_IP and IPPROTO_IPV6
 * that ask for control messages. Of IP options, security labels and checksums that a card has
 * summed up there is nothing to tell here. Linux's inet_cmsg_flags() and np->rxopt. ip(7), ipv6(7).
 *
 * @param wanted a bit for each of them
 */
public record ControlFlags(int wanted) {

    /** As a socket has it at first. */
    public static final ControlFlags NONE = new ControlFlags(0);

    private static final List<SocketOption> OPTIONS =
            List.of(
                    SocketOption.IP_PKTINFO,
                    SocketOption.IP_RECVTTL,
                    SocketOption.IP_RECVTOS,
                    SocketOption.IP_RECVORIGDSTADDR,
                    SocketOption.IP_RECVOPTS,
                    SocketOption.IP_RETOPTS,
                    SocketOption.IP_PASSSEC,
                    SocketOption.IP_CHECKSUM,
                    SocketOption.IPV6_RECVPKTINFO,
                    SocketOption.IPV6_RECVHOPLIMIT,
                    SocketOption.IPV6_RECVTCLASS,
                    SocketOption.IPV6_RECVORIGDSTADDR);

    /** Whether it is one of those options. */
    public static boolean cover(SocketOption option) {
        return OPTIONS.contains(option);
    }

    private static int bit(SocketOption option) {
        return 1 << OPTIONS.indexOf(option);
    }

    /** The same, but for {@code option}, which is one of those. */
    public ControlFlags with(SocketOption option, boolean on) {
        int changed = on ? wanted | bit(option) : wanted & ~bit(option);
        return changed == 0 ? NONE : new ControlFlags(changed);
    }

    /** Whether it is on. */
    public boolean has(SocketOption option) {
        return (wanted & bit(option)) != 0;
    }

    public boolean isNone() {
        return wanted == 0;
    }

    /** Adds what was asked for. ip_cmsg_recv_offset(), ip6_datagram_recv_ctl(). */
    public void tell(PacketArrival arrival, List<ControlMessage> control) {
        if (isNone()) return;
        IpHeader ip = arrival.ip();
        if (has(SocketOption.IPV6_RECVPKTINFO)) {
            control.add(
                    ControlMessage.Ipv6PacketInfo.of(ip.destination(), arrival.interfaceIndex()));
        }
        switch (ip) {
            case Ipv4Header header -> tell(header, arrival, control);
            case Ipv6Header header -> tell(header, arrival, control);
        }
    }

    private void tell(Ipv4Header ip, PacketArrival arrival, List<ControlMessage> control) {
        if (has(SocketOption.IP_PKTINFO)) {
            control.add(
                    new ControlMessage.PacketInfo(
                            arrival.interfaceIndex(), arrival.local(), ip.destination()));
        }
        if (has(SocketOption.IP_RECVTTL)) control.add(new ControlMessage.Ttl(ip.ttl()));
        if (has(SocketOption.IP_RECVTOS)) control.add(new ControlMessage.Tos(ip.tos()));
        if (has(SocketOption.IP_RECVORIGDSTADDR)) tellDestination(arrival, control);
    }

    private void tell(Ipv6Header ip, PacketArrival arrival, List<ControlMessage> control) {
        if (has(SocketOption.IPV6_RECVHOPLIMIT)) {
            control.add(new ControlMessage.HopLimit(ip.ttl()));
        }
        if (has(SocketOption.IPV6_RECVTCLASS)) {
            control.add(new ControlMessage.TrafficClass(ip.tos()));
        }
        if (has(SocketOption.IPV6_RECVORIGDSTADDR)) tellDestination(arrival, control);
    }

    private static void tellDestination(PacketArrival arrival, List<ControlMessage> control) {
        if (!arrival.hasPort()) return;
        control.add(
                new ControlMessage.OriginalDestination(
                        new Endpoint(arrival.ip().destination(), arrival.port())));
    }
}
