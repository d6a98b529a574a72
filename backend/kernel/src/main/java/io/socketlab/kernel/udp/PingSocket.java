package io.socketlab.kernel.udp;

import io.socketlab.kernel.ip.IcmpError;
import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.socket.AddressFamily;
import io.socketlab.kernel.socket.ControlMessage;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.PacketMemory;
import io.socketlab.kernel.socket.PlainLevels;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.socket.Reception;
import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.socket.SocketLevels;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.socket.SocketOptions;
import io.socketlab.kernel.socket.Transmission;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.kernel.trace.TraceEvent.ReceiveBufferChanged;
import io.socketlab.kernel.trace.TraceEvent.SocketCreated;
import io.socketlab.kernel.trace.TraceEvent.SocketDestroyed;
import io.socketlab.kernel.trace.TraceEvent.SocketError;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wait.WaitQueue;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IcmpMessage;
import io.socketlab.kernel.wire.Icmpv6Message;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.IpHeader;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.Ipv6Header;
import io.socketlab.kernel.wire.Octets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A ping socket: SOCK_DGRAM with IPPROTO_ICMP or IPPROTO_ICMPV6. A program sends echo requests
 * through it, with the ICMP header in front; the kernel writes the identifier, which is the
 * socket's port, and the checksum, and hands back the replies that carry it. icmp(7),
 * net/ipv4/ping.c.
 */
public final class PingSocket implements Socket {

    /** Longer no message could be. */
    private static final int MAX_LENGTH = 0xFFFF;

    /** RFC 8335, which Linux lets through as well: ICMP_EXT_ECHO, ICMPV6_EXT_ECHO_REQUEST. */
    private static final int EXTENDED_ECHO = 42;

    private static final int EXTENDED_ECHO_IPV6 = 160;

    /**
     * A message in the queue; {@code packet} is positioned at its ICMP header.
     *
     * @param arrivedAt virtual nanoseconds, or {@link SocketOptions#NOT_STAMPED}
     */
    private record Message(PacketBuffer packet, IpHeader ip, int memory, long arrivedAt) {

        /** Where UDP has its destination port, ICMP has its checksum: ip_cmsg_recv_dstaddr(). */
        int checksum() {
            int at = packet.start() + 2;
            return (packet.octets()[at] & 0xFF) << 8 | packet.octets()[at + 1] & 0xFF;
        }
    }

    private final int number;
    private final PingLayer layer;
    private final Trace trace;
    private final DatagramOptions shared;
    private final SocketOptions options;
    private final DatagramAddresses addresses;
    private final DatagramErrors errors;
    private final WaitQueue waitQueue = new WaitQueue();
    private final SendMemory leaving;
    private final ArrayDeque<Message> received = new ArrayDeque<>();
    private int memory;
    private int octets;
    private int dropped;
    private @Nullable PingSocket inTheWay;
    private boolean shutForReading;
    private boolean shutForWriting;
    private boolean closed;

    PingSocket(int number, PingLayer layer, AddressFamily family) {
        this.number = number;
        this.layer = layer;
        this.trace = layer.trace();
        this.shared = new DatagramOptions(family, protocol(family), layer.ip(), layer.sysctls());
        this.options = shared.socket();
        options.set(SocketOption.SO_REUSEADDR, new OptionValue.Int(1)); // INET_PROTOSW_REUSE
        if (shared.ipv6() != null) shared.ipv6().onlyIpv6();
        this.addresses = new DatagramAddresses(number, layer.ip(), trace, shared, new OwnPort());
        this.errors = new DatagramErrors(layer.ip(), shared, 0);
        this.leaving = new SendMemory(number, options, waitQueue);
        if (trace.isOn()) {
            trace.emit(new SocketCreated(trace.stamp(host()), number, "ping", 0));
        }
    }

    private static int protocol(AddressFamily family) {
        return family == AddressFamily.AF_INET6 ? Ipv6Header.ICMPV6 : Ipv4Header.ICMP;
    }

    private final class OwnPort implements DatagramAddresses.Ports {

        @Override
        public @Nullable Errno bind(Endpoint wanted) {
            int identifier = wanted.port();
            inTheWay = identifier == 0 ? null : layer.inTheWay(PingSocket.this, identifier);
            return layer.bind(PingSocket.this, wanted);
        }

        @Override
        public void unbind() {
            layer.unbind(PingSocket.this);
        }
    }

    private String host() {
        return layer.ip().host();
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public boolean isStream() {
        return false;
    }

    @Override
    public Outcome<Integer> bind(Endpoint local) {
        return addresses.bind(local);
    }

    void bound(Endpoint local) {
        addresses.bound(local);
    }

    @Override
    public Optional<String> refusal() {
        return Optional.ofNullable(inTheWay)
                .map(other -> other.localEndpoint() + " is held by socket " + other.number());
    }

    @Override
    public Outcome<Integer> listen(int backlog) {
        return new Failed<>(Errno.EOPNOTSUPP);
    }

    @Override
    public Outcome<Socket> accept() {
        return new Failed<>(Errno.EOPNOTSUPP);
    }

    /** Where requests go from now on; whose replies are taken it does not say. */
    @Override
    public Outcome<Integer> connect(Endpoint remote, boolean resumed) {
        return addresses.connect(remote);
    }

    // ---- sending

    /** In the order of ping_common_sendmsg() and ping_v4_sendmsg(). */
    @Override
    public Outcome<Integer> send(Transmission out) {
        if (!addresses.autobind()) return new Failed<>(Errno.EAGAIN);
        Errno wrong = wrong(out);
        if (wrong != null) return new Failed<>(wrong);
        return switch (addresses.destination(out, false)) {
            case Done<Destination>(var destination) -> transmit(out, destination);
            case Failed<Destination>(Errno errno) -> new Failed<>(errno);
            case Blocked<Destination> _ -> throw new IllegalStateException("a route waits");
        };
    }

    private @Nullable Errno wrong(Transmission out) {
        byte[] message = out.data();
        if (message.length > MAX_LENGTH) return Errno.EMSGSIZE;
        if (message.length < IcmpMessage.SIZE) return Errno.EINVAL;
        if ((out.flags() & MessageFlags.MSG_OOB) != 0) return Errno.EOPNOTSUPP;
        if (!out.isReadable()) return Errno.EFAULT;
        return isRequest(Octets.getByte(message, 0), message[1]) ? null : Errno.EINVAL;
    }

    /** ping_supported(). */
    private boolean isRequest(int type, int code) {
        boolean ipv6 = options.family() == AddressFamily.AF_INET6;
        int echo = ipv6 ? Icmpv6Message.ECHO : IcmpMessage.ECHO;
        return code == 0 && (type == echo || type == (ipv6 ? EXTENDED_ECHO_IPV6 : EXTENDED_ECHO));
    }

    private Outcome<Integer> transmit(Transmission out, Destination to) {
        byte[] message = out.data();
        int mtu = shared.mtu(to);
        boolean fits = message.length + to.ipHeader() <= mtu;
        boolean isTooLong = !to.isIpv6() && message.length > MAX_LENGTH - Ipv4Header.SIZE;
        if (isTooLong || !fits && shared.refusesTooBig(to)) {
            tooBig(mtu, to);
            return new Failed<>(Errno.EMSGSIZE);
        }
        Optional<Errno> error = options.takeError();
        if (error.isPresent()) return new Failed<>(error.get());
        if (shutForWriting) return new Failed<>(Errno.EPIPE);
        if (leaving.isFull()) {
            return new Blocked<>(
                    this, EventMask.OUT | EventMask.ERR | EventMask.HUP, "room in the send buffer");
        }
        PacketBuffer packet = layer.ip().newPacket(message.length, to.address());
        System.arraycopy(message, 0, packet.octets(), packet.start(), message.length);
        leaving.take(packet, to);
        int sequence = Octets.getShort(message, 6);
        layer.ip()
                .echoRequests()
                .send(
                        packet,
                        shared.delivery(packet, to, protocol(options.family())),
                        Octets.getByte(message, 0),
                        addresses.local().port() << 16 | sequence);
        out.take(message.length);
        return new Done<>(out.taken());
    }

    private void tooBig(int mtu, Destination to) {
        if (!errors.areQueued(to.isIpv6())) return;
        errors.queueTooBig(mtu, new Endpoint(to.address(), 0));
        waitQueue.wake(EventMask.ERR);
    }

    // ---- receiving

    /**
     * Whether a packet for {@code local} can be this socket's.
     *
     * @param device the index of the interface that it came by
     */
    boolean accepts(AddressFamily family, IpAddress local, int device) {
        if (!options.receivesBy(device)) return false;
        IpAddress own = addresses.local().address();
        return options.family() == family && (own.isAny() || own.equals(local));
    }

    /** A reply; {@code packet} is positioned at its ICMP header. sock_queue_rcv_skb(). */
    void arrive(IpHeader ip, PacketBuffer packet) {
        if (memory >= options.receiveBuffer()) {
            dropped++;
            if (trace.isOn()) {
                trace.emit(
                        new PacketDropped(
                                trace.stamp(host(), Rule.LINUX_UDP_RCVBUF),
                                packet.number(),
                                "socket",
                                DropReason.RECEIVE_BUFFER_FULL));
            }
            return;
        }
        int cost = PacketMemory.of(packet.length() + ip.headerLength());
        long at = options.tellsArrivals() ? layer.ip().now() : SocketOptions.NOT_STAMPED;
        var message = new Message(packet, ip, cost, at);
        received.add(message);
        memory += message.memory;
        octets += packet.length();
        traceReceiveBuffer();
        waitQueue.wake(EventMask.IN | EventMask.RDNORM);
    }

    private void traceReceiveBuffer() {
        if (!trace.isOn()) return;
        trace.emit(
                new ReceiveBufferChanged(
                        trace.stamp(host(), Rule.RFC768_ONE_DATAGRAM),
                        number,
                        octets,
                        0,
                        received.size(),
                        options.receiveBuffer(),
                        memory,
                        List.of()));
    }

    /** An error message about a request of ours. ping_err(). */
    void unreachable(IcmpError error) {
        Errno errno = errors.meaning(error, addresses.isConnected());
        if (errno == null) return;
        options.error(errno);
        if (trace.isOn()) {
            trace.emit(
                    new SocketError(
                            trace.stamp(host(), Rule.UDP_CONNECTED_ERROR), number, errno.name()));
        }
        waitQueue.wake(EventMask.ERR);
    }

    @Override
    public Outcome<Received> receive(Reception in) {
        if ((in.flags() & MessageFlags.MSG_OOB) != 0) return new Failed<>(Errno.EOPNOTSUPP);
        if ((in.flags() & MessageFlags.MSG_ERRQUEUE) != 0) {
            Outcome<Received> taken =
                    options.takeQueuedError(in, layer.ip().now(), shared::tellOfError);
            if (options.hasQueuedErrors()) waitQueue.wake(EventMask.ERR);
            return taken;
        }
        Optional<Errno> error = options.takeError();
        if (error.isPresent()) return new Failed<>(error.get());
        Message first = received.peek();
        if (first == null) return nothing(in);
        if ((in.flags() & MessageFlags.MSG_PEEK) == 0) {
            received.remove();
            memory -= first.memory;
            octets -= first.packet.length();
            traceReceiveBuffer();
        }
        return in.isWritable() ? new Done<>(taken(first, in)) : new Failed<>(Errno.EFAULT);
    }

    private Outcome<Received> nothing(Reception in) {
        if (shutForReading && in.waits()) {
            return new Done<>(new Received(new byte[0], 0, Optional.empty(), 0));
        }
        return new Blocked<>(this, EventMask.IN | EventMask.ERR, "an echo reply");
    }

    /** MSG_TRUNC asks in vain for the real length. */
    private Received taken(Message first, Reception in) {
        int start = first.packet.start();
        int count = Math.min(first.packet.length(), in.room());
        List<ControlMessage> control = new ArrayList<>(0);
        if (options.tellsArrivals()) {
            options.tellArrival(first.arrivedAt, layer.ip().now(), control);
        }
        shared.tell(first.packet, first.ip, first.checksum(), control);
        return new Received(
                Arrays.copyOfRange(first.packet.octets(), start, start + count),
                count,
                Optional.of(options.family().outward(new Endpoint(first.ip.source(), 0))),
                count < first.packet.length() ? MessageFlags.MSG_TRUNC : 0,
                control);
    }

    // ---- the rest

    @Override
    public Outcome<Integer> shutdown(boolean reading, boolean writing) {
        shutForReading |= reading;
        shutForWriting |= writing;
        waitQueue.wake(EventMask.IN | EventMask.HUP | EventMask.RDHUP);
        return addresses.isConnected() ? new Done<>(0) : new Failed<>(Errno.ENOTCONN);
    }

    @Override
    public Outcome<Integer> close(boolean resumed) {
        if (closed) return new Done<>(0);
        closed = true;
        shared.multicast().leaveAll();
        if (addresses.local().port() != 0) layer.unbind(this);
        received.clear();
        if (trace.isOn()) trace.emit(new SocketDestroyed(trace.stamp(host()), number));
        return new Done<>(0);
    }

    @Override
    public Endpoint localEndpoint() {
        return addresses.outwardLocal();
    }

    @Override
    public Optional<Endpoint> remoteEndpoint() {
        return addresses.outwardRemote();
    }

    @Override
    public Outcome<Integer> setOption(SocketOption option, OptionValue value) {
        if (option == SocketOption.SO_PEEK_OFF) return new Failed<>(Errno.EOPNOTSUPP);
        return shared.set(option, value, addresses.local().port() != 0);
    }

    @Override
    public Outcome<OptionValue> getOption(SocketOption option) {
        return switch (option) {
            case SO_MEMINFO ->
                    new Done<>(new OptionValue.Numbers(options.memory(memory, 0, dropped)));
            case SO_PEEK_OFF -> new Failed<>(Errno.EOPNOTSUPP);
            case SO_PEERNAME -> addresses.peerName();
            case IP_MTU -> addresses.mtu();
            case IPV6_MTU -> shared.ipv6() == null ? shared.get(option) : addresses.mtu();
            default -> shared.get(option);
        };
    }

    @Override
    public SocketOptions options() {
        return options;
    }

    @Override
    public Outcome<Integer> readableOctets() {
        return new Failed<>(Errno.ENOTTY);
    }

    @Override
    public Outcome<Integer> unacknowledgedOctets() {
        return new Failed<>(Errno.ENOTTY);
    }

    /** datagram_poll(). */
    @Override
    public int readiness() {
        int mask = leaving.isWritable() ? EventMask.WRITABLE : 0;
        mask |= options.errorReadiness();
        if (!received.isEmpty()) mask |= EventMask.IN | EventMask.RDNORM;
        if (shutForReading) mask |= EventMask.RDHUP | EventMask.IN | EventMask.RDNORM;
        if (shutForReading && shutForWriting) mask |= EventMask.HUP;
        return mask;
    }

    @Override
    public SocketLevels levels() {
        return new PlainLevels(
                octets, !received.isEmpty(), options.sendBuffer(), shutForReading, shutForWriting);
    }

    @Override
    public WaitQueue waitQueue() {
        return waitQueue;
    }
}
