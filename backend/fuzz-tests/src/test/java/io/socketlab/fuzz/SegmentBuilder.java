package io.socketlab.fuzz;

import io.socketlab.kernel.wire.InternetChecksum;
import io.socketlab.kernel.wire.Ipv4Header;
import java.nio.ByteBuffer;

/** IP packets with TCP segments, octet by octet, so that any field may be wrong. */
final class SegmentBuilder {

    private static final int MAX_OPTIONS = 40;

    final int src;
    final int dst;
    int srcPort;
    int dstPort;
    int seq;
    int ack;
    int flags;
    int window = 65_535;
    int urgentPointer;
    int tos;
    private final ByteBuffer options = ByteBuffer.allocate(MAX_OPTIONS);

    SegmentBuilder(int src, int dst) {
        this.src = src;
        this.dst = dst;
    }

    /** Adds an option if there is room for it. */
    SegmentBuilder option(int kind, int... octets) {
        if (options.remaining() < octets.length + 2) return this;
        options.put((byte) kind).put((byte) (octets.length + 2));
        for (int octet : octets) options.put((byte) octet);
        return this;
    }

    SegmentBuilder words(int kind, int... words) {
        if (options.remaining() < 4 * words.length + 2) return this;
        options.put((byte) kind).put((byte) (4 * words.length + 2));
        for (int word : words) options.putInt(word);
        return this;
    }

    /** Adds an octet that need be no option. */
    SegmentBuilder raw(int octet) {
        if (options.hasRemaining()) options.put((byte) octet);
        return this;
    }

    byte[] with(byte[] text) {
        while (options.position() % 4 != 0) options.put((byte) 1);
        int header = 20 + options.position();
        int length = Ipv4Header.SIZE + header + text.length;
        ByteBuffer out = ByteBuffer.allocate(length);
        out.position(Ipv4Header.SIZE);
        out.putShort((short) srcPort).putShort((short) dstPort).putInt(seq).putInt(ack);
        out.putShort((short) (header / 4 << 12 | flags & 0x1FF)).putShort((short) window);
        out.putShort((short) 0).putShort((short) urgentPointer);
        out.put(options.array(), 0, options.position()).put(text);
        byte[] packet = out.array();
        new Ipv4Header(
                        Ipv4Header.SIZE,
                        tos,
                        length,
                        0,
                        true,
                        false,
                        0,
                        64,
                        Ipv4Header.TCP,
                        src,
                        dst)
                .writeTo(packet, 0);
        int segment = length - Ipv4Header.SIZE;
        long sum = InternetChecksum.add(0, packet, Ipv4Header.SIZE, segment);
        int checksum =
                InternetChecksum.finish(
                        InternetChecksum.addPseudoHeader(sum, src, dst, Ipv4Header.TCP, segment));
        out.putShort(Ipv4Header.SIZE + 16, (short) checksum);
        return packet;
    }
}
