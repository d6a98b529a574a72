package io.socketlab.kernel.tcp;

import io.socketlab.kernel.ip.IpLayer;
import io.socketlab.kernel.sim.Chance;
import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.socket.PortSharing;
import io.socketlab.kernel.sysctl.Sysctls;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Stamp;
import io.socketlab.kernel.trace.Trace;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What TCP needs of its host.
 *
 * @param host its name in the trace
 * @param chance TCP's own stream: initial sequence numbers, ports, timestamp offsets
 * @param socketNumbers gives the next number of a socket on this host
 * @param sharing by whose rules sockets share a port
 */
public record TcpEnvironment(
        String host,
        EventLoop loop,
        Trace trace,
        IpLayer ip,
        Sysctls sysctls,
        Chance chance,
        IntSupplier socketNumbers,
        PortSharing sharing) {

    Stamp stamp() {
        return trace.stamp(host);
    }

    Stamp stamp(@Nullable Rule rule, @Nullable String why) {
        if (rule == null) return trace.stamp(host);
        return why == null ? trace.stamp(host, rule) : trace.stamp(host, rule, why);
    }
}
