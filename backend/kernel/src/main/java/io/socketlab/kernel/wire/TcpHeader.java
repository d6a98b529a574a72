package io.socketlab.kernel.wire;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A TCP header. RFC 9293 §3.1.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------------------------------+-------------------------------+
 * |          Source Port          |       Destination Port        |
 * +-------------------------------+-------------------------------+
 * |                        Sequence Number                        |
 * +---------------------------------------------------------------+
 * |                    Acknowledgment Number                      |
 * +-------+-------+---------------+-------------------------------+
 * | Offset|0 0 0 A|C E U A P R S F|            Window             |
 * +-------+-------+---------------+-------------------------------+
 * |           Checksum            |         Urgent Pointer        |
 * +-------------------------------+-------------------------------+
 * |                           [Options]                           |
 * </pre>
 *
 * @param flags the bits {@link #FIN} … {@link #AE}
 * @param window as it is on the wire, not scaled
 * @param options as they stand, padding included
 */
public record TcpHeader(
        int srcPort,
        int dstPort,
        int seq,
        int ack,
        int flags,
        int window,
        int checksum,
        int urgentPointer,
        List<TcpOption> options) {

    /** Octets without options, and at most with them. */
    public static final int SIZE = 20;

    public static final int MAX_SIZE = 60;

    public static final int FIN = 0x01;
    public static final int SYN = 0x02;
    public static final int RST = 0x04;
    public static final int PSH = 0x08;
    public static final int ACK = 0x10;
    public static final int URG = 0x20;
    public static final int ECE = 0x40;
    public static final int CWR = 0x80;
    public static final int AE = 0x100;

    /** Where in the header its fields lie. */
    public static final int CHECKSUM_AT = 16;

    private static final String[] FLAGS_TEXTS = flagsTexts();

    public TcpHeader {
        options = List.copyOf(options);
    }

    /**
     * Reads a header and leaves {@code in} at the text.
     *
     * @throws MalformedPacketException if it is cut short or an option cannot be one
     */
    public static TcpHeader parse(ByteBuffer in) {
        if (in.remaining() < SIZE) throw new MalformedPacketException("TCP header cut short");
        int start = in.position();
        int srcPort = Short.toUnsignedInt(in.getShort());
        int dstPort = Short.toUnsignedInt(in.getShort());
        int seq = in.getInt();
        int ack = in.getInt();
        int offsetAndFlags = Short.toUnsignedInt(in.getShort());
        int window = Short.toUnsignedInt(in.getShort());
        int checksum = Short.toUnsignedInt(in.getShort());
        int urgentPointer = Short.toUnsignedInt(in.getShort());
        int size = (offsetAndFlags >>> 12) * 4;
        if (size < SIZE || start + size > in.limit()) {
            throw new MalformedPacketException("TCP data offset " + size / 4);
        }
        List<TcpOption> options = TcpOption.parseAll(in.slice(start + SIZE, size - SIZE));
        in.position(start + size);
        return new TcpHeader(
                srcPort,
                dstPort,
                seq,
                ack,
                offsetAndFlags & 0x1FF,
                window,
                checksum,
                urgentPointer,
                options);
    }

    /** Octets, its options padded to a multiple of four. */
    public int size() {
        int size = SIZE;
        for (TcpOption option : options) size += option.size();
        return (size + 3) & ~3;
    }

    /** Writes it, padded with ends of list. */
    public void writeTo(ByteBuffer out) {
        int end = out.position() + size();
        out.putShort((short) srcPort).putShort((short) dstPort).putInt(seq).putInt(ack);
        out.putShort((short) (size() / 4 << 12 | flags)).putShort((short) window);
        out.putShort((short) checksum).putShort((short) urgentPointer);
        for (TcpOption option : options) option.writeTo(out);
        while (out.position() < end) out.put((byte) TcpOption.END);
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** As packetdrill writes them: {@code S.}, {@code FP.}, {@code .}, and {@code -} for none. */
    public static String flagsText(int flags) {
        return FLAGS_TEXTS[flags];
    }

    private static String[] flagsTexts() {
        var texts = new String[2 * AE];
        for (int flags = 0; flags < texts.length; flags++) texts[flags] = newFlagsText(flags);
        return texts;
    }

    private static String newFlagsText(int flags) {
        var text = new StringBuilder();
        if ((flags & FIN) != 0) text.append('F');
        if ((flags & SYN) != 0) text.append('S');
        if ((flags & RST) != 0) text.append('R');
        if ((flags & PSH) != 0) text.append('P');
        if ((flags & ACK) != 0) text.append('.');
        if ((flags & URG) != 0) text.append('U');
        if ((flags & ECE) != 0) text.append('E');
        if ((flags & CWR) != 0) text.append('W');
        if ((flags & AE) != 0) text.append('A');
        return text.isEmpty() ? "-" : text.toString();
    }
}
