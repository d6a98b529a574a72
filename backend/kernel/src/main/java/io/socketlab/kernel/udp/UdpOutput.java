package io.socketlab.kernel.udp;

import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.DatagramSent;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.UdpHeader;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes datagrams of what a socket sends: one of each send, or one of several while UDP_CORK or
 * MSG_MORE holds them back. udp(7), net/ipv4/udp.c, udp_sendmsg(); net/ipv4/ip_output.c,
 * __ip_append_data().
 */
final class UdpOutput {

    /** UDP_MAX_SEGMENTS: datagrams that one send may make with UDP_SEGMENT. */
    private static final int MAX_SEGMENTS = 128;

    /** What is held back. It goes where the first part of it was to go. */
    private record Held(Destination destination, byte[] data) {}

    private final int socket;
    private final UdpLayer layer;
    private final DatagramOptions travel;
    private final UdpOptions options;
    private final SendMemory leaving;
    private final Trace trace;
    private boolean withoutChecksum;
    private @Nullable Held held;

    UdpOutput(
            int socket,
            UdpLayer layer,
            DatagramOptions travel,
            UdpOptions options,
            SendMemory leaving) {
        this.socket = socket;
        this.layer = layer;
        this.travel = travel;
        this.options = options;
        this.leaving = leaving;
        this.trace = layer.trace();
    }

    /** SO_NO_CHECK. RFC 768 lets a sender leave the checksum out. */
    void withoutChecksum(boolean without) {
        withoutChecksum = without;
    }

    /** Where what is held back will go; what is sent now is added to it. */
    Optional<Destination> heldFor() {
        return Optional.ofNullable(held).map(Held::destination);
    }

    /** Whether {@code octets} more are too many for one datagram on its way. */
    boolean isTooBig(int octets, Destination destination) {
        int length = octets + (held == null ? 0 : held.data.length);
        int most = destination.isIpv6() ? UdpHeader.MAX_DATA_IPV6 : UdpHeader.MAX_DATA;
        if (length > most) return true;
        boolean fits = length + headers(destination) <= mtu(destination);
        return !fits
                && travel.refusesTooBig(destination)
                && destination.segmentSize(options.segmentSize()) == 0;
    }

    /** Octets of the headers in front of the data. */
    private static int headers(Destination to) {
        return UdpHeader.SIZE + to.ipHeader();
    }

    /**
     * Sends {@code data}, or adds it to what is held back.
     *
     * @param destination where it goes; {@link #heldFor} if something is held back
     * @param more MSG_MORE
     * @param localPort the socket's own
     * @return why it was refused
     */
    @Nullable Errno send(byte[] data, Destination destination, boolean more, int localPort) {
        Held before = held;
        held = null;
        byte[] all = before == null ? data : joined(before.data, data);
        if (more || options.isCorked()) {
            held = new Held(destination, all);
            return null;
        }
        return transmit(all, destination, localPort);
    }

    /** UDP_CORK is off again: what is held back goes out. */
    void push(int localPort) {
        Held waiting = held;
        held = null;
        if (waiting != null) transmit(waiting.data, waiting.destination, localPort);
    }

    void clear() {
        held = null;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    /** The most that a packet to {@code to} may have before it is cut or refused. */
    int mtu(Destination to) {
        return travel.mtu(to);
    }

    private @Nullable Errno transmit(byte[] data, Destination to, int localPort) {
        int size = to.segmentSize(options.segmentSize());
        if (size == 0) {
            transmit(data, 0, data.length, to, localPort);
            return null;
        }
        if (Math.min(data.length, size) + headers(to) > mtu(to)) return Errno.EMSGSIZE;
        // who leaves checksums out cannot have the card write them
        boolean unchecked = withoutChecksum && !to.isIpv6();
        if (data.length > size * MAX_SEGMENTS || unchecked) return Errno.EINVAL;
        if (data.length == 0) transmit(data, 0, 0, to, localPort);
        for (int at = 0; at < data.length; at += size) {
            transmit(data, at, Math.min(size, data.length - at), to, localPort);
        }
        return null;
    }

    private void transmit(byte[] data, int at, int length, Destination to, int localPort) {
        PacketBuffer packet = layer.ip().newPacket(UdpHeader.SIZE + length, to.address());
        System.arraycopy(data, at, packet.octets(), packet.start() + UdpHeader.SIZE, length);
        var header = new UdpHeader(localPort, to.to().port(), packet.length());
        if (withoutChecksum && !to.isIpv6()) {
            header.writeTo(packet.octets(), packet.start());
        } else {
            header.writeTo(packet.octets(), packet.start(), to.source(), to.address());
        }
        if (trace.isOn()) {
            packet.causedBy(
                    trace.emit(
                            new DatagramSent(
                                    trace.stamp(layer.host(), Rule.RFC768_ONE_DATAGRAM),
                                    packet.number(),
                                    socket,
                                    new Endpoint(to.source(), localPort),
                                    to.to(),
                                    length)));
        }
        layer.count(UdpCounter.OUT_DATAGRAMS);
        leaving.take(packet, to);
        layer.ip().send(packet, travel.delivery(packet, to, Ipv4Header.UDP));
    }
}
