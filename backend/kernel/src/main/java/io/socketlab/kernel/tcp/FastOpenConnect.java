package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.Transmission;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.NoAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The calls of the active side: sendto(2) with MSG_FASTOPEN, which connects and sends in one, and
 * connect(2) with TCP_FASTOPEN_CONNECT, which leaves the SYN to the first write. Linux's
 * tcp_sendmsg_fastopen() and tcp_fastopen_defer_connect().
 */
final class FastOpenConnect {

    private final TcpSocket socket;
    private final ActiveOpen opening;

    /** connect(2) has returned, and the SYN waits for the first octets. */
    private boolean deferred;

    /** connect(2) has asked for a cookie by itself: MSG_FASTOPEN comes too late for ever. */
    private boolean asked;

    private @Nullable Transmission current;

    FastOpenConnect(TcpSocket socket, ActiveOpen opening) {
        this.socket = socket;
        this.opening = opening;
    }

    boolean isDeferred() {
        Connection c = socket.connection();
        return deferred && c != null && c.tcb.state == TcpState.SYN_SENT;
    }

    /** Whether {@code out} is a matter of this, not of the connection alone. */
    boolean concerns(Transmission out) {
        return isDeferred() || out.isOpening() || (out.flags() & MessageFlags.MSG_FASTOPEN) != 0;
    }

    /** A new connection is about to begin by connect(2); answers whether its SYN is to wait. */
    boolean begin(Connection c) {
        asked = false;
        deferred = false;
        current = null;
        if (!c.settings.fastOpenConnect) return false;
        var syn = new FastOpenSyn(c);
        deferred = syn.mayCarryText();
        asked = !deferred;
        if (asked) {
            c.fastOpenSyn = syn;
            syn.load(null);
        }
        return deferred;
    }

    /** Opens the connection with {@code out}; done when it is open and the rest can be sent. */
    Outcome<Integer> open(Transmission out) {
        if (out.isOpening()) return outcome(out);
        boolean nowhere = out.to().filter(to -> to.address() instanceof NoAddress).isPresent();
        if (nowhere || (socket.layer().tunables().fastOpen & FastOpenSyn.CLIENT) == 0) {
            return new Failed<>(Errno.EOPNOTSUPP);
        }
        Transmission before = current;
        if (socket.isUnconnected() && !opening.isUnderWay()) asked = false;
        if (asked || (before != null && !before.isOver())) return new Failed<>(Errno.EALREADY);
        out.errnoOfUnwilling(Errno.EINPROGRESS);
        if (isDeferred()) {
            deferred = false;
            send(socket.connectionOrThrow(), out);
        } else if (opening.isUnderWay()) {
            out.errnoOfUnwilling(Errno.EALREADY);
        } else if (socket.isListening() || !socket.isUnconnected()) {
            return new Failed<>(Errno.EISCONN);
        } else {
            Optional<Endpoint> to = out.to();
            if (to.isEmpty()) return new Failed<>(Errno.EINVAL);
            Errno failure = opening.begin(to.get(), out);
            if (failure != null) return new Failed<>(failure);
        }
        current = out;
        return outcome(out);
    }

    /** The SYN, with what fits of {@code out}. */
    void send(Connection c, Transmission out) {
        var syn = new FastOpenSyn(c);
        c.fastOpenSyn = syn;
        syn.load(out);
        ActiveOpen.sendSyn(c);
    }

    private Outcome<Integer> outcome(Transmission out) {
        Connection c = socket.connection();
        if (c == null) { // another call has dissolved it meanwhile
            out.takeNothing();
            return new Failed<>(Errno.EPIPE);
        }
        if (c.tcb.state == TcpState.SYN_SENT || c.tcb.state == TcpState.SYN_RECEIVED) {
            out.opening(true);
            FastOpenSyn syn = c.fastOpenSyn;
            if (syn == null || !syn.carriesAllOf(out)) c.waitingWriter = out;
            return new Blocked<>(
                    socket, EventMask.OUT | EventMask.ERR | EventMask.HUP, "the peer's SYN-ACK");
        }
        out.opening(false);
        boolean open = c.tcb.state != TcpState.CLOSED || c.timeWait != null;
        socket.state(open ? SocketState.CONNECTED : SocketState.UNCONNECTED);
        if (open) return new Done<>(0);
        out.takeNothing();
        Optional<Errno> error = c.settings.base.takeError();
        return new Failed<>(error.orElse(Errno.ECONNABORTED));
    }
}
