package io.socketlab.kernel.tcp;

import io.socketlab.kernel.tcp.PortClaim.Kind;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TraceEvent.SocketBound;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The local port of one socket, from the call that takes it until the socket gives it back. */
final class LocalPort {

    private final TcpSocket socket;
    private @Nullable PortClaim claim;

    /** The address that bind(2) has named; the socket keeps it where it gives its port back. */
    private @Nullable IpAddress named;

    /** The port that the socket has given back, 0 for none: getsockname(2) goes on telling it. */
    private int lastPort;

    /** Because of whom the port could not be had the last time. */
    private @Nullable PortClaim inTheWay;

    LocalPort(TcpSocket socket) {
        this.socket = socket;
    }

    /** Who held the port when it could not be had, in words. */
    Optional<String> refusal() {
        return Optional.ofNullable(inTheWay)
                .map(claim -> PortHolder.describe(socket.layer(), claim));
    }

    boolean isHeld() {
        return claim != null;
    }

    Endpoint endpoint() {
        if (claim != null) return new Endpoint(claim.address, claim.port);
        Endpoint unbound = socket.settings().family().unbound();
        return new Endpoint(named == null ? unbound.address() : named, lastPort);
    }

    /**
     * bind(2); answers whether the port could be had.
     *
     * @param port 0 for any that nobody holds
     */
    boolean bind(IpAddress address, int port) {
        if (port == 0 && socket.settings().bindsNoPort) {
            named = address.isAny() ? null : address;
            return true;
        }
        if (!take(address, port)) return false;
        named = address.isAny() ? null : address;
        return true;
    }

    private boolean take(IpAddress address, int port) {
        int chosen = port != 0 ? port : ports().pickUnused(socket.settings().localPortRange);
        var wanted = claim(address, chosen, port != 0 ? Kind.BOUND : Kind.CHOSEN);
        inTheWay = chosen == 0 ? null : ports().inTheWayOf(wanted);
        if (chosen == 0 || inTheWay != null) return false;
        hold(wanted, Rule.LINUX_BIND);
        return true;
    }

    /** listen(2): the port that is held, or any; null if another socket stands in the way. */
    @Nullable PortClaim listen() {
        IpAddress address = address();
        if (address == null) address = socket.settings().family().any();
        if (claim == null && !take(address, 0)) return null;
        PortClaim held = claim;
        if (held == null) return null;
        held.listening = true;
        inTheWay = ports().inTheWayOf(held);
        if (inTheWay == null) return held;
        held.listening = false;
        return null;
    }

    /** A port that nobody asked for by its number is given back. Linux's tcp_set_state(). */
    void stopListening() {
        if (claim == null) return;
        claim.listening = false;
        if (claim.kind == Kind.CHOSEN) release();
    }

    /**
     * connect(2): the port that is held, or one that is free towards the peer; null if no tuple is.
     */
    @Nullable PortClaim connect(IpAddress source, IpAddress remote, int remotePort) {
        PortClaim held = claim;
        TcpLayer layer = socket.layer();
        if (held == null) {
            int port =
                    ports().pickForConnect(
                                    socket.settings().localPortRange,
                                    p -> layer.isTupleFree(source, p, remote, remotePort));
            if (port == 0) return null;
            held = claim(source, port, Kind.CONNECTED);
            hold(held, Rule.LINUX_EPHEMERAL_PORT);
        } else if (!layer.isTupleFree(source, held.port, remote, remotePort)) {
            return null;
        }
        held.address = source;
        held.connected = true;
        return held;
    }

    /** The address that it is of, null if there is none yet. */
    @Nullable IpAddress address() {
        return claim == null ? named : claim.address;
    }

    /** The address that bind(2) has named, {@code otherwise} if it named none. */
    IpAddress addressOr(IpAddress otherwise) {
        IpAddress named = address();
        return named == null || named.isAny() ? otherwise : named;
    }

    private PortClaim claim(IpAddress address, int port, Kind kind) {
        return new PortClaim(address, port, socket.settings(), kind);
    }

    private void hold(PortClaim wanted, Rule rule) {
        claim = wanted;
        ports().add(wanted);
        TcpEnvironment env = socket.layer().environment();
        if (env.trace().isOn()) {
            env.trace().emit(new SocketBound(env.stamp(rule, null), socket.number(), endpoint()));
        }
    }

    /**
     * The socket is to be used for another connection: only what bind(2) has named stays its own.
     * What the connection needs until TIME_WAIT is over is the connection's. tcp_disconnect().
     */
    void disconnected(Connection c) {
        PortClaim held = claim;
        if (held == null) return;
        if (held.kind != Kind.BOUND) {
            forget();
            return;
        }
        if (c.timeWait != null && c.claim == held) {
            c.claim = claim(held.address, held.port, Kind.CONNECTED);
            ports().add(c.claim);
        }
        held.address = named == null ? socket.settings().family().any() : named;
        held.connected = false;
    }

    /** The connection that had it has given it back already. */
    void forget() {
        if (claim != null) lastPort = claim.port;
        claim = null;
    }

    void release() {
        if (claim != null) ports().remove(claim);
        forget();
    }

    private PortTable ports() {
        return socket.layer().ports();
    }
}
