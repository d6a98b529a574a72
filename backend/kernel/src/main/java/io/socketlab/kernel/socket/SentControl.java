package io.socketlab.kernel.socket;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A control message that sendmsg(2) is given, as the program made it: what it means is the
 * protocol's to say. cmsg(3).
 *
 * @param data CMSG_DATA(), not to be changed
 */
public record SentControl(int level, int type, byte[] data) {

    public SentControl(ControlKind kind, byte[] data) {
        this(kind.level().number(), kind.type(), data);
    }

    /** What it is, if it is known. */
    public Optional<ControlKind> kind() {
        for (ControlKind kind : ControlKind.values()) {
            if (kind.level().number() == level && kind.type() == type) return Optional.of(kind);
        }
        return Optional.empty();
    }

    /** Whether it holds so many octets. */
    public boolean hasLength(int octets) {
        return data.length == octets;
    }

    /** Whether it holds an int from {@code least} to {@code most}. */
    public boolean isNumber(int least, int most) {
        return hasLength(Integer.BYTES) && number() >= least && number() <= most;
    }

    /** The int that its data begin with. */
    public int number() {
        return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }
}
