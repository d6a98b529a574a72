package io.socketlab.kernel.socket;

import io.socketlab.kernel.wire.IpHeader;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.List;

/**
 * How a packet came.
 *
 * @param interfaceIndex by which of the host's interfaces
 * @param local the IPv4 address that an answer would carry, fib_compute_spec_dst(); 0.0.0.0 where
 *     that is not asked for
 * @param port what it has where UDP has its destination port, or {@link #NO_PORT}
 */
public record PacketArrival(IpHeader ip, int interfaceIndex, Ipv4Address local, int port) {

    private static final int NO_PORT = -1;

    /** Tells of it as far as a socket has asked for that. */
    @FunctionalInterface
    public interface Teller {
        void tell(PacketArrival arrival, List<ControlMessage> control);
    }

    /** That of an ICMP error, of which less is told. */
    public static PacketArrival ofError(IpHeader carrier, int interfaceIndex) {
        return new PacketArrival(carrier, interfaceIndex, Ipv4Address.ANY, NO_PORT);
    }

    boolean hasPort() {
        return port != NO_PORT;
    }
}
