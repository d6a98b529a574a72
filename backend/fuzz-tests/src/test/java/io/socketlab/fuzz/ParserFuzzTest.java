package io.socketlab.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.socketlab.kernel.wire.IcmpMessage;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.MalformedPacketException;
import io.socketlab.kernel.wire.TcpHeader;
import io.socketlab.kernel.wire.TcpOption;
import io.socketlab.kernel.wire.UdpHeader;
import java.nio.ByteBuffer;
import java.util.List;

/** Raw octets into every parser of a header: it answers or it says MalformedPacketException. */
class ParserFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void headers(byte[] data) {
        fuzzHeaders(data);
    }

    /** A header that can be read can be written, and reads the same. */
    static void fuzzHeaders(byte[] data) {
        tcp(data);
        options(data);
        try {
            Ipv4Header header = Ipv4Header.parse(data, 0, data.length);
            byte[] again = new byte[header.headerLength()];
            header.writeTo(again, 0);
            if (header.headerLength() > data.length) throw new AssertionError("" + header);
        } catch (MalformedPacketException e) {
            expected(e);
        }
        try {
            UdpHeader header = UdpHeader.parse(data, 0, data.length);
            if (header.length() > data.length) throw new AssertionError("" + header);
            UdpHeader.isIntact(
                    data, 0, header.length(), Ipv4Address.LOOPBACK, Ipv4Address.BROADCAST);
        } catch (MalformedPacketException e) {
            expected(e);
        }
        try {
            IcmpMessage.parse(data, 0, data.length).text();
        } catch (MalformedPacketException e) {
            expected(e);
        }
    }

    private static void tcp(byte[] data) {
        try {
            ByteBuffer in = ByteBuffer.wrap(data);
            TcpHeader header = TcpHeader.parse(in);
            // a list of options that were cut short may need more room than they had
            if (header.size() > TcpHeader.MAX_SIZE) return;
            ByteBuffer out = ByteBuffer.allocate(header.size());
            header.writeTo(out);
            TcpHeader again = TcpHeader.parse(out.flip());
            if (again.seq() != header.seq() || again.flags() != header.flags()) {
                throw new AssertionError(header + " became " + again);
            }
        } catch (MalformedPacketException e) {
            expected(e);
        }
    }

    private static void options(byte[] data) {
        ByteBuffer in = ByteBuffer.wrap(data, 0, Math.min(data.length, 40));
        try {
            List<TcpOption> options = TcpOption.parseAll(in);
            int size = options.stream().mapToInt(TcpOption::size).sum();
            ByteBuffer out = ByteBuffer.allocate(size);
            options.forEach(option -> option.writeTo(out));
            if (out.hasRemaining()) throw new AssertionError("sizes of " + options);
        } catch (MalformedPacketException e) {
            expected(e);
        }
    }

    private static void expected(MalformedPacketException e) {
        if (e.getMessage() == null) throw new AssertionError("says nothing", e);
    }
}
