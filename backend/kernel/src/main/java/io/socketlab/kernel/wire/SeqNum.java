package io.socketlab.kernel.wire;

/**
 * Sequence numbers: points on a circle of 2^32, held in an {@code int}. One is compared with
 * another by {@code before} and {@code after}, never by {@code <}. RFC 9293 §3.4.
 */
public final class SeqNum {

    private SeqNum() {}

    /** Whether {@code a} comes before {@code b}, going the shorter way round. */
    public static boolean before(int a, int b) {
        return a - b < 0;
    }

    public static boolean after(int a, int b) {
        return b - a < 0;
    }

    public static boolean atMost(int a, int b) {
        return a - b <= 0;
    }

    public static boolean atLeast(int a, int b) {
        return a - b >= 0;
    }

    /** Whether {@code low <= seq <= high} on the circle. */
    public static boolean between(int seq, int low, int high) {
        return Integer.compareUnsigned(high - low, seq - low) >= 0;
    }

    public static int max(int a, int b) {
        return after(a, b) ? a : b;
    }

    public static int min(int a, int b) {
        return before(a, b) ? a : b;
    }

    /** As it is written: from 0 to 2^32 - 1. */
    public static long unsigned(int seq) {
        return seq & 0xFFFF_FFFFL;
    }
}
