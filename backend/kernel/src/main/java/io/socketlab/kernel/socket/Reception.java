package io.socketlab.kernel.socket;

/**
 * Room that a call offers, and how much of it is filled. It lives as long as the call
 * (MSG_WAITALL).
 */
public final class Reception {

    private final byte[] buffer;
    private final int flags;
    private boolean writable = true;
    private boolean stopsAtUrgent;
    private int filled;

    /**
     * @param capacity octets the program has room for
     * @param flags {@link MessageFlags}
     */
    public Reception(int capacity, int flags) {
        this.buffer = new byte[capacity];
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

    public byte[] buffer() {
        return buffer;
    }

    public int filled() {
        return filled;
    }

    public int room() {
        return buffer.length - filled;
    }

    /** {@code octets} more have been written to the buffer at {@link #filled()}. */
    public void fill(int octets) {
        filled += octets;
    }
}
