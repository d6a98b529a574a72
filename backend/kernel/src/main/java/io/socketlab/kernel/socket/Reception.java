package io.socketlab.kernel.socket;

import java.util.Arrays;

/**
 * Room that a call offers, and how much of it is filled. It lives as long as the call
 * (MSG_WAITALL). What is not filled takes no memory: programs offer much more than comes.
 */
public final class Reception {

    private static final byte[] NOTHING = {};

    private final int capacity;
    private final int flags;
    private boolean writable = true;
    private boolean stopsAtUrgent;
    private boolean waits = true;
    private byte[] octets = NOTHING;
    private int filled;

    /**
     * @param capacity octets the program has room for
     * @param flags {@link MessageFlags}
     */
    public Reception(int capacity, int flags) {
        this.capacity = capacity;
        this.flags = flags;
    }

    /** Room that is not the program's, such as NULL: who copies to it gets EFAULT. */
    public static Reception unwritable(int capacity, int flags) {
        var in = new Reception(capacity, flags);
        in.writable = false;
        return in;
    }

    /** For splice(2): urgent data is not passed over, it ends what can be had. */
    public static Reception forPipe(int capacity) {
        var in = new Reception(capacity, 0);
        in.stopsAtUrgent = true;
        return in;
    }

    public boolean stopsAtUrgent() {
        return stopsAtUrgent;
    }

    public boolean isWritable() {
        return writable;
    }

    public int flags() {
        return flags;
    }

    /** Says that its caller will not wait: O_NONBLOCK or MSG_DONTWAIT. */
    public void dontWait() {
        waits = false;
    }

    /** Whether its caller would wait. */
    public boolean waits() {
        return waits;
    }

    /** Octets the program has room for in all. */
    public int capacity() {
        return capacity;
    }

    public int filled() {
        return filled;
    }

    public int room() {
        return capacity - filled;
    }

    /** Copies {@code count} octets of {@code from}, starting at {@code at}, behind the others. */
    public void fill(byte[] from, int at, int count) {
        expect(count);
        System.arraycopy(from, at, octets, filled, count);
        filled += count;
    }

    /** Says that {@code count} octets are about to be filled in, so that room is made once. */
    public void expect(int count) {
        if (count > room()) throw new IllegalArgumentException(count + " octets into " + room());
        int needed = filled + count;
        if (needed <= octets.length) return;
        int length = filled == 0 ? needed : Math.min(Math.max(needed, 2 * octets.length), capacity);
        octets = Arrays.copyOf(octets, length);
    }

    /** What has been filled in, in an array of just that length. */
    public byte[] received() {
        return filled == octets.length ? octets : Arrays.copyOf(octets, filled);
    }
}
