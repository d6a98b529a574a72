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

    /** A port for which {@code isFree}; 0 if there is none. */
    public int pick(IntPredicate isFree) {
        long[] range = sysctls.numbers("net.ipv4.ip_local_port_range");
        int low = (int) range[0];
        int count = (int) range[1] - low + 1;
        int first = chance.nextInt(count);
        for (int i = 0; i < count; i++) {
            int port = low + (first + i) % count;
            if (isFree.test(port)) return port;
        }
        return 0;
    }
}
