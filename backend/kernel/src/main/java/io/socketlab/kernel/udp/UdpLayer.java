package io.socketlab.kernel.udp;

import io.socketlab.kernel.ip.IcmpError;
import io.socketlab.kernel.ip.IpLayer;
import io.socketlab.kernel.ip.NetworkInterface;
import io.socketlab.kernel.ip.TransportProtocol;
import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.sim.Chance;
import io.socketlab.kernel.socket.AddressFamily;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.PortRange;
import io.socketlab.kernel.socket.PortSharing;
import io.socketlab.kernel.socket.SocketOptions;
import io.socketlab.kernel.socket.SocketReport;
import io.socketlab.kernel.sysctl.Sysctls;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.DatagramReceived;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.IpHeader;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.MalformedPacketException;
import io.socketlab.kernel.wire.Octets;
import io.socketlab.kernel.wire.UdpHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    private final long[] counters = new long[UdpCounter.values().length];
    private final long reuseportSecret;
    private final UdpProfile profile;

    public UdpLayer(
            String host,
            IpLayer ip,
            Trace trace,
            Sysctls sysctls,
            IntSupplier socketNumbers,
            Chance chance,
            UdpProfile profile) {
        this.host = host;
        this.ip = ip;
        this.trace = trace;
        this.sysctls = sysctls;
        this.socketNumbers = socketNumbers;
        this.ephemeral = new PortRange(sysctls, chance);
        this.reuseportSecret = chance.fork("reuseport").nextInt(Integer.MAX_VALUE);
        this.profile = profile;
        ip.register(this);
    }

    /**
     * A socket has set UDP_GRO: from now on network cards ask whom a datagram is for, before they
     * join it to others.
     */
    void somebodyTakesJoined() {
        for (NetworkInterface own : ip.interfaces())
            own.nic().joinsDatagrams(packet -> takesJoined(packet, own.index()));
    }

    private boolean takesJoined(PacketBuffer packet, int device) {
        Ipv4Header header = Ipv4Header.parse(packet.octets(), packet.start(), packet.length());
        UdpHeader udp =
                UdpHeader.parse(
                        packet.octets(),
                        packet.start() + Ipv4Header.SIZE,
                        packet.length() - Ipv4Header.SIZE);
        UdpSocket socket = find(header, udp, device);
        return socket != null && socket.takesJoined();
    }

    @Override
    public int number() {
        return Ipv4Header.UDP;
    }

    public UdpSocket newSocket(AddressFamily family) {
        return new UdpSocket(socketNumbers.getAsInt(), this, family);
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
    public void receive(IpHeader header, PacketBuffer packet) {
        UdpHeader udp;
        try {
            udp = UdpHeader.parse(packet.octets(), packet.start(), packet.length());
        } catch (MalformedPacketException e) {
            count(UdpCounter.IN_ERRORS);
            drop(packet, "udp", DropReason.MALFORMED);
            return;
        }
        if (packet.corrupted()
                && !UdpHeader.isIntact(
                        packet.octets(),
                        packet.start(),
                        udp.length(),
                        header.source(),
                        header.destination())) {
            damaged(header, udp, packet);
            return;
        }
        boolean toGroup =
                header.destination() instanceof Ipv4Address && header.destination().isMulticast();
        if (toGroup || ip.isBroadcast(header.destination())) {
            broadcast(header, udp, packet);
            return;
        }
        UdpSocket socket = find(header, udp, packet.interfaceIndex());
        traceReceived(packet, socket);
        if (socket == null) {
            count(UdpCounter.NO_PORTS);
            drop(packet, "udp", DropReason.NO_SOCKET);
            ip.sendPortUnreachable(header, packet);
            return;
        }
        packet.trim(udp.length());
        packet.pull(UdpHeader.SIZE);
        socket.arrive(packet, header, new Endpoint(header.source(), udp.srcPort()));
    }

    private void traceReceived(PacketBuffer packet, @Nullable UdpSocket socket) {
        if (!trace.isOn()) return;
        int number = socket == null ? 0 : socket.number();
        packet.causedBy(
                trace.emit(new DatagramReceived(trace.stamp(host), packet.number(), number)));
        trace.because(packet.cause());
    }

    /** Its checksum is wrong: whom it was for cannot be told, but counts it. */
    private void damaged(IpHeader header, UdpHeader udp, PacketBuffer packet) {
        count(UdpCounter.CHECKSUM_ERRORS);
        count(UdpCounter.IN_ERRORS);
        UdpSocket socket = find(header, udp, packet.interfaceIndex());
        if (socket != null) socket.damaged();
        drop(packet, "udp", DropReason.BAD_CHECKSUM);
    }

    /** Every socket that fits gets a copy; nobody is told if there is none. */
    private void broadcast(IpHeader header, UdpHeader udp, PacketBuffer packet) {
        packet.trim(udp.length());
        packet.pull(UdpHeader.SIZE);
        boolean taken = false;
        for (UdpSocket socket : byPort.getOrDefault(udp.dstPort(), List.of())) {
            int device = packet.interfaceIndex();
            int score = socket.score(header.destination(), udp.srcPort(), header.source(), device);
            if (score < 0 || !socket.isInGroup(header.destination(), device)) continue;
            PacketBuffer own = taken ? packet.copy(packet.number()) : packet;
            taken = true;
            traceReceived(own, socket);
            socket.arrive(own, header, new Endpoint(header.source(), udp.srcPort()));
        }
        if (taken) return;
        count(UdpCounter.IGNORED_MULTI);
        drop(packet, "udp", DropReason.NO_SOCKET);
    }

    private @Nullable UdpSocket find(IpHeader header, UdpHeader udp, int device) {
        return find(udp.dstPort(), header.destination(), udp.srcPort(), header.source(), device);
    }

    /**
     * The socket that fits best: a connected one before one bound to the address before any. Of
     * those that share a port by SO_REUSEPORT, the addresses and ports of both ends decide, so that
     * one peer's datagrams go to one socket. net/ipv4/udp.c, udp4_lib_lookup2().
     */
    private @Nullable UdpSocket find(
            int port, IpAddress address, int remotePort, IpAddress remote, int device) {
        UdpSocket best = null;
        int bestScore = -1;
        int equals = 0;
        List<UdpSocket> bound = byPort.getOrDefault(port, List.of());
        for (int i = 0; i < bound.size(); i++) {
            UdpSocket socket = bound.get(i);
            int score = socket.score(address, remotePort, remote, device);
            if (score < 0 || score < bestScore) continue;
            equals = score == bestScore ? equals + 1 : 1;
            // of equals the last bound: as Linux, which puts new sockets at the head of the chain
            best = socket;
            bestScore = score;
        }
        boolean balanced = equals > 1 && best != null && best.sharesPort(profile.sharing());
        if (!balanced) return best;
        return balance(
                bound, bestScore, equals, new Key(port, address, remotePort, remote, device));
    }

    /** What a datagram says of whom it is for, and by which interface it has come. */
    private record Key(int port, IpAddress address, int remotePort, IpAddress remote, int device) {

        int score(UdpSocket socket) {
            return socket.score(address, remotePort, remote, device);
        }

        long hash(long secret) {
            long mixed = secret ^ ((long) remote.folded() << 32 | address.folded() & 0xFFFF_FFFFL);
            mixed = (mixed ^ mixed >>> 33) * 0xFF51_AFD7_ED55_8CCDL;
            mixed ^= (long) remotePort << 16 | port;
            mixed = (mixed ^ mixed >>> 33) * 0xC4CE_B9FE_1A85_EC53L;
            return (mixed ^ mixed >>> 33) & 0xFFFF_FFFFL;
        }
    }

    private @Nullable UdpSocket balance(List<UdpSocket> bound, int score, int equals, Key key) {
        int chosen = (int) (key.hash(reuseportSecret) * equals >>> 32); // reciprocal_scale()
        for (UdpSocket socket : bound) {
            if (key.score(socket) != score) continue;
            if (chosen-- == 0) return socket;
        }
        return null;
    }

    @Override
    public void error(IcmpError error) {
        if (error.quoted().length < UdpHeader.SIZE) return;
        int localPort = Octets.getShort(error.quoted(), 0);
        int remotePort = Octets.getShort(error.quoted(), 2);
        IpHeader original = error.original();
        UdpSocket socket =
                find(
                        localPort,
                        original.source(),
                        remotePort,
                        original.destination(),
                        error.interfaceIndex());
        if (socket != null) socket.unreachable(error);
    }

    /** A router says that a packet of ours was larger than what its next link takes. */
    void learnMtu(IcmpError error) {
        IpAddress destination = error.original().destination();
        ip.route(destination)
                .ifPresent(r ->
                        ip.pathMtus().learn(destination, error.message().nextHopMtu(), r.mtu()));
    }

    /** All its sockets that have an address, as sock_diag(7) tells of them. */
    public List<SocketReport> sockets() {
        var reports = new ArrayList<SocketReport>();
        byPort.values().forEach(sharing -> sharing.forEach(s -> reports.add(s.report())));
        reports.sort(Comparator.comparingInt(SocketReport::number));
        return reports;
    }

    /** As after a loss of power, all sockets being closed: what was counted is gone. */
    public void forget() {
        Arrays.fill(counters, 0);
    }

    void count(UdpCounter counter) {
        counters[counter.ordinal()]++;
    }

    /** What nstat(8) tells of UDP, by its names. */
    public Map<String, Long> counters() {
        var named = new LinkedHashMap<String, Long>();
        for (UdpCounter c : UdpCounter.values()) named.put(c.toString(), counters[c.ordinal()]);
        return named;
    }

    /** Whether a datagram that does not fit the buffer makes the call fail, with EMSGSIZE. */
    boolean truncationIsError() {
        return profile.truncationIsError();
    }

    /** Gives {@code socket} the address {@code local}, of which port 0 means any free one. */
    @Nullable Errno bind(UdpSocket socket, Endpoint local) {
        int port = local.port();
        if (port == 0) {
            port = ephemeral.pick(socket.localPortRange(), p -> !conflicts(socket, local, p));
            if (port == 0) return Errno.EADDRINUSE;
        } else if (conflicts(socket, local, port)) {
            return Errno.EADDRINUSE;
        }
        byPort.computeIfAbsent(port, _ -> new ArrayList<>(1)).add(socket);
        socket.bound(new Endpoint(local.address(), port));
        return null;
    }

    private boolean conflicts(UdpSocket socket, Endpoint local, int port) {
        return inTheWay(socket, local, port) != null;
    }

    /** The socket because of which {@code socket} cannot have the port; null if it can. */
    @Nullable UdpSocket inTheWay(UdpSocket socket, Endpoint local, int port) {
        for (UdpSocket other : byPort.getOrDefault(port, List.of())) {
            if (conflict(socket.claim(local.address()), other.claim(other.local().address()))) {
                return other;
            }
        }
        return null;
    }

    private boolean conflict(PortSharing.Claim wanted, PortSharing.Claim held) {
        return switch (profile.sharing()) {
            case LINUX -> {
                SocketOptions wants = wanted.options();
                SocketOptions has = held.options();
                boolean share =
                        wants.reuseAddress() && has.reuseAddress()
                                || wants.reusePort() && has.reusePort();
                yield wanted.overlaps(held) && !share;
            }
            case FREEBSD -> PortSharing.refusesOnFreeBsd(wanted, held);
        };
    }

    /** Ports that sockets hold. */
    public int portsInUse() {
        return byPort.size();
    }

    void unbind(UdpSocket socket) {
        int port = socket.local().port();
        List<UdpSocket> sharing = byPort.get(port);
        if (sharing == null) return;
        sharing.remove(socket);
        if (sharing.isEmpty()) byPort.remove(port);
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
