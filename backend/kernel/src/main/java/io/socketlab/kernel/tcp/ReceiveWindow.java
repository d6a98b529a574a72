package io.socketlab.kernel.tcp;

import io.socketlab.kernel.wire.SeqNum;
import org.jspecify.annotations.Nullable;

/**
 * How much to offer, and when to say so. RFC 9293 §3.8.6, RFC 7323 §2. As Linux: octets of window
 * are the share of memory that text takes of what packets take; the window never shrinks and avoids
 * silly steps; it grows with the data that comes (rcv_ssthresh), and the buffer with the speed at
 * which the program reads (autotuning).
 */
final class ReceiveWindow {

    private static final int MAX_UNSCALED = 65_535;
    private static final int MAX_SCALE = 14;
    private static final int INITIAL_SEGMENTS = 10;

    /** Half of SOCK_MIN_RCVBUF. */
    private static final int MIN_CLAMP = 2304 / 2;

    /** Until packets have been seen, half of their memory is taken to be text: 128 / 256. */
    private static final int DEFAULT_RATIO = 128;

    private final Connection c;
    private int ratio = DEFAULT_RATIO;

    /** The most that is offered, whatever memory there is. */
    private int clamp = MAX_UNSCALED << MAX_SCALE;

    /** What is offered at most for now; grows with good use of memory. */
    private int slowStart;

    private int readPerRtt;
    private final ForwardMemory forward = new ForwardMemory();
    private @Nullable ReceiverRtt receiver;

    ReceiveWindow(Connection c) {
        this.c = c;
    }

    /** Window for so much memory. */
    int windowFor(int memory) {
        return (int) ((long) memory * ratio >> 8);
    }

    /** Memory for so large a window. */
    long memoryFor(long window) {
        return (window << 8) / ratio;
    }

    /** The window and its scale that a SYN or SYN-ACK offers. */
    void chooseInitial(int mss, boolean scaling) {
        int space = windowFor(c.settings.rcvbuf());
        int wanted = c.settings.windowClamp;
        clamp = wanted > 0 ? wanted : MAX_UNSCALED << MAX_SCALE;
        if (c.settings.base.receiveBufferLocked() && clamp > space) clamp = space;
        space = Math.min(space, clamp);
        if (space > mss) space = space / mss * mss;
        int scale = 0;
        if (scaling) {
            long largest =
                    Math.max(Math.max(space, c.tunables().rmemMax), c.tunables().coreRmemMax);
            scale = scaleFor(Math.min(largest, clamp));
        }
        c.tcb.rcv.wscale = scale;
        // All of it, though the field of a SYN says 65,535 at most: what follows it is scaled.
        c.tcb.rcv.wnd = Math.max(space, 0);
        int segments = c.route.initialReceiveWindow();
        if (segments > 0) c.tcb.rcv.wnd = Math.min(c.tcb.rcv.wnd, segments * mss);
        slowStart = c.tcb.rcv.wnd;
        clamp = (int) Math.min((long) MAX_UNSCALED << scale, clamp);
    }

    private static int scaleFor(long largest) {
        int bits = 63 - Long.numberOfLeadingZeros(Math.max(largest, 1));
        return Math.clamp(bits - 15, 0, MAX_SCALE);
    }

    /** The peer does not scale: neither may we. */
    void withoutScaling() {
        c.tcb.rcv.wscale = 0;
        clamp = Math.min(clamp, MAX_UNSCALED);
    }

    /** What a SYN or SYN-ACK can say of the window, as its field is not scaled. RFC 7323 §2.2. */
    int unscaled() {
        return Math.min(c.tcb.rcv.wnd, MAX_UNSCALED);
    }

    /** The connection is established: one segment is kept in reserve. */
    void established() {
        int full = windowFor(c.settings.rcvbuf());
        int mss = c.tcb.rcv.advertisedMss;
        if (clamp >= full) clamp = full;
        if (clamp > 2 * mss && clamp + mss > full) clamp = Math.max(2 * mss, full - mss);
        slowStart = Math.min(slowStart, clamp);
        readPerRtt = Math.min(Math.min(slowStart, c.tcb.rcv.wnd), INITIAL_SEGMENTS * mss);
    }

    /** Memory of SO_RCVBUF in use. */
    private int used() {
        return c.receiveBuffer.memory() + c.reassembly.memory();
    }

    /**
     * Whether a program that waits for {@code target} octets should read: they are there, or no
     * more will come before it does. Linux's tcp_epollin_ready.
     */
    boolean isWorthReading(int target) {
        int readable = c.receiveBuffer.readable();
        if (readable <= 0) return false;
        return readable >= target || c.tcb.rcv.window() <= c.delayedAck.receivedMss();
    }

    /** What could be offered, by memory alone. */
    int space() {
        return windowFor(Math.max(c.settings.rcvbuf() - used(), 0));
    }

    /** Whether one packet more may be taken, by the memory used before it. */
    private boolean hasMemory() {
        return used() <= c.settings.rcvbuf();
    }

    /**
     * Whether {@code piece} is taken without asking for memory, as enough has been allotted; {@link
     * ForwardMemory}. Only what comes in order to a connection without trouble.
     */
    boolean takesUnasked(TextPiece piece) {
        forward.follow(used());
        return forward.holds(piece.memory);
    }

    /**
     * Makes memory free for {@code piece}, if there is none: lets the buffer grow, packs what is
     * there more tightly, throws away what lies farthest ahead. Answers whether there is some.
     * Linux's tcp_try_rmem_schedule() and tcp_prune_queue().
     */
    boolean makeRoom(TextPiece piece) {
        boolean isRoom = hasMemory() || prune(piece.seq);
        forward.follow(used());
        if (isRoom) forward.allot(piece.memory);
        return isRoom;
    }

    private boolean prune(int seq) {
        c.count(TcpCounter.PRUNE_CALLED);
        clamp();
        if (hasMemory()) return true;
        c.reassembly.collapse(ratio);
        c.receiveBuffer.collapse(ratio);
        if (hasMemory()) return true;
        boolean pruned = false;
        int goal = c.settings.rcvbuf() >> 3;
        while (SeqNum.before(seq, c.reassembly.lastSeq(seq))) {
            goal -= c.reassembly.dropLast();
            pruned = true;
            if (goal > 0) continue;
            if (hasMemory()) break;
            goal = c.settings.rcvbuf() >> 3;
        }
        if (pruned) {
            c.count(TcpCounter.OUT_OF_ORDER_PRUNED);
            c.sackBlocks.clear();
        }
        boolean isRoom = hasMemory();
        if (!isRoom) c.count(TcpCounter.RECEIVE_PRUNED);
        return isRoom;
    }

    /** The window as it should be now. Linux's __tcp_select_window. */
    int best() {
        int allowed = windowFor(c.settings.rcvbuf());
        int full = Math.min(clamp, allowed);
        int mss = Math.min(c.delayedAck.receivedMss(), full);
        int free = space();
        int scale = c.tcb.rcv.wscale;
        if (mss <= 0) return 0;
        if (c.tunables().shrinkWindow && scale > 0) return shrinkable(free, mss);
        if (free < full / 2) {
            c.delayedAck.endQuick();
            free = free >> scale << scale;
            if (free < allowed >> 4 || free < mss) return 0;
        }
        free = Math.min(free, slowStart);
        if (scale > 0) return alignUp(free, scale);
        int window = c.tcb.rcv.wnd;
        if (window <= free - mss || window > free) return free / mss * mss;
        if (mss == full && free > window + full / 2) return free;
        return window;
    }

    /** As {@link #best}, where net.ipv4.tcp_shrink_window lets it take back what was offered. */
    private int shrinkable(int memoryAllows, int mss) {
        int allowed = windowFor(c.settings.rcvbuf());
        int scale = c.tcb.rcv.wscale;
        int free = memoryAllows >> scale << scale;
        if (free < Math.min(clamp, allowed) / 2) {
            c.delayedAck.endQuick();
            if (free < allowed >> 4 || free < mss || free < 1 << scale) return 0;
        }
        return free > slowStart ? alignUp(slowStart, scale) : free;
    }

    private static int alignUp(int window, int scale) {
        int unit = 1 << scale;
        return (window + unit - 1) & -unit;
    }

    /** The window field of a segment that goes out now; from here on the peer may use it. */
    int announce() {
        Tcb.Receive rcv = c.tcb.rcv;
        if (c.delayedAck.isWithoutMemory()) {
            if (rcv.wnd > 0) c.count(TcpCounter.TO_ZERO_WINDOW);
            rcv.wnd = 0;
            rcv.wup = rcv.nxt;
            return 0;
        }
        int current = rcv.window();
        int window = best();
        // Never take back what has been offered. RFC 9293 §3.8.6.
        boolean mayShrink = c.tunables().shrinkWindow && rcv.wscale > 0;
        if (window < current && !mayShrink) {
            if (window == 0) c.count(TcpCounter.WANT_ZERO_WINDOW);
            window = alignUp(current, rcv.wscale);
        }
        if (window == 0 && rcv.wnd > 0) c.count(TcpCounter.TO_ZERO_WINDOW);
        if (window > 0 && rcv.wnd == 0) c.count(TcpCounter.FROM_ZERO_WINDOW);
        rcv.wnd = window;
        rcv.wup = rcv.nxt;
        return (int) Math.min(window, (long) MAX_UNSCALED << rcv.wscale) >>> rcv.wscale;
    }

    /** Whether reading has opened it so far that the peer should hear of it: at least twice. */
    boolean hasOpened() {
        int current = c.tcb.rcv.window();
        if (2L * current > clamp) return false;
        int window = best();
        return window > 0 && window >= 2L * current;
    }

    /**
     * A packet larger than any before came: learn how well packets use memory. The window follows
     * at once.
     */
    void learnRatio(int length, int memory) {
        int learnt = Math.clamp((long) length * 256 / memory, 1, 255);
        if (learnt == ratio) return;
        ratio = learnt;
        clampTo(windowFor(c.settings.rcvbuf()));
        readPerRtt = Math.min(readPerRtt, clamp);
    }

    /**
     * Text came in order: the window may grow if its memory is well used. Linux's tcp_grow_window.
     */
    void grow(int length, int memory) {
        int room = Math.min(clamp, space()) - slowStart;
        if (room <= 0) return;
        int step =
                windowFor(memory) <= length
                        ? 2 * c.tcb.rcv.advertisedMss
                        : smallStep(length, memory);
        if (step == 0) return;
        slowStart += Math.min(room, Math.max(step, 2 * length));
        c.delayedAck.moreQuick();
    }

    private int smallStep(int length, int memory) {
        int share = windowFor(memory) / 2;
        int window = windowFor(c.tunables().rmemMax) / 2;
        while (slowStart <= window) {
            if (share <= length) return 2 * c.delayedAck.receivedMss();
            share /= 2;
            window /= 2;
        }
        return 0;
    }

    /** Text came; {@link ReceiverRtt#byWindow}. */
    void measureRtt() {
        receiver().byWindow();
    }

    /** Text came with our timestamp {@code echo}; {@link ReceiverRtt#byEcho}. */
    void measureRtt(int echo, int length) {
        receiver().byEcho(echo, length);
    }

    /** Made when text first comes. */
    private ReceiverRtt receiver() {
        if (receiver == null) receiver = new ReceiverRtt(c);
        return receiver;
    }

    /** The most that the program has read in one round trip, octets. */
    int readPerRtt() {
        return readPerRtt;
    }

    /** The round trip as the receiver sees it, nanoseconds; 0 if it has seen none. */
    long rtt() {
        return receiver == null ? 0 : receiver.rtt();
    }

    /** The program has read: make the buffer hold twice what it reads in a round trip. */
    void adjustBuffer() {
        if (receiver == null || !receiver.isRoundOver()) return;
        int read = receiver.takeCount();
        if (read > readPerRtt) {
            growBuffer(read, readPerRtt);
            readPerRtt = read;
        }
    }

    private void growBuffer(int read, int before) {
        if (c.settings.base.receiveBufferLocked()) return;
        if (!c.tunables().moderateRcvbuf) return;
        long window = 2L * read;
        window += 2 * (window * (read - before) / before);
        if (!c.reassembly.isEmpty()) window += c.reassembly.end() - c.tcb.rcv.nxt;
        int most = c.tunables().rmemMax;
        long memory = Math.min(memoryFor(window), most);
        if (memory <= c.settings.rcvbuf()) return;
        c.settings.base.tuneReceiveBuffer((int) memory);
        clamp = windowFor(c.settings.rcvbuf());
    }

    /** More text waits than was foreseen: let the buffer grow, or offer less. */
    private void clamp() {
        int most = c.tunables().rmemMax;
        c.delayedAck.endQuick();
        if (c.settings.rcvbuf() < most && !c.settings.base.receiveBufferLocked()) {
            c.settings.base.tuneReceiveBuffer(Math.min(used(), most));
        }
        if (used() > c.settings.rcvbuf()) {
            slowStart = Math.min(clamp, 2 * c.tcb.rcv.advertisedMss);
        }
    }

    /** TCP_WINDOW_CLAMP, or a better knowledge of packets. Linux's tcp_set_window_clamp(). */
    void clampTo(int octets) {
        int before = clamp;
        int wanted = Math.max(octets, MIN_CLAMP);
        if (wanted == before) return;
        clamp = wanted;
        if (wanted < before) slowStart = Math.min(slowStart, wanted);
        else slowStart = Math.max(slowStart, Math.min(c.tcb.rcv.wnd, wanted));
    }

    /** SO_RCVLOWAT: so much may be offered some day. Linux's tcp_set_rcvlowat(). */
    void clampAtLeast(int octets) {
        clamp = Math.max(clamp, octets);
    }

    /** Of a connection that is over: TCP_WINDOW_CLAMP, 0. */
    void withoutClamp() {
        clamp = 0;
    }

    int clampValue() {
        return clamp;
    }

    int threshold() {
        return slowStart;
    }
}
