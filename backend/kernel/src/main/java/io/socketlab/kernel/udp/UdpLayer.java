package io.socketlab.kernel.udp;

import io.socketlab.kernel.ip.IcmpError;
import io.socketlab.kernel.ip.IpLayer;
import io.socketlab.kernel.ip.TransportProtocol;
import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.sim.Chance;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.PortRange;
import io.socketlab.kernel.sysctl.Sysctls;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.DatagramReceived;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IcmpMessage;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.MalformedPacketException;
import io.socketlab.kernel.wire.Octets;
import io.socketlab.kernel.wire.UdpHeader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** UDP of one host: finds the socket for a datagram. RFC 768, net/ipv4/udp.c. */
public final class UdpLayer implements TransportProtocol {

    private final String host;
    private final IpLayer ip;
    private final Trace trace;
    private final Sysctls sysctls;
    private final IntSupplier socketNumbers;
    private final PortRange ephemeral;
    // looked up by port and never iterated over; each list is in the order of binding
    private final Map<Integer, List<UdpSocket>> byPort = new HashMap<>();

    public UdpLayer(
            String host,
            IpLayer ip,
            Trace trace,
            Sysctls sysctls,
            IntSupplier socketNumbers,
            Chance chance) {
        this.host = host;
        this.ip = ip;
        this.trace = trace;
        this.sysctls = sysctls;
        this.socketNumbers = socketNumbers;
        this.ephemeral = new PortRange(sysctls, chance);
        ip.register(this);
    }

    @Override
    public int number() {
        return Ipv4Header.UDP;
    }

    public UdpSocket newSocket() {
        return new UdpSocket(socketNumbers.getAsInt(), this);
    }

    String host() {
        return host;
    }

    IpLayer ip() {
        return ip;
    }

    Trace trace() {
        return trace;
    }

    Sysctls sysctls() {
        return sysctls;
    }

    @Override
    public void receive(Ipv4Header header, PacketBuffer packet) {
        UdpHeader udp;
        try {
            udp = UdpHeader.parse(packet.octets(), packet.start(), packet.length());
        } catch (MalformedPacketException e) {
            drop(packet, "udp", DropReason.MALFORMED);
            return;
        }
        if (packet.corrupted()
                && !UdpHeader.isIntact(
                        packet.octets(),
                        packet.start(),
                        udp.length(),
                        header.src(),
                        header.dst())) {
            drop(packet, "udp", DropReason.BAD_CHECKSUM);
            return;
        }
        UdpSocket socket = find(udp.dstPort(), header.dst(), udp.srcPort(), header.src());
        if (trace.isOn()) {
            packet.causedBy(
                    trace.emit(
                            new DatagramReceived(
                                    trace.stamp(host),
                                    packet.number(),
                                    socket == null ? 0 : socket.number())));
            trace.because(packet.cause());
        }
        if (socket == null) {
            drop(packet, "udp", DropReason.NO_SOCKET);
            ip.sendUnreachable(IcmpMessage.PORT_UNREACHABLE, header, packet);
            return;
        }
        packet.trim(udp.length());
        packet.pull(UdpHeader.SIZE);
        socket.arrive(packet, new Endpoint(header.source(), udp.srcPort()));
    }

    /** The socket that fits best: a connected one before one bound to the address before any. */
    private @Nullable UdpSocket find(int port, int address, int remotePort, int remote) {
        UdpSocket best = null;
        int bestScore = -1;
        for (UdpSocket socket : byPort.getOrDefault(port, List.of())) {
            int score = socket.score(address, remotePort, remote);
            // of equals the last bound: as Linux, which puts new sockets at the head of the chain
            if (score >= 0 && score >= bestScore) {
                best = socket;
                bestScore = score;
            }
        }
        return best;
    }

    @Override
    public void error(IcmpError error) {
        if (error.quoted().length < UdpHeader.SIZE) return;
        int localPort = Octets.getShort(error.quoted(), 0);
        int remotePort = Octets.getShort(error.quoted(), 2);
        Ipv4Header original = error.original();
        UdpSocket socket = find(localPort, original.src(), remotePort, original.dst());
        if (socket != null) socket.unreachable(error);
    }

    /** Gives {@code socket} the address {@code local}, of which port 0 means any free one. */
    @Nullable Errno bind(UdpSocket socket, Endpoint local) {
        int port = local.port();
        if (port == 0) {
            port = ephemeral.pick(p -> !conflicts(socket, local.address().isAny(), local, p));
            if (port == 0) return Errno.EADDRINUSE;
        } else if (conflicts(socket, local.address().isAny(), local, port)) {
            return Errno.EADDRINUSE;
        }
        byPort.computeIfAbsent(port, _ -> new ArrayList<>(1)).add(socket);
        socket.bound(new Endpoint(local.address(), port));
        return null;
    }

    private boolean conflicts(UdpSocket socket, boolean any, Endpoint local, int port) {
        for (UdpSocket other : byPort.getOrDefault(port, List.of())) {
            boolean overlap =
                    any
                            || other.localEndpoint().address().isAny()
                            || other.localEndpoint().address().equals(local.address());
            boolean share =
                    socket.options().reuseAddress() && other.options().reuseAddress()
                            || socket.options().reusePort() && other.options().reusePort();
            if (overlap && !share) return true;
        }
        return false;
    }

    void unbind(UdpSocket socket) {
        int port = socket.localEndpoint().port();
        List<UdpSocket> sharing = byPort.get(port);
        if (sharing == null) return;
        sharing.remove(socket);
        if (sharing.isEmpty()) byPort.remove(port);
    }

    /** Whether a socket may be bound to {@code address}. */
    boolean isOurs(Ipv4Address address) {
        return address.isAny() || address.equals(Ipv4Address.BROADCAST) || ip.isLocal(address);
    }

    void drop(PacketBuffer packet, String where, DropReason reason) {
        if (trace.isOn()) {
            Rule rule = reason == DropReason.RECEIVE_BUFFER_FULL ? Rule.LINUX_UDP_RCVBUF : null;
            trace.emit(
                    new PacketDropped(
                            rule == null ? trace.stamp(host) : trace.stamp(host, rule),
                            packet.number(),
                            where,
                            reason));
        }
    }
}
