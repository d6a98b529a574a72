package io.socketlab.kernel.ip;

import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.PacketForwarded;
import io.socketlab.kernel.wire.IcmpMessage;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv4Header;

/**
 * Sends on what is for others: what makes a host a router. RFC 1812 §5, net/ipv4/ip_forward.c.
 * Hosts are not told of a better first hop (redirects, RFC 1812 §5.2.7.2): here a network has one
 * way out.
 */
final class Forwarding {

    /** By the four bits of type of service, rt_tos2priority(): TC_PRIO_BESTEFFORT and so on. */
    private static final int[] PRIORITY = {0, 1, 0, 0, 2, 2, 2, 2, 6, 6, 6, 6, 4, 4, 4, 4};

    private final Ipv4 ip;
    private final String host;
    private final Trace trace;

    Forwarding(Ipv4 ip, String host, Trace trace) {
        this.ip = ip;
        this.host = host;
        this.trace = trace;
    }

    /** A packet that is for somebody else, positioned at its header. */
    void forward(Ipv4Header header, PacketBuffer packet, NetworkInterface in) {
        packet.trim(header.totalLength());
        Ipv4Route way = ip.routing().table().find(header.destination(), NetworkInterface.ANY);
        NetworkInterface out = way == null ? null : way.out();
        if (way == null) {
            ip.counters().count(IpCounter.IN_NO_ROUTES);
            unreachable(IcmpMessage.NET_UNREACHABLE, Rule.RFC1812_NO_ROUTE, header, packet);
        } else if (out == null) {
            nowhere(way.type(), header, packet);
        } else if (header.ttl() <= 1) {
            ip.counters().count(IpCounter.IN_HEADER_ERRORS);
            refuse(
                    new IcmpMessage(IcmpMessage.TIME_EXCEEDED, 0, 0),
                    DropReason.TTL_EXCEEDED,
                    Rule.RFC1812_TTL_EXCEEDED,
                    header,
                    packet);
        } else if (header.dontFragment() && packet.length() > out.nic().mtu()) {
            int mtu = out.nic().mtu();
            refuse(
                    new IcmpMessage(IcmpMessage.UNREACHABLE, IcmpMessage.FRAGMENTATION_NEEDED, mtu),
                    DropReason.TOO_BIG,
                    Rule.RFC1191_FRAGMENTATION_NEEDED,
                    header,
                    packet);
        } else {
            send(header, packet, in, way.gateway().orElse(header.destination()), out);
        }
    }

    /** ip_error(): what the route's type says. */
    private void nowhere(RouteType type, Ipv4Header header, PacketBuffer packet) {
        switch (type) {
            case BLACKHOLE -> ip.drop(packet, DropReason.NO_ROUTE, Rule.LINUX_ROUTE_BLACKHOLE);
            case UNREACHABLE ->
                    unreachable(
                            IcmpMessage.HOST_UNREACHABLE,
                            Rule.LINUX_ROUTE_UNREACHABLE,
                            header,
                            packet);
            case PROHIBIT ->
                    unreachable(
                            IcmpMessage.PACKET_FILTERED, Rule.LINUX_ROUTE_PROHIBIT, header, packet);
            case UNICAST -> throw new IllegalStateException("a way without an interface");
        }
    }

    private void unreachable(int code, Rule rule, Ipv4Header header, PacketBuffer packet) {
        refuse(
                new IcmpMessage(IcmpMessage.UNREACHABLE, code, 0),
                DropReason.NO_ROUTE,
                rule,
                header,
                packet);
    }

    private void refuse(
            IcmpMessage message,
            DropReason reason,
            Rule rule,
            Ipv4Header header,
            PacketBuffer packet) {
        ip.drop(packet, reason, rule);
        packet.pull(header.headerLength());
        ip.icmp().sendError(message, header, packet, rule);
    }

    private void send(
            Ipv4Header header,
            PacketBuffer packet,
            NetworkInterface in,
            Ipv4Address nextHop,
            NetworkInterface out) {
        ip.counters().count(IpCounter.FORWARDED);
        Ipv4Header.decrementTtl(packet.octets(), packet.start());
        packet.priority(PRIORITY[header.tos() >>> 1 & 15]);
        if (trace.isOn()) {
            packet.causedBy(
                    trace.emit(
                            new PacketForwarded(
                                    trace.stamp(host, Rule.RFC1812_FORWARDING),
                                    packet.number(),
                                    in.device(),
                                    out.device(),
                                    header.ttl() - 1,
                                    nextHop.toString())));
            trace.because(packet.cause());
        }
        int mtu = out.nic().mtu();
        var route = new Route(out.address(), nextHop, mtu, RouteMetrics.NONE, out);
        if (packet.length() <= mtu) {
            ip.transmit(packet, route);
            return;
        }
        packet.pull(header.headerLength());
        ip.sendFragments(
                packet,
                new Delivery(
                        header.source(),
                        header.destination(),
                        header.protocol(),
                        header.ttl() - 1,
                        header.tos(),
                        false),
                route,
                new Ipv4.Part(
                        header.identification(), header.fragmentOffset(), header.moreFragments()));
    }
}
