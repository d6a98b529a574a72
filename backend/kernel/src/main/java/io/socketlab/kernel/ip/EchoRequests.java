package io.socketlab.kernel.ip;

import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.IcmpSent;
import io.socketlab.kernel.wire.IcmpMessage;
import io.socketlab.kernel.wire.Icmpv6Message;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.IpHeader;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.Ipv6Header;
import io.socketlab.kernel.wire.NoAddress;
import io.socketlab.kernel.wire.Octets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Echo requests of this host's programs, of either family: sends them, and hands what comes back to
 * whose identifier it carries. RFC 792, RFC 4443 §4.1.
 */
public final class EchoRequests {

    /** Of the struct timeval with which ping(8) begins its data. */
    private static final int TIME = 16;

    private final IpLayer ip;
    private final Trace trace;

    /** By identifier: looked up, never gone through. */
    private final Map<Integer, EchoListener> listeners = new HashMap<>();

    private @Nullable EchoSockets sockets;
    private int lastIdentifier;

    EchoRequests(IpLayer ip, Trace trace) {
        this.ip = ip;
        this.trace = trace;
        ip.register(new Errors(Ipv4Header.ICMP));
        ip.register(new Errors(Ipv6Header.ICMPV6));
    }

    /** Programs have sockets for echo requests, which see what comes back as well. */
    public void sockets(EchoSockets ofPrograms) {
        sockets = ofPrograms;
    }

    /** Answers the identifier that {@code listener}'s requests are to carry. */
    public int open(EchoListener listener) {
        do lastIdentifier = lastIdentifier % 0xFFFF + 1;
        while (listeners.containsKey(lastIdentifier));
        listeners.put(lastIdentifier, listener);
        return lastIdentifier;
    }

    public void close(int identifier) {
        listeners.remove(identifier);
    }

    /**
     * Sends a request.
     *
     * @param delivery how and where to; its protocol is that of ICMP in the family
     * @param length octets of data, which are zeros in the place of a time and then count upwards
     */
    public void send(Delivery delivery, int identifier, int sequence, int length) {
        PacketBuffer packet = ip.newPacket(IcmpMessage.SIZE + length, delivery.dst());
        byte[] octets = packet.octets();
        int data = packet.start() + IcmpMessage.SIZE;
        for (int i = 0; i < length; i++) octets[data + i] = i < TIME ? 0 : (byte) i;
        boolean ipv4 = delivery.dst() instanceof Ipv4Address;
        int type = ipv4 ? IcmpMessage.ECHO : Icmpv6Message.ECHO;
        send(packet, delivery, type, identifier << 16 | sequence & 0xFFFF);
    }

    /**
     * Sends a request whose data are there; its header is written here.
     *
     * @param rest identifier and sequence number
     */
    public void send(PacketBuffer packet, Delivery delivery, int type, int rest) {
        byte[] octets = packet.octets();
        switch (delivery.dst()) {
            case Ipv4Address _ -> {
                var message = new IcmpMessage(type, 0, rest);
                message.writeTo(octets, packet.start(), packet.length());
                tell(packet, delivery, message.type(), message.text());
                ip.countIcmpSent(type);
            }
            case Ipv6Address dst -> {
                var message = new Icmpv6Message(type, 0, rest);
                var src = (Ipv6Address) delivery.src();
                message.writeTo(octets, packet.start(), packet.length(), src, dst);
                tell(packet, delivery, message.type(), message.text());
            }
            case NoAddress none -> throw new IllegalArgumentException("an echo of " + none);
        }
        ip.send(packet, delivery);
    }

    private void tell(PacketBuffer packet, Delivery delivery, int type, String text) {
        if (!trace.isOn()) return;
        packet.causedBy(
                trace.emit(
                        new IcmpSent(
                                trace.stamp(ip.host(), Rule.ECHO_REQUEST),
                                packet.number(),
                                delivery.src().toString(),
                                delivery.dst().toString(),
                                type,
                                0,
                                text,
                                0)));
    }

    /**
     * A reply has come.
     *
     * @param rest identifier and sequence number
     */
    void reply(IpHeader header, int rest, PacketBuffer packet) {
        EchoListener listener = listeners.get(rest >>> 16);
        if (listener != null) {
            listener.reply(header.source(), rest & 0xFFFF, packet.length(), header.ttl());
        }
        if (sockets != null) sockets.reply(header, rest >>> 16, packet);
    }

    private void learn(IcmpError error) {
        IpAddress destination = error.original().destination();
        ip.route(destination)
                .ifPresent(before ->
                        ip.pathMtus()
                                .learn(destination, error.message().nextHopMtu(), before.mtu()));
    }

    /** What error messages say of requests; everything else of ICMP is taken care of elsewhere. */
    private final class Errors implements TransportProtocol {

        private final int number;

        Errors(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }

        @Override
        public void receive(IpHeader header, PacketBuffer packet) {
            throw new IllegalStateException("ICMP takes in its messages itself");
        }

        @Override
        public void error(IcmpError error) {
            boolean ipv4 = number == Ipv4Header.ICMP;
            int echo = ipv4 ? IcmpMessage.ECHO : Icmpv6Message.ECHO;
            if ((error.quoted()[0] & 0xFF) != echo) return;
            if (error.message().isTooBig()) learn(error);
            int rest = Octets.getInt(error.quoted(), 4);
            EchoListener listener = listeners.get(rest >>> 16);
            if (listener != null) listener.error(error.from(), rest & 0xFFFF, error.message());
            if (sockets != null) sockets.error(rest >>> 16, error);
        }
    }
}
