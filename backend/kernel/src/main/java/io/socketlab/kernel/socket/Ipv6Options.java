package io.socketlab.kernel.socket;

import io.socketlab.kernel.socket.OptionValue.Int;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.sysctl.Sysctls;
import io.socketlab.kernel.wire.Ipv6Header;

/** The options of level IPPROTO_IPV6 of an AF_INET6 socket. ipv6(7), net/ipv6/ipv6_sockglue.c. */
public final class Ipv6Options {

    /** IPV6_PMTUDISC_WANT. */
    private static final int PMTU_WANT = 1;

    /** IPV6_PMTUDISC_DONT: what routers say of the path is not heeded. */
    public static final int PMTU_DONT = 0;

    private static final int PMTU_DO = 2;
    private static final int PMTU_PROBE = 3;

    /** IPV6_PMTUDISC_INTERFACE: what routers say is not heeded, nor told to others. */
    public static final int PMTU_INTERFACE = 4;

    /** IPV6_PMTUDISC_OMIT: likewise, and what is too big is cut. */
    public static final int PMTU_OMIT = 5;

    /** IPV6_DEFAULT_HOPLIMIT. */
    private static final int DEFAULT_HOP_LIMIT = 64;

    private static final int ECN_MASK = 3;
    private static final int BY_DEFAULT = -1;

    private boolean only;
    private int hopLimit = BY_DEFAULT;
    private int trafficClass;
    private int mtuDiscover = PMTU_WANT;
    private int mtu;
    private boolean receivesErrors;
    private boolean dontFragment;
    private int minHopCount;

    public Ipv6Options(Sysctls sysctls) {
        only = sysctls.integer("net.ipv6.bindv6only") != 0;
    }

    /** Those of an accepted socket. */
    public Ipv6Options(Ipv6Options listener) {
        only = listener.only;
        hopLimit = listener.hopLimit;
        trafficClass = listener.trafficClass;
        mtuDiscover = listener.mtuDiscover;
        mtu = listener.mtu;
        receivesErrors = listener.receivesErrors;
        dontFragment = listener.dontFragment;
        minHopCount = listener.minHopCount;
    }

    /** It cannot be otherwise: of a socket whose protocol is IPv6's alone. */
    public void onlyIpv6() {
        only = true;
    }

    /** IPV6_V6ONLY: no IPv4 by way of ::ffff:a.b.c.d. */
    public boolean only() {
        return only;
    }

    public int hopLimit() {
        return hopLimit == BY_DEFAULT ? DEFAULT_HOP_LIMIT : hopLimit;
    }

    public int trafficClass() {
        return trafficClass;
    }

    /** One of IPV6_PMTUDISC_…, whose numbers are those of IP_PMTUDISC_…. */
    public int mtuDiscover() {
        return mtuDiscover;
    }

    /** IPV6_RECVERR. */
    public boolean receivesErrors() {
        return receivesErrors;
    }

    /** IPV6_DONTFRAG. */
    public boolean dontFragment() {
        return dontFragment;
    }

    /** IPV6_MINHOPCOUNT: the least hop limit that a packet to a stream socket may come with. */
    public int minHopCount() {
        return minHopCount;
    }

    /**
     * Whether a packet larger than the MTU is refused instead of cut into fragments.
     *
     * @param forbidden IPV6_DONTFRAG, of the socket or of one datagram
     */
    public boolean refusesTooBig(boolean forbidden) {
        return forbidden || mtuDiscover >= PMTU_DO && mtuDiscover != PMTU_OMIT;
    }

    /** Whether only the MTU of the interface counts, not what is known of the path. */
    public boolean ignoresPathMtu() {
        return mtuDiscover >= PMTU_PROBE;
    }

    /** IPV6_MTU: octets that a packet may have whatever the path takes; 0 for no limit. */
    public int mtu() {
        return mtu;
    }

    /**
     * setsockopt(2) at level IPPROTO_IPV6.
     *
     * @param bound the socket has a port
     * @param stream of TCP the ECN bits are not the program's
     */
    public Outcome<Integer> set(
            SocketOption option, OptionValue value, boolean bound, boolean stream) {
        if (!(value instanceof Int(int n))) return new Failed<>(Errno.EINVAL);
        switch (option) {
            case IPV6_V6ONLY -> {
                if (bound) return new Failed<>(Errno.EINVAL);
                only = n != 0;
            }
            case IPV6_UNICAST_HOPS -> {
                if (n < BY_DEFAULT || n > 255) return new Failed<>(Errno.EINVAL);
                hopLimit = n;
            }
            case IPV6_TCLASS -> {
                if (n < BY_DEFAULT || n > 255) return new Failed<>(Errno.EINVAL);
                int wanted = Math.max(n, 0);
                trafficClass = stream ? wanted & ~ECN_MASK | trafficClass & ECN_MASK : wanted;
            }
            case IPV6_MTU_DISCOVER -> {
                if (n < 0 || n > PMTU_OMIT) return new Failed<>(Errno.EINVAL);
                mtuDiscover = n;
            }
            case IPV6_MTU -> {
                if (n != 0 && n < Ipv6Header.MIN_MTU) return new Failed<>(Errno.EINVAL);
                mtu = n;
            }
            case IPV6_RECVERR -> receivesErrors = n != 0;
            case IPV6_DONTFRAG -> dontFragment = n != 0;
            case IPV6_MINHOPCOUNT -> {
                if (n < 0 || n > 255) return new Failed<>(Errno.EINVAL);
                minHopCount = n;
            }
            default -> {
                return new Failed<>(Errno.ENOPROTOOPT);
            }
        }
        return new Done<>(0);
    }

    /**
     * getsockopt(2) at level IPPROTO_IPV6.
     *
     * @param pathMtu octets, 0 where the socket has no peer
     */
    public Outcome<OptionValue> get(SocketOption option, int pathMtu) {
        return switch (option) {
            case IPV6_V6ONLY -> flag(only);
            case IPV6_UNICAST_HOPS -> number(hopLimit());
            case IPV6_TCLASS -> number(trafficClass);
            case IPV6_MTU_DISCOVER -> number(mtuDiscover);
            case IPV6_MTU -> pathMtu == 0 ? new Failed<>(Errno.ENOTCONN) : number(pathMtu);
            case IPV6_RECVERR -> flag(receivesErrors);
            case IPV6_DONTFRAG -> flag(dontFragment);
            case IPV6_MINHOPCOUNT -> number(minHopCount);
            default -> new Failed<>(Errno.ENOPROTOOPT);
        };
    }

    private static Outcome<OptionValue> flag(boolean on) {
        return number(on ? 1 : 0);
    }

    private static Outcome<OptionValue> number(int n) {
        return new Done<>(new Int(n));
    }
}
