package io.socketlab.kernel.tcp;

import io.socketlab.kernel.wire.SeqNum;

/**
 * What a receiver measures so that its buffer fits the path: the round trip as it sees it, and how
 * much the program reads in one. Nanoseconds. Dynamic right-sizing; Linux's rcv_rtt_est and
 * rcvq_space.
 */
final class ReceiverRtt {

    private final Connection c;

    /** The shortest so far, 0 before the first sample. */
    private long rtt;

    /** When the window that is being measured began; -1 for none. */
    private long windowStarted = -1;

    private int windowEnd;
    private int lastEcho;

    /** From when and from which octet on reading is counted. */
    private long countedSince;

    private int countedFrom;

    /** Counts what is read from the beginning of the transfer. */
    ReceiverRtt(Connection c) {
        this.c = c;
        this.countedSince = c.traffic.establishedAt;
        this.countedFrom = c.tcb.rcv.irs + 1;
    }

    long rtt() {
        return rtt;
    }

    /** Text has come: without timestamps the time counts in which a whole window does. */
    void byWindow() {
        long now = c.now();
        if (windowStarted >= 0) {
            if (SeqNum.before(c.tcb.rcv.nxt, windowEnd)) return;
            sample(now - windowStarted, true);
        }
        windowEnd = c.tcb.rcv.nxt + c.tcb.rcv.wnd;
        windowStarted = now;
    }

    /** A full segment echoes the timestamp {@code echo} of ours. */
    void byEcho(int echo, int length) {
        if (echo == lastEcho) return;
        lastEcho = echo;
        if (length < c.delayedAck.receivedMss()) return;
        int elapsed = c.timestamp() - echo;
        if (elapsed > 0) sample(elapsed * RttEstimator.MS, false);
    }

    /** The smallest counts; a larger one only where the program has read all there was. */
    private void sample(long taken, boolean byWindow) {
        long m = Math.max(taken, 1000);
        if (rtt == 0 || m < rtt) rtt = m;
        else if (!byWindow && c.tcb.rcv.nxt == c.tcb.rcv.copied) rtt += (m - rtt) / 8;
    }

    /** The program has read: whether a round trip has passed since {@link #takeCount}. */
    boolean isRoundOver() {
        return rtt > 0 && c.now() - countedSince >= rtt;
    }

    /** Octets read in the round that is over; a new one begins. */
    int takeCount() {
        Tcb.Receive rcv = c.tcb.rcv;
        // What waits unread does not show how fast the program is.
        int read = rcv.copied - countedFrom - (rcv.nxt - rcv.copied);
        countedFrom = rcv.copied;
        countedSince = c.now();
        return read;
    }
}
