package io.socketlab.kernel.tcp;

/**
 * Brings the congestion window down while a loss is repaired: as much goes out as has arrived,
 * until what is in flight is what ssthresh allows. RFC 6937, Linux's tcp_cwnd_reduction.
 */
final class RateReduction {

    private final Connection c;
    private int delivered;
    private int sent;

    RateReduction(Connection c) {
        this.c = c;
    }

    void begin() {
        delivered = 0;
        sent = 0;
        c.ecn.reduced();
    }

    /** It was a mistake: back to the threshold of before, and no word of it to the peer. */
    void takeBack(int threshold) {
        c.window.ssthresh(threshold);
        c.ecn.reductionTakenBack();
    }

    void sent(int segments) {
        sent += segments;
    }

    /**
     * @param arrived segments known since the last time to have arrived
     * @param newlyLost segments found lost since then
     * @param advanced SND.UNA has moved
     */
    void apply(int arrived, int newlyLost, boolean advanced) {
        int prior = c.window.priorCwnd();
        if (arrived <= 0 || prior == 0) return;
        delivered += arrived;
        int inFlight = c.inFlight();
        int room = c.window.ssthresh() - inFlight;
        int count;
        if (room < 0) {
            long share = (long) c.window.ssthresh() * delivered + prior - 1;
            count = (int) (share / prior) - sent;
        } else {
            count = Math.max(delivered - sent, arrived);
            if (advanced && newlyLost == 0) count++;
            count = Math.min(room, count);
        }
        // The first retransmission goes out whatever the count says.
        count = Math.max(count, sent > 0 ? 0 : 1);
        c.window.cwnd(Math.max(inFlight + count, 1));
    }
}
