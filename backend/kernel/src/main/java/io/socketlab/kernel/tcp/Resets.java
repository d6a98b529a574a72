package io.socketlab.kernel.tcp;

import static io.socketlab.kernel.wire.TcpHeader.ACK;
import static io.socketlab.kernel.wire.TcpHeader.RST;

import io.socketlab.kernel.trace.Rule;

/** Resets for segments that belong to nothing. RFC 9293 §3.10.7.1, §3.5.2. */
final class Resets {

    private final TcpLayer layer;
    private final SegmentDraft draft;

    Resets(TcpLayer layer, SegmentDraft draft) {
        this.layer = layer;
        this.draft = draft;
    }

    /** Answers {@code seg}, unless it is a reset itself. */
    void answer(Segment seg, Rule rule) {
        if (seg.isRst()) return;
        SegmentDraft d = draft;
        d.begin();
        d.socket = 0;
        d.src = seg.destination();
        d.srcPort = seg.dstPort;
        d.dst = seg.source();
        d.dstPort = seg.srcPort;
        d.window = 0;
        if (seg.isAck()) {
            d.seq = seg.ack;
            d.ack = 0;
            d.flags = RST;
            d.iss = seg.ack - 1;
            d.irs = 0;
        } else {
            d.seq = 0;
            d.ack = seg.end();
            d.flags = RST | ACK;
            d.iss = 0;
            d.irs = seg.seq;
        }
        d.because(rule, null);
        layer.count(TcpCounter.SEGMENTS_OUT);
        layer.count(TcpCounter.RESETS_OUT);
        d.send();
    }
}
