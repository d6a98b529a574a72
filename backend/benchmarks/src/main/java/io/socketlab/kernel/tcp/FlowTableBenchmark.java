package io.socketlab.kernel.tcp;

import io.socketlab.kernel.wire.Ipv4Address;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Finding the connection of a segment among many, in an order that caches do not like. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FlowTableBenchmark {

    private static final Ipv4Address SERVER = new Ipv4Address(0x0A00_0002);
    private static final int SERVICE = 80;
    private static final int PORTS = 28_000;
    private static final int FIRST_PORT = 32_768;
    private static final int STEP = 7_919;

    @Param({"10", "1000", "10000", "100000"})
    public int connections;

    private FlowTable table;
    private int next;

    private record Known(FourTuple tuple) implements Flow {
        @Override
        public int socketNumber() {
            return 1;
        }

        @Override
        public boolean receivesBy(int device) {
            return true;
        }

        @Override
        public void arrive(Segment seg) {}

        @Override
        public void vanish() {}

        @Override
        public void unreachable(IcmpNotice notice) {}
    }

    @Setup
    public void fill() {
        table = new FlowTable();
        for (int i = 0; i < connections; i++) {
            var client = new Ipv4Address(client(i));
            table.put(new Known(new FourTuple(SERVER, SERVICE, client, port(i))));
        }
    }

    private static int client(int connection) {
        return 0x0A00_0100 + connection / PORTS;
    }

    private static int port(int connection) {
        return FIRST_PORT + connection % PORTS;
    }

    @Benchmark
    public Object find() {
        next = (next + STEP) % connections;
        return table.find(SERVER.bits(), SERVICE, client(next), port(next));
    }
}
