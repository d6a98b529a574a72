package io.socketlab.kernel.socket;

import io.socketlab.kernel.wire.Endpoint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a call has to send, and how far it has come. It lives as long as the call, over its waits.
 */
public final class Transmission {

    private final byte[] data;
    private final int flags;
    private final @Nullable Endpoint to;
    private int taken;

    /**
     * @param flags {@link MessageFlags}
     * @param to where sendto(2) sends, null for send(2)
     */
    public Transmission(byte[] data, int flags, @Nullable Endpoint to) {
        this.data = data;
        this.flags = flags;
        this.to = to;
    }

    /** All of it; not to be changed. */
    public byte[] data() {
        return data;
    }

    public int flags() {
        return flags;
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
}
