package io.socketlab.kernel.socket;

/**
 * Room that a call offers, and how much of it is filled. It lives as long as the call
 * (MSG_WAITALL).
 */
public final class Reception {

    private final byte[] buffer;
    private final int flags;
    private int filled;

    /**
     * @param capacity octets the program has room for
     * @param flags {@link MessageFlags}
     */
    public Reception(int capacity, int flags) {
        this.buffer = new byte[capacity];
        this.flags = flags;
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
