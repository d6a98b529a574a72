package io.socketlab.kernel.tcp;

import io.socketlab.kernel.wire.InternetChecksum;
import io.socketlab.kernel.wire.IpAddress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The checksum over a segment and its pseudo-header. RFC 9293 §3.1, RFC 1071. */
final class TcpChecksum {

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private TcpChecksum() {}

    /** What belongs in the field if it is zero now; 0 if the field is there and right. */
    static int of(IpAddress src, IpAddress dst, byte[] octets, int from, int to) {
        long sum = InternetChecksum.addPseudoHeader(0, src, dst, TcpLayer.PROTOCOL, to - from);
        int at = from;
        for (; at + 16 <= to; at += 16) {
            sum +=
                    ((int) INT.get(octets, at) & 0xFFFF_FFFFL)
                            + ((int) INT.get(octets, at + 4) & 0xFFFF_FFFFL)
                            + ((int) INT.get(octets, at + 8) & 0xFFFF_FFFFL)
                            + ((int) INT.get(octets, at + 12) & 0xFFFF_FFFFL);
        }
        for (; at + 1 < to; at += 2) sum += (octets[at] & 0xFF) << 8 | (octets[at + 1] & 0xFF);
        if (at < to) sum += (octets[at] & 0xFF) << 8;
        while (sum >>> 16 != 0) sum = (sum & 0xFFFF) + (sum >>> 16);
        return (int) (~sum & 0xFFFF);
    }
}
