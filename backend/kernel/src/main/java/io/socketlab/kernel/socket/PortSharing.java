package io.socketlab.kernel.socket;

import io.socketlab.kernel.wire.IpAddress;

/** By which kernel's rules sockets share a port: the options that allow it, and what they bring. */
public enum PortSharing {
    /** bind(2), socket(7); each protocol has its own inet_csk_bind_conflict(). */
    LINUX,
    /** bind(2), setsockopt(2) of FreeBSD; sys/netinet/in_pcb.c, in_pcbbind_avail(). */
    FREEBSD;

    /**
     * A socket that has a port, or wants one.
     *
     * @param only IPV6_V6ONLY
     * @param hasPeer it is connected, or has been
     */
    public record Claim(IpAddress address, boolean only, SocketOptions options, boolean hasPeer) {

        /** Whether there are packets that both would get. */
        public boolean overlaps(Claim other) {
            return onOneDevice(options, other.options)
                    && LocalAddress.overlap(address, only, other.address, other.only);
        }
    }

    /** Whether there is an interface that both receive by. SO_BINDTODEVICE. */
    public static boolean onOneDevice(SocketOptions a, SocketOptions b) {
        return a.receivesBy(b.boundDevice()) || b.boundDevice() == 0;
    }

    /**
     * Whether what comes for the port is shared out among the sockets that have {@code options}.
     */
    public boolean isBalanced(SocketOptions options) {
        return this == LINUX ? options.reusePort() : options.reusePortBalanced();
    }

    /**
     * FreeBSD's rule. A socket without any of the three options wants its port for itself; one with
     * any of them is refused only by another without a peer that is bound to the very same address,
     * unless both have SO_REUSEPORT, or both SO_REUSEPORT_LB. What the other one's SO_REUSEADDR
     * says does not count but for groups, for which SO_REUSEADDR is as good as SO_REUSEPORT.
     */
    public static boolean refusesOnFreeBsd(Claim wanted, Claim held) {
        if (!wanted.overlaps(held)) return false;
        SocketOptions wants = wanted.options;
        SocketOptions has = held.options;
        boolean shares = wants.reuseAddress() || wants.reusePort() || wants.reusePortBalanced();
        if (!shares) return true;
        if (held.hasPeer || !isSame(wanted.address, held.address)) return false;
        boolean group = wanted.address.isMulticast();
        boolean wantsAddress = group && wants.reuseAddress();
        boolean hasAddress = group && has.reuseAddress();
        boolean both =
                (wantsAddress || wants.reusePort()) && (hasAddress || has.reusePort())
                        || (wantsAddress || wants.reusePortBalanced())
                                && (hasAddress || has.reusePortBalanced());
        return !both;
    }

    private static boolean isSame(IpAddress a, IpAddress b) {
        return a.equals(b) || a.isAny() && b.isAny();
    }
}
