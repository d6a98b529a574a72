package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.Transmission;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wire.TcpHeader;
import org.jspecify.annotations.Nullable;

/**
 * What the program has handed over and has not been sent yet, and the memory that this and what is
 * under way take. Linux's write queue and sk_wmem accounting.
 */
final class SendBuffer {

    private static final int MAX_RECORD = 65_536;
    private static final int FRAGMENT = 32_768;
    private static final int HEADER_ROOM = 320;
    private static final int SHARED_PART = 320;
    private static final int BUFFER_HEAD = 256;

    private final Connection c;
    private final RecordRing unsent = new RecordRing();
    private final WriteQueue write;
    private int memory;

    /** A call waits, or poll(2) found it full: it is to be told when there is room. */
    boolean noSpace;

    SendBuffer(Connection c) {
        this.c = c;
        this.write = new WriteQueue(c);
    }

    WriteQueue write() {
        return write;
    }

    boolean isEmpty() {
        return unsent.isEmpty();
    }

    RecordRing unsent() {
        return unsent;
    }

    /** Octets that wait to be sent. */
    int unsentOctets() {
        return c.tcb.snd.writeSeq - c.tcb.snd.nxt;
    }

    /** Memory of SO_SNDBUF in use. */
    int memory() {
        return memory;
    }

    void allot(int octets) {
        memory += octets;
    }

    void release(int octets) {
        memory -= octets;
    }

    /** Another record may be begun. */
    boolean hasRoom() {
        return memory < c.settings.sndbuf()
                && unsentOctets() < notsentLowat(c.settings, c.tunables());
    }

    /** poll(2) says POLLOUT: a third of the buffer is free, and little waits to be sent. */
    boolean isWritable() {
        int sndbuf = c.settings.sndbuf();
        return sndbuf - memory >= memory >> 1
                && memory < sndbuf
                && isFewUnsent(unsentOctets(), c.settings, c.tunables());
    }

    /** Whether TCP_NOTSENT_LOWAT lets poll(2) find a socket with {@code unsent} octets writable. */
    static boolean isFewUnsent(long unsent, SocketSettings settings, TcpTunables tunables) {
        return 2 * unsent < notsentLowat(settings, tunables);
    }

    /** TCP_NOTSENT_LOWAT, tcp(7): octets, unsigned. */
    private static long notsentLowat(SocketSettings settings, TcpTunables tunables) {
        int own = settings.notsentLowat;
        return own != 0 ? Integer.toUnsignedLong(own) : tunables.notsentLowat;
    }

    /** How long a record may become: what one would hand to a NIC that cuts it into segments. */
    int sizeGoal(int mss) {
        int goal = MAX_RECORD - 1 - HEADER_ROOM;
        int maxWnd = c.tcb.snd.maxWnd;
        int most = maxWnd > Connection.DEFAULT_MSS ? maxWnd >>> 1 : maxWnd;
        if (most > 0 && goal > most) goal = Math.max(most, 68 - 20 - c.tcb.optionLength());
        return Math.max(goal / mss * mss, mss);
    }

    /**
     * Takes octets of {@code out}, as far as there is room, into the last record or a new one;
     * answers how many: 0 if there is no room at all.
     *
     * @param range the zero-copy send they belong to
     */
    int take(Transmission out, int sizeGoal, @Nullable ZerocopyRange range) {
        int count = out.remaining();
        // The record at the end is no longer one that a call ended with.
        boolean first = out.taken() == 0;
        SegmentRecord tail = unsent.isEmpty() ? null : unsent.last();
        int space = tail == null || !mayGrow(tail) ? 0 : sizeGoal - tail.length;
        if (tail != null && space > 0 && !takesPagesOf(range, tail)) {
            markPushed(tail);
            space = 0;
        }
        if (space <= 0) {
            if (!hasRoom()) return 0;
            tail = SegmentRecord.withRoom(c.tcb.snd.writeSeq, Math.min(count, sizeGoal));
            unsent.addLast(tail);
            write.recordBegun();
            if (unsent.size() == 1) c.chronograph.start(Chronograph.Reason.BUSY);
            allot(SegmentRecord.OVERHEAD);
            space = sizeGoal;
        }
        int taken = Math.min(Math.min(count, space), FRAGMENT);
        if (tail == null) throw new IllegalStateException("no record to append to");
        if (range != null) taken = refer(tail, range, Math.min(taken, out.leftInPiece()));
        tail.append(out.data(), out.taken(), taken, Math.min(count, space));
        if (first) tail.flags &= ~TcpHeader.PSH;
        tail.segments = 0;
        allot(taken);
        c.tcb.snd.writeSeq += taken;
        return taken;
    }

    /** PSH goes out with it, whatever follows. */
    void markPushed(SegmentRecord tail) {
        tail.flags |= TcpHeader.PSH;
        c.tcb.snd.pushed = c.tcb.snd.writeSeq;
    }

    /** A record refers to pages of one range, and not to many. skb_zerocopy_iter_stream(). */
    private static boolean takesPagesOf(@Nullable ZerocopyRange range, SegmentRecord tail) {
        SendNotice notice = tail.notice;
        if (range == null || notice == null) return true;
        boolean other = notice.range != null && !range.equals(notice.range);
        return !other && notice.pages < Zerocopy.MAX_PAGES;
    }

    /** Refers to the pages of {@code octets}; answers how many octets that could be. */
    private int refer(SegmentRecord tail, ZerocopyRange range, int octets) {
        SendNotice notice = tail.makeNotice();
        notice.refer(range);
        int free = (Zerocopy.MAX_PAGES - notice.pages) * Zerocopy.PAGE;
        int taken = Math.min(octets, free);
        int pages = (taken + Zerocopy.PAGE - 1) / Zerocopy.PAGE;
        int padding = pages * Zerocopy.PAGE - taken;
        notice.pages += pages;
        notice.padding += padding;
        allot(padding);
        return taken;
    }

    static boolean mayGrow(SegmentRecord tail) {
        return !tail.endOfRecord && !tail.has(TcpHeader.FIN);
    }

    /**
     * Moves octets from the second record to {@code record}, the first, until it has {@code most}:
     * what goes in one go does not end where a record happened to. Linux's tcp_grow_skb().
     */
    void fill(SegmentRecord record, int most) {
        SegmentRecord next = unsent.get(1);
        int count = Math.min(most - record.length, next.length);
        if (count <= 0 || !record.mayBeFilledFrom(next)) return;
        record.segments = 0;
        if (count < next.length) {
            record.takeFrontOf(next, count);
            next.segments = 0;
        } else {
            record.takeIn(next);
            unsent.remove(1);
            release(SegmentRecord.OVERHEAD);
        }
    }

    /** A record that takes up no memory of the program's: SYN or FIN. */
    void addControl(SegmentRecord record) {
        unsent.addLast(record);
        if (unsent.size() == 1) c.chronograph.start(Chronograph.Reason.BUSY);
        allot(SegmentRecord.OVERHEAD);
        c.tcb.snd.writeSeq = record.end();
    }

    /** The limit follows the congestion window: room for two windows. Linux's tcp_sndbuf_expand. */
    void expand() {
        if (c.settings.base.sendBufferLocked()) return;
        int perSegment = Math.max(c.tcb.snd.mssClamp, c.tcb.snd.mss) + HEADER_ROOM + SHARED_PART;
        perSegment = roundUpToPowerOfTwo(perSegment) + BUFFER_HEAD;
        int segments =
                Math.max(
                        Math.max(c.initialWindow(), c.window.cwnd()),
                        c.recovery.reordering().degree() + 1);
        long wanted = 2L * segments * perSegment;
        int most = c.tunables().wmemMax;
        if (c.settings.sndbuf() < wanted)
            c.settings.base.tuneSendBuffer((int) Math.min(wanted, most));
    }

    private static int roundUpToPowerOfTwo(int n) {
        return n <= 1 ? 1 : Integer.highestOneBit(n - 1) << 1;
    }

    /**
     * An option may have made room: whoever waits for it is told even if there was some before.
     * sk_stream_write_space().
     */
    void limitHasChanged() {
        if (!isWritable()) return;
        noSpace = false;
        c.chronograph.stop(Chronograph.Reason.SEND_BUFFER);
        c.wake(EventMask.WRITABLE);
    }

    /** Acknowledged octets have made room: tells whoever waits for it. */
    void roomHasChanged() {
        if (!noSpace) return;
        if (c.inFlight() < c.window.cwnd()) expand();
        limitHasChanged();
    }

    /** It will not be sent any more. */
    void forget(SegmentRecord record) {
        if (record.notice != null) record.notice.released(c);
    }

    void clear() {
        for (int i = 0; i < unsent.size(); i++) forget(unsent.get(i));
        unsent.clear();
        memory = 0;
        c.tcb.snd.writeSeq = c.tcb.snd.nxt;
    }
}
