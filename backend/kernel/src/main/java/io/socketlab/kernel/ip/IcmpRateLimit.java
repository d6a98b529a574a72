package io.socketlab.kernel.ip;

import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.wire.IcmpMessage;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * How many ICMP messages a host sends: of the types in net.ipv4.icmp_ratemask to each host six at
 * once and then one in net.ipv4.icmp_ratelimit milliseconds, and to all together
 * net.ipv4.icmp_msgs_per_sec. RFC 1812 §4.3.2.8; net/ipv4/icmp.c, icmpv4_xrlim_allow(),
 * icmp_global_allow(); net/ipv4/inetpeer.c, inet_peer_xrlim_allow().
 */
final class IcmpRateLimit {

    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;

    /** XRLIM_BURST_FACTOR. */
    private static final int BURST = 6;

    /** Types from 32 on have no bit in the mask: NR_ICMP_TYPES is less. */
    private static final int MASKED_TYPES = 19;

    /** Hosts that are remembered at a time, so that forged addresses take no more memory. */
    private static final int MAX_PEERS = 4096;

    /** Credits are given in steps: HZ / 50. */
    private static final long STEP = SECOND / 50;

    private final EventLoop loop;
    private final IpCounters counters;
    private final ToIntFunction<String> sysctls;

    /** Nanoseconds of credit, and when they were counted; the one asked longest ago goes first. */
    private final Map<Ipv4Address, long[]> peers =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Ipv4Address, long[]> eldest) {
                    return size() > MAX_PEERS;
                }
            };

    private int credit;
    private long creditedAt = -SECOND;

    IcmpRateLimit(EventLoop loop, IpCounters counters, ToIntFunction<String> sysctls) {
        this.loop = loop;
        this.counters = counters;
        this.sysctls = sysctls;
    }

    /** Whether {@code message} may go to {@code to} now; if not, that is counted. */
    boolean allows(IcmpMessage message, Ipv4Address to) {
        if (!isLimited(message)) return true;
        if (!hasCredit()) {
            counters.count(IpCounter.ICMP_OUT_LIMITED);
            return false;
        }
        if (!to.isLoopback() && !allowsPeer(to)) {
            counters.count(IpCounter.ICMP_OUT_LIMITED_HOST);
            return false;
        }
        credit--;
        return true;
    }

    private boolean isLimited(IcmpMessage message) {
        return message.type() < MASKED_TYPES
                && !message.isTooBig()
                && (sysctls.applyAsInt("net.ipv4.icmp_ratemask") >> message.type() & 1) != 0;
    }

    private boolean hasCredit() {
        if (credit > 0) return true;
        long passed = Math.min(loop.now() - creditedAt, SECOND);
        if (passed < STEP) return false;
        int more = (int) (sysctls.applyAsInt("net.ipv4.icmp_msgs_per_sec") * passed / SECOND);
        if (more == 0) return false;
        credit = Math.min(credit + more, sysctls.applyAsInt("net.ipv4.icmp_msgs_burst"));
        creditedAt = loop.now();
        return credit > 0;
    }

    private boolean allowsPeer(Ipv4Address to) {
        long price = sysctls.applyAsInt("net.ipv4.icmp_ratelimit") * MS;
        long now = loop.now();
        long[] peer = peers.computeIfAbsent(to, _ -> new long[] {BURST * price, now});
        peer[0] = Math.min(peer[0] + now - peer[1], BURST * price);
        peer[1] = now;
        if (peer[0] < price) return false;
        peer[0] -= price;
        return true;
    }
}
