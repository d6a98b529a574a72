package io.socketlab.kernel.socket;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What sendmsg(2) says at level SOL_SOCKET for one send: it takes the place of the socket's own
 * option. net/core/sock.c, __sock_cmsg_send().
 */
public final class SocketControl {

    private int priority;
    private int timestamping;

    /** For a socket with {@code options}. */
    public SocketControl(SocketOptions options) {
        priority = options.priority();
        timestamping = options.timestamping();
    }

    /** Takes those of that level, and passes over the others; answers why it cannot. */
    public @Nullable Errno takeAll(List<SentControl> messages) {
        for (SentControl message : messages) {
            if (message.level() != SocketOption.Level.SOL_SOCKET.number()) continue;
            Errno wrong = take(message);
            if (wrong != null) return wrong;
        }
        return null;
    }

    /** Takes a message of that level; answers why it cannot. */
    public @Nullable Errno take(SentControl message) {
        ControlKind kind = message.kind().orElse(null);
        if (kind == null) return Errno.EINVAL;
        switch (kind) {
            case SO_MARK -> {
                if (!message.hasLength(Integer.BYTES)) return Errno.EINVAL; // nothing looks at it
            }
            case SO_PRIORITY -> {
                if (!message.hasLength(Integer.BYTES)) return Errno.EINVAL;
                priority = message.number();
            }
            case SCM_TIMESTAMPING -> {
                boolean fits = message.hasLength(Integer.BYTES);
                if (!fits || (message.number() & ~SocketOptions.TX_RECORD_ALL) != 0) {
                    return Errno.EINVAL;
                }
                timestamping = timestamping & ~SocketOptions.TX_RECORD_ALL | message.number();
            }
            case SCM_RIGHTS, SCM_CREDENTIALS -> {
                // of local sockets: let through
            }
            default -> {
                return Errno.EINVAL;
            }
        }
        return null;
    }

    /** SO_PRIORITY. */
    public int priority() {
        return priority;
    }

    /** IP_TOS chooses it. */
    public void priorityOfService(int tos) {
        priority = SocketOptions.servicePriority(tos);
    }

    /** SO_TIMESTAMPING. */
    public int timestamping() {
        return timestamping;
    }
}
