package io.socketlab.kernel.udp;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.OptionValue.Int;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.PortRange;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.socket.SocketOptions;
import io.socketlab.kernel.sysctl.Sysctls;

/** The options of level IPPROTO_IP of a datagram socket. ip(7), net/ipv4/ip_sockglue.c. */
final class DatagramIpOptions {

    /** IP_MTU_DISCOVER: fragment, never forbid it. */
    private static final int PMTUDISC_DONT = 0;

    /** Forbid fragmentation of what fits the path as far as it is known. */
    private static final int PMTUDISC_WANT = 1;

    /** Refuse what does not fit. */
    private static final int PMTUDISC_DO = 2;

    /** Refuse only what does not fit the interface, and forbid fragmentation. */
    private static final int PMTUDISC_PROBE = 3;

    private static final int PMTUDISC_OMIT = 5;

    private final SocketOptions options;
    private final Sysctls sysctls;
    private boolean receivesErrors;
    private boolean freeBind;
    private boolean bindsNoPort;

    /** IP_RECVERR_RFC4884: of no consequence, as no ICMP message here has extensions. */
    private boolean tellsExtensions;

    private int mtuDiscovery;

    /** -1 where the sysctl decides. */
    private int ttl = -1;

    private int tos;

    private int localPortRange;

    /** IP_MINTTL: of no consequence, as only TCP heeds it. */
    private int minTtl;

    DatagramIpOptions(SocketOptions options, Sysctls sysctls) {
        this.options = options;
        this.sysctls = sysctls;
        mtuDiscovery = sysctls.isOn("net.ipv4.ip_no_pmtu_disc") ? PMTUDISC_DONT : PMTUDISC_WANT;
    }

    /** IP_RECVERR. */
    boolean receivesErrors() {
        return receivesErrors;
    }

    /** IP_FREEBIND: an address that is not the host's may be bound. */
    boolean mayBindAny() {
        return freeBind;
    }

    /** IP_BIND_ADDRESS_NO_PORT: bind(2) leaves the choice of a port to the first send. */
    boolean bindsNoPort() {
        return bindsNoPort;
    }

    /** IP_LOCAL_PORT_RANGE. */
    int localPortRange() {
        return localPortRange;
    }

    int ttl() {
        return ttl == -1 ? sysctls.integer("net.ipv4.ip_default_ttl") : ttl;
    }

    int tos() {
        return tos;
    }

    /** IP_MTU_DISCOVER. */
    int mtuDiscover() {
        return mtuDiscovery;
    }

    /** Whether a packet larger than the MTU is refused instead of cut into fragments. */
    boolean refusesTooBig() {
        return mtuDiscovery >= PMTUDISC_DO && mtuDiscovery != PMTUDISC_OMIT;
    }

    /**
     * Whether a packet is to say that it must not be fragmented. ip_dont_fragment().
     *
     * @param fits the path's MTU
     */
    boolean forbidsFragments(boolean fits, boolean mtuLocked) {
        return switch (mtuDiscovery) {
            case PMTUDISC_DO, PMTUDISC_PROBE -> true;
            case PMTUDISC_WANT -> fits && !mtuLocked;
            default -> false;
        };
    }

    /** Whether only the MTU of the interface counts, not what is known of the path. */
    boolean ignoresPathMtu() {
        return mtuDiscovery >= PMTUDISC_PROBE;
    }

    Outcome<Integer> set(SocketOption option, OptionValue value) {
        if (!(value instanceof Int(int n))) return new Failed<>(Errno.EINVAL);
        switch (option) {
            case IP_RECVERR -> receivesErrors = n != 0;
            case IP_FREEBIND -> freeBind = n != 0;
            case IP_BIND_ADDRESS_NO_PORT -> bindsNoPort = n != 0;
            case IP_TRANSPARENT -> {
                if (n != 0) return new Failed<>(Errno.EPERM); // it takes CAP_NET_RAW
            }
            case IP_RECVERR_RFC4884 -> {
                if (n < 0 || n > 1) return new Failed<>(Errno.EINVAL);
                tellsExtensions = n != 0;
            }
            case IP_TTL -> {
                if (n != -1 && (n < 1 || n > 255)) return new Failed<>(Errno.EINVAL);
                ttl = n;
            }
            case IP_LOCAL_PORT_RANGE -> {
                if (!PortRange.isValid(n)) return new Failed<>(Errno.EINVAL);
                localPortRange = n;
            }
            case IP_MINTTL -> {
                if (n < 0 || n > 255) return new Failed<>(Errno.EINVAL);
                minTtl = n;
            }
            case IP_TOS -> {
                if (tos != (n & 0xFF)) options.priorityOfService(n);
                tos = n & 0xFF;
            }
            case IP_MTU_DISCOVER -> {
                if (n < PMTUDISC_DONT || n > PMTUDISC_OMIT) return new Failed<>(Errno.EINVAL);
                mtuDiscovery = n;
            }
            default -> {
                return new Failed<>(Errno.ENOPROTOOPT);
            }
        }
        return new Done<>(0);
    }

    Outcome<OptionValue> get(SocketOption option) {
        return switch (option) {
            case IP_RECVERR -> flag(receivesErrors);
            case IP_FREEBIND -> flag(freeBind);
            case IP_BIND_ADDRESS_NO_PORT -> flag(bindsNoPort);
            case IP_TRANSPARENT -> flag(false);
            case IP_RECVERR_RFC4884 -> flag(tellsExtensions);
            case IP_TTL -> new Done<>(new Int(ttl()));
            case IP_LOCAL_PORT_RANGE -> new Done<>(new Int(localPortRange));
            case IP_MINTTL -> new Done<>(new Int(minTtl));
            case IP_TOS -> new Done<>(new Int(tos));
            case IP_MTU_DISCOVER -> new Done<>(new Int(mtuDiscovery));
            default -> new Failed<>(Errno.ENOPROTOOPT);
        };
    }

    private static Outcome<OptionValue> flag(boolean on) {
        return new Done<>(new Int(on ? 1 : 0));
    }
}
