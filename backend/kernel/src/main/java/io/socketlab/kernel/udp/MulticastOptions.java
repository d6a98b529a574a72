package io.socketlab.kernel.udp;

import io.socketlab.kernel.ip.IpLayer;
import io.socketlab.kernel.ip.NetworkInterface;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.OptionValue.Int;
import io.socketlab.kernel.socket.OptionValue.Membership;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.socket.SocketOptions;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The groups that a datagram socket is in, and how it sends to groups. ip(7), RFC 1112;
 * net/ipv4/ip_sockglue.c, net/ipv4/igmp.c, ip_mc_join_group().
 */
final class MulticastOptions {

    /** net.ipv4.igmp_max_memberships. */
    private static final int MOST_GROUPS = 20;

    private static final int BY_DEFAULT = -1;

    /**
     * @param address imr_address, as the program has named the interface
     */
    private record Joined(Ipv4Address group, Ipv4Address address, int interfaceIndex) {}

    private final IpLayer ip;
    private final SocketOptions options;
    private final List<Joined> groups = new ArrayList<>(0);
    private int interfaceIndex = NetworkInterface.ANY;
    private Ipv4Address address = Ipv4Address.ANY;
    private int ttl = 1;
    private boolean loops = true;
    private boolean takesAll = true;

    MulticastOptions(IpLayer ip, SocketOptions options) {
        this.ip = ip;
        this.options = options;
    }

    /** Whether it is one of these. */
    static boolean cover(SocketOption option) {
        return switch (option) {
            case IP_MULTICAST_IF,
                    IP_MULTICAST_TTL,
                    IP_MULTICAST_LOOP,
                    IP_ADD_MEMBERSHIP,
                    IP_DROP_MEMBERSHIP,
                    IP_MULTICAST_ALL ->
                    true;
            default -> false;
        };
    }

    /** IP_MULTICAST_IF: by which interface it sends to groups; {@link NetworkInterface#ANY}. */
    int interfaceIndex() {
        return interfaceIndex;
    }

    /** The address that what it sends to groups comes from; 0.0.0.0 for the interface's own. */
    Ipv4Address address() {
        return address;
    }

    /** IP_MULTICAST_TTL. */
    int ttl() {
        return ttl;
    }

    /** IP_MULTICAST_LOOP: this host's own members are sent a copy. */
    boolean loops() {
        return loops;
    }

    /** Whether what comes for {@code group} by that interface is for this socket. */
    boolean takes(Ipv4Address group, int device) {
        for (Joined joined : groups) {
            if (joined.group.equals(group) && joined.interfaceIndex == device) return true;
        }
        return takesAll; // as Linux: by default what any socket of the host has joined
    }

    Outcome<Integer> set(SocketOption option, OptionValue value) {
        Errno failure =
                switch (value) {
                    case Membership membership -> set(option, membership);
                    case Int(int n) -> set(option, n);
                    default -> Errno.EINVAL;
                };
        return failure == null ? new Done<>(0) : new Failed<>(failure);
    }

    private @Nullable Errno set(SocketOption option, int n) {
        switch (option) {
            case IP_MULTICAST_TTL -> {
                if (n < BY_DEFAULT || n > 255) return Errno.EINVAL;
                ttl = n == BY_DEFAULT ? 1 : n;
            }
            case IP_MULTICAST_LOOP -> loops = n != 0;
            case IP_MULTICAST_ALL -> {
                if (n < 0 || n > 1) return Errno.EINVAL;
                takesAll = n != 0;
            }
            default -> {
                return Errno.EINVAL;
            }
        }
        return null;
    }

    private @Nullable Errno set(SocketOption option, Membership membership) {
        return switch (option) {
            case IP_MULTICAST_IF -> sendBy(membership);
            case IP_ADD_MEMBERSHIP -> join(membership);
            case IP_DROP_MEMBERSHIP -> leave(membership);
            default -> Errno.EINVAL;
        };
    }

    private @Nullable Errno sendBy(Membership wanted) {
        boolean none = wanted.ifindex() == NetworkInterface.ANY && wanted.address().isAny();
        int index = none ? NetworkInterface.ANY : named(wanted);
        if (!none && index == NetworkInterface.ANY) return Errno.EADDRNOTAVAIL;
        if (!none && !options.receivesBy(index)) return Errno.EINVAL;
        interfaceIndex = index;
        address = wanted.address();
        return null;
    }

    private @Nullable Errno join(Membership wanted) {
        if (!wanted.group().isMulticast()) return Errno.EINVAL;
        int index = interfaceOf(wanted);
        if (index == NetworkInterface.ANY) return Errno.ENODEV;
        for (Joined joined : groups) {
            boolean same = joined.group.equals(wanted.group()) && joined.interfaceIndex == index;
            if (same) return Errno.EADDRINUSE;
        }
        if (groups.size() >= MOST_GROUPS) return Errno.ENOBUFS;
        groups.add(new Joined(wanted.group(), wanted.address(), index));
        ip.multicastGroups().join(wanted.group(), index);
        return null;
    }

    private @Nullable Errno leave(Membership wanted) {
        boolean none = wanted.ifindex() == NetworkInterface.ANY && wanted.address().isAny();
        if (none && interfaceOf(wanted) == NetworkInterface.ANY) return Errno.ENODEV;
        for (Joined joined : groups) {
            if (!joined.group.equals(wanted.group())) continue;
            boolean byIndex = wanted.ifindex() != NetworkInterface.ANY;
            boolean meant =
                    byIndex
                            ? joined.interfaceIndex == wanted.ifindex()
                            : none || joined.address.equals(wanted.address());
            if (!meant) continue;
            groups.remove(joined);
            ip.multicastGroups().leave(joined.group, joined.interfaceIndex);
            return null;
        }
        return Errno.EADDRNOTAVAIL;
    }

    /** The interface that is named, or that packets to the group go out by. ip_mc_find_dev(). */
    private int interfaceOf(Membership wanted) {
        boolean none = wanted.ifindex() == NetworkInterface.ANY && wanted.address().isAny();
        if (!none) return named(wanted);
        return ip.route(wanted.group())
                .flatMap(route -> Optional.ofNullable(route.out()))
                .map(NetworkInterface::index)
                .orElse(NetworkInterface.ANY);
    }

    private int named(Membership wanted) {
        if (wanted.ifindex() == NetworkInterface.ANY) return ip.interfaceWith(wanted.address());
        return ip.hasInterface(wanted.ifindex()) ? wanted.ifindex() : NetworkInterface.ANY;
    }

    Outcome<OptionValue> get(SocketOption option) {
        return switch (option) {
            case IP_MULTICAST_IF -> new Done<>(OptionValue.inAddr(address));
            case IP_MULTICAST_TTL -> new Done<>(new Int(ttl));
            case IP_MULTICAST_LOOP -> new Done<>(new Int(loops ? 1 : 0));
            case IP_MULTICAST_ALL -> new Done<>(new Int(takesAll ? 1 : 0));
            default -> new Failed<>(Errno.ENOPROTOOPT);
        };
    }

    /** The socket is closed. */
    void leaveAll() {
        for (Joined joined : groups) {
            ip.multicastGroups().leave(joined.group, joined.interfaceIndex);
        }
        groups.clear();
    }
}
