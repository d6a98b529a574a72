package io.socketlab.lab.packetdrill;

import io.socketlab.kernel.wire.TcpOption;
import io.socketlab.kernel.wire.TcpOption.SackBlock;
import io.socketlab.lab.script.WirePacket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongToIntFunction;

/** TCP options as a script writes them, and as they are on the wire. */
final class OptionCodec {

    /**
     * The kind of experimental options, and the number that makes one Fast Open. RFC 6994, 7413.
     */
    private static final int EXPERIMENTAL = 254;

    private static final short FAST_OPEN_MAGIC = (short) 0xF989;
    private static final int MD5 = 19;
    private static final int ACC_ECN_0 = 172;
    private static final int ACC_ECN_1 = 174;

    private OptionCodec() {}

    /**
     * @param sack makes a sequence number of the wire out of one that stands in a SACK block
     */
    static List<TcpOption> encode(List<WirePacket.TcpOption> written, LongToIntFunction sack) {
        var options = new ArrayList<TcpOption>();
        for (WirePacket.TcpOption option : written) options.add(encode(option, sack));
        return options;
    }

    private static TcpOption encode(WirePacket.TcpOption written, LongToIntFunction sack) {
        return switch (written) {
            case WirePacket.TcpOption.Mss(int value) -> new TcpOption.MaximumSegmentSize(value);
            case WirePacket.TcpOption.NoOperation() -> new TcpOption.Nop();
            case WirePacket.TcpOption.EndOfList() -> new TcpOption.End();
            case WirePacket.TcpOption.SackPermitted() -> new TcpOption.SackPermitted();
            case WirePacket.TcpOption.WindowScale(int shift) -> new TcpOption.WindowScale(shift);
            case WirePacket.TcpOption.Timestamps(long value, long echo) ->
                    new TcpOption.Timestamps((int) value, (int) echo);
            case WirePacket.TcpOption.Sack(var blocks) ->
                    new TcpOption.Sack(
                            blocks.stream()
                                    .map(b ->
                                            new SackBlock(
                                                    sack.applyAsInt(b.left()),
                                                    sack.applyAsInt(b.right())))
                                    .toList());
            case WirePacket.TcpOption.FastOpen(String cookie, boolean experimental) ->
                    fastOpen(HexFormat.of().parseHex(cookie), experimental);
            case WirePacket.TcpOption.Other(String name, String text) -> other(name, text);
        };
    }

    private static TcpOption fastOpen(byte[] cookie, boolean experimental) {
        if (!experimental) return new TcpOption.Unknown(TcpOption.FAST_OPEN, cookie);
        ByteBuffer content = ByteBuffer.allocate(2 + cookie.length);
        content.putShort(FAST_OPEN_MAGIC).put(cookie);
        return new TcpOption.Unknown(EXPERIMENTAL, content.array());
    }

    private static TcpOption other(String name, String text) {
        if (name.equals("md5")) {
            return new TcpOption.Unknown(MD5, new byte[16]);
        }
        throw new Unsupported("TCP option " + name + (text.isEmpty() ? "" : " " + text));
    }

    /** Whether both are the same on the wire. */
    static boolean same(TcpOption a, TcpOption b) {
        return bytes(a).equals(bytes(b));
    }

    private static ByteBuffer bytes(TcpOption option) {
        ByteBuffer out = ByteBuffer.allocate(option.size());
        option.writeTo(out);
        return out.flip();
    }

    /** As a script writes it. */
    static String text(TcpOption option) {
        ByteBuffer in = bytes(option);
        int kind = Byte.toUnsignedInt(in.get());
        byte[] content = new byte[Math.max(in.limit() - 2, 0)];
        if (in.hasRemaining()) {
            in.get();
            in.get(content);
        }
        HexFormat hex = HexFormat.of();
        boolean isFastOpen =
                content.length >= 2
                        && ByteBuffer.wrap(content).getShort() == FAST_OPEN_MAGIC
                        && kind == EXPERIMENTAL;
        if (isFastOpen) return spaced("FOEXP", hex.formatHex(content, 2, content.length));
        return switch (kind) {
            case TcpOption.FAST_OPEN -> spaced("FO", hex.formatHex(content));
            case MD5 -> "md5";
            case ACC_ECN_0, ACC_ECN_1 -> spaced("AccECN", hex.formatHex(content));
            default -> option.toString();
        };
    }

    private static String spaced(String name, String value) {
        return value.isEmpty() ? name : name + " " + value;
    }
}
