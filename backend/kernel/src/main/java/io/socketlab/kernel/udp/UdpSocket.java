package io.socketlab.kernel.udp;

import io.socketlab.kernel.ip.IcmpError;
import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.socket.AddressFamily;
import io.socketlab.kernel.socket.ControlMessage;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.LocalAddress;
import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.PlainLevels;
import io.socketlab.kernel.socket.PortSharing;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.socket.Reception;
import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.socket.SocketLevels;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.socket.SocketOptions;
import io.socketlab.kernel.socket.SocketReport;
import io.socketlab.kernel.socket.Transmission;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.OptionSet;
import io.socketlab.kernel.trace.TraceEvent.ReceiveBufferChanged;
import io.socketlab.kernel.trace.TraceEvent.SocketCreated;
import io.socketlab.kernel.trace.TraceEvent.SocketDestroyed;
import io.socketlab.kernel.trace.TraceEvent.SocketError;
import io.socketlab.kernel.udp.UdpReceiveQueue.Datagram;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wait.WaitQueue;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.IpHeader;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.UdpHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A datagram socket. udp(7), net/ipv4/udp.c. */
public final class UdpSocket implements Socket {

    /** Longer data no datagram could have, whatever it goes over. */
    private static final int MAX_LENGTH = 0xFFFF;

    /** States as /proc/net/udp has them: TCP's, of one with a peer and of one without. */
    private static final int ESTABLISHED = 1;

    private static final int CLOSED = 7;

    private final int number;
    private final UdpLayer layer;
    private final Trace trace;
    private final DatagramOptions shared;
    private final SocketOptions options;
    private final DatagramAddresses addresses;
    private final UdpOptions udpOptions = new UdpOptions();
    private final UdpReceiveQueue received = new UdpReceiveQueue();
    private final UdpOutput output;
    private final DatagramErrors errors;
    private final WaitQueue waitQueue = new WaitQueue();

    /** Because of whom bind(2) failed. */
    private @Nullable UdpSocket inTheWay;

    private final SendMemory leaving;

    private boolean shutForReading;
    private boolean shutForWriting;
    private boolean closed;

    UdpSocket(int number, UdpLayer layer, AddressFamily family) {
        this.number = number;
        this.layer = layer;
        this.trace = layer.trace();
        this.shared = new DatagramOptions(family, Ipv4Header.UDP, layer.ip(), layer.sysctls());
        this.options = shared.socket();
        this.addresses = new DatagramAddresses(number, layer.ip(), trace, shared, new OwnPort());
        this.errors = new DatagramErrors(layer.ip(), shared, UdpHeader.SIZE);
        this.leaving = new SendMemory(number, options, waitQueue);
        this.output = new UdpOutput(number, layer, shared, udpOptions, leaving);
        if (trace.isOn()) {
            trace.emit(new SocketCreated(trace.stamp(layer.host()), number, "udp", 0));
        }
    }

    @Override
    public int number() {
        return number;
    }

    /** IP_LOCAL_PORT_RANGE. */
    int localPortRange() {
        return shared.ip().localPortRange();
    }

    @Override
    public boolean isStream() {
        return false;
    }

    private final class OwnPort implements DatagramAddresses.Ports {

        @Override
        public @Nullable Errno bind(Endpoint wanted) {
            int port = wanted.port();
            inTheWay = port == 0 ? null : layer.inTheWay(UdpSocket.this, wanted, port);
            return layer.bind(UdpSocket.this, wanted);
        }

        @Override
        public void unbind() {
            layer.unbind(UdpSocket.this);
        }
    }

    @Override
    public Outcome<Integer> bind(Endpoint address) {
        return addresses.bind(address);
    }

    @Override
    public Optional<String> refusal() {
        return Optional.ofNullable(inTheWay)
                .map(other -> other.local() + " is held by socket " + other.number());
    }

    private AddressFamily family() {
        return options.family();
    }

    /** IPV6_V6ONLY. */
    boolean ipv6Only() {
        return shared.ipv6Only();
    }

    /** Its address as the network layer has it. */
    Endpoint local() {
        return addresses.local();
    }

    /** What it holds, or wants, of a port. */
    PortSharing.Claim claim(IpAddress address) {
        return new PortSharing.Claim(address, ipv6Only(), options, addresses.isConnected());
    }

    void bound(Endpoint address) {
        addresses.bound(address);
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
        return addresses.connect(peer);
    }

    /** In udp_sendmsg()'s order: a send that fails has bound the socket all the same. */
    @Override
    public Outcome<Integer> send(Transmission out) {
        if (!addresses.autobind()) return new Failed<>(Errno.EAGAIN);
        if (out.data().length > MAX_LENGTH) return new Failed<>(Errno.EMSGSIZE);
        if (!goesByIpv6(out) && (out.flags() & MessageFlags.MSG_OOB) != 0) {
            return new Failed<>(Errno.EOPNOTSUPP);
        }
        boolean more = (out.flags() & MessageFlags.MSG_MORE) != 0;
        Optional<Destination> held = output.heldFor();
        if (held.isPresent()) return transmit(out, held.get(), more);
        return switch (addresses.destination(out, true)) {
            case Done<Destination>(var destination) -> transmit(out, destination, more);
            case Failed<Destination>(Errno errno) -> new Failed<>(errno);
            case Blocked<Destination> _ -> throw new IllegalStateException("a route waits");
        };
    }

    /** udpv6_sendmsg() does it, which takes MSG_OOB for nothing. */
    private boolean goesByIpv6(Transmission out) {
        if (family() != AddressFamily.AF_INET6) return false;
        Endpoint to = out.to().orElse(addresses.remote());
        return to == null || !(family().inward(to.address()) instanceof Ipv4Address);
    }

    private Outcome<Integer> transmit(Transmission out, Destination destination, boolean more) {
        byte[] data = out.data();
        if (output.isTooBig(data.length, destination)) {
            output.clear();
            tooBig(destination);
            return new Failed<>(Errno.EMSGSIZE);
        }
        if (output.heldFor().isEmpty()) {
            Optional<Errno> error = options.takeError();
            if (error.isPresent()) return new Failed<>(error.get());
            if (shutForWriting) return new Failed<>(Errno.EPIPE);
            if (leaving.isFull()) {
                return new Blocked<>(
                        this,
                        EventMask.OUT | EventMask.ERR | EventMask.HUP,
                        "room in the send buffer");
            }
        }
        if (!out.isReadable() && data.length > 0) return new Failed<>(Errno.EFAULT);
        Errno refused = output.send(data, destination, more, local().port());
        if (refused != null) return new Failed<>(refused);
        out.take(data.length);
        return new Done<>(out.taken());
    }

    /** IP_RECVERR: the error queue tells how much would have fitted. ip_local_error(). */
    private void tooBig(Destination destination) {
        if (!errors.areQueued(destination.isIpv6())) return;
        Endpoint remote = addresses.remote();
        int port = remote == null ? 0 : remote.port();
        errors.queueTooBig(output.mtu(destination), new Endpoint(destination.address(), port));
        waitQueue.wake(EventMask.ERR);
    }

    SocketReport report() {
        Endpoint peer = addresses.remote();
        Endpoint local = local();
        return new SocketReport(
                number,
                peer == null ? CLOSED : ESTABLISHED,
                SocketReport.Domain.of(family(), ipv6Only(), local.address()),
                local,
                peer == null ? Endpoint.ANY : peer,
                received.memory(),
                0,
                SocketReport.Waiting.NOT,
                new SocketReport.Memory(
                        received.memory(),
                        options.receiveBuffer(),
                        0,
                        options.sendBuffer(),
                        received.dropped()),
                Optional.empty());
    }

    /**
     * How well this socket fits a datagram: -1 not at all. udp(7), compute_score(): the address
     * counts more than the interface, and a peer more than both.
     *
     * @param device the index of the interface that it came by
     */
    int score(IpAddress address, int remotePort, IpAddress remoteAddress, int device) {
        int score = 2 * LocalAddress.score(local().address(), ipv6Only(), address);
        if (score < 0 || !options.receivesBy(device)) return -1;
        if (options.boundDevice() != 0) score += 3;
        Endpoint remote = addresses.remote();
        if (remote != null) {
            boolean anyPort = remote.port() == 0; // connect(2) has named none
            boolean from = remote.address().equals(remoteAddress);
            if (!from || !(anyPort || remote.port() == remotePort)) return -1;
            score += anyPort ? 8 : 16;
        }
        return score;
    }

    /** Whether what comes for {@code address} by that interface is for it; true of no group. */
    boolean isInGroup(IpAddress address, int device) {
        return !(address instanceof Ipv4Address group)
                || !group.isMulticast()
                || shared.multicast().takes(group, device);
    }

    /** Whether datagrams for its port are shared out among all sockets that are bound to it. */
    boolean sharesPort(PortSharing sharing) {
        return sharing.isBalanced(options) && !addresses.isConnected();
    }

    /** UDP_GRO. */
    boolean takesJoined() {
        return udpOptions.takesJoined();
    }

    /** A datagram for this socket; {@code packet} is positioned at its data. */
    void arrive(PacketBuffer packet, IpHeader ip, Endpoint from) {
        long at = options.tellsArrivals() ? layer.ip().now() : SocketOptions.NOT_STAMPED;
        if (!received.offer(packet, ip, from, options.receiveBuffer(), at)) {
            layer.count(UdpCounter.RECEIVE_BUFFER_ERRORS);
            layer.count(UdpCounter.IN_ERRORS);
            layer.drop(packet, "socket", DropReason.RECEIVE_BUFFER_FULL);
            return;
        }
        traceReceiveBuffer(Rule.RFC768_ONE_DATAGRAM);
        waitQueue.wake(EventMask.IN | EventMask.RDNORM);
    }

    /** A datagram for this socket whose checksum was wrong: {@code drops} of /proc/net/udp. */
    void damaged() {
        received.drop();
    }

    private void traceReceiveBuffer(Rule rule) {
        if (!trace.isOn()) return;
        trace.emit(
                new ReceiveBufferChanged(
                        trace.stamp(layer.host(), rule),
                        number,
                        received.octets(),
                        0,
                        received.size(),
                        options.receiveBuffer(),
                        received.memory(),
                        List.of()));
    }

    @Override
    public Outcome<Received> receive(Reception in) {
        if ((in.flags() & MessageFlags.MSG_ERRQUEUE) != 0) {
            Outcome<Received> taken =
                    options.takeQueuedError(in, layer.ip().now(), shared::tellOfError);
            if (options.hasQueuedErrors()) waitQueue.wake(EventMask.ERR);
            return taken;
        }
        Optional<Errno> error = options.takeError();
        if (error.isPresent()) return new Failed<>(error.get());
        boolean peeks = (in.flags() & MessageFlags.MSG_PEEK) != 0;
        if (peeks && options.peekOffset() >= 0) return peekAtOffset(in);
        Datagram first = received.peek();
        if (first == null) return nothing(in);
        boolean truncated = in.room() < first.length();
        if (!peeks) {
            received.take(options.receiveBuffer());
            layer.count(in.isWritable() ? UdpCounter.IN_DATAGRAMS : UdpCounter.IN_ERRORS);
            traceReceiveBuffer(truncated ? Rule.UDP_TRUNCATED : Rule.RFC768_ONE_DATAGRAM);
        }
        if (!in.isWritable() && first.length() > 0) return new Failed<>(Errno.EFAULT);
        if (truncated && layer.truncationIsError()) return new Failed<>(Errno.EMSGSIZE);
        Received taken = received(first, 0, in);
        if (!peeks) options.received(false, taken.result());
        return new Done<>(taken);
    }

    /** MSG_PEEK with SO_PEEK_OFF. */
    private Outcome<Received> peekAtOffset(Reception in) {
        UdpReceiveQueue.Peek at = received.peek(options.peekOffset());
        if (at == null) return nothing(in);
        boolean empty = at.datagram().length() == at.offset();
        if (!in.isWritable() && !empty) return new Failed<>(Errno.EFAULT);
        Received seen = received(at.datagram(), at.offset(), in);
        options.received(true, seen.result());
        return new Done<>(seen);
    }

    private Outcome<Received> nothing(Reception in) {
        if (shutForReading && in.waits()) {
            return new Done<>(new Received(new byte[0], 0, Optional.empty(), 0));
        }
        return new Blocked<>(this, EventMask.IN | EventMask.ERR, "a datagram");
    }

    /**
     * As udp_recvmsg() has it: what lies ahead of {@code offset} counts in the real length, and
     * where the room is filled, as cut off too.
     */
    private Received received(Datagram first, int offset, Reception in) {
        int length = first.length();
        int count = Math.min(length - offset, in.room());
        boolean truncated = in.room() <= length - offset && count < length;
        byte[] octets = first.packet().octets();
        int start = first.packet().start() + offset;
        boolean wantsLength = (in.flags() & MessageFlags.MSG_TRUNC) != 0;
        List<ControlMessage> control = new ArrayList<>(0);
        if (options.tellsArrivals()) {
            options.tellArrival(first.arrivedAt(), layer.ip().now(), control);
        }
        if (options.tellsDrops() && first.droppedBefore() > 0) {
            control.add(new ControlMessage.Dropped(first.droppedBefore()));
        }
        if (first.packet().segmentSize() > 0) {
            control.add(new ControlMessage.Joined(first.packet().segmentSize()));
        }
        shared.tell(first.packet(), first.ip(), local().port(), control);
        return new Received(
                Arrays.copyOfRange(octets, start, start + count),
                wantsLength ? length : count,
                Optional.of(family().outward(first.from())),
                truncated ? MessageFlags.MSG_TRUNC : 0,
                control);
    }

    /**
     * An ICMP error about a datagram of ours. Only a connected socket is told, and only of what is
     * final, unless IP_RECVERR asks for all of it. RFC 1122 §4.1.3.3, ip(7).
     */
    void unreachable(IcmpError error) {
        if (error.message().isTooBig() && errors.acceptPathMtu(error)) layer.learnMtu(error);
        Errno errno = errors.meaning(error, addresses.isConnected());
        if (errno == null) return;
        options.error(errno);
        if (trace.isOn()) {
            trace.emit(
                    new SocketError(
                            trace.stamp(layer.host(), Rule.UDP_CONNECTED_ERROR),
                            number,
                            errno.name()));
        }
        waitQueue.wake(EventMask.ERR);
    }

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
        if (local().port() != 0) layer.unbind(this);
        received.clear();
        output.clear();
        if (trace.isOn()) trace.emit(new SocketDestroyed(trace.stamp(layer.host()), number));
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
        Outcome<Integer> outcome =
                option.level() == SocketOption.Level.IPPROTO_UDP
                        ? setUdpOption(option, value)
                        : shared.set(option, value, local().port() != 0);
        output.withoutChecksum(options.omitsChecksum());
        if (option == SocketOption.SO_SNDBUF) leaving.limitHasChanged();
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
        return switch (option) {
            case SO_MEMINFO -> memory();
            case SO_PEERNAME -> addresses.peerName();
            case IP_MTU -> addresses.mtu();
            case IPV6_MTU ->
                    family() == AddressFamily.AF_INET6 ? addresses.mtu() : shared.get(option);
            default ->
                    option.level() == SocketOption.Level.IPPROTO_UDP
                            ? udpOptions.get(option)
                            : shared.get(option);
        };
    }

    private Outcome<OptionValue> memory() {
        return new Done<>(
                new OptionValue.Numbers(options.memory(received.memory(), 0, received.dropped())));
    }

    private Outcome<Integer> setUdpOption(SocketOption option, OptionValue value) {
        Outcome<Integer> outcome = udpOptions.set(option, value);
        if (option == SocketOption.UDP_GRO) layer.somebodyTakesJoined();
        if (option == SocketOption.UDP_CORK && !udpOptions.isCorked()) output.push(local().port());
        return outcome;
    }

    @Override
    public SocketOptions options() {
        return options;
    }

    @Override
    public Outcome<Integer> readableOctets() {
        Datagram first = received.peek();
        return new Done<>(first == null ? 0 : first.length());
    }

    @Override
    public Outcome<Integer> unacknowledgedOctets() {
        return new Done<>(0);
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
                received.octets(),
                !received.isEmpty(),
                options.sendBuffer(),
                shutForReading,
                shutForWriting);
    }

    @Override
    public WaitQueue waitQueue() {
        return waitQueue;
    }
}
