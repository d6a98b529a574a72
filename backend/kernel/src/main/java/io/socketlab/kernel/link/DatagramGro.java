package io.socketlab.kernel.link;

import static io.socketlab.kernel.wire.Octets.getByte;
import static io.socketlab.kernel.wire.Octets.getShort;

import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.PacketJoined;
import io.socketlab.kernel.wire.EthernetHeader;
import io.socketlab.kernel.wire.InternetChecksum;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.Octets;
import io.socketlab.kernel.wire.UdpHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Receive offload of datagrams: joins those of one length that one poll brings of a flow, where the
 * socket that they are for has UDP_GRO. udp(7), net/ipv4/udp_offload.c, udp_gro_receive_segment().
 */
final class DatagramGro {

    private static final int MAX_LENGTH = 65_535;

    /** UDP_GRO_CNT_MAX. */
    private static final int MAX_DATAGRAMS = 64;

    private static final int IP = EthernetHeader.SIZE;
    private static final int UDP = IP + Ipv4Header.SIZE;
    private static final int DATA = UDP + UdpHeader.SIZE;

    private final String host;
    private final Trace trace;
    private final Consumer<PacketBuffer> up;

    /** Datagrams that have come one after the other, each list of one flow. */
    private final List<List<PacketBuffer>> held = new ArrayList<>();

    private Predicate<PacketBuffer> wanted = _ -> false;

    DatagramGro(String host, Trace trace, Consumer<PacketBuffer> up) {
        this.host = host;
        this.trace = trace;
        this.up = up;
    }

    /**
     * @param joined whether the socket of a datagram takes joined ones; the frame is positioned at
     *     its IPv4 header, of 20 octets
     */
    void wanted(Predicate<PacketBuffer> joined) {
        wanted = joined;
    }

    /** Takes a frame of a poll, and holds or joins it; false if it is none that can be joined. */
    boolean receive(PacketBuffer frame) {
        if (!isPlainDatagram(frame) || !isWanted(frame)) return false;
        List<PacketBuffer> before = sameFlow(frame);
        if (before != null && fits(before, frame)) {
            join(before, frame);
            return true;
        }
        if (before != null) flush(before);
        var first = new ArrayList<PacketBuffer>();
        first.add(frame);
        held.add(first);
        return true;
    }

    private boolean isWanted(PacketBuffer frame) {
        frame.pull(IP);
        boolean joined = wanted.test(frame);
        frame.push(IP);
        return joined;
    }

    void flush() {
        while (!held.isEmpty()) flush(held.getFirst());
    }

    private void join(List<PacketBuffer> before, PacketBuffer frame) {
        before.add(frame);
        if (trace.isOn()) {
            int cause = trace.because(frame.cause());
            trace.emit(
                    new PacketJoined(
                            trace.stamp(host, Rule.LINUX_GRO),
                            frame.number(),
                            before.getFirst().number(),
                            dataLength(frame)));
            trace.because(cause);
        }
        boolean last =
                dataLength(frame) < dataLength(before.getFirst()) || before.size() == MAX_DATAGRAMS;
        if (last) flush(before);
    }

    private void flush(List<PacketBuffer> all) {
        held.remove(all);
        up.accept(all.size() == 1 ? all.getFirst() : joined(all));
    }

    /** One datagram with the headers of the first and the data of all. */
    private static PacketBuffer joined(List<PacketBuffer> all) {
        PacketBuffer first = all.getFirst();
        int length = DATA;
        for (PacketBuffer frame : all) length += dataLength(frame);
        PacketBuffer whole = PacketBuffer.withRoom(first.number(), 0, length);
        byte[] o = whole.octets();
        System.arraycopy(first.octets(), first.start(), o, 0, DATA);
        int at = DATA;
        for (PacketBuffer frame : all) {
            System.arraycopy(frame.octets(), frame.start() + DATA, o, at, dataLength(frame));
            at += dataLength(frame);
        }
        Octets.putShort(o, IP + 2, length - IP);
        Octets.putShort(o, IP + 10, 0);
        long sum = InternetChecksum.add(0, o, IP, Ipv4Header.SIZE);
        Octets.putShort(o, IP + 10, InternetChecksum.finish(sum));
        Octets.putShort(o, UDP + 4, length - UDP);
        whole.joinedFrom(dataLength(first));
        return whole.as(first);
    }

    /** UDP over IPv4 with a checksum and data, without IP options, fragments and padding. */
    private static boolean isPlainDatagram(PacketBuffer frame) {
        byte[] o = frame.octets();
        int at = frame.start();
        return !frame.corrupted()
                && frame.length() > DATA
                && getShort(o, at + IP - 2) == EthernetHeader.IPV4
                && getByte(o, at + IP) == 0x45
                && getShort(o, at + IP + 2) == frame.length() - IP
                && (getShort(o, at + IP + 6) & 0x3FFF) == 0
                && getByte(o, at + IP + 9) == Ipv4Header.UDP
                && getShort(o, at + UDP + 4) == frame.length() - UDP
                && getShort(o, at + UDP + 6) != 0;
    }

    private static int dataLength(PacketBuffer frame) {
        return frame.length() - DATA;
    }

    /** Addresses and ports. */
    private @Nullable List<PacketBuffer> sameFlow(PacketBuffer frame) {
        for (List<PacketBuffer> each : held) {
            if (isEqual(each.getFirst(), frame, IP + 12, 12)) return each;
        }
        return null;
    }

    /** No longer than the first, and with the same service, DF and TTL. */
    private static boolean fits(List<PacketBuffer> before, PacketBuffer frame) {
        PacketBuffer first = before.getFirst();
        int length = frame.length() - IP;
        for (PacketBuffer each : before) length += dataLength(each);
        return dataLength(frame) <= dataLength(first)
                && length <= MAX_LENGTH
                && isEqual(first, frame, IP + 1, 1)
                && isEqual(first, frame, IP + 6, 3);
    }

    private static boolean isEqual(PacketBuffer a, PacketBuffer b, int at, int length) {
        int left = a.start() + at;
        int right = b.start() + at;
        return Arrays.equals(a.octets(), left, left + length, b.octets(), right, right + length);
    }
}
