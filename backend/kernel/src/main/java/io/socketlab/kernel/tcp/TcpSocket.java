package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.AddressFamily;
import io.socketlab.kernel.socket.Errno;
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
import io.socketlab.kernel.socket.TcpInfo;
import io.socketlab.kernel.socket.Transmission;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TraceEvent.SocketCreated;
import io.socketlab.kernel.trace.TraceEvent.SocketDestroyed;
import io.socketlab.kernel.trace.TraceEvent.StateChanged;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wait.WaitQueue;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpAddress;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** A stream socket: what calls find behind a descriptor. tcp(7), net/ipv4/af_inet.c, tcp.c. */
final class TcpSocket implements Socket {

    /** By how much write_seq is moved beyond the peer's largest window: tcp_disconnect(). */
    private static final int BEYOND_WINDOW = 2;

    private final TcpLayer layer;
    private final int number;
    private final SocketSettings settings;
    private final WaitQueue waitQueue;
    private final LocalPort localPort;

    /** Made when first needed: who was accepted has none. */
    private @Nullable ActiveOpen activeOpen;

    private @Nullable Listener listener;
    private @Nullable Connection connection;

    private SocketState state = SocketState.UNCONNECTED;

    /** shutdown(2) has been called before there was a connection. */
    private boolean shutForReading;

    private boolean shutForWriting;

    /** Of the connection that has been dissolved: TCP_MAXSEG goes on telling it. */
    private int lastMss = Connection.DEFAULT_MSS;

    /**
     * Octets that seem unsent without a connection: tcp_disconnect() moves write_seq beyond all
     * that the peer might know, and leaves snd.nxt.
     */
    private long unsentSeemingly;

    private boolean closed;

    TcpSocket(TcpLayer layer, AddressFamily family) {
        this.layer = layer;
        this.number = env().socketNumbers().getAsInt();
        TcpTunables t = layer.tunables();
        this.settings = new SocketSettings(new SocketOptions(t.socketOptions(family)), t);
        this.waitQueue = new WaitQueue();
        this.localPort = new LocalPort(this);
        if (env().trace().isOn()) {
            env().trace().emit(new SocketCreated(env().stamp(), number, "tcp", 0));
        }
    }

    /** A connection that came out of a listener. */
    TcpSocket(TcpLayer layer, Connection connection) {
        this.layer = layer;
        this.number = connection.number;
        this.settings = connection.settings;
        this.waitQueue = connection.waitQueue();
        this.localPort = new LocalPort(this);
        this.connection = connection;
        this.state = SocketState.CONNECTED;
    }

    private TcpEnvironment env() {
        return layer.environment();
    }

    private ActiveOpen activeOpen() {
        if (activeOpen == null) activeOpen = new ActiveOpen(this, localPort);
        return activeOpen;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public boolean isStream() {
        return true;
    }

    TcpLayer layer() {
        return layer;
    }

    SocketSettings settings() {
        return settings;
    }

    @Nullable Connection connection() {
        return connection;
    }

    Connection connectionOrThrow() {
        if (connection == null)
            throw new IllegalStateException("socket " + number + " has no peer");
        return connection;
    }

    /** It has a local port. */
    boolean isBound() {
        return localPort.isHeld();
    }

    /** What the calls know of it. */
    SocketState state() {
        return state;
    }

    void state(SocketState next) {
        state = next;
    }

    int lastMss() {
        return lastMss;
    }

    boolean isListening() {
        return listener != null;
    }

    boolean isUnconnected() {
        return connection == null || connection.tcb.state == TcpState.CLOSED;
    }

    // ---- addresses

    @Override
    public Outcome<Integer> bind(Endpoint address) {
        Errno refused = settings.family().refuses(address.address());
        if (refused != null) return new Failed<>(refused);
        IpAddress wanted = settings.family().inward(address.address());
        if (!Addressing.isBindable(settings, wanted)) return new Failed<>(Errno.EINVAL);
        if (!wanted.isAny() && !settings.freeBind && !env().ip().isLocal(wanted)) {
            return new Failed<>(Errno.EADDRNOTAVAIL);
        }
        if (localPort.isHeld() || listener != null || connection != null) {
            return new Failed<>(Errno.EINVAL);
        }
        return localPort.bind(wanted, address.port())
                ? new Done<>(0)
                : new Failed<>(Errno.EADDRINUSE);
    }

    @Override
    public Optional<String> refusal() {
        return localPort.refusal();
    }

    @Override
    public Outcome<Integer> listen(int backlog) {
        if (state != SocketState.UNCONNECTED || !isUnconnected()) {
            return new Failed<>(Errno.EINVAL);
        }
        // As the kernel: a negative backlog is a very large unsigned one.
        int most = layer.tunables().somaxconn;
        int entries = backlog < 0 ? most : Math.min(backlog, most);
        if (listener != null) {
            listener.backlog(entries);
            return new Done<>(0);
        }
        PortClaim held = localPort.listen();
        if (held == null) return new Failed<>(Errno.EADDRINUSE);
        connection = null;
        var made =
                new Listener(
                        layer, number, new Endpoint(held.address, held.port), settings, waitQueue);
        made.childrenAreShut(shutForReading, shutForWriting);
        listener = made;
        FastOpenQueue.listening(settings, layer.tunables(), entries);
        if (settings.fastOpenBacklog > 0) layer.needFastOpenKeys();
        layer.add(made);
        tellState(TcpState.CLOSED, TcpState.LISTEN, Rule.RFC9293_PASSIVE_OPEN);
        made.backlog(entries);
        return new Done<>(0);
    }

    private void tellState(TcpState from, TcpState to, Rule rule) {
        if (!env().trace().isOn()) return;
        env().trace()
                .emit(new StateChanged(env().stamp(rule, null), number, from.name(), to.name()));
    }

    // ---- opening

    @Override
    public Outcome<Socket> accept() {
        if (listener == null) return new Failed<>(Errno.EINVAL);
        TcpSocket child = listener.take();
        if (child == null) {
            return new Blocked<>(
                    this, EventMask.IN | EventMask.HUP, "a connection in the accept queue");
        }
        return new Done<>(child);
    }

    @Override
    public boolean isConnecting() {
        return connection != null && connection.tcb.state == TcpState.SYN_SENT;
    }

    @Override
    public Outcome<Integer> connect(Endpoint remote, boolean resumed) {
        Outcome<Integer> outcome = activeOpen().connect(remote, resumed);
        if (activeOpen().isSpent()) activeOpen = null;
        return outcome;
    }

    /** The connection that an active open has made: what was shut down without one stays so. */
    void connection(Connection made) {
        made.receiveShutdown = shutForReading;
        made.sendShutdown = shutForWriting;
        connection = made;
        unsentSeemingly = 0;
    }

    /** connect(2) to AF_UNSPEC: the socket is as new, but for its options. tcp_disconnect(). */
    Outcome<Integer> disconnect() {
        if (listener != null) stopListening();
        state = SocketState.UNCONNECTED;
        shutForReading = false;
        shutForWriting = false;
        settings.maxSegment = 0;
        Connection c = connection;
        unsentSeemingly += BEYOND_WINDOW;
        if (c == null) return new Done<>(0);
        Tcb.Send snd = c.tcb.snd;
        unsentSeemingly += Integer.toUnsignedLong(snd.maxWnd) + (snd.writeSeq - snd.nxt);
        boolean open = c.tcb.state != TcpState.CLOSED;
        if (open) Closing.abort(c, Rule.RFC9293_ABORT);
        localPort.disconnected(c);
        connection = null;
        lastMss = c.tcb.snd.mss;
        if (open) settings.base.error(Errno.ECONNRESET);
        c.settle();
        return new Done<>(0);
    }

    // ---- data

    @Override
    public Outcome<Integer> send(Transmission out) {
        Outcome<Integer> opened = openBy(out);
        if (opened != null) return opened;
        Connection c = connection;
        if (c == null) return new Failed<>(settings.base.takeError().orElse(Errno.EPIPE));
        Outcome<Integer> outcome = StreamSend.attempt(this, c, out);
        c.settle();
        return outcome;
    }

    /** What comes of {@code out} if it has to open the connection first; null if it has not. */
    private @Nullable Outcome<Integer> openBy(Transmission out) {
        boolean opens = (out.flags() & MessageFlags.MSG_FASTOPEN) != 0;
        if (!opens && (activeOpen == null || activeOpen.isPlain())) return null;
        FastOpenConnect fastOpen = activeOpen().fastOpen();
        if (!fastOpen.concerns(out)) return null;
        Outcome<Integer> opened = fastOpen.open(out);
        return opened instanceof Done<Integer> ? null : opened;
    }

    @Override
    public void endOfSend(Transmission out) {
        Connection c = connection;
        if (c != null) StreamSend.end(c, out);
    }

    @Override
    public Outcome<Received> receive(Reception in) {
        if ((in.flags() & MessageFlags.MSG_ERRQUEUE) != 0) {
            Outcome<Received> taken =
                    settings.base.takeQueuedError(
                            in, env().loop().now(), settings.controlFlags::tell);
            if (settings.base.hasQueuedErrors()) waitQueue.wake(EventMask.ERR);
            return taken;
        }
        Connection c = connection;
        if (c == null) return receiveWithoutConnection(in);
        Outcome<Received> outcome = StreamReceive.attempt(this, c, in);
        c.settle();
        return outcome;
    }

    /** tcp_recvmsg_locked() in CLOSED and LISTEN. */
    private Outcome<Received> receiveWithoutConnection(Reception in) {
        if (listener != null) return new Failed<>(Errno.ENOTCONN);
        if ((in.flags() & MessageFlags.MSG_OOB) != 0) return new Failed<>(Errno.EINVAL);
        Optional<Errno> error = settings.base.takeError();
        if (error.isPresent()) return new Failed<>(error.get());
        return shutForReading
                ? new Done<>(new Received(new byte[0], 0, Optional.empty(), 0))
                : new Failed<>(Errno.ENOTCONN);
    }

    // ---- closing

    @Override
    public Outcome<Integer> shutdown(boolean reading, boolean writing) {
        if (listener != null) {
            if (reading) disconnect(); // and with it goes what was shut down before
            return new Done<>(0);
        }
        Connection c = connection;
        if (state == SocketState.CONNECTING) {
            state =
                    isUnconnected() || isConnecting()
                            ? SocketState.DISCONNECTING
                            : SocketState.CONNECTED;
        }
        if (c == null || c.tcb.state == TcpState.CLOSED) {
            // it fails, and yet poll(2) finds it shut down: inet_shutdown()
            shutForReading |= reading;
            shutForWriting |= writing;
            tellPollers();
            return new Failed<>(Errno.ENOTCONN);
        }
        if (c.tcb.state == TcpState.SYN_SENT) {
            disconnect(); // inet_shutdown(): nobody has been reached who could be told
            tellPollers();
            return new Done<>(0);
        }
        Closing.shutdown(c, reading, writing);
        c.stateHasChanged();
        c.settle();
        return new Done<>(0);
    }

    private void stopListening() {
        Listener gone = listener;
        if (gone == null) return;
        listener = null;
        layer.remove(gone);
        gone.close();
        localPort.stopListening();
        tellState(TcpState.LISTEN, TcpState.CLOSED, Rule.RFC9293_CLOSE_LISTEN);
        tellPollers();
    }

    /** sk_state_change(). */
    private void tellPollers() {
        waitQueue.wakeAll(EventMask.IN | EventMask.OUT | EventMask.HUP | EventMask.RDHUP);
    }

    @Override
    public Outcome<Integer> close(boolean resumed) {
        Connection c = connection;
        if (resumed) {
            if (c == null || Closing.isDone(c)) return new Done<>(0);
            return lingering();
        }
        if (closed) return new Done<>(0);
        closed = true;
        if (listener != null) stopListening();
        if (c == null) {
            localPort.release();
            destroyed();
            return new Done<>(0);
        }
        boolean lingers = settings.base.linger().on() && settings.base.linger().seconds() > 0;
        c.becomeOrphan();
        boolean waits = Closing.close(c) && lingers && !Closing.isDone(c);
        c.settle();
        return waits ? lingering() : new Done<>(0);
    }

    private Outcome<Integer> lingering() {
        return new Blocked<>(
                this,
                EventMask.OUT | EventMask.HUP | EventMask.ERR,
                "the peer to acknowledge it all");
    }

    private void destroyed() {
        if (env().trace().isOn()) env().trace().emit(new SocketDestroyed(env().stamp(), number));
    }

    /** Gives up a connection that nobody accepted. */
    void abort(Rule rule) {
        Connection c = connectionOrThrow();
        c.becomeOrphan();
        Closing.abort(c, rule);
        c.settle();
    }

    // ---- what it looks like

    @Override
    public Endpoint localEndpoint() {
        Endpoint own = connection != null ? connection.localEndpoint() : localPort.endpoint();
        return settings.family().outward(own);
    }

    @Override
    public Optional<Endpoint> remoteEndpoint() {
        Connection c = connection;
        if (c == null || c.tcb.state == TcpState.CLOSED || c.tcb.state == TcpState.SYN_SENT) {
            return Optional.empty();
        }
        return Optional.of(settings.family().outward(c.remoteEndpoint()));
    }

    @Override
    public Endpoint acceptedPeer() {
        return settings.family().outward(connectionOrThrow().remoteEndpoint());
    }

    @Override
    public void given(SocketOption option) {
        if (option == SocketOption.TCP_SAVED_SYN) settings.savedSyn = null;
    }

    @Override
    public Outcome<Integer> setOption(SocketOption option, OptionValue value) {
        return new TcpOptions(this).set(option, value);
    }

    @Override
    public Outcome<OptionValue> getOption(SocketOption option) {
        return new TcpOptions(this).get(option);
    }

    @Override
    public SocketOptions options() {
        return settings.base;
    }

    @Override
    public Optional<TcpInfo> tcpInfo() {
        int reordering = layer.tunables().reordering;
        if (listener != null) return Optional.of(TcpInfoReport.of(listener, reordering));
        return Optional.of(
                connection == null
                        ? TcpInfoReport.of(TcpState.CLOSED, reordering)
                        : TcpInfoReport.of(connection));
    }

    @Override
    public Outcome<Integer> readableOctets() {
        return asked(StreamReceive::readable);
    }

    @Override
    public Outcome<Integer> unacknowledgedOctets() {
        return asked(c -> c.tcb.snd.writeSeq - c.tcb.snd.una);
    }

    @Override
    public Outcome<Integer> unsentOctets() {
        return asked(c -> c.tcb.snd.writeSeq - c.tcb.snd.nxt);
    }

    @Override
    public Outcome<Integer> isAtMark() {
        Connection c = connection;
        return new Done<>(c != null && c.urgent.isAtMark(c.tcb.rcv.copied) ? 1 : 0);
    }

    /** tcp_ioctl(): nothing of a listener, 0 while there is no connection. */
    private Outcome<Integer> asked(ToIntFunction<Connection> count) {
        if (listener != null) return new Failed<>(Errno.EINVAL);
        Connection c = connection;
        boolean opening =
                c == null
                        || c.tcb.state == TcpState.SYN_SENT
                        || c.tcb.state == TcpState.SYN_RECEIVED;
        return new Done<>(opening ? 0 : count.applyAsInt(c));
    }

    /** SO_SNDBUF or TCP_NOTSENT_LOWAT has been set: sk_write_space(). */
    void sendLimitChanged() {
        if (connection != null) connection.sendBuffer.limitHasChanged();
        else if (listener == null && isWritableUnconnected()) waitQueue.wake(EventMask.WRITABLE);
    }

    private boolean isWritableUnconnected() {
        if (shutForWriting) return true;
        return SendBuffer.isFewUnsent(unsentSeemingly, settings, layer.tunables());
    }

    @Override
    public int readiness() {
        if (listener != null) return TcpReadiness.ofListener(listener);
        int mask =
                connection == null
                        ? TcpReadiness.unconnected(shutForReading, isWritableUnconnected())
                        : TcpReadiness.of(
                                connection, activeOpen != null && activeOpen.isDeferred());
        boolean error = settings.base.hasError() || settings.base.hasQueuedErrors();
        return error ? mask | EventMask.ERR : mask;
    }

    @Override
    public SocketLevels levels() {
        return new TcpLevels(listener, connection);
    }

    @Override
    public WaitQueue waitQueue() {
        return waitQueue;
    }
}
