package io.socketlab.kernel.socket;

import io.socketlab.kernel.sim.Chance;
import io.socketlab.kernel.sysctl.Sysctls;
import java.util.function.IntPredicate;

/** Ephemeral ports: net.ipv4.ip_local_port_range, ip(7). Tried from a place that chance decides. */
public final class PortRange {

    private final Sysctls sysctls;
    private final Chance chance;

    public PortRange(Sysctls sysctls, Chance chance) {
        this.sysctls = sysctls;
        this.chance = chance;
    }

    /**
     * A port for which {@code isFree}; 0 if there is none.
     *
     * @param own the socket's IP_LOCAL_PORT_RANGE: the lowest port in the lower 16 bits, the
     *     highest in the upper; one that is not within the host's range is of no consequence.
     *     inet_sk_get_local_port_range()
     */
    public int pick(int own, IntPredicate isFree) {
        long[] range = sysctls.numbers("net.ipv4.ip_local_port_range");
        int low = narrowed(range[0], own & 0xFFFF, range);
        int count = narrowed(range[1], own >>> 16, range) - low + 1;
        int first = chance.nextInt(count);
        for (int i = 0; i < count; i++) {
            int port = low + (first + i) % count;
            if (isFree.test(port)) return port;
        }
        return 0;
    }

    private static int narrowed(long bound, int own, long[] range) {
        return (int) (range[0] <= own && own <= range[1] ? own : bound);
    }

    /** Whether setsockopt(2) takes {@code own}: EINVAL otherwise. */
    public static boolean isValid(int own) {
        int low = own & 0xFFFF;
        int high = own >>> 16;
        return low == 0 || high == 0 || low <= high;
    }
}
