package io.socketlab.kernel.socket;

import io.socketlab.kernel.wire.Endpoint;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a call has to send, and how far it has come. It lives as long as the call, over its waits.
 */
public final class Transmission {

    private final byte[] data;
    private final int flags;
    private final @Nullable Endpoint to;
    private int[] pieces;
    private List<SentControl> control = List.of();
    private boolean readable = true;
    private int taken;
    private Errno errnoOfUnwilling = Errno.EAGAIN;
    private boolean opening;
    private boolean over;
    private @Nullable Object progress;

    /**
     * @param flags {@link MessageFlags}
     * @param to where sendto(2) sends, null for send(2)
     */
    public Transmission(byte[] data, int flags, @Nullable Endpoint to) {
        this.data = data;
        this.flags = flags;
        this.to = to;
        this.pieces = new int[] {data.length};
    }

    /**
     * From several buffers, one after the other in {@code data}.
     *
     * @param pieces the length of each
     */
    public Transmission(byte[] data, int[] pieces, int flags, @Nullable Endpoint to) {
        this(data, flags, to);
        this.pieces = pieces.clone();
    }

    /** Likewise, with control messages. */
    public Transmission(
            byte[] data,
            int[] pieces,
            int flags,
            @Nullable Endpoint to,
            List<SentControl> control) {
        this(data, pieces, flags, to);
        this.control = control;
    }

    /** From memory that is not the program's, such as NULL: who copies from it gets EFAULT. */
    public static Transmission unreadable(int count, int flags, @Nullable Endpoint to) {
        var out = new Transmission(new byte[count], flags, to);
        out.readable = false;
        return out;
    }

    public boolean isReadable() {
        return readable;
    }

    /** How many octets come from the buffer that the next octet comes from. */
    public int leftInPiece() {
        int end = 0;
        for (int piece : pieces) {
            end += piece;
            if (taken < end) return end - taken;
        }
        return 0;
    }

    /** All of it; not to be changed. */
    public byte[] data() {
        return data;
    }

    /** What the socket remembers of this call over its waits; null if nothing. */
    public @Nullable Object progress() {
        return progress;
    }

    public void progress(@Nullable Object state) {
        progress = state;
    }

    public int flags() {
        return flags;
    }

    /** What sendmsg(2) says beside the data. */
    public List<SentControl> control() {
        return control;
    }

    public Optional<Endpoint> to() {
        return Optional.ofNullable(to);
    }

    /** How many octets the socket has taken; the first it has not taken is at this index. */
    public int taken() {
        return taken;
    }

    public int remaining() {
        return data.length - taken;
    }

    /** The socket has taken {@code octets} more. */
    public void take(int octets) {
        taken += octets;
    }

    /** Nothing of it came through: the connection that was to be opened with it failed. */
    public void takeNothing() {
        taken = 0;
    }

    /** What a caller is told who will not wait, and of whose octets none was taken. */
    public Errno errnoOfUnwilling() {
        return errnoOfUnwilling;
    }

    public void errnoOfUnwilling(Errno errno) {
        errnoOfUnwilling = errno;
    }

    /** It opens a connection as it goes, MSG_FASTOPEN, and that is still under way. */
    public boolean isOpening() {
        return opening;
    }

    public void opening(boolean underWay) {
        opening = underWay;
    }

    /** The call has returned: nobody waits for the rest to be taken. */
    public boolean isOver() {
        return over;
    }

    public void end() {
        over = true;
    }
}
