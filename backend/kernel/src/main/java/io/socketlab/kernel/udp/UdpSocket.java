package io.socketlab.kernel.udp;

import io.socketlab.kernel.ip.IcmpError;
import io.socketlab.kernel.ip.IpLayer;
import io.socketlab.kernel.ip.Route;
import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.ErrorQueue;
import io.socketlab.kernel.socket.IcmpErrno;
import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.PacketMemory;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.socket.Reception;
import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.socket.SocketOptions;
import io.socketlab.kernel.socket.Transmission;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.DatagramSent;
import io.socketlab.kernel.trace.TraceEvent.OptionSet;
import io.socketlab.kernel.trace.TraceEvent.ReceiveBufferChanged;
import io.socketlab.kernel.trace.TraceEvent.SocketBound;
import io.socketlab.kernel.trace.TraceEvent.SocketConnected;
import io.socketlab.kernel.trace.TraceEvent.SocketCreated;
import io.socketlab.kernel.trace.TraceEvent.SocketDestroyed;
import io.socketlab.kernel.trace.TraceEvent.SocketError;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wait.WaitQueue;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.NoAddress;
import io.socketlab.kernel.wire.Octets;
import io.socketlab.kernel.wire.UdpHeader;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A datagram socket. udp(7), net/ipv4/udp.c. */
public final class UdpSocket implements Socket {

    private static final int SOCK_DGRAM = 2;

    private record Datagram(PacketBuffer packet, Endpoint from, int memory) {}

    private final int number;
    private final UdpLayer layer;
    private final Trace trace;
    private final SocketOptions options;
    private final WaitQueue waitQueue = new WaitQueue();
    private final ArrayDeque<Datagram> received = new ArrayDeque<>();
    private int memory;
    private int readable;
    private Endpoint local = Endpoint.ANY;
    private @Nullable Endpoint remote;
    private final UdpIpOptions ipOptions;
    private boolean shutForReading;
    private boolean shutForWriting;
    private boolean closed;

    UdpSocket(int number, UdpLayer layer) {
        this.number = number;
        this.layer = layer;
        this.trace = layer.trace();
        this.ipOptions = new UdpIpOptions(layer.sysctls());
        this.options =
                new SocketOptions(
                        SOCK_DGRAM,
                        Ipv4Header.UDP,
                        layer.sysctls().integer("net.core.wmem_default"),
                        layer.sysctls().integer("net.core.rmem_default"),
                        layer.sysctls());
        if (trace.isOn()) {
            trace.emit(new SocketCreated(trace.stamp(layer.host()), number, "udp", 0));
        }
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public Outcome<Integer> bind(Endpoint address) {
        if (!(address.address() instanceof Ipv4Address ipv4)) {
            return new Failed<>(Errno.EAFNOSUPPORT);
        }
        if (!layer.isOurs(ipv4)) return new Failed<>(Errno.EADDRNOTAVAIL);
        if (local.port() != 0) return new Failed<>(Errno.EINVAL);
        Errno failure = layer.bind(this, address);
        return failure == null ? new Done<>(0) : new Failed<>(failure);
    }

    void bound(Endpoint address) {
        local = address;
        if (trace.isOn()) {
            trace.emit(new SocketBound(trace.stamp(layer.host()), number, address));
        }
    }

    @Override
    public Outcome<Integer> listen(int backlog) {
        return new Failed<>(Errno.EOPNOTSUPP);
    }

    @Override
    public Outcome<Socket> accept() {
        return new Failed<>(Errno.EOPNOTSUPP);
    }

    /** Nothing is sent: from now on datagrams go to, and are taken from, this address alone. */
    @Override
    public Outcome<Integer> connect(Endpoint peer, boolean resumed) {
        if (peer.address() instanceof NoAddress) {
            remote = null;
            return new Done<>(0);
        }
        if (!(peer.address() instanceof Ipv4Address ipv4)) {
            return new Failed<>(Errno.EAFNOSUPPORT);
        }
        // 0.0.0.0 means this host, as on every Unix
        Ipv4Address destination = ipv4.isAny() ? Ipv4Address.LOOPBACK : ipv4;
        Optional<Route> route = layer.ip().route(destination);
        if (route.isEmpty()) return new Failed<>(Errno.ENETUNREACH);
        if (local.port() == 0) {
            Errno failure = layer.bind(this, Endpoint.ANY);
            if (failure != null) return new Failed<>(Errno.EAGAIN);
        }
        if (local.address().isAny()) local = new Endpoint(route.get().source(), local.port());
        remote = new Endpoint(destination, peer.port());
        if (trace.isOn()) {
            trace.emit(
                    new SocketConnected(
                            trace.stamp(layer.host(), Rule.UDP_CONNECT), number, local, remote));
        }
        return new Done<>(0);
    }

    @Override
    public Outcome<Integer> send(Transmission out) {
        Endpoint to = out.to().orElse(remote);
        if (to == null) return new Failed<>(Errno.EDESTADDRREQ);
        if (out.data().length > UdpHeader.MAX_DATA) return new Failed<>(Errno.EMSGSIZE);
        if (to.port() == 0) return new Failed<>(Errno.EINVAL);
        if (!(to.address() instanceof Ipv4Address ipv4)) return new Failed<>(Errno.EAFNOSUPPORT);
        Ipv4Address destination = ipv4.isAny() ? Ipv4Address.LOOPBACK : ipv4;
        if (destination.equals(Ipv4Address.BROADCAST) && !options.broadcast()) {
            return new Failed<>(Errno.EACCES);
        }
        Optional<Route> route = layer.ip().route(destination);
        if (route.isEmpty()) return new Failed<>(Errno.ENETUNREACH);
        if (local.port() == 0) {
            Errno failure = layer.bind(this, Endpoint.ANY);
            if (failure != null) return new Failed<>(Errno.EAGAIN);
        }
        Optional<Errno> error = options.takeError();
        if (error.isPresent()) return new Failed<>(error.get());
        if (shutForWriting) return new Failed<>(Errno.EPIPE);
        Ipv4Address source =
                local.address() instanceof Ipv4Address own && !own.isAny()
                        ? own
                        : route.get().source();
        transmit(out, source, new Endpoint(destination, to.port()));
        return new Done<>(out.taken());
    }

    private void transmit(Transmission out, Ipv4Address source, Endpoint to) {
        byte[] data = out.data();
        PacketBuffer packet = layer.ip().newPacket(UdpHeader.SIZE + data.length);
        System.arraycopy(data, 0, packet.octets(), packet.start() + UdpHeader.SIZE, data.length);
        Ipv4Address destination = (Ipv4Address) to.address();
        new UdpHeader(local.port(), to.port(), packet.length())
                .writeTo(packet.octets(), packet.start(), source.bits(), destination.bits());
        if (trace.isOn()) {
            packet.causedBy(
                    trace.emit(
                            new DatagramSent(
                                    trace.stamp(layer.host(), Rule.RFC768_ONE_DATAGRAM),
                                    packet.number(),
                                    number,
                                    new Endpoint(source, local.port()),
                                    to,
                                    data.length)));
        }
        layer.ip()
                .send(
                        packet,
                        new IpLayer.Delivery(
                                source,
                                destination,
                                Ipv4Header.UDP,
                                ipOptions.ttl(),
                                ipOptions.tos(),
                                false));
        out.take(data.length);
    }

    /** How well this socket fits a datagram: -1 not at all. udp(7), compute_score(). */
    int score(int address, int remotePort, int remoteAddress) {
        int score = 0;
        if (local.address() instanceof Ipv4Address own && !own.isAny()) {
            if (own.bits() != address) return -1;
            score += 4;
        }
        if (remote != null) {
            if (!(remote.address() instanceof Ipv4Address peer)
                    || peer.bits() != remoteAddress
                    || remote.port() != remotePort) {
                return -1;
            }
            score += 8;
        }
        return score;
    }

    /** A datagram for this socket; {@code packet} is positioned at its data. */
    void arrive(PacketBuffer packet, Endpoint from) {
        int cost = PacketMemory.of(packet.length() + UdpHeader.SIZE + Ipv4Header.SIZE);
        // Into an empty queue any datagram goes. Linux's __udp_enqueue_schedule_skb().
        if (memory > 0 && memory + cost > options.receiveBuffer()) {
            layer.drop(packet, "socket", DropReason.RECEIVE_BUFFER_FULL);
            return;
        }
        received.add(new Datagram(packet, from, cost));
        memory += cost;
        readable += packet.length();
        traceReceiveBuffer(Rule.RFC768_ONE_DATAGRAM);
        waitQueue.wake(EventMask.IN | EventMask.RDNORM);
    }

    private void traceReceiveBuffer(Rule rule) {
        if (!trace.isOn()) return;
        trace.emit(
                new ReceiveBufferChanged(
                        trace.stamp(layer.host(), rule),
                        number,
                        readable,
                        0,
                        received.size(),
                        options.receiveBuffer()));
    }

    @Override
    public Outcome<Received> receive(Reception in) {
        if ((in.flags() & MessageFlags.MSG_ERRQUEUE) != 0) {
            Outcome<Received> taken = options.takeQueuedError(in);
            if (options.hasQueuedErrors()) waitQueue.wake(EventMask.ERR);
            return taken;
        }
        Optional<Errno> error = options.takeError();
        if (error.isPresent()) return new Failed<>(error.get());
        Datagram first = received.peek();
        if (first == null) {
            if (shutForReading) {
                return new Done<>(new Received(new byte[0], 0, Optional.empty(), 0));
            }
            return new Blocked<>(this, EventMask.IN | EventMask.ERR, "a datagram");
        }
        int length = first.packet.length();
        int count = Math.min(length, in.room());
        byte[] octets = first.packet.octets();
        int start = first.packet.start();
        byte[] data = Arrays.copyOfRange(octets, start, start + count);
        boolean truncated = count < length;
        if ((in.flags() & MessageFlags.MSG_PEEK) == 0) {
            received.remove();
            memory -= first.memory;
            readable -= length;
            traceReceiveBuffer(truncated ? Rule.UDP_TRUNCATED : Rule.RFC768_ONE_DATAGRAM);
        }
        boolean wantsLength = (in.flags() & MessageFlags.MSG_TRUNC) != 0;
        return new Done<>(
                new Received(
                        data,
                        wantsLength ? length : count,
                        Optional.of(first.from),
                        truncated ? MessageFlags.MSG_TRUNC : 0));
    }

    /**
     * An ICMP error about a datagram of ours. Only a connected socket is told, and only of what is
     * final, unless IP_RECVERR asks for all of it. RFC 1122 §4.1.3.3, ip(7).
     */
    void unreachable(IcmpError error) {
        IcmpErrno meaning = IcmpErrno.of(error.message());
        boolean tooBig = meaning.errno() == Errno.EMSGSIZE;
        if (ipOptions.receivesErrors()) queue(error, meaning.errno());
        else if (remote == null || !meaning.isFinal() || tooBig) return;
        options.error(meaning.errno());
        if (trace.isOn()) {
            trace.emit(
                    new SocketError(
                            trace.stamp(layer.host(), Rule.UDP_CONNECTED_ERROR),
                            number,
                            meaning.errno().name()));
        }
        waitQueue.wake(EventMask.ERR);
    }

    private void queue(IcmpError error, Errno errno) {
        byte[] quoted = error.quoted();
        byte[] data = Arrays.copyOfRange(quoted, UdpHeader.SIZE, quoted.length);
        int port = Octets.getShort(quoted, 2);
        var to = new Endpoint(new Ipv4Address(error.original().dst()), port);
        options.errorQueue()
                .add(
                        ErrorQueue.Entry.icmp(error.message(), errno, data, to, error.from()),
                        options.receiveBuffer());
    }

    @Override
    public Outcome<Integer> shutdown(boolean reading, boolean writing) {
        shutForReading |= reading;
        shutForWriting |= writing;
        waitQueue.wake(EventMask.IN | EventMask.HUP | EventMask.RDHUP);
        return remote == null ? new Failed<>(Errno.ENOTCONN) : new Done<>(0);
    }

    @Override
    public Outcome<Integer> close(boolean resumed) {
        if (closed) return new Done<>(0);
        closed = true;
        if (local.port() != 0) layer.unbind(this);
        received.clear();
        if (trace.isOn()) trace.emit(new SocketDestroyed(trace.stamp(layer.host()), number));
        return new Done<>(0);
    }

    @Override
    public Endpoint localEndpoint() {
        return local;
    }

    @Override
    public Optional<Endpoint> remoteEndpoint() {
        return Optional.ofNullable(remote);
    }

    @Override
    public Outcome<Integer> setOption(SocketOption option, OptionValue value) {
        Outcome<Integer> outcome =
                switch (option.level()) {
                    case SOL_SOCKET -> options.set(option, value);
                    case IPPROTO_IP -> setIpOption(option, value);
                    case IPPROTO_TCP, IPPROTO_UDP -> new Failed<>(Errno.ENOPROTOOPT);
                };
        if (trace.isOn()
                && outcome instanceof Done<Integer>
                && getOption(option) instanceof Done<OptionValue>(var effective)) {
            trace.emit(
                    new OptionSet(
                            trace.stamp(layer.host()),
                            number,
                            option.name(),
                            value.toString(),
                            effective.toString()));
        }
        return outcome;
    }

    @Override
    public Outcome<OptionValue> getOption(SocketOption option) {
        return switch (option.level()) {
            case SOL_SOCKET -> options.get(option, false);
            case IPPROTO_IP -> ipOptions.get(option);
            case IPPROTO_TCP, IPPROTO_UDP -> new Failed<>(Errno.ENOPROTOOPT);
        };
    }

    private Outcome<Integer> setIpOption(SocketOption option, OptionValue value) {
        Outcome<Integer> outcome = ipOptions.set(option, value);
        if (!ipOptions.receivesErrors() && options.hasQueuedErrors()) options.errorQueue().clear();
        return outcome;
    }

    @Override
    public SocketOptions options() {
        return options;
    }

    @Override
    public Outcome<Integer> readableOctets() {
        Datagram first = received.peek();
        return new Done<>(first == null ? 0 : first.packet.length());
    }

    @Override
    public Outcome<Integer> unacknowledgedOctets() {
        return new Done<>(0);
    }

    /** datagram_poll(). */
    @Override
    public int readiness() {
        int mask = EventMask.OUT | EventMask.WRNORM | EventMask.WRBAND;
        if (options.hasError() || options.hasQueuedErrors()) mask |= EventMask.ERR;
        if (!received.isEmpty()) mask |= EventMask.IN | EventMask.RDNORM;
        if (shutForReading) mask |= EventMask.RDHUP | EventMask.IN | EventMask.RDNORM;
        if (shutForReading && shutForWriting) mask |= EventMask.HUP;
        return mask;
    }

    @Override
    public WaitQueue waitQueue() {
        return waitQueue;
    }
}
