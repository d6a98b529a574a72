package io.socketlab.kernel.tcp;

/** What one acknowledgement has told: filled by its stages, and read by those that decide. */
final class AckNews {

    /** It came with text of its own. */
    boolean withText;

    boolean windowUpdated;

    /** The peer saw a congestion mark. RFC 3168 §6.1.2. */
    boolean congestionEcho;

    /** SND.UNA has moved. */
    boolean advanced;

    /** Text, or our SYN, was acknowledged for good. */
    boolean textAcked;

    boolean synAcked;

    /** Some of it had been sent more than once. */
    boolean retransmittedAcked;

    /** Something sent once only, before the recovery, turned out to have arrived. */
    boolean originalArrived;

    /** Something was reported by SACK for the first time. */
    boolean sacked;

    /** The first SACK block reports a duplicate. RFC 2883. */
    boolean duplicateReported;

    /** That duplicate is the loss probe's. */
    boolean probeDuplicateReported;

    /** A segment sent again was found to be lost again. */
    boolean retransmissionLost;

    /** The retransmission timer is to start anew. */
    boolean rearmTimer;

    /** The head of the queue is SACKed and yet not acknowledged: the peer has thrown it away. */
    boolean reneged;

    /** Segments acknowledged for good by this one. */
    int segmentsAcked;

    /** Send times of the first and the last segment acknowledged that went out once only; or -1. */
    long firstSentAt;

    long lastSentAt;

    /** Likewise for segments reported by SACK. */
    long firstSackedSentAt;

    long lastSackedSentAt;

    /** The lowest sequence number that arrived later than a higher one. */
    int reorderedSeq;

    /** What had been delivered when the newest segment acknowledged was sent; -1 for none. */
    int priorDelivered;

    void begin(int nxt) {
        withText = false;
        windowUpdated = false;
        congestionEcho = false;
        advanced = false;
        textAcked = false;
        synAcked = false;
        retransmittedAcked = false;
        originalArrived = false;
        sacked = false;
        duplicateReported = false;
        probeDuplicateReported = false;
        retransmissionLost = false;
        rearmTimer = false;
        reneged = false;
        segmentsAcked = 0;
        firstSentAt = -1;
        lastSentAt = -1;
        firstSackedSentAt = -1;
        lastSackedSentAt = -1;
        reorderedSeq = nxt;
        priorDelivered = -1;
    }

    boolean anyAcked() {
        return textAcked || synAcked;
    }

    /** It tells more than that the peer is still waiting: it cannot be a duplicate. RFC 5681 §2. */
    boolean isNoDuplicate() {
        return withText || windowUpdated || anyAcked();
    }

    boolean progress() {
        return anyAcked() || sacked;
    }

    /** Takes note of when a segment that has arrived was sent, if it was sent once only. */
    void acknowledged(SegmentRecord record) {
        lastSentAt = record.sentAt;
        if (firstSentAt < 0) firstSentAt = record.sentAt;
    }

    void sackedOriginal(SegmentRecord record) {
        if (firstSackedSentAt < 0) firstSackedSentAt = record.sentAt;
        lastSackedSentAt = record.sentAt;
    }

    void delivered(SegmentRecord record) {
        if (priorDelivered < 0 || record.deliveredBefore - priorDelivered > 0) {
            priorDelivered = record.deliveredBefore;
        }
    }
}
