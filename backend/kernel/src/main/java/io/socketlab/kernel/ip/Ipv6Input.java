package io.socketlab.kernel.ip;

import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.kernel.wire.IcmpReport;
import io.socketlab.kernel.wire.Ipv6FragmentHeader;
import io.socketlab.kernel.wire.Ipv6Header;
import io.socketlab.kernel.wire.MalformedPacketException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What comes in by IPv6: through its extension headers to the protocol. RFC 8200 §4. */
final class Ipv6Input {

    /** net.ipv6.ip6frag_time, RFC 8200 §4.5. */
    private static final long REASSEMBLY_TIMEOUT = 60_000_000_000L;

    private static final int MAX_PAYLOAD = 65_535;

    /** What an option's first two bits say to do with it where it is not known: go on. */
    private static final int MAY_BE_SKIPPED = 0;

    private static final int PAD1 = 0;

    private final Ipv6 ip;
    private final IpLayer layer;
    private final Trace trace;
    private final Reassembly<Ipv6Header> reassembly;

    Ipv6Input(Ipv6 ip, EventLoop loop, Trace trace) {
        this.ip = ip;
        this.layer = ip.layer();
        this.trace = trace;
        this.reassembly =
                new Reassembly<>(
                        loop, REASSEMBLY_TIMEOUT, MAX_PAYLOAD, ip::newPacket, this::neverWhole);
    }

    /** A packet that has come in, positioned at its header. */
    void receive(PacketBuffer packet) {
        try {
            Ipv6Header header = Ipv6Header.parse(packet.octets(), packet.start(), packet.length());
            if (!ip.isForUs(header.destination())) {
                layer.drop(packet, DropReason.NOT_OURS);
                return;
            }
            packet.trim(Ipv6Header.SIZE + header.payloadLength());
            packet.pull(Ipv6Header.SIZE);
            next(header, header.nextHeader(), packet);
        } catch (MalformedPacketException e) {
            layer.drop(packet, DropReason.MALFORMED);
        }
    }

    /** Leaves the extension headers behind and delivers what comes after them. */
    private void next(Ipv6Header header, int first, PacketBuffer packet) {
        int protocol = first;
        while (isExtension(protocol)) {
            int following = packet.length() > 0 ? packet.octets()[packet.start()] & 0xFF : 0;
            if (protocol == Ipv6Header.FRAGMENT) {
                fragment(header, packet);
                return;
            }
            leaveExtension(protocol, packet);
            protocol = following;
        }
        deliver(header.carrying(protocol, packet.length()), packet);
    }

    private static boolean isExtension(int protocol) {
        return protocol == Ipv6Header.HOP_BY_HOP
                || protocol == Ipv6Header.ROUTING
                || protocol == Ipv6Header.FRAGMENT
                || protocol == Ipv6Header.DESTINATION_OPTIONS;
    }

    private static void leaveExtension(int protocol, PacketBuffer packet) {
        byte[] octets = packet.octets();
        int at = packet.start();
        int length = packet.length() >= 8 ? 8 * (1 + (octets[at + 1] & 0xFF)) : 8;
        if (length > packet.length()) {
            throw new MalformedPacketException("extension header cut short");
        }
        if (protocol == Ipv6Header.ROUTING) {
            if (octets[at + 3] != 0) {
                throw new MalformedPacketException("routing header for others");
            }
        } else {
            checkOptions(octets, at + 2, at + length);
        }
        packet.pull(length);
    }

    /** RFC 8200 §4.2: none is known here but padding. */
    private static void checkOptions(byte[] octets, int from, int to) {
        for (int at = from; at < to; ) {
            int type = octets[at] & 0xFF;
            if (type == PAD1) {
                at++;
                continue;
            }
            if (type >>> 6 != MAY_BE_SKIPPED || at + 1 >= to) {
                throw new MalformedPacketException("option " + type);
            }
            at += 2 + (octets[at + 1] & 0xFF);
        }
    }

    private void fragment(Ipv6Header header, PacketBuffer packet) {
        Ipv6FragmentHeader part =
                Ipv6FragmentHeader.parse(packet.octets(), packet.start(), packet.length());
        packet.pull(Ipv6FragmentHeader.SIZE);
        if (part.offset() == 0 && !part.moreFragments()) { // an atomic fragment, RFC 6946
            next(header, part.nextHeader(), packet);
            return;
        }
        var key =
                new Reassembly.Key(
                        header.source(),
                        header.destination(),
                        part.nextHeader(),
                        part.identification());
        Ipv6Header first = header.carrying(part.nextHeader(), packet.length());
        PacketBuffer whole =
                reassembly.add(key, first, packet, part.offset(), part.moreFragments());
        if (whole != null) next(header, part.nextHeader(), whole);
    }

    /** As after a loss of power: parts of packets are gone. */
    void forget() {
        reassembly.clear();
    }

    /** Packets of which not all fragments have come. */
    int incomplete() {
        return reassembly.incomplete();
    }

    private void neverWhole(Ipv6Header header, @Nullable PacketBuffer first, PacketBuffer any) {
        int before = trace.because(any.cause());
        if (trace.isOn()) {
            trace.emit(
                    new PacketDropped(
                            trace.stamp(layer.host(), Rule.RFC8200_REASSEMBLY_TIMEOUT),
                            any.number(),
                            "ip",
                            DropReason.REASSEMBLY_TIMEOUT));
        }
        if (first != null) ip.icmp().sendReassemblyTimeout(header, first);
        trace.because(before);
    }

    private void deliver(Ipv6Header header, PacketBuffer packet) {
        if (header.protocol() == Ipv6Header.ICMPV6) {
            ip.icmp().receive(header, packet);
            return;
        }
        TransportProtocol protocol = layer.protocol(header.protocol());
        if (protocol != null) {
            protocol.receive(header, packet);
        } else {
            layer.drop(packet, DropReason.NO_PROTOCOL);
            if (header.protocol() != Ipv6Header.NO_NEXT_HEADER) {
                ip.icmp().sendUnknownProtocol(header, packet);
            }
        }
    }

    /**
     * Tells the protocol of the IP packet at {@code packet}'s start what became of it.
     *
     * @param carrier the header of the message's own packet
     */
    void reportError(IcmpReport message, Ipv6Header carrier, PacketBuffer packet) {
        byte[] octets = packet.octets();
        try {
            if (packet.length() < Ipv6Header.SIZE) {
                throw new MalformedPacketException("quotation cut short");
            }
            // a quotation may be shorter than the packet it is of
            Ipv6Header original =
                    Ipv6Header.parse(octets, packet.start(), Ipv6Header.SIZE + MAX_PAYLOAD);
            packet.pull(Ipv6Header.SIZE);
            int number = original.nextHeader();
            if (number == Ipv6Header.FRAGMENT) {
                var part = Ipv6FragmentHeader.parse(octets, packet.start(), packet.length());
                if (part.offset() > 0) return;
                number = part.nextHeader();
                packet.pull(Ipv6FragmentHeader.SIZE);
            }
            TransportProtocol protocol = layer.protocol(number);
            if (protocol == null || packet.length() < 8) return;
            protocol.error(
                    new IcmpError(
                            message,
                            carrier,
                            packet.interfaceIndex(),
                            original.carrying(number, original.payloadLength()),
                            Arrays.copyOfRange(octets, packet.start(), packet.end())));
        } catch (MalformedPacketException e) {
            layer.drop(packet, DropReason.MALFORMED);
        }
    }
}
