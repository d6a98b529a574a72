package io.socketlab.kernel.ip;

import io.socketlab.kernel.link.Nic;
import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.FragmentSent;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.kernel.wire.EthernetHeader;
import io.socketlab.kernel.wire.IcmpMessage;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.MalformedPacketException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** IPv4 of one host: input, output and routing. RFC 791, RFC 1122 §3. */
final class Ipv4 {

    private static final int HEADROOM = Ipv4Header.SIZE + EthernetHeader.SIZE;

    /** Three ARP requests a second apart: Linux's mcast_solicit and retrans_time_ms. */
    private static final long RESOLUTION_GIVES_UP = 3_000_000_000L;

    /** net.ipv4.ipfrag_time. */
    private static final long REASSEMBLY_TIMEOUT = 30_000_000_000L;

    private final String host;
    private final Ipv4Address address;
    private final int prefixLength;
    private final Nic nic;
    private final EventLoop loop;
    private final Trace trace;
    private final IntSupplier packetNumbers;
    private final Neighbours neighbours = new Neighbours();
    private final IpCounters counters = new IpCounters();
    private final IpLayer layer;
    private final PathMtus pathMtus;
    private final IcmpLayer icmp;
    private final Firewall firewall = new Firewall();
    private final Reassembly<Ipv4Header> reassembly;
    private @Nullable Ipv4Address gateway;
    private int identification;
    private int lastDestination;
    private @Nullable Route lastRoute;

    Ipv4(
            IpLayer layer,
            Ipv4Address address,
            int prefixLength,
            Nic nic,
            EventLoop loop,
            Trace trace,
            IntSupplier packetNumbers) {
        this.layer = layer;
        this.host = layer.host();
        this.address = address;
        this.prefixLength = prefixLength;
        this.nic = nic;
        this.loop = loop;
        this.trace = trace;
        this.packetNumbers = packetNumbers;
        this.pathMtus = layer.pathMtus();
        this.icmp = new IcmpLayer(host, this, trace);
        this.reassembly =
                new Reassembly<>(
                        loop,
                        REASSEMBLY_TIMEOUT,
                        65_535 - Ipv4Header.SIZE,
                        this::newPacket,
                        (header, _, first) -> neverWhole(header, first));
    }

    Neighbours neighbours() {
        return neighbours;
    }

    /** Where packets go that are for no network of ours. */
    void gateway(Ipv4Address nextHop) {
        gateway = nextHop;
    }

    Optional<Ipv4Address> gatewayAddress() {
        return Optional.ofNullable(gateway);
    }

    IpCounters counters() {
        return counters;
    }

    Ipv4Address address() {
        return address;
    }

    /**
     * A packet for {@code length} octets of transport header and text, with room for ours in front.
     */
    PacketBuffer newPacket(int length) {
        return PacketBuffer.withRoom(packetNumbers.getAsInt(), HEADROOM, length);
    }

    /** Whether packets to {@code destination} stay on this host. */
    boolean isLocal(Ipv4Address destination) {
        return destination.equals(address) || destination.isLoopback();
    }

    /** 255.255.255.255, or the last address of a network of ours. RFC 919. */
    boolean isBroadcast(Ipv4Address destination) {
        if (destination.equals(Ipv4Address.BROADCAST)) return true;
        int hostPart = prefixLength == 0 ? -1 : ~(-1 << 32 - prefixLength);
        return prefixLength < 31
                && destination.sharesPrefix(address, prefixLength)
                && (destination.bits() | ~hostPart) == -1;
    }

    /** How {@code destination} is reached; empty where connect(2) says ENETUNREACH. */
    Optional<Route> route(Ipv4Address destination) {
        if (destination.isLoopback()) {
            return Optional.of(
                    new Route(
                            Ipv4Address.LOOPBACK,
                            destination,
                            IpLayer.LOOPBACK_MTU,
                            true,
                            RouteMetrics.NONE));
        }
        if (destination.equals(address)) {
            return Optional.of(
                    new Route(address, destination, IpLayer.LOOPBACK_MTU, true, RouteMetrics.NONE));
        }
        if (destination.sharesPrefix(address, prefixLength)) {
            return Optional.of(remote(destination, destination));
        }
        return gateway == null ? Optional.empty() : Optional.of(remote(destination, gateway));
    }

    private Route remote(Ipv4Address destination, Ipv4Address nextHop) {
        RouteMetrics metrics = layer.metrics(destination);
        int mtu = metrics.mtu() > 0 ? metrics.mtu() : pathMtus.mtu(destination, nic.mtu());
        return new Route(address, nextHop, mtu, false, metrics);
    }

    void routesHaveChanged() {
        lastRoute = null;
    }

    /** The route of the packet before, if this one has the same destination, as most have. */
    private @Nullable Route routeAsBefore(Ipv4Address destination) {
        boolean same = lastRoute != null && destination.bits() == lastDestination;
        if (!same || !pathMtus.isEmpty()) {
            lastRoute = route(destination).orElse(null);
            lastDestination = destination.bits();
        }
        return lastRoute;
    }

    /**
     * Sends a packet that begins at its transport header. One larger than the route's MTU is sent
     * in fragments, or, where that is forbidden, not at all; one with no route is dropped and
     * traced. Answers false where the host's own queueing discipline refused it.
     */
    boolean send(PacketBuffer packet, Delivery delivery, Ipv4Address dst) {
        Route route = routeAsBefore(dst);
        if (route == null) {
            drop(packet, DropReason.NO_ROUTE);
            return true;
        }
        int id = identification++ & 0xFFFF;
        int mtu = delivery.ignoresPathMtu() ? layer.interfaceMtu(route) : route.mtu();
        if (packet.length() + Ipv4Header.SIZE <= mtu) {
            return sendWhole(packet, delivery, route, new Part(id, 0, false));
        }
        if (delivery.dontFragment()) {
            drop(packet, DropReason.TOO_BIG);
        } else {
            sendFragments(packet, delivery, route, id);
            packet.released();
        }
        return true;
    }

    /** Which part of a packet: all of it, or a fragment. */
    private record Part(int identification, int offset, boolean moreFollow) {}

    /** All but the last carry as many octets as fit, a multiple of 8. RFC 791 §3.2. */
    private void sendFragments(PacketBuffer whole, Delivery delivery, Route route, int id) {
        int most = (route.mtu() - Ipv4Header.SIZE) / 8 * 8;
        counters.count(IpCounter.FRAGMENTATION_OK);
        int before = trace.because(whole.cause());
        for (int offset = 0; offset < whole.length(); offset += most) {
            int length = Math.min(most, whole.length() - offset);
            PacketBuffer fragment = newPacket(length);
            System.arraycopy(
                    whole.octets(),
                    whole.start() + offset,
                    fragment.octets(),
                    fragment.start(),
                    length);
            if (offset == 0) fragment.as(whole);
            if (trace.isOn()) {
                fragment.causedBy(
                        trace.emit(
                                new FragmentSent(
                                        trace.stamp(host, Rule.RFC791_FRAGMENTATION),
                                        fragment.number(),
                                        whole.number(),
                                        offset,
                                        length)));
            }
            counters.count(IpCounter.FRAGMENTS_CREATED);
            boolean moreFollow = offset + length < whole.length();
            sendWhole(fragment, delivery, route, new Part(id, offset, moreFollow));
        }
        trace.because(before);
    }

    private boolean sendWhole(PacketBuffer packet, Delivery delivery, Route route, Part part) {
        packet.push(Ipv4Header.SIZE);
        counters.sent(packet.length());
        new Ipv4Header(
                        Ipv4Header.SIZE,
                        delivery.tos(),
                        packet.length(),
                        part.identification,
                        delivery.dontFragment(),
                        part.moreFollow,
                        part.offset,
                        delivery.ttl(),
                        delivery.protocol(),
                        ((Ipv4Address) delivery.src()).bits(),
                        ((Ipv4Address) delivery.dst()).bits())
                .writeTo(packet.octets(), packet.start());
        if (route.isLocal()) {
            packet.released();
            loop.defer(() -> receiveLocal(packet));
            return true;
        }
        long mac = neighbours.resolve(((Ipv4Address) route.nextHop()).bits());
        if (mac != Neighbours.UNKNOWN) {
            boolean taken = nic.send(packet, mac, EthernetHeader.IPV4);
            if (!taken) counters.count(IpCounter.OUT_DISCARDS);
            return taken;
        }
        loop.after(RESOLUTION_GIVES_UP, () -> unresolved(packet));
        return true;
    }

    private void receiveLocal(PacketBuffer packet) {
        int before = trace.because(packet.cause());
        receive(packet);
        trace.because(before);
    }

    /** Nobody on the network has the address: the sender's own kernel reports it. */
    private void unresolved(PacketBuffer packet) {
        packet.released();
        int before = trace.because(packet.cause());
        if (trace.isOn()) {
            packet.causedBy(
                    trace.emit(
                            new PacketDropped(
                                    trace.stamp(host, Rule.LINUX_NEIGHBOUR_UNRESOLVED),
                                    packet.number(),
                                    "ip",
                                    DropReason.NO_NEIGHBOUR)));
            trace.because(packet.cause());
        }
        reportError(
                new IcmpMessage(IcmpMessage.UNREACHABLE, IcmpMessage.HOST_UNREACHABLE, 0),
                address.bits(),
                packet);
        trace.because(before);
    }

    /**
     * Tells the protocol of the IP packet at {@code packet}'s start what became of it.
     *
     * @param from the address of who says so
     */
    void reportError(IcmpMessage message, int from, PacketBuffer packet) {
        byte[] octets = packet.octets();
        int length = packet.length();
        if (length < Ipv4Header.SIZE) {
            drop(packet, DropReason.MALFORMED);
            return;
        }
        Ipv4Header original;
        try {
            // a quotation may be shorter than the packet it is of
            original = Ipv4Header.parse(octets, packet.start(), 65_535);
        } catch (MalformedPacketException e) {
            drop(packet, DropReason.MALFORMED);
            return;
        }
        int quoted = packet.start() + original.headerLength();
        TransportProtocol protocol = layer.protocol(original.protocol());
        if (protocol == null || length < original.headerLength() + 8) return;
        protocol.error(
                new IcmpError(
                        message,
                        new Ipv4Address(from),
                        original,
                        Arrays.copyOfRange(octets, quoted, packet.end())));
    }

    /** A packet that has come in, positioned at its header. */
    void receive(PacketBuffer packet) {
        counters.count(IpCounter.IN_RECEIVES);
        counters.add(IpCounter.IN_OCTETS, packet.length());
        Ipv4Header header;
        try {
            header = Ipv4Header.parse(packet.octets(), packet.start(), packet.length());
        } catch (MalformedPacketException e) {
            counters.count(IpCounter.IN_HEADER_ERRORS);
            drop(packet, DropReason.MALFORMED);
            return;
        }
        counters.countEcn(header.tos());
        if (packet.corrupted()
                && Ipv4Header.checksum(packet.octets(), packet.start(), header.headerLength())
                        != 0) {
            counters.count(IpCounter.CHECKSUM_ERRORS);
            counters.count(IpCounter.IN_HEADER_ERRORS);
            drop(packet, DropReason.BAD_CHECKSUM);
            return;
        }
        if (header.dst() != address.bits() && !header.destination().isLoopback()) {
            drop(packet, DropReason.NOT_OURS);
            return;
        }
        packet.trim(header.totalLength());
        packet.pull(header.headerLength());
        if (!header.isFragment()) {
            deliver(header, packet);
            return;
        }
        counters.count(IpCounter.REASSEMBLY_REQUIRED);
        var key =
                new Reassembly.Key(
                        header.source(),
                        header.destination(),
                        header.protocol(),
                        header.identification());
        PacketBuffer whole =
                reassembly.add(
                        key, header, packet, header.fragmentOffset(), header.moreFragments());
        if (whole == null) return;
        counters.count(IpCounter.REASSEMBLY_OK);
        deliver(header, whole);
    }

    /** Packets of which not all fragments have come. */
    int incomplete() {
        return reassembly.incomplete();
    }

    private void neverWhole(Ipv4Header header, PacketBuffer first) {
        counters.count(IpCounter.REASSEMBLY_TIMEOUT);
        counters.count(IpCounter.REASSEMBLY_FAILS);
        int before = trace.because(first.cause());
        if (trace.isOn()) {
            trace.emit(
                    new PacketDropped(
                            trace.stamp(host, Rule.RFC1122_REASSEMBLY_TIMEOUT),
                            first.number(),
                            "ip",
                            DropReason.REASSEMBLY_TIMEOUT));
        }
        icmp.sendReassemblyTimeout(header, first);
        trace.because(before);
    }

    Firewall firewall() {
        return firewall;
    }

    private void refuse(FirewallRule.Target target, Ipv4Header header, PacketBuffer packet) {
        packet.released();
        int before = trace.because(packet.cause());
        if (trace.isOn()) {
            packet.causedBy(
                    trace.emit(
                            new PacketDropped(
                                    trace.stamp(host, Rule.LINUX_NETFILTER_DROP),
                                    packet.number(),
                                    "ip",
                                    DropReason.FIREWALL)));
            trace.because(packet.cause());
        }
        if (target instanceof FirewallRule.Target.Reject(int code)) {
            icmp.sendError(
                    new IcmpMessage(IcmpMessage.UNREACHABLE, code, 0),
                    header,
                    packet,
                    Rule.LINUX_NETFILTER_REJECT);
        }
        trace.because(before);
    }

    private void deliver(Ipv4Header header, PacketBuffer packet) {
        FirewallRule.Target refusal = firewall.refusal(header, packet);
        if (refusal != null) {
            refuse(refusal, header, packet);
            return;
        }
        counters.count(IpCounter.IN_DELIVERS);
        TransportProtocol protocol = layer.protocol(header.protocol());
        if (header.protocol() == Ipv4Header.ICMP) {
            icmp.receive(header, packet);
        } else if (protocol != null) {
            protocol.receive(header, packet);
        } else {
            drop(packet, DropReason.NO_PROTOCOL);
            sendUnreachable(IcmpMessage.PROTOCOL_UNREACHABLE, header, packet);
        }
    }

    /**
     * Answers {@code packet}, which is positioned after its IP header, with a destination
     * unreachable message. RFC 1122 §3.2.2.1.
     */
    void sendUnreachable(int code, Ipv4Header header, PacketBuffer packet) {
        icmp.sendUnreachable(code, header, packet);
    }

    void drop(PacketBuffer packet, DropReason reason) {
        switch (reason) {
            case NO_ROUTE -> counters.count(IpCounter.OUT_NO_ROUTES);
            case TOO_BIG -> counters.count(IpCounter.FRAGMENTATION_FAILS);
            case NO_PROTOCOL -> counters.count(IpCounter.IN_UNKNOWN_PROTOCOLS);
            case NOT_OURS -> counters.count(IpCounter.IN_ADDRESS_ERRORS);
            default -> {}
        }
        layer.drop(packet, reason);
    }
}
