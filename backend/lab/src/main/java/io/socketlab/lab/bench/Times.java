package io.socketlab.lab.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long something took that was done again and again, elapsed, and the processor time of all.
 */
final class Times {

    private static final int DIGITS = 4;

    private final long[] nanos;
    private final double processSeconds;

    private Times(long[] nanos, double processSeconds) {
        this.nanos = nanos;
        this.processSeconds = processSeconds;
    }

    /** What is done once, in nanoseconds: of the whole, or of the part of it that counts. */
    @FunctionalInterface
    interface Timed {
        long once(int number);
    }

    /** Does it so often, each time to its end. */
    static Times of(int times, Timed work) {
        long[] nanos = new long[times];
        Cpu before = Cpu.now();
        for (int i = 0; i < times; i++) nanos[i] = work.once(i);
        double seconds = Cpu.since(before).processSeconds();
        Arrays.sort(nanos);
        return new Times(nanos, seconds);
    }

    /** Of a work as a whole. */
    static long nanos(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return System.nanoTime() - begin;
    }

    private double milliseconds(double share) {
        int at = (int) Math.ceil(share * nanos.length) - 1;
        return Numbers.rounded(nanos[Math.max(at, 0)] / 1e6, DIGITS);
    }

    /** Elapsed milliseconds of the middle one. */
    double median() {
        return milliseconds(0.5);
    }

    /** For a report. */
    Map<String, Object> told() {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("times", nanos.length);
        told.put("milliseconds", median());
        told.put("millisecondsOf95", milliseconds(0.95));
        told.put("longestMilliseconds", milliseconds(1));
        told.put(
                "processCpuMilliseconds",
                Numbers.rounded(processSeconds * 1e3 / nanos.length, DIGITS));
        return told;
    }
}
