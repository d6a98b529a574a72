package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.LocalAddress;
import io.socketlab.kernel.socket.PortSharing;
import io.socketlab.kernel.socket.SocketOptions;
import io.socketlab.kernel.wire.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * A socket's right to a local port: had by bind(2), by connect(2), by coming out of a listener, and
 * kept in TIME_WAIT. Linux's sockets in an inet_bind_bucket.
 */
final class PortClaim {

    /** How it was come by. */
    enum Kind {
        /** bind(2) named the port: it is kept as long as the socket is open. */
        BOUND,
        /** bind(2) or listen(2) without a port. */
        CHOSEN,
        /** connect(2): others that connect to elsewhere may share it. */
        CONNECTED,
        /** Out of a listener. */
        ACCEPTED
    }

    final int port;
    final SocketOptions options;

    final Kind kind;

    IpAddress address;
    boolean listening;

    /** Of one that was had by bind(2): connect(2) has been called as well. */
    boolean connected;

    /** Its neighbours among those that hold the port, in {@link PortTable}. */
    @Nullable PortClaim previous;

    @Nullable PortClaim next;

    /** IPV6_V6ONLY: of an address that is any, any IPv6 address. */
    private final boolean ipv6Only;

    PortClaim(IpAddress address, int port, SocketSettings settings, Kind kind) {
        this.address = address;
        this.port = port;
        this.options = settings.base;
        this.ipv6Only = settings.ipv6Only();
        this.kind = kind;
    }

    /** As FreeBSD's rule looks at it. */
    PortSharing.Claim claim() {
        boolean hasPeer = connected || kind == Kind.CONNECTED || kind == Kind.ACCEPTED;
        return new PortSharing.Claim(address, ipv6Only, options, hasPeer);
    }

    /**
     * Whether it cannot be had beside {@code other}. socket(7), SO_REUSEADDR;
     * inet_csk_bind_conflict.
     */
    boolean conflictsWith(PortClaim other) {
        if (!PortSharing.onOneDevice(options, other.options)) return false;
        if (!LocalAddress.overlap(address, ipv6Only, other.address, other.ipv6Only)) return false;
        if (options.reusePort() && other.options.reusePort()) return false;
        boolean reuse = options.reuseAddress() && other.options.reuseAddress();
        return !reuse || other.listening;
    }
}
