package io.socketlab.kernel.udp;

import io.socketlab.kernel.ip.IcmpError;
import io.socketlab.kernel.ip.Route;
import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.socket.AddressFamily;
import io.socketlab.kernel.socket.ControlMessage;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.IcmpErrno;
import io.socketlab.kernel.socket.Ipv6Options;
import io.socketlab.kernel.socket.LocalAddress;
import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
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
import io.socketlab.kernel.trace.TraceEvent.SocketBound;
import io.socketlab.kernel.trace.TraceEvent.SocketConnected;
import io.socketlab.kernel.trace.TraceEvent.SocketCreated;
import io.socketlab.kernel.trace.TraceEvent.SocketDestroyed;
import io.socketlab.kernel.trace.TraceEvent.SocketError;
import io.socketlab.kernel.udp.UdpOutput.Destination;
import io.socketlab.kernel.udp.UdpReceiveQueue.Datagram;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wait.WaitQueue;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.IpHeader;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.Ipv6Header;
import io.socketlab.kernel.wire.NoAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A datagram socket. udp(7), net/ipv4/udp.c. */
public final class UdpSocket implements Socket {

    private static final int SOCK_DGRAM = 2;

    /** Longer data no datagram could have, whatever it goes over. */
    private static final int MAX_LENGTH = 0xFFFF;

    /** States as /proc/net/udp has them: TCP's, of one with a peer and of one without. */
    private static final int ESTABLISHED = 1;

    private static final int CLOSED = 7;

    private final int number;
    private final UdpLayer layer;
    private final Trace trace;
    private final SocketOptions options;
    private final UdpIpOptions ipOptions;
    private final @Nullable Ipv6Options ipv6Options;
    private final UdpOptions udpOptions = new UdpOptions();
    private final UdpReceiveQueue received = new UdpReceiveQueue();
    private final UdpOutput output;
    private final UdpErrors errors;
    private final WaitQueue waitQueue = new WaitQueue();
    private Endpoint local;
    private @Nullable Endpoint remote;

    /** Because of whom bind(2) failed. */
    private @Nullable UdpSocket inTheWay;

    private final SendMemory leaving;

    /** bind(2) said so, not the kernel: kept when a connect(2) is undone. */
    private boolean addressIsBound;

    private boolean portIsBound;
    private boolean shutForReading;
    private boolean shutForWriting;
    private boolean closed;

    UdpSocket(int number, UdpLayer layer, AddressFamily family) {
        this.number = number;
        this.layer = layer;
        this.trace = layer.trace();
        this.ipv6Options =
                family == AddressFamily.AF_INET6 ? new Ipv6Options(layer.sysctls()) : null;
        this.local = family.unbound();
        this.options =
                new SocketOptions(
                        family,
                        SOCK_DGRAM,
                        Ipv4Header.UDP,
                        layer.sysctls().integer("net.core.wmem_default"),
                        layer.sysctls().integer("net.core.rmem_default"),
                        layer.sysctls());
        this.ipOptions = new UdpIpOptions(options, layer.sysctls());
        this.errors = new UdpErrors(options, ipOptions, ipv6Options);
        this.leaving = new SendMemory(number, options, waitQueue);
        this.output = new UdpOutput(number, layer, ipOptions, ipv6Options, udpOptions, leaving);
        if (trace.isOn()) {
            trace.emit(new SocketCreated(trace.stamp(layer.host()), number, "udp", 0));
        }
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
    public Outcome<Integer> bind(Endpoint address) {
        Errno refused = family().refuses(address.address());
        if (refused != null) return new Failed<>(refused);
        IpAddress wanted = family().inward(address.address());
        if (wanted instanceof Ipv4Address && ipv6Only()) return new Failed<>(Errno.EINVAL);
        if (!ipOptions.mayBindAny() && !layer.isOurs(wanted)) {
            return new Failed<>(Errno.EADDRNOTAVAIL);
        }
        if (local.port() != 0) return new Failed<>(Errno.EINVAL);
        var asked = new Endpoint(wanted, address.port());
        inTheWay = address.port() == 0 ? null : layer.inTheWay(this, asked, address.port());
        Errno failure = layer.bind(this, asked);
        if (failure != null) return new Failed<>(failure);
        addressIsBound = !wanted.isAny();
        portIsBound = address.port() != 0;
        return new Done<>(0);
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
        return ipv6Options != null && ipv6Options.only();
    }

    /** Its address as the network layer has it. */
    Endpoint local() {
        return local;
    }

    /** A first send or connect(2) binds a socket that is not bound yet: inet_autobind(). */
    private boolean autobind() {
        return local.port() != 0 || layer.bind(this, new Endpoint(local.address(), 0)) == null;
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
        if (peer.address() instanceof NoAddress) return disconnect();
        if (!autobind()) return new Failed<>(Errno.EAGAIN);
        Errno unreachable = unreachable(peer.address());
        if (unreachable != null) return new Failed<>(unreachable);
        IpAddress destination = destination(peer.address());
        Optional<Route> route = layer.ip().route(destination);
        if (route.isEmpty()) return noRoute(destination);
        if (!route.get().isOpenTo(local.address())) return new Failed<>(Errno.EINVAL);
        if (isForbiddenBroadcast(destination)) return new Failed<>(Errno.EACCES);
        if (local.address().isAny()) local = new Endpoint(route.get().source(), local.port());
        remote = new Endpoint(destination, peer.port());
        if (trace.isOn()) {
            trace.emit(
                    new SocketConnected(
                            trace.stamp(layer.host(), Rule.UDP_CONNECT), number, local, remote));
        }
        return new Done<>(0);
    }

    /** connect(2) to AF_UNSPEC: what bind(2) gave stays, the rest is gone. __udp_disconnect(). */
    private Outcome<Integer> disconnect() {
        remote = null;
        int port = local.port();
        if (!portIsBound && port != 0) {
            layer.unbind(this);
            port = 0;
        }
        IpAddress address = addressIsBound ? local.address() : family().any();
        if (!local.equals(new Endpoint(address, port))) bound(new Endpoint(address, port));
        return new Done<>(0);
    }

    private Failed<Integer> noRoute(IpAddress destination) {
        return new Failed<>(Errno.of(layer.ip().routeError(destination)));
    }

    private @Nullable Errno unreachable(IpAddress named) {
        return UdpAddressing.unreachable(family(), ipv6Only(), local.address(), named);
    }

    private IpAddress destination(IpAddress named) {
        return UdpAddressing.destination(family(), local.address(), named);
    }

    private boolean isForbiddenBroadcast(IpAddress destination) {
        return layer.ip().isBroadcast(destination) && !options.broadcast();
    }

    /** In udp_sendmsg()'s order: a send that fails has bound the socket all the same. */
    @Override
    public Outcome<Integer> send(Transmission out) {
        if (!autobind()) return new Failed<>(Errno.EAGAIN);
        if (out.data().length > MAX_LENGTH) return new Failed<>(Errno.EMSGSIZE);
        if ((out.flags() & MessageFlags.MSG_OOB) != 0) return new Failed<>(Errno.EOPNOTSUPP);
        boolean more = (out.flags() & MessageFlags.MSG_MORE) != 0;
        Optional<Destination> held = output.heldFor();
        if (held.isPresent()) return transmit(out, held.get(), more);
        Endpoint to = out.to().orElse(remote);
        if (to == null) return new Failed<>(Errno.EDESTADDRREQ);
        Errno unreachable = out.to().isPresent() ? unreachable(to.address()) : null;
        if (unreachable != null) return new Failed<>(unreachable);
        if (to.port() == 0 && out.to().isPresent()) return new Failed<>(Errno.EINVAL);
        IpAddress destination = destination(to.address());
        Optional<Route> route = layer.ip().route(destination);
        if (route.isEmpty()) return noRoute(destination);
        if (isForbiddenBroadcast(destination)) return new Failed<>(Errno.EACCES);
        IpAddress source = local.address().isAny() ? route.get().source() : local.address();
        if (!route.get().isOpenTo(source)) return new Failed<>(Errno.EINVAL);
        return transmit(
                out,
                new Destination(source, new Endpoint(destination, to.port()), route.get()),
                more);
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
        Errno refused = output.send(data, destination, more, local.port());
        if (refused != null) return new Failed<>(refused);
        out.take(data.length);
        return new Done<>(out.taken());
    }

    /** IP_RECVERR: the error queue tells how much would have fitted. ip_local_error(). */
    private void tooBig(Destination destination) {
        if (!errors.areQueued(destination.isIpv6())) return;
        int port = remote == null ? 0 : remote.port();
        errors.queueTooBig(output.mtu(destination), new Endpoint(destination.address(), port));
        waitQueue.wake(EventMask.ERR);
    }

    SocketReport report() {
        Endpoint peer = remote;
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

    /** How well this socket fits a datagram: -1 not at all. udp(7), compute_score(). */
    int score(IpAddress address, int remotePort, IpAddress remoteAddress) {
        int score = LocalAddress.score(local.address(), ipv6Only(), address);
        if (score < 0) return -1;
        if (remote != null) {
            boolean from = remote.address().equals(remoteAddress) && remote.port() == remotePort;
            if (!from) return -1;
            score += 8;
        }
        return score;
    }

    /** Whether datagrams for its port are shared out among all sockets that are bound to it. */
    boolean sharesPort() {
        return options.reusePort() && remote == null;
    }

    /** A datagram for this socket; {@code packet} is positioned at its data. */
    void arrive(PacketBuffer packet, IpHeader ip, Endpoint from) {
        if (!received.offer(packet, ip, from, options.receiveBuffer())) {
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
            Outcome<Received> taken = options.takeQueuedError(in);
            if (options.hasQueuedErrors()) waitQueue.wake(EventMask.ERR);
            return taken;
        }
        Optional<Errno> error = options.takeError();
        if (error.isPresent()) return new Failed<>(error.get());
        Datagram first = received.peek();
        if (first == null) return nothing(in);
        boolean truncated = in.room() < first.length();
        if ((in.flags() & MessageFlags.MSG_PEEK) == 0) {
            received.take(options.receiveBuffer());
            layer.count(in.isWritable() ? UdpCounter.IN_DATAGRAMS : UdpCounter.IN_ERRORS);
            traceReceiveBuffer(truncated ? Rule.UDP_TRUNCATED : Rule.RFC768_ONE_DATAGRAM);
        }
        if (!in.isWritable() && first.length() > 0) return new Failed<>(Errno.EFAULT);
        if (truncated && layer.truncationIsError()) return new Failed<>(Errno.EMSGSIZE);
        return new Done<>(received(first, in));
    }

    private Outcome<Received> nothing(Reception in) {
        if (shutForReading && in.waits()) {
            return new Done<>(new Received(new byte[0], 0, Optional.empty(), 0));
        }
        return new Blocked<>(this, EventMask.IN | EventMask.ERR, "a datagram");
    }

    private Received received(Datagram first, Reception in) {
        int length = first.length();
        int count = Math.min(length, in.room());
        byte[] octets = first.packet().octets();
        int start = first.packet().start();
        boolean wantsLength = (in.flags() & MessageFlags.MSG_TRUNC) != 0;
        List<ControlMessage> control = new ArrayList<>(0);
        if (options.tellsDrops() && first.droppedBefore() > 0) {
            control.add(new ControlMessage.Dropped(first.droppedBefore()));
        }
        ipOptions.tell(first.ip(), control);
        return new Received(
                Arrays.copyOfRange(octets, start, start + count),
                wantsLength ? length : count,
                Optional.of(family().outward(first.from())),
                count < length ? MessageFlags.MSG_TRUNC : 0,
                control);
    }

    /**
     * An ICMP error about a datagram of ours. Only a connected socket is told, and only of what is
     * final, unless IP_RECVERR asks for all of it. RFC 1122 §4.1.3.3, ip(7).
     */
    void unreachable(IcmpError error) {
        IcmpErrno meaning = IcmpErrno.of(error.message());
        boolean tooBig = meaning.errno() == Errno.EMSGSIZE;
        boolean byIpv6 = error.original() instanceof Ipv6Header;
        if (tooBig) {
            layer.learnMtu(error);
            if (!errors.heedPathMtu(byIpv6)) return;
        }
        boolean isFinal = meaning.isFinal() || tooBig;
        if (errors.areQueued(byIpv6)) errors.queue(error, meaning.errno());
        else if (remote == null || !isFinal) return;
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
        output.clear();
        if (trace.isOn()) trace.emit(new SocketDestroyed(trace.stamp(layer.host()), number));
        return new Done<>(0);
    }

    @Override
    public Endpoint localEndpoint() {
        return family().outward(local);
    }

    @Override
    public Optional<Endpoint> remoteEndpoint() {
        return Optional.ofNullable(remote).map(family()::outward);
    }

    @Override
    public Outcome<Integer> setOption(SocketOption option, OptionValue value) {
        Outcome<Integer> outcome =
                switch (option.level()) {
                    case SOL_SOCKET -> setSocketOption(option, value);
                    case IPPROTO_IP -> setIpOption(option, value);
                    case IPPROTO_UDP -> setUdpOption(option, value);
                    case IPPROTO_IPV6 -> setIpv6Option(option, value);
                    case IPPROTO_TCP -> new Failed<>(Errno.ENOPROTOOPT);
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
            case SOL_SOCKET ->
                    option == SocketOption.SO_MEMINFO ? memory() : options.get(option, false);
            case IPPROTO_IP -> option == SocketOption.IP_MTU ? mtu() : ipOptions.get(option);
            case IPPROTO_UDP -> udpOptions.get(option);
            case IPPROTO_IPV6 -> ipv6Option(option);
            case IPPROTO_TCP -> new Failed<>(Errno.EOPNOTSUPP);
        };
    }

    private Outcome<OptionValue> memory() {
        return new Done<>(
                new OptionValue.Numbers(options.memory(received.memory(), 0, received.dropped())));
    }

    /** IP_MTU: what is known of the path, for a connected socket only. */
    private Outcome<OptionValue> mtu() {
        if (remote == null) return new Failed<>(Errno.ENOTCONN);
        return layer.ip()
                .route(remote.address())
                .<Outcome<OptionValue>>map(
                        r -> new Done<>(new OptionValue.Int(Math.min(r.mtu(), MAX_LENGTH))))
                .orElseGet(() -> new Failed<>(Errno.ENOTCONN));
    }

    private Outcome<OptionValue> ipv6Option(SocketOption option) {
        if (ipv6Options == null) return new Failed<>(Errno.ENOPROTOOPT);
        return option == SocketOption.IPV6_MTU ? mtu() : ipv6Options.get(option, 0);
    }

    private Outcome<Integer> setIpv6Option(SocketOption option, OptionValue value) {
        if (ipv6Options == null) return new Failed<>(Errno.ENOPROTOOPT);
        Outcome<Integer> outcome = ipv6Options.set(option, value, local.port() != 0, false);
        if (option == SocketOption.IPV6_RECVERR && !ipv6Options.receivesErrors()) {
            options.errorQueue().clear();
        }
        return outcome;
    }

    private Outcome<Integer> setSocketOption(SocketOption option, OptionValue value) {
        Outcome<Integer> outcome = options.set(option, value);
        output.withoutChecksum(options.omitsChecksum());
        return outcome;
    }

    private Outcome<Integer> setUdpOption(SocketOption option, OptionValue value) {
        Outcome<Integer> outcome = udpOptions.set(option, value);
        if (option == SocketOption.UDP_CORK && !udpOptions.isCorked()) output.push(local.port());
        return outcome;
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
        if (options.hasError() || options.hasQueuedErrors()) mask |= EventMask.ERR;
        if (!received.isEmpty()) mask |= EventMask.IN | EventMask.RDNORM;
        if (shutForReading) mask |= EventMask.RDHUP | EventMask.IN | EventMask.RDNORM;
        if (shutForReading && shutForWriting) mask |= EventMask.HUP;
        return mask;
    }

    @Override
    public SocketLevels levels() {
        return new UdpLevels(
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
