package io.socketlab.kernel.ip;

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
import io.socketlab.kernel.wire.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** IPv4 of one host: input, output and routing. RFC 791, RFC 1122 §3. */
final class Ipv4 {

    private static final int HEADROOM = Ipv4Header.SIZE + EthernetHeader.SIZE;

    /** Three ARP requests a second apart: Linux's mcast_solicit and retrans_time_ms. */
    private static final long RESOLUTION_GIVES_UP = 3_000_000_000L;

    /** net.ipv4.ipfrag_time. */
    private static final long REASSEMBLY_TIMEOUT = 30_000_000_000L;

    private static final int LOOPBACK_NETWORK = 127;

    private final String host;
    private final List<NetworkInterface> interfaces;
    private final Ipv4Address address;
    private final EventLoop loop;
    private final Trace trace;
    private final IntSupplier packetNumbers;
    private final IpCounters counters = new IpCounters();
    private final IpLayer layer;
    private final IcmpLayer icmp;
    private final Firewall firewall = new Firewall();
    private final List<IpTap> taps = new ArrayList<>(0);
    private final Reassembly<Ipv4Header> reassembly;
    private final Ipv4Routing routing;
    private final MulticastGroups groups = new MulticastGroups();
    private final Forwarding forwarding;
    private final BooleanSupplier forwards;
    private int identification;

    Ipv4(
            IpLayer layer,
            List<NetworkInterface> interfaces,
            EventLoop loop,
            Trace trace,
            IntSupplier packetNumbers,
            ToIntFunction<String> sysctls) {
        this.layer = layer;
        this.host = layer.host();
        this.interfaces = interfaces;
        this.address = interfaces.getFirst().address();
        this.routing = new Ipv4Routing(layer, interfaces);
        this.forwarding = new Forwarding(this, host, trace);
        this.forwards = () -> sysctls.applyAsInt("net.ipv4.ip_forward") != 0;
        this.loop = loop;
        this.trace = trace;
        this.packetNumbers = packetNumbers;
        this.icmp = new IcmpLayer(host, this, trace, new IcmpRateLimit(loop, counters, sysctls));
        this.reassembly =
                new Reassembly<>(
                        loop,
                        REASSEMBLY_TIMEOUT,
                        65_535 - Ipv4Header.SIZE,
                        this::newPacket,
                        (header, _, first) -> neverWhole(header, first));
    }

    MulticastGroups groups() {
        return groups;
    }

    Ipv4Routing routing() {
        return routing;
    }

    /** Who sees what comes in for this host. */
    List<IpTap> taps() {
        return taps;
    }

    EchoRequests echoRequests() {
        return layer.echoRequests();
    }

    IcmpLayer icmp() {
        return icmp;
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
        return isOurs(destination.bits()) || destination.isLoopback();
    }

    private boolean isOurs(int destination) {
        return routing.owner(destination) != null;
    }

    /** 255.255.255.255, or the last address of a network of ours. RFC 919. */
    boolean isBroadcast(Ipv4Address destination) {
        if (destination.equals(Ipv4Address.BROADCAST)) return true;
        for (int i = 0; i < interfaces.size(); i++) {
            if (interfaces.get(i).isBroadcast(destination)) return true;
        }
        return false;
    }

    /**
     * Sends a packet that begins at its transport header. One larger than the route's MTU is sent
     * in fragments, or, where that is forbidden, not at all; one with no route is dropped and
     * traced. Answers false where the host's own queueing discipline refused it.
     */
    boolean send(PacketBuffer packet, Delivery delivery, Ipv4Address dst) {
        Route route =
                delivery.out() == NetworkInterface.ANY
                        ? routing.asBefore(dst)
                        : routing.find(dst, delivery.out()).orElse(null);
        if (route == null) {
            drop(packet, DropReason.NO_ROUTE);
            return true;
        }
        counters.count(IpCounter.OUT_REQUESTS);
        int id = identification(packet, delivery);
        int mtu = delivery.ignoresPathMtu() ? layer.interfaceMtu(route) : route.mtu();
        if (packet.length() + Ipv4Header.SIZE <= mtu) {
            return sendWhole(packet, delivery, route, new Part(id, 0, false));
        }
        if (delivery.dontFragment()) {
            drop(packet, DropReason.TOO_BIG);
        } else {
            sendFragments(packet, delivery, route, new Part(id, 0, false));
            packet.released();
        }
        return true;
    }

    /** ip_select_ident(): what no socket sends and nobody may cut up needs none. */
    private int identification(PacketBuffer packet, Delivery delivery) {
        if (delivery.dontFragment() && packet.owner() == null) return 0;
        return identification++ & 0xFFFF;
    }

    /** Which part of a packet: all of it, or a fragment. */
    record Part(int identification, int offset, boolean moreFollow) {}

    /**
     * All but the last carry as many octets as fit, a multiple of 8. RFC 791 §3.2.
     *
     * @param of what {@code whole} itself is
     */
    void sendFragments(PacketBuffer whole, Delivery delivery, Route route, Part of) {
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
                                        of.offset + offset,
                                        length)));
            }
            counters.count(IpCounter.FRAGMENTS_CREATED);
            boolean moreFollow = of.moreFollow || offset + length < whole.length();
            sendWhole(
                    fragment,
                    delivery,
                    route,
                    new Part(of.identification, of.offset + offset, moreFollow));
        }
        trace.because(before);
    }

    private boolean sendWhole(PacketBuffer packet, Delivery delivery, Route route, Part part) {
        packet.push(Ipv4Header.SIZE);
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
        boolean toGroup = delivery.dst().isMulticast();
        return toGroup ? transmitToGroup(packet, delivery, route) : transmit(packet, route);
    }

    /** With a copy for this host if it is in the group; TTL 0 goes no further. ip_mc_output(). */
    private boolean transmitToGroup(PacketBuffer packet, Delivery delivery, Route route) {
        NetworkInterface out = route.out();
        if (out == null) return transmit(packet, route);
        if (delivery.loopsBack() && groups.has((Ipv4Address) delivery.dst(), out.index())) {
            PacketBuffer own = packet.copy(packet.number());
            own.arrivedBy(out.index());
            loop.defer(() -> receiveLocal(own));
        }
        if (delivery.ttl() > 0) return transmit(packet, route);
        packet.released();
        return true;
    }

    /** Sends a packet that begins at its IP header on its way. */
    boolean transmit(PacketBuffer packet, Route route) {
        counters.transmitted(packet.length());
        NetworkInterface out = route.out();
        if (out == null) {
            packet.released();
            packet.arrivedBy(interfaceOf(destination(packet)));
            loop.defer(() -> receiveLocal(packet));
            return true;
        }
        Ipv4Address nextHop = (Ipv4Address) route.nextHop();
        long mac = hardwareAddress(nextHop, out);
        if (mac != Neighbours.UNKNOWN) {
            boolean taken = out.nic().send(packet, mac, EthernetHeader.IPV4);
            if (!taken) counters.count(IpCounter.OUT_DISCARDS);
            return taken;
        }
        loop.after(RESOLUTION_GIVES_UP, () -> unresolved(packet));
        return true;
    }

    private long hardwareAddress(Ipv4Address nextHop, NetworkInterface out) {
        if (nextHop.isMulticast()) return EthernetHeader.ofGroup(nextHop);
        return isBroadcast(nextHop)
                ? EthernetHeader.BROADCAST
                : out.neighbours().resolve(nextHop.bits());
    }

    private static int destination(PacketBuffer packet) {
        return Octets.getInt(packet.octets(), packet.start() + Ipv4Header.SIZE - Integer.BYTES);
    }

    /** By which interface a packet for an address of ours counts as come, if we sent it. */
    private int interfaceOf(int own) {
        NetworkInterface owner = routing.owner(own);
        return owner == null ? NetworkInterface.LOOPBACK_INDEX : owner.index();
    }

    private void receiveLocal(PacketBuffer packet) {
        int before = trace.because(packet.cause());
        receive(packet, null);
        trace.because(before);
    }

    /** Nobody on the network has the address: the sender's own kernel, or the router, says so. */
    private void unresolved(PacketBuffer packet) {
        packet.released();
        int before = trace.because(packet.cause());
        tellDrop(packet, Rule.LINUX_NEIGHBOUR_UNRESOLVED, DropReason.NO_NEIGHBOUR);
        var message = new IcmpMessage(IcmpMessage.UNREACHABLE, IcmpMessage.HOST_UNREACHABLE, 0);
        Ipv4Header header = Ipv4Header.parse(packet.octets(), packet.start(), packet.length());
        if (isOurs(header.src())) {
            reportError(message, icmp.ownError(header), packet);
        } else {
            packet.pull(header.headerLength());
            icmp.sendError(message, header, packet, Rule.LINUX_NEIGHBOUR_UNRESOLVED);
        }
        trace.because(before);
    }

    /**
     * Tells the protocol of the IP packet at {@code packet}'s start what became of it.
     *
     * @param carrier the header of the message's own packet
     */
    void reportError(IcmpMessage message, Ipv4Header carrier, PacketBuffer packet) {
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
                        carrier,
                        isOurs(carrier.src())
                                ? NetworkInterface.LOOPBACK_INDEX
                                : packet.interfaceIndex(),
                        original,
                        Arrays.copyOfRange(octets, quoted, packet.end())));
    }

    /**
     * A packet that has come in, positioned at its header.
     *
     * @param in by which interface; null if it is from this host
     */
    void receive(PacketBuffer packet, @Nullable NetworkInterface in) {
        if (in != null) packet.arrivedBy(in.index());
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
        boolean toGroup = header.destination().isMulticast();
        if (toGroup && !groups.has(header.destination(), packet.interfaceIndex())) {
            layer.drop(packet, DropReason.NOT_OURS); // a card would not have let it in
            return;
        }
        if (!toGroup && !isForUs(header)) {
            if (in != null && forwards.getAsBoolean()) forwarding.forward(header, packet, in);
            else drop(packet, DropReason.NOT_OURS);
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

    private boolean isForUs(Ipv4Header header) {
        return isOurs(header.dst())
                || header.dst() >>> 24 == LOOPBACK_NETWORK
                || isBroadcast(header.destination());
    }

    /** As after a loss of power: parts of packets and what was counted are gone. */
    void forget() {
        reassembly.clear();
        counters.clear();
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

    /** A packet goes no further; what follows from it comes of its drop. */
    private void tellDrop(PacketBuffer packet, Rule rule, DropReason reason) {
        if (!trace.isOn()) return;
        packet.causedBy(
                trace.emit(
                        new PacketDropped(trace.stamp(host, rule), packet.number(), "ip", reason)));
        trace.because(packet.cause());
    }

    private void refuse(FirewallRule.Target target, Ipv4Header header, PacketBuffer packet) {
        packet.released();
        int before = trace.because(packet.cause());
        tellDrop(packet, Rule.LINUX_NETFILTER_DROP, DropReason.FIREWALL);
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
        if (!taps.isEmpty()) for (IpTap tap : List.copyOf(taps)) tap.packet(header, packet);
        FirewallRule.Target refusal = firewall.refusal(header, packet);
        if (refusal != null) {
            refuse(refusal, header, packet);
            return;
        }
        counters.count(IpCounter.IN_DELIVERS);
        TransportProtocol protocol = layer.protocol(header.protocol());
        if (header.destination().isMulticast() && header.protocol() != Ipv4Header.UDP) {
            layer.drop(packet, DropReason.NO_SOCKET); // net.ipv4.icmp_echo_ignore_broadcasts
        } else if (header.protocol() == Ipv4Header.ICMP) {
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
        count(reason);
        layer.drop(packet, reason);
    }

    /** A router gives the packet up. */
    void drop(PacketBuffer packet, DropReason reason, Rule rule) {
        if (reason == DropReason.TOO_BIG) count(reason);
        layer.drop(packet, reason, rule);
    }

    private void count(DropReason reason) {
        switch (reason) {
            case NO_ROUTE -> counters.count(IpCounter.OUT_NO_ROUTES);
            case TOO_BIG -> counters.count(IpCounter.FRAGMENTATION_FAILS);
            case NO_PROTOCOL -> counters.count(IpCounter.IN_UNKNOWN_PROTOCOLS);
            case NOT_OURS -> counters.count(IpCounter.IN_ADDRESS_ERRORS);
            default -> {}
        }
    }
}
