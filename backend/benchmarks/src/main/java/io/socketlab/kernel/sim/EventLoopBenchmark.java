package io.socketlab.kernel.sim;

import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The hold model: each event that is run arms another, so that the number of those pending stays.
 * Delays are a network's: a frame's time on the wire, the link's delay, this instant. With each
 * event one of as many timeouts is moved, as an acknowledgement moves one.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EventLoopBenchmark {

    private static final long FRAME = 117_000;
    private static final long DELAY = 20_000_000;
    private static final long TIMEOUT = 240_000_000;

    @Param({"10", "1000", "10000", "100000"})
    public int pending;

    private final Chance chance = new Chance(1);
    private EventLoop loop;
    private Timer[] timeouts;
    private int next;

    private final PriorityQueue<Entry> queue = new PriorityQueue<>();
    private Entry[] entries;
    private long order;
    private long now;

    private record Entry(long at, long order) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    @Setup(Level.Iteration)
    public void fill() {
        loop = new EventLoop();
        timeouts = new Timer[pending];
        queue.clear();
        entries = new Entry[pending];
        now = 0;
        for (int i = 0; i < pending; i++) {
            new Event().timer.start(delay());
            timeouts[i] = new Timer(loop, () -> {});
            timeouts[i].start(TIMEOUT);
            queue.add(new Entry(delay(), order++));
            entries[i] = new Entry(TIMEOUT, order++);
            queue.add(entries[i]);
        }
    }

    private long delay() {
        int kind = chance.nextInt(3);
        if (kind == 0) return FRAME + chance.nextInt(2_000);
        return kind == 1 ? DELAY + chance.nextInt(2_000) : chance.nextInt(2_000);
    }

    private final class Event {
        private final Timer timer = new Timer(loop, this::happen);

        private void happen() {
            timer.start(delay());
        }
    }

    /** One event, which arms the next. */
    @Benchmark
    public boolean hold() {
        return loop.runNext();
    }

    /** One event, and one timeout moved. */
    @Benchmark
    public boolean holdAndMove() {
        if (++next == pending) next = 0;
        timeouts[next].start(TIMEOUT);
        return loop.runNext();
    }

    /** For comparison: the JDK's heap, whose removal looks at every entry. */
    @Benchmark
    public long holdAndMoveInPriorityQueue() {
        if (++next == pending) next = 0;
        queue.remove(entries[next]);
        entries[next] = new Entry(now + TIMEOUT, order++);
        queue.add(entries[next]);
        now = queue.remove().at;
        queue.add(new Entry(now + delay(), order++));
        return now;
    }
}
