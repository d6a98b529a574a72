package io.socketlab.lab.command;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** What ping(8) counts, and how it tells. Times are microseconds, as it takes them. */
final class PingStatistics {

    /** Of the struct timeval in the data without which no time is known. */
    private static final int TIMED = 16;

    /**
     * What is known of a reply.
     *
     * @param time as it is printed, with a blank before it; empty where the data has no room for it
     * @param isAgain one with this number has come before
     */
    record Reply(String time, boolean isAgain) {}

    private final boolean timed;
    private final long begun;
    private long lastSent;
    private int sent;
    private int received;
    private int again;
    private int errors;
    private int outstanding;
    private long least = Long.MAX_VALUE;
    private long most;
    private long sum;
    private long sumOfSquares;
    private final BitSet answered = new BitSet();

    /** When each request was sent, virtual nanoseconds: looked up, never gone through. */
    private final Map<Integer, Long> sentAt = new HashMap<>();

    /**
     * @param length octets of data
     * @param now virtual nanoseconds
     */
    PingStatistics(int length, long now) {
        this.timed = length >= TIMED;
        this.begun = now;
    }

    /** The next request goes out. */
    void sent(long now) {
        sent++;
        lastSent = now;
        sentAt.put(sent, now);
    }

    int sent() {
        return sent;
    }

    int received() {
        return received;
    }

    /** An error message came for a request, or it could not be sent. */
    void failed() {
        errors++;
    }

    boolean isAllAnswered() {
        return received + errors >= sent;
    }

    Reply reply(int sequence, long now) {
        long trip = (now - sentAt.getOrDefault(sequence, now)) / 1_000;
        if (timed) {
            sum += trip;
            sumOfSquares += trip * trip;
            least = Math.min(least, trip);
            most = Math.max(most, trip);
        }
        boolean isAgain = answered.get(sequence);
        if (isAgain) again++;
        else received++;
        answered.set(sequence);
        outstanding = Math.max(outstanding, sent - sequence + 1);
        return new Reply(timed ? " time=" + time(trip) + " ms" : "", isAgain);
    }

    /** Three digits, or whole milliseconds where those are more. */
    private static String time(long micros) {
        if (micros >= 100_000) return String.valueOf((micros + 500) / 1_000);
        if (micros >= 10_000) return fixed((micros + 50) / 100, 1);
        if (micros >= 1_000) return fixed((micros + 5) / 10, 2);
        return fixed(micros, 3);
    }

    private static String fixed(long scaled, int digits) {
        long unit = Math.round(Math.pow(10, digits));
        return Text.format("%d.%0" + digits + "d", scaled / unit, scaled % unit);
    }

    /** How long the last request is waited for: __schedule_exit(), nanoseconds. */
    long patience(PingOptions options) {
        return received > 0 ? Math.max(2_000 * most, options.interval()) : options.linger();
    }

    String summary(String target) {
        var out = new StringBuilder();
        out.append("\n--- ").append(target).append(" ping statistics ---\n");
        out.append(Text.format("%d packets transmitted, %d received", sent, received));
        if (again > 0) out.append(Text.format(", +%d duplicates", again));
        if (errors > 0) out.append(Text.format(", +%d errors", errors));
        double loss = (sent - received) * 100.0 / sent;
        long took = (lastSent - begun) / 1_000_000;
        out.append(Text.format(", %s%% packet loss, time %dms\n", Text.g(loss), took));
        if (received > 0 && timed) out.append(times());
        if (outstanding > 1) {
            out.append(received > 0 && timed ? ", " : "").append("pipe ").append(outstanding);
        }
        return out.append('\n').toString();
    }

    private String times() {
        long total = (long) received + again;
        long average = sum / total;
        long variance = (sumOfSquares - sum * sum / total) / total;
        return Text.format(
                "rtt min/avg/max/mdev = %s/%s/%s/%s ms",
                fixed(least, 3),
                fixed(average, 3),
                fixed(most, 3),
                fixed((long) Math.sqrt((double) variance), 3));
    }
}
