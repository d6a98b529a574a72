package io.socketlab.kernel.tcp;

import io.socketlab.kernel.trace.TimerKind;
import io.socketlab.kernel.wire.SeqNum;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What holds of every connection of a host between two events, whatever came in. Tests and fuzzers
 * {@link #check} it after each; the kernel itself does not. It remembers what it has seen, so that
 * it can say that a window's edge went back, and looks at a connection until it is destroyed.
 */
public final class Invariants {

    /** Room for the packet that found the last of the memory. */
    private static final int RECEIVE_SLACK = 1 << 17;

    private final TcpLayer layer;
    // in the order of their numbers
    private final Map<Integer, Watched> watched = new TreeMap<>();

    Invariants(TcpLayer layer) {
        this.layer = layer;
    }

    /**
     * Looks at every connection of the host.
     *
     * @throws IllegalStateException if something does not hold, and says of which socket
     */
    public void check() {
        layer.flows(flow -> {
            if (flow instanceof Connection c) {
                Watched known = watched.get(c.number);
                if (known == null || known.c != c) watched.put(c.number, new Watched(c));
            }
        });
        Iterator<Watched> each = watched.values().iterator();
        while (each.hasNext()) {
            Watched w = each.next();
            w.check();
            if (w.c.destroyed) each.remove();
        }
    }

    /** How many connections were not over, or waited in TIME_WAIT, at the last check. */
    public int alive() {
        int alive = 0;
        for (Watched w : watched.values()) if (w.isOpen() || w.c.timeWait != null) alive++;
        return alive;
    }

    /** A connection, and how far it was when it was last looked at. */
    private static final class Watched {

        private final Connection c;
        private final List<String> broken = new ArrayList<>();
        private boolean began;
        private int una;
        private int nxt;
        private int sendEdge;
        private int segments;
        private int rcvNxt;
        private int copied;
        private int receiveEdge;
        private long reopened;
        private boolean receiving;
        private boolean ended;
        private int streamEnd;

        Watched(Connection c) {
            this.c = c;
        }

        void check() {
            broken.clear();
            variables();
            sent();
            unsent();
            window();
            received();
            ahead();
            timers();
            end();
            if (broken.isEmpty()) return;
            throw new IllegalStateException(
                    "socket " + c.number + " in " + c.tcb.state + ": " + String.join("; ", broken));
        }

        private void require(boolean holds, String what, long... values) {
            if (holds) return;
            var text = new StringBuilder(what);
            for (long value : values) text.append(' ').append(value);
            broken.add(text.toString());
        }

        private int off(int seq) {
            return seq - c.tcb.snd.iss;
        }

        private boolean isOpen() {
            return c.tcb.state != TcpState.CLOSED;
        }

        // ---- sending

        private void variables() {
            Tcb.Send snd = c.tcb.snd;
            boolean order = SeqNum.atMost(snd.una, snd.nxt) && SeqNum.atMost(snd.nxt, snd.writeSeq);
            require(
                    order,
                    "snd.una <= snd.nxt <= write_seq",
                    off(snd.una),
                    off(snd.nxt),
                    off(snd.writeSeq));
            require(snd.wnd >= 0, "snd.wnd >= 0", snd.wnd);
            require(snd.mss > 0, "snd.mss > 0", snd.mss);
            require(c.window.cwnd() > 0, "cwnd > 0", c.window.cwnd());
            require(c.window.ssthresh() > 0, "ssthresh > 0", c.window.ssthresh());
            require(c.recovery.renoSacked() >= 0, "dupacks >= 0", c.recovery.renoSacked());
            require(c.inFlight() >= 0, "in flight >= 0", c.inFlight());
            require(c.sendBuffer.memory() >= 0, "send memory >= 0", c.sendBuffer.memory());
        }

        /** What is under way lies between SND.UNA and SND.NXT without a gap, and is counted. */
        private void sent() {
            RetransmitQueue sent = c.sent;
            int segments = 0;
            int sacked = 0;
            int lost = 0;
            int retransmitted = 0;
            int followed = 0;
            for (int i = 0; i < sent.size(); i++) {
                SegmentRecord r = sent.get(i);
                if (i > 0) require(r.seq == sent.get(i - 1).end(), "a gap under way", off(r.seq));
                require(r.length >= 0 && r.end() != r.seq, "an empty record", off(r.seq));
                require(r.segments > 0, "segments of a record > 0", r.segments);
                boolean both = r.is(SegmentRecord.SACKED) && r.is(SegmentRecord.LOST);
                require(!both, "held by the peer and lost", off(r.seq));
                segments += r.segments;
                if (r.is(SegmentRecord.SACKED)) sacked += r.segments;
                if (r.is(SegmentRecord.LOST)) lost += r.segments;
                if (r.is(SegmentRecord.RETRANSMITTED)) retransmitted += r.segments;
                if (r.followed) followed++;
            }
            require(sent.segments() == segments, "segments", sent.segments(), segments);
            require(sent.sacked() == sacked, "sacked", sent.sacked(), sacked);
            require(sent.lost() == lost, "lost", sent.lost(), lost);
            require(
                    sent.retransmitted() == retransmitted,
                    "retransmitted",
                    sent.retransmitted(),
                    retransmitted);
            inOrderOfSending(followed);
            if (sent.isEmpty()) return;
            Tcb.Send snd = c.tcb.snd;
            // una may lie within the first: a part of a segment stays until all is acknowledged
            boolean first =
                    SeqNum.atMost(sent.first().seq, snd.una)
                            && SeqNum.after(sent.first().end(), snd.una);
            require(first, "the first under way holds snd.una", off(sent.first().seq));
            require(
                    sent.last().end() == snd.nxt,
                    "the last under way ends at snd.nxt",
                    off(sent.last().end()),
                    off(snd.nxt));
        }

        private void inOrderOfSending(int followed) {
            int seen = 0;
            long at = Long.MIN_VALUE;
            @Nullable SegmentRecord previous = null;
            for (SegmentRecord r = c.sent.longestAgo(); r != null; r = r.later) {
                // as in Linux, a copy that this host could not send gets its time, not its place
                boolean original = !r.is(SegmentRecord.EVER_RETRANSMITTED);
                require(!original || r.sentAt >= at, "in order of sending", off(r.seq));
                require(r.earlier == previous, "the list of sending is whole", off(r.seq));
                if (original) at = r.sentAt;
                previous = r;
                if (++seen > followed) break;
            }
            require(seen == followed, "in the list of sending", seen, followed);
        }

        /** What waits lies between SND.NXT and the end of what was written, without a gap. */
        private void unsent() {
            RecordRing unsent = c.sendBuffer.unsent();
            int next = c.tcb.snd.nxt;
            long memory = 0;
            for (int i = 0; i < unsent.size(); i++) {
                SegmentRecord r = unsent.get(i);
                require(r.seq == next, "a gap in what waits", off(r.seq), off(next));
                next = r.end();
                memory += r.memory();
            }
            require(
                    next == c.tcb.snd.writeSeq,
                    "what waits ends at write_seq",
                    off(next),
                    off(c.tcb.snd.writeSeq));
            for (int i = 0; i < c.sent.size(); i++) memory += c.sent.get(i).memory();
            boolean counted = c.sendBuffer.memory() == memory;
            require(counted, "memory of what is written", c.sendBuffer.memory(), memory);
        }

        /** New octets stay within the largest edge that the peer has ever offered. */
        private void window() {
            Tcb.Send snd = c.tcb.snd;
            if (!c.tcb.state.isSynchronized() || c.isOpening()) return;
            if (!began) {
                began = true;
                una = snd.una;
                nxt = snd.nxt;
                sendEdge = SeqNum.max(snd.windowEnd(), snd.nxt);
                return;
            }
            int edge = SeqNum.max(sendEdge, snd.windowEnd());
            require(SeqNum.atLeast(snd.una, una), "snd.una went back", off(snd.una), off(una));
            require(SeqNum.atLeast(snd.nxt, nxt), "snd.nxt went back", off(snd.nxt), off(nxt));
            // several in one go: an edge in between has not been seen
            if (c.traffic.segmentsIn - segments > 1) edge = SeqNum.max(edge, snd.nxt);
            segments = c.traffic.segmentsIn;
            // as in Linux, the FIN of a record of many segments does not count
            int octetsEnd = c.finQueued && snd.nxt == snd.writeSeq ? snd.nxt - 1 : snd.nxt;
            boolean within = snd.nxt == nxt || SeqNum.atMost(octetsEnd, edge);
            require(within, "new octets beyond the window", off(snd.nxt), off(edge));
            una = snd.una;
            nxt = snd.nxt;
            sendEdge = edge;
        }

        // ---- receiving

        private void received() {
            Tcb.Receive rcv = c.tcb.rcv;
            int octets = 0;
            long memory = 0;
            for (TextPiece p = c.receiveBuffer.first(); p != null; p = p.next) {
                octets += p.length;
                memory += p.memory;
                boolean joined = p.next == null || p.next.seq == p.end();
                require(joined, "a gap in what can be read", p.end() - rcv.irs);
            }
            int readable = c.receiveBuffer.readable();
            require(readable == octets, "readable", readable, octets);
            require(
                    c.receiveBuffer.memory() == memory,
                    "memory of what can be read",
                    c.receiveBuffer.memory(),
                    memory);
            if (!c.tcb.state.isSynchronized()) return;
            if (c.endOfStream && !ended) {
                ended = true;
                streamEnd = rcv.nxt - 1;
            }
            // as in Linux, a FIN that comes again later moves rcv.nxt again
            int unread = (ended ? streamEnd : rcv.nxt) - rcv.copied;
            // as in Linux, reading past an urgent octet may pass the FIN as well
            boolean passedEnd = c.endOfStream && readable == 0 && unread == -1;
            boolean conserved = c.orphan || unread == readable || passedEnd;
            require(conserved, "received = read + readable", unread, readable);
            int used = c.receiveBuffer.memory() + c.reassembly.memory();
            require(
                    used <= 2L * c.settings.rcvbuf() + RECEIVE_SLACK,
                    "receive memory is bounded",
                    used,
                    c.settings.rcvbuf());
            edges();
        }

        /** RCV.NXT, what has been read and the window's right edge go forward only. */
        private void edges() {
            Tcb.Receive rcv = c.tcb.rcv;
            int edge = rcv.wup + rcv.wnd;
            long before = reopened;
            reopened = c.layer.counted(TcpCounter.FROM_ZERO_WINDOW);
            require(rcv.wnd >= 0, "rcv.wnd >= 0", rcv.wnd);
            if (receiving) {
                require(SeqNum.atLeast(rcv.nxt, rcvNxt), "rcv.nxt went back", rcv.nxt - rcvNxt);
                require(SeqNum.atLeast(rcv.copied, copied), "un-read", rcv.copied - copied);
                // without memory it is closed at once, as Linux does, and in one go may have been
                // opened again; or sysctl(8) allows it
                boolean wasClosed = rcv.wnd == 0 || reopened != before;
                boolean mayShrink = wasClosed || c.tunables().shrinkWindow;
                boolean kept = mayShrink || SeqNum.atLeast(edge, receiveEdge);
                require(kept, "the offered window went back", edge - receiveEdge);
            }
            receiving = true;
            rcvNxt = rcv.nxt;
            copied = rcv.copied;
            receiveEdge = edge;
        }

        /** What came ahead of its turn is in order, beyond RCV.NXT, and counted. */
        private void ahead() {
            int octets = 0;
            long memory = 0;
            for (TextPiece p = c.reassembly.first(); p != null; p = p.next) {
                octets += p.length;
                memory += p.memory;
                require(p.length > 0, "an empty piece ahead", p.length);
                require(SeqNum.after(p.seq, c.tcb.rcv.nxt), "ahead", p.seq - c.tcb.rcv.nxt);
                boolean ordered = p.next == null || SeqNum.atMost(p.end(), p.next.seq);
                require(ordered, "pieces ahead overlap", p.end() - c.tcb.rcv.nxt);
            }
            require(c.reassembly.octets() == octets, "ahead", c.reassembly.octets(), octets);
            boolean counted = c.reassembly.memory() == memory;
            require(counted, "memory of what is ahead", c.reassembly.memory(), memory);
        }

        // ---- timers and the end

        /** Whatever is under way or waits has a timer that will look after it. */
        private void timers() {
            boolean transfers = c.tcb.state.isSynchronized() && c.fastOpenChild == null;
            if (!transfers || !isOpen()) return;
            boolean busy = !c.sent.isEmpty() || !c.sendBuffer.isEmpty();
            require(!busy || c.retransmitTimer.isRunning(), "nothing looks after what is unsent");
            if (c.sent.isEmpty() || !c.retransmitTimer.isRunning()) return;
            require(
                    c.retransmitTimer.kind() != TimerKind.PERSIST,
                    "a probe timer while something is under way");
        }

        private void end() {
            if (isOpen()) return;
            boolean silent = !c.retransmitTimer.isRunning() && !c.delayedAck.isTimerRunning();
            require(silent, "a timer of a closed connection");
            require(c.reassembly.memory() == 0, "memory ahead", c.reassembly.memory());
            if (c.timeWait == null && !c.sent.isEmpty()) broken.add("under way when closed");
            if (!c.destroyed) return;
            require(c.sendBuffer.memory() == 0, "send memory left", c.sendBuffer.memory());
            require(c.receiveBuffer.memory() == 0, "receive memory", c.receiveBuffer.memory());
        }
    }
}
