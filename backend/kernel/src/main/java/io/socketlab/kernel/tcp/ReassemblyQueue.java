package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.PacketMemory;
import io.socketlab.kernel.trace.SequenceRange;
import io.socketlab.kernel.wire.SeqNum;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Text that arrived ahead of RCV.NXT, in sequence order and without overlaps. RFC 9293 §3.10.7.4.
 */
final class ReassemblyQueue {

    /** Of connections that nothing has come ahead for: nothing is ever put into it. */
    static final ReassemblyQueue EMPTY = new ReassemblyQueue();

    /** Takes note of octets that were there already, when they came again. */
    @FunctionalInterface
    interface Overlap {

        /** From {@code from} up to but without {@code end}. */
        void seen(int from, int end);
    }

    private @Nullable TextPiece first;
    private @Nullable TextPiece last;
    private int octets;
    private int memory;
    private boolean finKnown;
    private int finSeq;

    /** Whether its pieces have changed since that was last asked. */
    private boolean changed;

    /** Neither text nor a FIN has come ahead. */
    boolean isEmpty() {
        return first == null && !finKnown;
    }

    /**
     * Takes the FIN that came ahead, if everything before {@code nxt} has come: answers whether.
     */
    boolean takeFinAt(int nxt) {
        if (!finKnown || finSeq != nxt) return false;
        finKnown = false;
        return true;
    }

    @Nullable TextPiece first() {
        return first;
    }

    int octets() {
        return octets;
    }

    int memory() {
        return memory;
    }

    /** The end of its last octet or of the FIN behind it; only while it is not empty. */
    int end() {
        if (finKnown) return finSeq + 1;
        if (last == null) throw new IllegalStateException("the reassembly queue is empty");
        return last.end();
    }

    /** The sequence number of its last piece, {@code nothing} if there is no piece. */
    int lastSeq(int nothing) {
        return last == null ? nothing : last.seq;
    }

    /**
     * Puts {@code piece} where it belongs, without what is here already; pieces that it covers
     * whole go. Answers false where {@code piece} lies within one that is here: it is not taken in,
     * and nobody is told.
     */
    boolean insert(TextPiece piece, Overlap overlaps) {
        TextPiece previous = predecessorOf(piece.seq);
        if (previous != null && SeqNum.after(previous.end(), piece.seq)) {
            int overlap = previous.end() - piece.seq;
            if (overlap >= piece.length) return false;
            overlaps.seen(piece.seq, previous.end());
            piece.trimFront(overlap);
        }
        TextPiece next = previous == null ? first : previous.next;
        while (next != null && SeqNum.atMost(next.end(), piece.end())) {
            overlaps.seen(next.seq, next.end());
            uncount(next);
            next = next.next;
        }
        if (next != null && SeqNum.after(piece.end(), next.seq)) {
            overlaps.seen(next.seq, piece.end());
            piece.length -= piece.end() - next.seq;
        }
        if (piece.length > 0) link(previous, piece, next);
        return true;
    }

    private @Nullable TextPiece predecessorOf(int seq) {
        if (last != null && SeqNum.atMost(last.seq, seq)) return last;
        TextPiece previous = null;
        for (TextPiece p = first; p != null && SeqNum.atMost(p.seq, seq); p = p.next) previous = p;
        return previous;
    }

    /**
     * The first {@code limit} runs of octets without a hole.
     *
     * @param start of what they are counted from
     */
    List<SequenceRange> ranges(int start, int limit) {
        var ranges = new ArrayList<SequenceRange>();
        TextPiece run = first;
        while (run != null && ranges.size() < limit) {
            TextPiece tail = run;
            while (tail.next != null && tail.next.seq == tail.end()) tail = tail.next;
            ranges.add(
                    new SequenceRange(
                            SeqNum.unsigned(run.seq - start), SeqNum.unsigned(tail.end() - start)));
            run = tail.next;
        }
        return ranges;
    }

    /** Whether its pieces have changed since this was last asked. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    private void link(@Nullable TextPiece previous, TextPiece piece, @Nullable TextPiece next) {
        changed = true;
        piece.next = next;
        boolean copied = previous != null && previous.takesIn(piece);
        if (previous == null) first = piece;
        else previous.next = piece;
        if (next == null) last = piece;
        octets += piece.length;
        if (!copied) memory += piece.memory;
    }

    private void uncount(TextPiece piece) {
        changed = true;
        octets -= piece.length;
        memory -= piece.memory;
    }

    /**
     * Removes the first piece if it continues at {@code nxt}, without what is before that.
     *
     * @param known up to where a segment has brought the text in order: what lies before that here
     *     has come twice
     */
    @Nullable TextPiece takeAt(int nxt, int known, Overlap overlaps) {
        while (first != null && SeqNum.atMost(first.seq, nxt)) {
            TextPiece piece = first;
            uncount(piece);
            first = piece.next;
            if (first == null) last = null;
            if (SeqNum.before(piece.seq, known)) {
                overlaps.seen(piece.seq, SeqNum.min(piece.end(), known));
            }
            if (SeqNum.atMost(piece.end(), nxt)) continue;
            piece.trimFront(nxt - piece.seq);
            return piece;
        }
        return null;
    }

    /** Drops the last piece, and what shares its memory; answers that memory. */
    int dropLast() {
        int dropped = 0;
        boolean more = last != null;
        while (more) {
            TextPiece gone = last;
            if (gone == null) break;
            uncount(gone);
            dropped += gone.memory;
            last = predecessor(gone);
            if (last == null) first = null;
            else last.next = null;
            more = last != null && last.memory == 0;
        }
        return dropped;
    }

    private @Nullable TextPiece predecessor(TextPiece piece) {
        TextPiece previous = null;
        for (TextPiece p = first; p != null && p != piece; p = p.next) previous = p;
        return previous;
    }

    /**
     * Packs each run of octets without a hole into full pages, from the first packet on that wastes
     * memory. Linux's tcp_collapse_ofo_queue.
     *
     * @param ratio octets of window for 256 octets of memory
     */
    void collapse(int ratio) {
        TextPiece run = first;
        while (run != null) {
            TextPiece tail = run;
            while (tail.next != null && tail.next.seq == tail.end()) tail = tail.next;
            TextPiece behind = tail.next;
            pack(TextPiece.firstBloated(run, behind, ratio), tail);
            run = behind;
        }
    }

    private void pack(@Nullable TextPiece begin, TextPiece tail) {
        int held = 0;
        int length = 0;
        for (TextPiece p = begin; p != null && p != tail.next; p = p.next) {
            held += p.memory;
            length += p.length;
        }
        int packed = PacketMemory.collapsed(length);
        if (begin == null || packed >= held) return;
        for (TextPiece p = begin; p != null && p != tail.next; p = p.next) {
            p.memory = 0;
            p.tailRoom = -1;
        }
        tail.memory = packed;
        memory += packed - held;
    }

    /** A FIN came ahead, at {@code seq}. */
    void rememberFin(int seq) {
        finKnown = true;
        finSeq = seq;
    }

    /** The peer's FIN is here, but not all before it. */
    boolean holdsFin() {
        return finKnown;
    }

    void clear() {
        if (isEmpty()) return;
        changed = true;
        first = null;
        last = null;
        octets = 0;
        memory = 0;
        finKnown = false;
    }
}
