package io.socketlab.kernel.ip;

import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.IcmpReceived;
import io.socketlab.kernel.trace.TraceEvent.IcmpSent;
import io.socketlab.kernel.wire.IcmpMessage;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.MalformedPacketException;

/** Answers echo requests, sends and takes in error messages. RFC 792, RFC 1122 §3.2.2. */
final class IcmpLayer {

    /** The most that an error message may be, so that it passes everywhere. RFC 1812 §4.3.2.3. */
    private static final int MAX_ERROR = 576;

    private static final int TTL = 64;

    /** RT_TOS() without ECN, and IPTOS_PREC_INTERNETCONTROL: what errors are marked with. */
    private static final int TOS_MASK = 0x1C;

    private static final int INTERNETWORK_CONTROL = 0xC0;

    private final String host;
    private final Ipv4 ip;
    private final Trace trace;
    private final IcmpRateLimit limit;

    IcmpLayer(String host, Ipv4 ip, Trace trace, IcmpRateLimit limit) {
        this.limit = limit;
        this.host = host;
        this.ip = ip;
        this.trace = trace;
    }

    void receive(Ipv4Header header, PacketBuffer packet) {
        IpCounters counters = ip.counters();
        counters.count(IpCounter.ICMP_IN_MESSAGES);
        IcmpMessage message;
        try {
            message = IcmpMessage.parse(packet.octets(), packet.start(), packet.length());
        } catch (MalformedPacketException e) {
            counters.count(IpCounter.ICMP_IN_ERRORS);
            ip.drop(packet, DropReason.MALFORMED);
            return;
        }
        if (packet.corrupted()
                && IcmpMessage.checksum(packet.octets(), packet.start(), packet.length()) != 0) {
            counters.count(IpCounter.ICMP_CHECKSUM_ERRORS);
            counters.count(IpCounter.ICMP_IN_ERRORS);
            ip.drop(packet, DropReason.BAD_CHECKSUM);
            return;
        }
        counters.icmpReceived(message.type());
        if (trace.isOn()) {
            packet.causedBy(
                    trace.emit(
                            new IcmpReceived(
                                    trace.stamp(host),
                                    packet.number(),
                                    message.type(),
                                    message.code(),
                                    message.text())));
            trace.because(packet.cause());
        }
        if (message.type() == IcmpMessage.ECHO) {
            echo(header, packet, message);
        } else if (message.type() == IcmpMessage.ECHO_REPLY) {
            ip.echoRequests().reply(header, message.rest(), packet);
        } else if (message.isError() && !isOfReassembly(message)) {
            packet.pull(IcmpMessage.SIZE);
            ip.reportError(message, header, packet);
        }
    }

    /** Nobody is told that fragments were waited for in vain: icmp_unreach(). */
    private static boolean isOfReassembly(IcmpMessage message) {
        return message.type() == IcmpMessage.TIME_EXCEEDED && message.code() == 1;
    }

    private void echo(Ipv4Header header, PacketBuffer request, IcmpMessage message) {
        var answer = new IcmpMessage(IcmpMessage.ECHO_REPLY, 0, message.rest());
        if (!limit.allows(answer, header.source())) return;
        PacketBuffer reply = ip.newPacket(request.length());
        System.arraycopy(
                request.octets(), request.start(), reply.octets(), reply.start(), request.length());
        send(reply, answer, header, 0, Rule.RFC1122_ECHO_REPLY);
    }

    /** The header of an error message about {@code original} that this host sends to itself. */
    Ipv4Header ownError(Ipv4Header original) {
        return new Ipv4Header(
                Ipv4Header.SIZE,
                original.tos() & TOS_MASK | INTERNETWORK_CONTROL,
                Ipv4Header.SIZE,
                0,
                false,
                false,
                0,
                TTL,
                Ipv4Header.ICMP,
                original.src(),
                original.src());
    }

    void sendUnreachable(int code, Ipv4Header header, PacketBuffer about) {
        Rule rule =
                code == IcmpMessage.PORT_UNREACHABLE
                        ? Rule.RFC1122_PORT_UNREACHABLE
                        : Rule.RFC1122_PROTOCOL_UNREACHABLE;
        sendError(new IcmpMessage(IcmpMessage.UNREACHABLE, code, 0), header, about, rule);
    }

    /** Only if the first fragment came: without it nobody could say whose packet it was. */
    void sendReassemblyTimeout(Ipv4Header header, PacketBuffer first) {
        sendError(
                new IcmpMessage(IcmpMessage.TIME_EXCEEDED, 1, 0),
                header,
                first,
                Rule.RFC1122_REASSEMBLY_TIMEOUT);
    }

    /**
     * Answers {@code about}, which is positioned after its IP header. About some packets nothing is
     * said, lest there be no end to it: RFC 1122 §3.2.2.
     */
    void sendError(IcmpMessage message, Ipv4Header header, PacketBuffer about, Rule rule) {
        boolean silent =
                header.fragmentOffset() > 0
                        || ip.isBroadcast(header.destination())
                        || header.destination().isMulticast()
                        || isErrorMessage(header, about);
        if (silent || !limit.allows(message, header.source())) return;
        // the IP packet again, from its header, as far as it was there and fits
        int quoted = Math.min(about.length(), MAX_ERROR - 2 * Ipv4Header.SIZE - IcmpMessage.SIZE);
        PacketBuffer error = ip.newPacket(IcmpMessage.SIZE + Ipv4Header.SIZE + quoted);
        header.writeTo(error.octets(), error.start() + IcmpMessage.SIZE);
        System.arraycopy(
                about.octets(),
                about.start(),
                error.octets(),
                error.start() + IcmpMessage.SIZE + Ipv4Header.SIZE,
                quoted);
        send(error, message, header, about.number(), rule);
    }

    private static boolean isErrorMessage(Ipv4Header header, PacketBuffer packet) {
        return header.protocol() == Ipv4Header.ICMP
                && packet.length() >= IcmpMessage.SIZE
                && IcmpMessage.parse(packet.octets(), packet.start(), packet.length()).isError();
    }

    private void send(
            PacketBuffer packet, IcmpMessage message, Ipv4Header answered, int about, Rule rule) {
        Ipv4Address source = source(answered);
        message.writeTo(packet.octets(), packet.start(), packet.length());
        ip.counters().icmpSent(message.type());
        if (trace.isOn()) {
            packet.causedBy(
                    trace.emit(
                            new IcmpSent(
                                    trace.stamp(host, rule),
                                    packet.number(),
                                    source.toString(),
                                    answered.source().toString(),
                                    message.type(),
                                    message.code(),
                                    message.text(),
                                    about)));
        }
        ip.send(
                packet,
                new Delivery(
                        source,
                        answered.source(),
                        Ipv4Header.ICMP,
                        TTL,
                        message.isError()
                                ? answered.tos() & TOS_MASK | INTERNETWORK_CONTROL
                                : answered.tos(),
                        false),
                answered.source());
    }

    /** Who was asked; a router, which nobody has asked, answers as who it is to the sender. */
    private Ipv4Address source(Ipv4Header answered) {
        if (ip.isLocal(answered.destination())) return answered.destination();
        return ip.routing()
                .find(answered.source())
                .map(Route::source)
                .filter(Ipv4Address.class::isInstance)
                .map(Ipv4Address.class::cast)
                .orElse(ip.address());
    }
}
