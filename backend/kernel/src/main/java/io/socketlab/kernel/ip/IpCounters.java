package io.socketlab.kernel.ip;

import io.socketlab.kernel.wire.IcmpMessage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The counters of IP and ICMP of one host. */
final class IpCounters {

    private static final int ICMP_TYPES = 256;

    /** By the last two bits of TOS: RFC 3168 §5. */
    private static final IpCounter[] BY_ECN = {
        IpCounter.IN_NO_ECT, IpCounter.IN_ECT1, IpCounter.IN_ECT0, IpCounter.IN_CE
    };

    private final long[] counts = new long[IpCounter.values().length];
    private final int[] icmpReceived = new int[ICMP_TYPES];
    private final int[] icmpSent = new int[ICMP_TYPES];

    /** Nothing has been counted. */
    void clear() {
        Arrays.fill(counts, 0);
        Arrays.fill(icmpReceived, 0);
        Arrays.fill(icmpSent, 0);
    }

    void count(IpCounter counter) {
        counts[counter.ordinal()]++;
    }

    void add(IpCounter counter, long more) {
        counts[counter.ordinal()] += more;
    }

    /** A packet of {@code octets} goes out. */
    void transmitted(int octets) {
        count(IpCounter.OUT_TRANSMITS);
        add(IpCounter.OUT_OCTETS, octets);
    }

    void countEcn(int tos) {
        count(BY_ECN[tos & 3]);
    }

    void icmpReceived(int type) {
        icmpReceived[type & 0xFF]++;
        switch (type) {
            case IcmpMessage.UNREACHABLE -> count(IpCounter.ICMP_IN_UNREACHABLE);
            case IcmpMessage.TIME_EXCEEDED -> count(IpCounter.ICMP_IN_TIME_EXCEEDED);
            case IcmpMessage.ECHO -> count(IpCounter.ICMP_IN_ECHOS);
            case IcmpMessage.ECHO_REPLY -> count(IpCounter.ICMP_IN_ECHO_REPLIES);
            default -> {}
        }
    }

    void icmpSent(int type) {
        icmpSent[type & 0xFF]++;
        count(IpCounter.ICMP_OUT_MESSAGES);
        switch (type) {
            case IcmpMessage.UNREACHABLE -> count(IpCounter.ICMP_OUT_UNREACHABLE);
            case IcmpMessage.TIME_EXCEEDED -> count(IpCounter.ICMP_OUT_TIME_EXCEEDED);
            case IcmpMessage.ECHO -> count(IpCounter.ICMP_OUT_ECHOS);
            case IcmpMessage.ECHO_REPLY -> count(IpCounter.ICMP_OUT_ECHO_REPLIES);
            default -> {}
        }
    }

    /** What nstat(8) tells, by its names; ICMP messages also by their types, of those seen. */
    Map<String, Long> byName() {
        var named = new LinkedHashMap<String, Long>();
        for (IpCounter c : IpCounter.values()) named.put(c.toString(), counts[c.ordinal()]);
        for (int type = 0; type < ICMP_TYPES; type++) {
            if (icmpReceived[type] > 0)
                named.put("IcmpMsgInType" + type, (long) icmpReceived[type]);
            if (icmpSent[type] > 0) named.put("IcmpMsgOutType" + type, (long) icmpSent[type]);
        }
        return named;
    }
}
