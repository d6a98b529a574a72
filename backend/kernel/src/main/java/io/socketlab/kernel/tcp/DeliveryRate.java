package io.socketlab.kernel.tcp;

import io.socketlab.kernel.wire.SeqNum;

/**
 * How fast segments arrive at the peer, measured anew by each acknowledgement: what was delivered
 * between the sending of a segment and its arrival, over the longer of the time in which that was
 * sent and the time in which it was acknowledged. Linux's net/ipv4/tcp_rate.c; a sample in which
 * the program sent too little to fill the path says only how fast it is at least.
 */
final class DeliveryRate {

    private final Connection c;
    private long firstSentAt;
    private long deliveredAt = -1;

    /** The count of delivered segments at which the present lack of data is over; 0 for none. */
    private int applicationLimited;

    /** The sample that the acknowledgement at hand makes: one for all of a host. */
    static final class Sample {
        private boolean sampling;
        private int priorDelivered;
        private long priorAt;
        private long sendPhase;
        private boolean limited;
        private int lastEnd;
    }

    // The best so far.
    private int delivered;
    private long interval;
    private boolean limited = true;

    DeliveryRate(Connection c) {
        this.c = c;
    }

    /** {@code record} goes out. */
    void sent(SegmentRecord record) {
        if (c.sent.segments() == 0) {
            firstSentAt = record.sentAt;
            deliveredAt = record.sentAt;
        }
        record.firstSentAt = firstSentAt;
        record.deliveredAt = deliveredAt;
        record.deliveredBefore = c.recovery.delivered();
        record.applicationLimited = applicationLimited != 0;
    }

    /** The program hands over data: there was not enough before, if nothing held it back. */
    void checkApplication() {
        boolean tooLittle =
                c.sendBuffer.unsentOctets() < c.tcb.snd.mss
                        && c.inFlight() < c.window.cwnd()
                        && c.sent.lost() <= c.sent.retransmitted();
        if (!tooLittle) return;
        int until = c.recovery.delivered() + c.inFlight();
        applicationLimited = until == 0 ? 1 : until;
    }

    /** An acknowledgement is about to be taken in. */
    void begin() {
        c.layer.rateSample().sampling = false;
    }

    /** {@code record} has arrived, by this acknowledgement. */
    void delivered(SegmentRecord record) {
        if (record.deliveredAt < 0) return;
        Sample sample = c.layer.rateSample();
        boolean newer =
                record.sentAt > firstSentAt
                        || (record.sentAt == firstSentAt
                                && SeqNum.after(record.end(), sample.lastEnd));
        if (!sample.sampling || newer) {
            sample.sampling = true;
            sample.priorDelivered = record.deliveredBefore;
            sample.priorAt = record.deliveredAt;
            sample.limited = record.applicationLimited;
            sample.lastEnd = record.end();
            firstSentAt = record.sentAt;
            sample.sendPhase = record.sentAt - record.firstSentAt;
        }
        record.deliveredAt = -1; // it counts once, by SACK or for good
    }

    /** The acknowledgement has been taken in. {@code arrived} segments were new. */
    void acknowledged(int arrived, boolean reneged) {
        if (applicationLimited != 0 && c.recovery.delivered() - applicationLimited > 0) {
            applicationLimited = 0;
        }
        if (arrived > 0) deliveredAt = c.now();
        Sample sample = c.layer.rateSample();
        if (sample.sampling && !reneged) take(sample);
    }

    private void take(Sample sample) {
        int count = c.recovery.delivered() - sample.priorDelivered;
        long time = Math.max(sample.sendPhase, c.now() - sample.priorAt);
        // Sooner than the path allows: some of it had been acknowledged in a lump.
        if (time < c.rtt.minRtt()) return;
        if (sample.limited && (double) count * interval < (double) delivered * time) return;
        delivered = count;
        interval = time;
        limited = sample.limited;
    }

    /** Octets a second; 0 before the first sample. */
    long octetsPerSecond() {
        if (interval == 0) return 0;
        return (long) ((double) delivered * c.tcb.snd.mss * 1e9 / interval);
    }

    /** The program could have sent faster. */
    boolean isApplicationLimited() {
        return limited;
    }
}
