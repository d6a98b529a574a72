package io.socketlab.kernel.tcp;

import io.socketlab.kernel.ip.Route;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.Transmission;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TraceEvent.SocketConnected;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.NoAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * connect(2), and sendto(2) where it does connect's work: from the call to the end of the
 * handshake. RFC 9293 §3.10.1, Linux's __inet_stream_connect(), tcp_v4_connect() and
 * tcp_v6_connect().
 */
final class ActiveOpen {

    private final TcpSocket socket;
    private final LocalPort localPort;

    /** Made when first needed: most connect without. */
    private @Nullable FastOpenConnect fastOpen;

    ActiveOpen(TcpSocket socket, LocalPort localPort) {
        this.socket = socket;
        this.localPort = localPort;
    }

    FastOpenConnect fastOpen() {
        if (fastOpen == null) fastOpen = new FastOpenConnect(socket, this);
        return fastOpen;
    }

    /** Fast Open has no part in it. */
    boolean isPlain() {
        return fastOpen == null;
    }

    /** Nothing of it is of any interest from now on. */
    boolean isSpent() {
        return !isUnderWay() && isPlain();
    }

    /** The SYN waits for the first octets. */
    boolean isDeferred() {
        return fastOpen != null && fastOpen.isDeferred();
    }

    /** A call has begun, and none has reported its end. */
    boolean isUnderWay() {
        return socket.state() == SocketState.CONNECTING;
    }

    Outcome<Integer> connect(Endpoint remote, boolean resumed) {
        if (remote.address() instanceof NoAddress) return socket.disconnect();
        if (isDeferred()) return new Failed<>(Errno.EISCONN);
        if (resumed || isUnderWay()) return progress();
        if (socket.state() == SocketState.DISCONNECTING) return new Failed<>(Errno.EINVAL);
        if (socket.state() == SocketState.CONNECTED) return new Failed<>(Errno.EISCONN);
        if (socket.isListening() || !socket.isUnconnected()) return new Failed<>(Errno.EISCONN);
        Errno failure = begin(remote, null);
        if (failure != null) return new Failed<>(failure);
        return isDeferred() ? new Done<>(0) : progress();
    }

    /** How far the handshake is: for a call that has waited, or another one. */
    private Outcome<Integer> progress() {
        Connection c = socket.connection();
        if (c == null) return new Failed<>(Errno.EPIPE); // dissolved meanwhile
        if (c.tcb.state == TcpState.SYN_SENT || c.tcb.state == TcpState.SYN_RECEIVED) {
            return new Blocked<>(
                    socket, EventMask.OUT | EventMask.ERR | EventMask.HUP, "the peer's SYN-ACK");
        }
        if (c.tcb.state != TcpState.CLOSED || c.timeWait != null) {
            socket.state(SocketState.CONNECTED);
            return new Done<>(0);
        }
        Optional<Errno> error = socket.settings().base.takeError();
        socket.disconnect();
        return new Failed<>(error.orElse(Errno.ECONNABORTED));
    }

    /**
     * Makes the connection and sends its SYN; answers why it cannot be.
     *
     * @param out of sendto(2) with MSG_FASTOPEN; null for connect(2)
     */
    @Nullable Errno begin(Endpoint to, @Nullable Transmission out) {
        SocketSettings settings = socket.settings();
        Errno refused = settings.family().refuses(to.address());
        if (refused != null) return refused;
        IpAddress own = localPort.address();
        IpAddress remote = Addressing.destination(settings.family().inward(to.address()), own);
        Errno unreachable = Addressing.unreachable(settings, own, remote);
        if (unreachable != null) return unreachable;
        TcpLayer layer = socket.layer();
        int device = settings.base.boundDevice();
        Optional<Route> route = layer.environment().ip().route(remote, device);
        if (route.isEmpty()) {
            return Errno.of(layer.environment().ip().routeError(remote, device));
        }
        Connection before = socket.connection();
        if (before != null && before.claim == null) localPort.forget();
        IpAddress source = localPort.addressOr(route.get().source());
        if (!route.get().isOpenTo(source)) return Errno.EINVAL;
        PortClaim held = localPort.connect(source, remote, to.port());
        if (held == null) return Errno.EADDRNOTAVAIL;
        var tuple = new FourTuple(source, held.port, remote, to.port());
        var c =
                new Connection(
                        layer,
                        socket.number(),
                        tuple,
                        socket.settings(),
                        socket.waitQueue(),
                        route.get());
        c.claim = held;
        socket.connection(c);
        socket.state(SocketState.CONNECTING);
        open(c);
        if (out != null) fastOpen().send(c, out);
        else if (!isToBeDeferred(c)) sendSyn(c);
        c.settle();
        return null;
    }

    private boolean isToBeDeferred(Connection c) {
        return (fastOpen != null || c.settings.fastOpenConnect) && fastOpen().begin(c);
    }

    private void open(Connection c) {
        TcpLayer layer = socket.layer();
        TcpEnvironment env = layer.environment();
        if (env.trace().isOn()) {
            env.trace()
                    .emit(
                            new SocketConnected(
                                    env.stamp(), c.number, c.localEndpoint(), c.remoteEndpoint()));
        }
        c.moveTo(TcpState.SYN_SENT, Rule.RFC9293_ACTIVE_OPEN, null);
        c.tcb.startSending(layer.newIss(c.tuple));
        c.tcb.timestampsOffered = layer.tunables().timestamps;
        c.updateMss();
        c.receiveWindow.chooseInitial(c.tcb.rcv.advertisedMss, layer.tunables().windowScaling);
        layer.add(c);
    }

    /** Linux's tcp_connect(): what went wrong before is forgotten. */
    static void sendSyn(Connection c) {
        c.settings.base.takeError();
        c.firstSynTimestamp = c.timestamp();
        c.output.sendSyn();
        c.settle();
    }
}
