package io.socketlab.kernel.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;

/**
 * An option of a TCP header. RFC 9293 §3.2. Its text is packetdrill's: {@code mss 1460}, {@code
 * sackOK}, {@code TS val 100 ecr 0}.
 */
public sealed interface TcpOption {

    int END = 0;
    int NOP = 1;
    int MSS = 2;
    int WINDOW_SCALE = 3;
    int SACK_PERMITTED = 4;
    int SACK = 5;
    int TIMESTAMPS = 8;
    int FAST_OPEN = 34;

    /** A signature. RFC 2385. */
    int MD5 = 19;

    int EXPERIMENT = 254;

    /** What marks an experimental option as Fast Open's. RFC 6994, RFC 7413 §A.1. */
    int FAST_OPEN_MAGIC = 0xF989;

    /** Octets it takes, its kind and length included. */
    int size();

    void writeTo(ByteBuffer out);

    /** End of option list: what follows is padding. */
    record End() implements TcpOption {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public void writeTo(ByteBuffer out) {
            out.put((byte) END);
        }

        @Override
        public String toString() {
            return "eol";
        }
    }

    record Nop() implements TcpOption {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public void writeTo(ByteBuffer out) {
            out.put((byte) NOP);
        }

        @Override
        public String toString() {
            return "nop";
        }
    }

    /** The largest segment its sender can take. RFC 9293 §3.7.1. */
    record MaximumSegmentSize(int octets) implements TcpOption {
        @Override
        public int size() {
            return 4;
        }

        @Override
        public void writeTo(ByteBuffer out) {
            out.put((byte) MSS).put((byte) 4).putShort((short) octets);
        }

        @Override
        public String toString() {
            return "mss " + octets;
        }
    }

    /** By how many bits its sender's window field is to be shifted. RFC 7323 §2.2. */
    record WindowScale(int shift) implements TcpOption {
        @Override
        public int size() {
            return 3;
        }

        @Override
        public void writeTo(ByteBuffer out) {
            out.put((byte) WINDOW_SCALE).put((byte) 3).put((byte) shift);
        }

        @Override
        public String toString() {
            return "wscale " + shift;
        }
    }

    /** RFC 2018 §2. */
    record SackPermitted() implements TcpOption {
        @Override
        public int size() {
            return 2;
        }

        @Override
        public void writeTo(ByteBuffer out) {
            out.put((byte) SACK_PERMITTED).put((byte) 2);
        }

        @Override
        public String toString() {
            return "sackOK";
        }
    }

    /** One run of octets that its sender holds, its right edge not included. */
    record SackBlock(int left, int right) {}

    /** RFC 2018 §3. */
    record Sack(List<SackBlock> blocks) implements TcpOption {
        public Sack {
            blocks = List.copyOf(blocks);
        }

        @Override
        public int size() {
            return 2 + 8 * blocks.size();
        }

        @Override
        public void writeTo(ByteBuffer out) {
            out.put((byte) SACK).put((byte) size());
            for (SackBlock block : blocks) out.putInt(block.left).putInt(block.right);
        }

        @Override
        public String toString() {
            var text = new StringJoiner(" ", "sack ", "");
            for (SackBlock b : blocks) {
                text.add(SeqNum.unsigned(b.left) + ":" + SeqNum.unsigned(b.right));
            }
            return text.toString();
        }
    }

    /** RFC 7323 §3.2. */
    record Timestamps(int value, int echo) implements TcpOption {
        @Override
        public int size() {
            return 10;
        }

        @Override
        public void writeTo(ByteBuffer out) {
            out.put((byte) TIMESTAMPS).put((byte) 10).putInt(value).putInt(echo);
        }

        @Override
        public String toString() {
            return "TS val " + SeqNum.unsigned(value) + " ecr " + SeqNum.unsigned(echo);
        }
    }

    /**
     * A Fast Open cookie, or the request for one where it is empty. RFC 7413 §4.1.1.
     *
     * @param experimental in the shape it had before it was given a kind of its own
     */
    record FastOpen(byte[] cookie, boolean experimental) implements TcpOption {
        @Override
        public int size() {
            return (experimental ? 4 : 2) + cookie.length;
        }

        @Override
        public void writeTo(ByteBuffer out) {
            out.put((byte) (experimental ? EXPERIMENT : FAST_OPEN)).put((byte) size());
            if (experimental) out.putShort((short) FAST_OPEN_MAGIC);
            out.put(cookie);
        }

        @Override
        public String toString() {
            String name = experimental ? "FOEXP" : "FO";
            return cookie.length == 0 ? name : name + " " + HexFormat.of().formatHex(cookie);
        }
    }

    /** What is not understood is still carried and shown. */
    record Unknown(int kind, byte[] content) implements TcpOption {
        @Override
        public int size() {
            return 2 + content.length;
        }

        @Override
        public void writeTo(ByteBuffer out) {
            out.put((byte) kind).put((byte) size()).put(content);
        }

        @Override
        public String toString() {
            return "option " + kind + " of " + content.length;
        }
    }

    /**
     * Reads options until {@code in} is empty or its end of list.
     *
     * @throws MalformedPacketException if one runs over the end or has an impossible length
     */
    static List<TcpOption> parseAll(ByteBuffer in) {
        var options = new ArrayList<TcpOption>();
        while (in.hasRemaining()) {
            int kind = Byte.toUnsignedInt(in.get());
            if (kind == END) {
                options.add(new End());
                break;
            }
            options.add(kind == NOP ? new Nop() : parse(kind, in));
        }
        return options;
    }

    private static TcpOption parse(int kind, ByteBuffer in) {
        int length = in.hasRemaining() ? Byte.toUnsignedInt(in.get()) : 0;
        if (length < 2 || length - 2 > in.remaining()) {
            throw new MalformedPacketException("TCP option " + kind + " of length " + length);
        }
        int rest = in.position() + length - 2;
        TcpOption option = known(kind, length, in);
        in.position(rest);
        return option;
    }

    private static TcpOption known(int kind, int length, ByteBuffer in) {
        if (kind == MSS && length == 4) {
            return new MaximumSegmentSize(Short.toUnsignedInt(in.getShort()));
        }
        if (kind == WINDOW_SCALE && length == 3) {
            return new WindowScale(Byte.toUnsignedInt(in.get()));
        }
        if (kind == SACK_PERMITTED && length == 2) return new SackPermitted();
        if (kind == SACK && length > 2 && (length - 2) % 8 == 0) {
            var blocks = new ArrayList<SackBlock>();
            for (int i = 0; i < (length - 2) / 8; i++) {
                blocks.add(new SackBlock(in.getInt(), in.getInt()));
            }
            return new Sack(blocks);
        }
        if (kind == TIMESTAMPS && length == 10) return new Timestamps(in.getInt(), in.getInt());
        if (kind == EXPERIMENT && length >= 4) {
            int magic = Short.toUnsignedInt(in.getShort(in.position()));
            if (magic == FAST_OPEN_MAGIC) {
                in.getShort();
                return new FastOpen(octets(in, length - 4), true);
            }
        }
        if (kind == FAST_OPEN) return new FastOpen(octets(in, length - 2), false);
        return new Unknown(kind, octets(in, length - 2));
    }

    private static byte[] octets(ByteBuffer in, int length) {
        var content = new byte[length];
        in.get(content);
        return content;
    }
}
