package io.socketlab.kernel.tcp;

import io.socketlab.kernel.ip.IpLayer;
import io.socketlab.kernel.ip.NetworkInterface;
import io.socketlab.kernel.link.Nic;
import io.socketlab.kernel.link.NicSettings;
import io.socketlab.kernel.sim.Chance;
import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.socket.PortSharing;
import io.socketlab.kernel.sysctl.Sysctls;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.wire.InternetChecksum;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.TcpHeader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What every full segment costs: its header read, and built down to the frame; its checksum. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SegmentBenchmark {

    private static final int TEXT = 1448;
    private static final int HEADER = 32;
    private static final Ipv4Address SRC = new Ipv4Address(0x0A00_0001);
    private static final Ipv4Address DST = new Ipv4Address(0x0A00_0002);

    private final byte[] octets = segment();
    private final byte[] text = new byte[TEXT];
    private final Segment segment = new Segment();
    private final SegmentDraft draft = new SegmentDraft(environment());
    private int seq;

    private static byte[] segment() {
        var octets = new byte[HEADER + TEXT];
        var chance = new Chance(1);
        for (int i = 0; i < octets.length; i++) octets[i] = (byte) chance.nextInt(256);
        octets[12] = (byte) (HEADER / 4 << 4);
        octets[13] = TcpHeader.ACK;
        octets[20] = 1;
        octets[21] = 1;
        octets[22] = 8;
        octets[23] = 10;
        return octets;
    }

    /** A host whose NIC has no link: what it sends ends there. */
    private static TcpEnvironment environment() {
        var loop = new EventLoop();
        Trace trace = Trace.off(loop);
        var nic = new Nic("host", "eth0", 1, 1500, NicSettings.DEFAULT, loop, trace);
        var ip =
                new IpLayer(
                        "host",
                        List.of(new NetworkInterface(NetworkInterface.FIRST_INDEX, nic, SRC, 24)),
                        loop,
                        trace,
                        () -> 1,
                        _ -> 0);
        ip.neighbours().add(DST.bits(), 2);
        return new TcpEnvironment(
                "host", loop, trace, ip, new Sysctls(), new Chance(1), () -> 1, PortSharing.LINUX);
    }

    @Benchmark
    public int read() {
        segment.read(octets, 0, octets.length);
        return segment.timestamp + segment.textLength();
    }

    /** The same by the class that tools and scripts read headers with. */
    @Benchmark
    public TcpHeader readAsValue() {
        return TcpHeader.parse(ByteBuffer.wrap(octets));
    }

    @Benchmark
    public void build() {
        draft.begin();
        draft.src = SRC;
        draft.dst = DST;
        draft.srcPort = 40_000;
        draft.dstPort = 80;
        draft.seq = seq += TEXT;
        draft.flags = TcpHeader.ACK;
        draft.window = 1024;
        draft.timestamps(1, 2, false);
        draft.text = text;
        draft.textLength = TEXT;
        draft.send();
    }

    @Benchmark
    public int checksum() {
        return TcpChecksum.of(SRC, DST, octets, 0, octets.length);
    }

    @Benchmark
    public int internetChecksum() {
        return InternetChecksum.finish(InternetChecksum.add(0, octets, 0, octets.length));
    }
}
