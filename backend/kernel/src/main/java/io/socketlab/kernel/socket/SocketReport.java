package io.socketlab.kernel.socket;

import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv6Address;
import java.util.Optional;

/**
 * What the kernel tells of a socket to programs that look at all of them: struct inet_diag_msg,
 * sock_diag(7), and a line of /proc/net/tcp.
 *
 * @param number of the socket on its host; 0 where no program can have one
 * @param state Linux's number of it: 1 ESTABLISHED to 11 CLOSING, see /proc/net/tcp
 * @param local as the network layer has it
 * @param remote {@code 0.0.0.0:0} without a peer
 * @param receiveQueue octets that wait to be read; of a listener, connections that wait
 * @param sendQueue octets that are not acknowledged; of a listener, its backlog
 * @param tcp more about a TCP socket
 */
public record SocketReport(
        int number,
        int state,
        Domain domain,
        Endpoint local,
        Endpoint remote,
        long receiveQueue,
        long sendQueue,
        Waiting waiting,
        Memory memory,
        Optional<Tcp> tcp) {

    /**
     * Whose addresses it takes.
     *
     * @param ipv6Only an AF_INET6 socket that does not take IPv4 by mapped addresses
     */
    public record Domain(AddressFamily family, boolean ipv6Only) {

        /** Of an AF_INET6 socket, one bound to an IPv6 address takes no IPv4 either. */
        public static Domain of(AddressFamily family, boolean ipv6Only, IpAddress local) {
            boolean ipv6 = local instanceof Ipv6Address && !local.isAny();
            return new Domain(family, family == AddressFamily.AF_INET6 && (ipv6Only || ipv6));
        }

        public boolean isIpv6() {
            return family == AddressFamily.AF_INET6;
        }
    }

    /** Which timer is running. The numbers are those of struct inet_diag_msg. */
    public enum Clock {
        OFF(0),
        ON(1),
        KEEPALIVE(2),
        TIMEWAIT(3),
        PERSIST(4);

        private final int number;

        Clock(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    /**
     * What it waits for.
     *
     * @param nanos until the timer fires
     * @param retransmissions timeouts of what is under way
     * @param probes of a closed window or a silent peer, not answered
     */
    public record Waiting(Clock clock, long nanos, int retransmissions, int probes) {

        public static final Waiting NOT = new Waiting(Clock.OFF, 0, 0, 0);
    }

    /**
     * struct inet_diag_meminfo and SO_MEMINFO, octets.
     *
     * @param received by what waits to be read
     * @param queued by what waits to be sent or acknowledged
     * @param drops packets that found no room
     */
    public record Memory(int received, int receiveLimit, int queued, int sendLimit, long drops) {}

    /**
     * @param info as getsockopt(TCP_INFO) tells it; empty of what is left of a connection
     * @param quick ACKs that will not be delayed
     * @param pingpong whether the connection is taken for an interactive one
     */
    public record Tcp(Optional<TcpInfo> info, String congestion, int quick, boolean pingpong) {}
}
