package io.socketlab.kernel.ip;

import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.IcmpReceived;
import io.socketlab.kernel.trace.TraceEvent.IcmpSent;
import io.socketlab.kernel.wire.Icmpv6Message;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.Ipv6Header;
import io.socketlab.kernel.wire.MalformedPacketException;
import org.jspecify.annotations.Nullable;

/** Answers echo requests, sends and takes in error messages. RFC 4443, net/ipv6/icmp.c. */
final class Icmpv6Layer {

    private static final int HOP_LIMIT = 64;

    /** Where the IPv6 header says what comes next: what a parameter problem points at. */
    private static final int NEXT_HEADER_AT = 6;

    private final Ipv6 ip;
    private final IpLayer layer;
    private final Trace trace;

    Icmpv6Layer(Ipv6 ip, Trace trace) {
        this.ip = ip;
        this.layer = ip.layer();
        this.trace = trace;
    }

    void receive(Ipv6Header header, PacketBuffer packet) {
        byte[] octets = packet.octets();
        int at = packet.start();
        Icmpv6Message message;
        try {
            message = Icmpv6Message.parse(octets, at, packet.length());
        } catch (MalformedPacketException e) {
            layer.drop(packet, DropReason.MALFORMED);
            return;
        }
        boolean broken =
                packet.corrupted()
                        && Icmpv6Message.checksum(
                                        octets,
                                        at,
                                        packet.length(),
                                        header.source(),
                                        header.destination())
                                != 0;
        if (broken) {
            layer.drop(packet, DropReason.BAD_CHECKSUM);
            return;
        }
        tell(packet, message);
        switch (message.type()) {
            case Icmpv6Message.ECHO -> echo(header, packet, message);
            case Icmpv6Message.ECHO_REPLY ->
                    layer.echoRequests().reply(header, message.rest(), packet);
            case Icmpv6Message.NEIGHBOUR_SOLICITATION, Icmpv6Message.NEIGHBOUR_ADVERTISEMENT ->
                    ip.neighbours().receive(header, message, packet);
            default -> {
                if (!message.isError()) return;
                packet.pull(Icmpv6Message.SIZE);
                ip.input().reportError(message, header, packet);
            }
        }
    }

    private void tell(PacketBuffer packet, Icmpv6Message message) {
        if (!trace.isOn()) return;
        packet.causedBy(
                trace.emit(
                        new IcmpReceived(
                                trace.stamp(layer.host()),
                                packet.number(),
                                message.type(),
                                message.code(),
                                message.text())));
        trace.because(packet.cause());
    }

    private void echo(Ipv6Header header, PacketBuffer request, Icmpv6Message message) {
        PacketBuffer reply = ip.newPacket(request.length());
        System.arraycopy(
                request.octets(), request.start(), reply.octets(), reply.start(), request.length());
        send(
                reply,
                new Icmpv6Message(Icmpv6Message.ECHO_REPLY, 0, message.rest()),
                sourceOfAnswer(header),
                header.source(),
                0,
                Rule.RFC4443_ECHO_REPLY);
    }

    private Ipv6Address sourceOfAnswer(Ipv6Header answered) {
        return answered.destination().isMulticast() ? ip.linkLocal() : answered.destination();
    }

    /** The header of an error message about a packet of ours that this host sends to itself. */
    static Ipv6Header ownError(Ipv6Address source) {
        return new Ipv6Header(0, 0, 0, Ipv6Header.ICMPV6, HOP_LIMIT, source, source);
    }

    /** {@code about} is positioned after its IP header, as in what follows. */
    void sendPortUnreachable(Ipv6Header header, PacketBuffer about) {
        sendError(
                new Icmpv6Message(Icmpv6Message.UNREACHABLE, Icmpv6Message.PORT_UNREACHABLE, 0),
                header,
                about,
                Rule.RFC4443_PORT_UNREACHABLE);
    }

    void sendUnknownProtocol(Ipv6Header header, PacketBuffer about) {
        sendError(
                new Icmpv6Message(
                        Icmpv6Message.PARAMETER_PROBLEM,
                        Icmpv6Message.UNKNOWN_NEXT_HEADER,
                        NEXT_HEADER_AT),
                header,
                about,
                Rule.RFC4443_UNKNOWN_NEXT_HEADER);
    }

    void sendReassemblyTimeout(Ipv6Header header, PacketBuffer first) {
        sendError(
                new Icmpv6Message(
                        Icmpv6Message.TIME_EXCEEDED, Icmpv6Message.REASSEMBLY_EXCEEDED, 0),
                header,
                first,
                Rule.RFC8200_REASSEMBLY_TIMEOUT);
    }

    /** RFC 4443 §2.4 (e): not of what went to many, nor of what came from nobody. */
    private void sendError(
            Icmpv6Message message, Ipv6Header header, PacketBuffer about, Rule rule) {
        boolean hasOneSource = !header.source().isAny() && !header.source().isMulticast();
        if (header.destination().isMulticast() || !hasOneSource) return;
        int room = Ipv6Header.MIN_MTU - 2 * Ipv6Header.SIZE - Icmpv6Message.SIZE;
        int quoted = Math.min(about.length(), room);
        PacketBuffer error = ip.newPacket(Icmpv6Message.SIZE + Ipv6Header.SIZE + quoted);
        int at = error.start() + Icmpv6Message.SIZE;
        header.writeTo(error.octets(), at);
        System.arraycopy(
                about.octets(), about.start(), error.octets(), at + Ipv6Header.SIZE, quoted);
        send(error, message, header.destination(), header.source(), about.number(), rule);
    }

    private void send(
            PacketBuffer packet,
            Icmpv6Message message,
            Ipv6Address src,
            Ipv6Address dst,
            int about,
            Rule rule) {
        write(packet, message, src, dst, about, rule);
        ip.send(packet, new Delivery(src, dst, Ipv6Header.ICMPV6, HOP_LIMIT, 0, false), dst);
    }

    /** Completes a message whose data are there, and tells the trace. */
    void write(
            PacketBuffer packet,
            Icmpv6Message message,
            Ipv6Address src,
            Ipv6Address dst,
            int about,
            @Nullable Rule rule) {
        message.writeTo(packet.octets(), packet.start(), packet.length(), src, dst);
        if (!trace.isOn()) return;
        packet.causedBy(
                trace.emit(
                        new IcmpSent(
                                rule == null
                                        ? trace.stamp(layer.host())
                                        : trace.stamp(layer.host(), rule),
                                packet.number(),
                                src.toString(),
                                dst.toString(),
                                message.type(),
                                message.code(),
                                message.text(),
                                about)));
    }
}
