package io.socketlab.fuzz;

import io.socketlab.kernel.wire.InternetChecksum;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.TcpHeader;
import io.socketlab.kernel.wire.TcpOption;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A segment that the host has sent; what the host sends is never malformed. */
record SentSegment(TcpHeader header, byte[] text) {

    static @Nullable SentSegment of(byte[] packet) {
        Ipv4Header ip = Ipv4Header.parse(packet, 0, packet.length);
        require(Ipv4Header.checksum(packet, 0, ip.headerLength()) == 0, "IP checksum");
        require(ip.totalLength() == packet.length, "IP length");
        if (ip.protocol() != Ipv4Header.TCP || ip.isFragment()) return null;
        int length = packet.length - ip.headerLength();
        long sum = InternetChecksum.add(0, packet, ip.headerLength(), length);
        sum = InternetChecksum.addPseudoHeader(sum, ip.src(), ip.dst(), ip.protocol(), length);
        require(InternetChecksum.finish(sum) == 0, "TCP checksum");
        ByteBuffer in = ByteBuffer.wrap(packet, ip.headerLength(), length);
        TcpHeader header = TcpHeader.parse(in);
        byte[] text = Arrays.copyOfRange(packet, in.position(), packet.length);
        for (TcpOption option : header.options()) {
            if (!(option instanceof TcpOption.Sack sack)) continue;
            sack.blocks()
                    .forEach(block ->
                            require(block.right() - block.left() > 0, "SACK block " + block));
        }
        return new SentSegment(header, text);
    }

    private static void require(boolean holds, String what) {
        if (!holds) throw new AssertionError("sent with a wrong " + what);
    }

    boolean has(int flag) {
        return header.has(flag);
    }

    int end() {
        return header.seq()
                + text.length
                + (has(TcpHeader.SYN) ? 1 : 0)
                + (has(TcpHeader.FIN) ? 1 : 0);
    }
}
