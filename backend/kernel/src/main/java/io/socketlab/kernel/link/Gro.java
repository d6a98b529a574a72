package io.socketlab.kernel.link;

import static io.socketlab.kernel.wire.Octets.getByte;
import static io.socketlab.kernel.wire.Octets.getInt;
import static io.socketlab.kernel.wire.Octets.getShort;

import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.PacketJoined;
import io.socketlab.kernel.wire.EthernetHeader;
import io.socketlab.kernel.wire.InternetChecksum;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.Octets;
import io.socketlab.kernel.wire.TcpHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Generic receive offload: joins the segments that one poll brings of a connection, so that TCP
 * sees fewer and larger ones. net/core/gro.c, inet_gro_receive(), tcp_gro_receive().
 */
final class Gro {

    /** Linux's gro_max_size, without what an IP packet cannot be. */
    private static final int MAX_LENGTH = 65_535;

    /** Connections whose segments are held at a time: Linux's MAX_GRO_SKBS. */
    private static final int MAX_HELD = 8;

    private static final int IP = EthernetHeader.SIZE;
    private static final int TCP = IP + Ipv4Header.SIZE;
    private static final int ENDS = TcpHeader.FIN | TcpHeader.SYN | TcpHeader.RST | TcpHeader.PSH;

    /** Segments of one connection, in order and without a gap. */
    private static final class Held {
        final List<PacketBuffer> frames = new ArrayList<>();
        final int segmentSize;

        /** Of the text of all of them. */
        int text;

        Held(PacketBuffer first) {
            segmentSize = textLength(first);
            add(first);
        }

        void add(PacketBuffer frame) {
            frames.add(frame);
            text += textLength(frame);
        }
    }

    private final String host;
    private final Trace trace;
    private final Consumer<PacketBuffer> up;
    private final DatagramGro datagrams;
    private final List<Held> held = new ArrayList<>();

    /**
     * @param up takes the frames, joined or as they came
     */
    Gro(String host, Trace trace, Consumer<PacketBuffer> up) {
        this.host = host;
        this.trace = trace;
        this.up = up;
        this.datagrams = new DatagramGro(host, trace, up);
    }

    DatagramGro datagrams() {
        return datagrams;
    }

    /**
     * Takes a frame of a poll: holds it, joins it, or passes it up.
     *
     * @param frame positioned at its Ethernet header
     */
    void receive(PacketBuffer frame) {
        if (!isPlainSegment(frame)) {
            if (!datagrams.receive(frame)) up.accept(frame);
            return;
        }
        Held before = sameConnection(frame);
        if (before == null) {
            hold(frame);
        } else if (fits(before, frame)) {
            join(before, frame);
        } else {
            flush(before);
            hold(frame);
        }
    }

    /** The poll is over: passes up what is held, in the order in which the first frames came. */
    void flush() {
        while (!held.isEmpty()) flush(held.getFirst());
        datagrams.flush();
    }

    private void hold(PacketBuffer frame) {
        if (textLength(frame) == 0 || (flags(frame) & ENDS) != 0) {
            up.accept(frame);
            return;
        }
        if (held.size() == MAX_HELD) flush(held.getFirst());
        held.add(new Held(frame));
    }

    private void join(Held before, PacketBuffer frame) {
        int length = textLength(frame);
        before.add(frame);
        if (trace.isOn()) {
            int cause = trace.because(frame.cause());
            trace.emit(
                    new PacketJoined(
                            trace.stamp(host, Rule.LINUX_GRO),
                            frame.number(),
                            before.frames.getFirst().number(),
                            length));
            trace.because(cause);
        }
        if (length < before.segmentSize || (flags(frame) & ENDS) != 0) flush(before);
    }

    private void flush(Held all) {
        held.remove(all);
        up.accept(all.frames.size() == 1 ? all.frames.getFirst() : joined(all));
    }

    /** One packet with the headers of the first, which go on to say what holds of all. */
    private static PacketBuffer joined(Held all) {
        PacketBuffer first = all.frames.getFirst();
        PacketBuffer last = all.frames.getLast();
        int headers = first.length() - textLength(first);
        PacketBuffer whole = PacketBuffer.withRoom(first.number(), 0, headers + all.text);
        byte[] o = whole.octets();
        System.arraycopy(first.octets(), first.start(), o, 0, headers);
        int at = headers;
        for (PacketBuffer frame : all.frames) {
            int length = textLength(frame);
            System.arraycopy(frame.octets(), frame.start() + headers, o, at, length);
            at += length;
        }
        o[TCP + 13] |= (byte) flags(last);
        Octets.putShort(o, IP + 2, o.length - IP);
        Octets.putShort(o, IP + 10, 0);
        long sum = InternetChecksum.add(0, o, IP, Ipv4Header.SIZE);
        Octets.putShort(o, IP + 10, InternetChecksum.finish(sum));
        whole.joinedFrom(all.segmentSize);
        return whole.as(first);
    }

    /** TCP over IPv4 without IP options and fragments, with right checksums and no padding. */
    private static boolean isPlainSegment(PacketBuffer frame) {
        byte[] o = frame.octets();
        int at = frame.start();
        return !frame.corrupted()
                && frame.length() >= TCP + TcpHeader.SIZE
                && getShort(o, at + IP - 2) == EthernetHeader.IPV4
                && getByte(o, at + IP) == 0x45
                && getShort(o, at + IP + 2) == frame.length() - IP
                && (getShort(o, at + IP + 6) & 0x3FFF) == 0
                && getByte(o, at + IP + 9) == Ipv4Header.TCP
                && textLength(frame) >= 0;
    }

    private static int flags(PacketBuffer frame) {
        return getByte(frame.octets(), frame.start() + TCP + 13);
    }

    private static int tcpHeaderLength(PacketBuffer frame) {
        return getByte(frame.octets(), frame.start() + TCP + 12) >>> 4 << 2;
    }

    private static int textLength(PacketBuffer frame) {
        return frame.length() - TCP - tcpHeaderLength(frame);
    }

    private @Nullable Held sameConnection(PacketBuffer frame) {
        for (Held each : held) {
            if (isEqual(each.frames.getFirst(), frame, IP + 12, 12)) return each;
        }
        return null;
    }

    /** Whether {@code length} octets at {@code at} are the same in both. */
    private static boolean isEqual(PacketBuffer a, PacketBuffer b, int at, int length) {
        int left = a.start() + at;
        int right = b.start() + at;
        return Arrays.equals(a.octets(), left, left + length, b.octets(), right, right + length);
    }

    /** Whether it goes on where the others end, and says the same of all but that. */
    private static boolean fits(Held before, PacketBuffer frame) {
        PacketBuffer first = before.frames.getFirst();
        int length = textLength(frame);
        int header = tcpHeaderLength(frame);
        boolean sizes =
                length > 0
                        && length <= before.segmentSize
                        && Ipv4Header.SIZE + header + before.text + length <= MAX_LENGTH
                        && header == tcpHeaderLength(first);
        if (!sizes) return false;
        int end = getInt(first.octets(), first.start() + TCP + 4) + before.text;
        int differing = flags(first) ^ flags(frame);
        return end == getInt(frame.octets(), frame.start() + TCP + 4)
                && (flags(frame) & TcpHeader.CWR) == 0
                && (differing & ~(TcpHeader.FIN | TcpHeader.PSH)) == 0
                && isEqual(first, frame, IP + 1, 1)
                && isEqual(first, frame, IP + 6, 3)
                && isEqual(first, frame, TCP + 8, 4)
                && isEqual(first, frame, TCP + TcpHeader.SIZE, header - TcpHeader.SIZE);
    }
}
