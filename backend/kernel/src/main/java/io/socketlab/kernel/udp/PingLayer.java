package io.socketlab.kernel.udp;

import io.socketlab.kernel.ip.EchoSockets;
import io.socketlab.kernel.ip.IcmpError;
import io.socketlab.kernel.ip.IpLayer;
import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.sim.Chance;
import io.socketlab.kernel.socket.AddressFamily;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.sysctl.Sysctls;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.IpHeader;
import io.socketlab.kernel.wire.Ipv6Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The ping sockets of one host: finds the one that an echo reply or an error is for, by the
 * identifier, which stands in the place of a port. icmp(7), net/ipv4/ping.c.
 */
public final class PingLayer implements EchoSockets {

    private static final int MAX_IDENTIFIER = 0xFFFF;

    private final IpLayer ip;
    private final Trace trace;
    private final Sysctls sysctls;
    private final IntSupplier socketNumbers;

    /** Looked up and never iterated over; each list is in the order of binding. */
    private final Map<Integer, List<PingSocket>> byIdentifier = new HashMap<>();

    /** ping_port_rover: identifiers that are not asked for follow one another. */
    private int lastIdentifier;

    public PingLayer(
            IpLayer ip, Trace trace, Sysctls sysctls, IntSupplier socketNumbers, Chance chance) {
        this.ip = ip;
        this.trace = trace;
        this.sysctls = sysctls;
        this.socketNumbers = socketNumbers;
        this.lastIdentifier = chance.nextInt(MAX_IDENTIFIER);
        ip.echoRequests().sockets(this);
    }

    public PingSocket newSocket(AddressFamily family) {
        return new PingSocket(socketNumbers.getAsInt(), this, family);
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

    /**
     * ping_get_port(): the address does not count; sockets share an identifier if SO_REUSEADDR,
     * which ping sockets have from the beginning, is on for all of them.
     */
    @Nullable Errno bind(PingSocket socket, Endpoint local) {
        int identifier = local.port();
        if (identifier == 0) {
            identifier = free();
            if (identifier == 0) return Errno.EADDRINUSE;
        } else if (inTheWay(socket, identifier) != null) {
            return Errno.EADDRINUSE;
        }
        byIdentifier.computeIfAbsent(identifier, _ -> new ArrayList<>(1)).add(socket);
        socket.bound(new Endpoint(local.address(), identifier));
        return null;
    }

    private int free() {
        for (int i = 0; i < MAX_IDENTIFIER; i++) {
            lastIdentifier = lastIdentifier % MAX_IDENTIFIER + 1;
            if (!byIdentifier.containsKey(lastIdentifier)) return lastIdentifier;
        }
        return 0;
    }

    /** The socket because of which {@code socket} cannot have the identifier; null if it can. */
    @Nullable PingSocket inTheWay(PingSocket socket, int identifier) {
        for (PingSocket other : byIdentifier.getOrDefault(identifier, List.of())) {
            boolean share = socket.options().reuseAddress() && other.options().reuseAddress();
            if (!share) return other;
        }
        return null;
    }

    void unbind(PingSocket socket) {
        int identifier = socket.localEndpoint().port();
        List<PingSocket> sharing = byIdentifier.get(identifier);
        if (sharing == null) return;
        sharing.remove(socket);
        if (sharing.isEmpty()) byIdentifier.remove(identifier);
    }

    /** Identifiers that sockets hold. */
    public int identifiersInUse() {
        return byIdentifier.size();
    }

    /** Of those that fit the last bound: as Linux, which puts new ones at the head of the chain. */
    private @Nullable PingSocket find(int identifier, IpAddress local, int device) {
        AddressFamily family =
                local instanceof Ipv6Address ? AddressFamily.AF_INET6 : AddressFamily.AF_INET;
        for (PingSocket socket : byIdentifier.getOrDefault(identifier, List.of()).reversed()) {
            if (socket.accepts(family, local, device)) return socket;
        }
        return null;
    }

    @Override
    public void reply(IpHeader header, int identifier, PacketBuffer packet) {
        PingSocket socket = find(identifier, header.destination(), packet.interfaceIndex());
        if (socket != null) socket.arrive(header, packet);
    }

    @Override
    public void error(int identifier, IcmpError error) {
        PingSocket socket = find(identifier, error.original().source(), error.interfaceIndex());
        if (socket != null) socket.unreachable(error);
    }
}
