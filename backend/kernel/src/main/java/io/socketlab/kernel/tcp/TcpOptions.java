package io.socketlab.kernel.tcp;

import io.socketlab.kernel.ip.IpLayer;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.OptionValue.Int;
import io.socketlab.kernel.socket.OptionValue.Octets;
import io.socketlab.kernel.socket.OptionValue.Text;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.SocketAddressOctets;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.socket.SocketOptions;
import io.socketlab.kernel.trace.TraceEvent.OptionSet;
import io.socketlab.kernel.wait.EventMask;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** setsockopt(2) and getsockopt(2) on a stream socket. tcp(7), ip(7), do_tcp_setsockopt(). */
final class TcpOptions {

    private static final int MAX_KEEP_SECONDS = 32_767;
    private static final int MAX_KEEP_COUNT = 127;
    private static final int MAX_SYN_COUNT = 127;
    private static final int MIN_MSS = 88;
    private static final int MAX_MSS = 32_767;
    private static final int MAX_LINGER2 = 120;

    /** TCP_RTO_MAX, seconds. */
    private static final int MAX_TIMEOUT = 120;

    private static final int MAX_SYN_ACKS = 255;

    /** With HZ=250. */
    private static final int JIFFY_MS = 4;

    private static final int MIN_RTO_MAX_MS = 1000;

    /** TCP_RTO_MIN and TCP_DELACK_MAX: nothing larger can be set. */
    private static final int MAX_BOUND_US = 200_000;

    /** TCP_SAVE_SYN: with the frame's header, too; there is none here. */
    private static final int MOST_SAVED = 2;

    private static final int MIN_WINDOW_CLAMP = 2304 / 2;

    private final TcpSocket socket;
    private final TcpIpOptions ip;

    TcpOptions(TcpSocket socket) {
        this.socket = socket;
        this.ip = new TcpIpOptions(socket);
    }

    private SocketSettings settings() {
        return socket.settings();
    }

    Outcome<Integer> set(SocketOption option, OptionValue value) {
        Outcome<Integer> outcome =
                switch (option.level()) {
                    case SOL_SOCKET -> setBase(option, value);
                    case IPPROTO_TCP -> setTcp(option, value);
                    case IPPROTO_IP, IPPROTO_IPV6 -> ip.set(option, value);
                    case IPPROTO_UDP -> new Failed<>(Errno.ENOPROTOOPT);
                };
        TcpEnvironment env = socket.layer().environment();
        if (env.trace().isOn()
                && outcome instanceof Done<Integer>
                && get(option) instanceof Done<OptionValue>(OptionValue effective)) {
            env.trace()
                    .emit(
                            new OptionSet(
                                    env.stamp(),
                                    socket.number(),
                                    option.name(),
                                    value.toString(),
                                    effective.toString()));
        }
        return outcome;
    }

    private Outcome<Integer> setBase(SocketOption option, OptionValue value) {
        Connection c = socket.connection();
        SocketOptions base = settings().base;
        if (option == SocketOption.SO_TIMESTAMPING && value instanceof Int(int flags)) {
            boolean begins = (flags & ~base.timestamping() & SocketOptions.OPT_ID) != 0;
            if (begins && (c == null || c.tcb.state == TcpState.CLOSED)) {
                return new Failed<>(Errno.EINVAL);
            }
            boolean fromWritten = (flags & SocketOptions.OPT_ID_TCP) != 0;
            if (begins && c != null) {
                base.timestampKey(fromWritten ? c.tcb.snd.writeSeq : c.tcb.snd.una);
            }
        }
        if (option == SocketOption.SO_RCVLOWAT && value instanceof Int(int n)) {
            setLowWater(n < 0 ? Integer.MAX_VALUE : n);
            return new Done<>(0);
        }
        IpLayer ip = socket.layer().environment().ip();
        Outcome<Integer> outcome =
                option == SocketOption.SO_BINDTODEVICE
                        ? base.bindToDevice(value, ip::interfaceIndex)
                        : base.set(option, value);
        boolean done = outcome instanceof Done<Integer>;
        if (done && option == SocketOption.SO_SNDBUF) socket.sendLimitChanged();
        if (done && c != null) {
            if (option == SocketOption.SO_KEEPALIVE)
                c.keepAlive().switched(settings().base.keepAlive());
            if (option == SocketOption.SO_MAX_PACING_RATE) Pacing.limit(c);
        }
        return outcome;
    }

    /** As many octets as there is ever room for; the buffer grows with it. tcp_set_rcvlowat(). */
    private void setLowWater(int octets) {
        SocketOptions base = settings().base;
        boolean locked = base.receiveBufferLocked();
        int most = (locked ? base.receiveBuffer() : socket.layer().tunables().rmemMax) >> 1;
        int least = Math.max(Math.min(octets, most), 1);
        base.receiveLowWater(least);
        Connection c = socket.connection();
        if (c != null && c.receiveWindow.isWorthReading(least)) {
            c.waitQueue().wake(EventMask.IN | EventMask.RDNORM);
        }
        if (locked) return;
        long memory = c == null ? 2L * least : c.receiveWindow.memoryFor(least);
        if (memory <= base.receiveBuffer()) return;
        base.tuneReceiveBuffer((int) Math.min(memory, Integer.MAX_VALUE));
        if (c != null) c.receiveWindow.clampAtLeast(least);
    }

    private Outcome<Integer> setTcp(SocketOption option, OptionValue value) {
        if (option == SocketOption.TCP_CONGESTION) {
            if (!(value instanceof Text(String name))) return new Failed<>(Errno.EINVAL);
            if (!socket.layer().profile().hasCongestionControl(name))
                return new Failed<>(Errno.ENOENT);
            settings().congestion = name;
            Connection c = socket.connection();
            if (c != null) c.congestion(name);
            return new Done<>(0);
        }
        if (option == SocketOption.TCP_FASTOPEN_KEY) {
            boolean fits = value instanceof Octets(byte[] key) && FastOpenKeys.isLength(key.length);
            if (!fits) return new Failed<>(Errno.EINVAL);
            settings().fastOpenKeys = FastOpenKeys.ofOctets(((Octets) value).value());
            return new Done<>(0);
        }
        if (!(value instanceof Int(int n))) return new Failed<>(Errno.EINVAL);
        Errno failure = setTcp(option, n);
        return failure == null ? new Done<>(0) : new Failed<>(failure);
    }

    private @Nullable Errno setTcp(SocketOption option, int n) {
        SocketSettings s = settings();
        switch (option) {
            case TCP_NODELAY -> {
                s.noDelay = n != 0;
                if (n != 0) push(true);
            }
            case TCP_CORK -> {
                s.cork = n != 0;
                if (n == 0) push(s.noDelay);
            }
            case TCP_MAXSEG -> {
                if (n != 0 && (n < MIN_MSS || n > MAX_MSS)) return Errno.EINVAL;
                s.maxSegment = n;
            }
            case TCP_KEEPIDLE -> {
                if (n < 1 || n > MAX_KEEP_SECONDS) return Errno.EINVAL;
                s.ownTimes().keepIdleSeconds = n;
                Connection c = socket.connection();
                if (c != null) c.keepAlive().idleTimeChanged();
            }
            case TCP_KEEPINTVL -> {
                if (n < 1 || n > MAX_KEEP_SECONDS) return Errno.EINVAL;
                s.ownTimes().keepIntervalSeconds = n;
            }
            case TCP_KEEPCNT -> {
                if (n < 1 || n > MAX_KEEP_COUNT) return Errno.EINVAL;
                s.ownTimes().keepCount = n;
            }
            case TCP_SYNCNT -> {
                if (n < 1 || n > MAX_SYN_COUNT) return Errno.EINVAL;
                s.ownTimes().synCount = n;
            }
            case TCP_LINGER2 -> s.ownTimes().linger2Seconds = n < 0 ? -1 : Math.min(n, MAX_LINGER2);
            case TCP_DEFER_ACCEPT -> s.ownTimes().deferAcceptSeconds = Math.max(n, 0);
            case TCP_FASTOPEN, TCP_FASTOPEN_CONNECT, TCP_FASTOPEN_NO_COOKIE -> {
                return setFastOpen(option, n);
            }
            case TCP_USER_TIMEOUT -> {
                if (n < 0) return Errno.EINVAL;
                s.ownTimes().userTimeoutMs = n;
            }
            case TCP_RTO_MIN_US, TCP_RTO_MAX_MS, TCP_DELACK_MAX_US -> {
                return setTimeoutBound(option, n);
            }
            case TCP_THIN_LINEAR_TIMEOUTS, TCP_THIN_DUPACK, TCP_SAVE_SYN, TCP_INQ -> {
                return setChoice(option, n);
            }
            case TCP_NOTSENT_LOWAT -> {
                s.notsentLowat = n;
                socket.sendLimitChanged();
            }
            case TCP_WINDOW_CLAMP -> {
                boolean closed = socket.isUnconnected() && !socket.isListening();
                if (n == 0 && !closed) return Errno.EINVAL;
                s.windowClamp = n == 0 ? 0 : Math.max(n, MIN_WINDOW_CLAMP);
                Connection c = socket.connection();
                if (c != null && n != 0) c.receiveWindow.clampTo(s.windowClamp);
                if (c != null && n == 0) c.receiveWindow.withoutClamp();
            }
            case TCP_QUICKACK -> {
                s.pingpong = n == 0;
                Connection c = socket.connection();
                if (c != null) c.delayedAck.quickAck(n);
            }
            default -> {
                return Errno.ENOPROTOOPT;
            }
        }
        return null;
    }

    /** One of few numbers, and no other. */
    private @Nullable Errno setChoice(SocketOption option, int n) {
        int most = option == SocketOption.TCP_SAVE_SYN ? MOST_SAVED : 1;
        if (n < 0 || n > most) return Errno.EINVAL;
        switch (option) {
            case TCP_SAVE_SYN -> settings().savesSyn = (byte) n;
            case TCP_INQ -> settings().tellsUnread = n == 1;
            case TCP_THIN_LINEAR_TIMEOUTS -> settings().ownTimes().thinLinear = n == 1;
            default -> {
                // TCP_THIN_DUPACK is of no consequence any more
            }
        }
        return null;
    }

    private @Nullable Errno setFastOpen(SocketOption option, int n) {
        SocketSettings s = settings();
        TcpTunables t = socket.layer().tunables();
        boolean idle = socket.isUnconnected();
        if (option == SocketOption.TCP_FASTOPEN) {
            if (n < 0 || !idle) return Errno.EINVAL;
            s.fastOpenBacklog = Math.min(n, t.somaxconn);
            socket.layer().needFastOpenKeys();
            return null;
        }
        if (n < 0 || n > 1) return Errno.EINVAL;
        if (option == SocketOption.TCP_FASTOPEN_NO_COOKIE) {
            if (!idle) return Errno.EINVAL;
            s.fastOpenNoCookie = n == 1;
            return null;
        }
        if ((t.fastOpen & FastOpenSyn.CLIENT) == 0) return Errno.EOPNOTSUPP;
        if (!idle || socket.isListening()) return Errno.EINVAL;
        s.fastOpenConnect = n == 1;
        return null;
    }

    /** In whole jiffies; a timeout takes two at least. */
    private @Nullable Errno setTimeoutBound(SocketOption option, int n) {
        if (option == SocketOption.TCP_RTO_MAX_MS) {
            if (n < MIN_RTO_MAX_MS || n > MAX_TIMEOUT * 1000) return Errno.EINVAL;
            settings().ownTimes().rtoMaxMs = (n + JIFFY_MS - 1) / JIFFY_MS * JIFFY_MS;
        } else {
            if (n <= JIFFY_MS * 1000 || n > MAX_BOUND_US) return Errno.EINVAL;
            int us = (n + JIFFY_MS * 1000 - 1) / (JIFFY_MS * 1000) * JIFFY_MS * 1000;
            if (option == SocketOption.TCP_RTO_MIN_US) settings().ownTimes().rtoMinUs = us;
            else settings().ownTimes().delayedAckMaxUs = us;
        }
        Connection c = socket.connection();
        if (c != null) c.rtt.bounds(settings().times().rtoBounds(socket.layer().tunables()));
        return null;
    }

    /** Nagle's rule has changed: what it held may go. */
    private void push(boolean all) {
        Connection c = socket.connection();
        if (c == null || !c.tcb.state.isSynchronized()) return;
        if (all) c.sendBuffer.write().pushAll();
        else c.sendBuffer.write().pushPending();
        c.settle();
    }

    Outcome<OptionValue> get(SocketOption option) {
        return switch (option.level()) {
            case IPPROTO_IP, IPPROTO_IPV6 -> ip.get(option);
            case SOL_SOCKET, IPPROTO_TCP, IPPROTO_UDP -> getTcp(option);
        };
    }

    private Outcome<OptionValue> getTcp(SocketOption option) {
        SocketSettings s = settings();
        TcpTunables t = socket.layer().tunables();
        return switch (option) {
            case TCP_NODELAY -> flag(s.noDelay);
            case TCP_CORK -> flag(s.cork);
            case TCP_MAXSEG -> number(maxSegment());
            case TCP_KEEPIDLE ->
                    number(
                            s.times().keepIdleSeconds > 0
                                    ? s.times().keepIdleSeconds
                                    : seconds(t.keepAliveTime));
            case TCP_KEEPINTVL ->
                    number(
                            s.times().keepIntervalSeconds > 0
                                    ? s.times().keepIntervalSeconds
                                    : seconds(t.keepAliveInterval));
            case TCP_KEEPCNT ->
                    number(s.times().keepCount > 0 ? s.times().keepCount : t.keepAliveProbes);
            case TCP_SYNCNT -> number(s.times().synCount > 0 ? s.times().synCount : t.synRetries);
            case TCP_LINGER2 ->
                    number(
                            s.times().linger2Seconds == 0
                                    ? seconds(t.finTimeout)
                                    : s.times().linger2Seconds);
            case TCP_DEFER_ACCEPT -> number(wholeTimeouts(s.times().deferAcceptSeconds));
            case TCP_USER_TIMEOUT -> number(s.times().userTimeoutMs);
            case TCP_WINDOW_CLAMP -> number(windowClamp());
            case TCP_RTO_MIN_US -> number(orElse(s.times().rtoMinUs, t.rtoMin / 1000));
            case TCP_RTO_MAX_MS -> number(orElse(s.times().rtoMaxMs, t.rtoMax / RttEstimator.MS));
            case TCP_DELACK_MAX_US -> number(orElse(s.times().delayedAckMaxUs, MAX_BOUND_US));
            case TCP_THIN_LINEAR_TIMEOUTS -> flag(s.times().thinLinear);
            case TCP_THIN_DUPACK -> flag(false);
            case TCP_FASTOPEN -> number(s.fastOpenBacklog);
            case TCP_FASTOPEN_CONNECT -> flag(s.fastOpenConnect);
            case TCP_FASTOPEN_NO_COOKIE -> flag(s.fastOpenNoCookie);
            case TCP_FASTOPEN_KEY -> new Done<>(new Octets(fastOpenKeys()));
            case TCP_NOTSENT_LOWAT -> number(s.notsentLowat);
            case TCP_INQ -> flag(s.tellsUnread);
            case TCP_SAVE_SYN -> number(s.savesSyn);
            case TCP_SAVED_SYN -> savedSyn();
            case TCP_IS_MPTCP -> flag(false);
            case TCP_CC_INFO -> new Done<>(new OptionValue.Numbers(algorithmInfo()));
            case TCP_QUICKACK -> {
                Connection c = socket.connection();
                yield flag(c == null ? !s.pingpong : !c.delayedAck.isPingpong());
            }
            case TCP_CONGESTION -> new Done<>(new Text(s.congestion));
            case TCP_INFO ->
                    new Done<>(new OptionValue.ConnectionInfo(socket.tcpInfo().orElseThrow()));
            case SO_MEMINFO -> new Done<>(new OptionValue.Numbers(memory()));
            case SO_BINDTODEVICE -> new Done<>(new Text(device()));
            case SO_PEERNAME -> peerName();
            case SO_ERROR -> {
                Connection c = socket.connection();
                if (!s.base.hasError() && c != null && c.softError != null) {
                    s.base.error(c.softError);
                    c.softError = null;
                }
                yield s.base.get(option, socket.isListening());
            }
            default -> s.base.get(option, socket.isListening());
        };
    }

    /** Empty for none, and for one that is not there. */
    private String device() {
        IpLayer ip = socket.layer().environment().ip();
        return ip.device(settings().base.boundDevice()).orElse("");
    }

    /** What getpeername(2) gives. */
    private Outcome<OptionValue> peerName() {
        return socket.remoteEndpoint()
                .<Outcome<OptionValue>>map(
                        peer -> new Done<>(new Octets(SocketAddressOctets.of(peer))))
                .orElseGet(() -> new Failed<>(Errno.ENOTCONN));
    }

    /** TCP_CC_INFO: of a socket that has not been connected zeros, as nothing has begun. */
    private List<Integer> algorithmInfo() {
        Connection c = socket.connection();
        if (c != null) return c.congestion().info();
        String name = settings().congestion;
        List<Integer> begun = socket.layer().profile().newCongestionControl(name).info();
        return Collections.nCopies(begun.size(), 0);
    }

    /** TCP_SAVED_SYN; nothing once it has been given. */
    private Outcome<OptionValue> savedSyn() {
        byte[] saved = settings().savedSyn;
        return new Done<>(new Octets(saved == null ? new byte[0] : saved));
    }

    /** None before the first socket of the host has asked for Fast Open. */
    private byte[] fastOpenKeys() {
        FastOpenKeys own = settings().fastOpenKeys;
        if (own != null) return own.octets();
        TcpLayer layer = socket.layer();
        return layer.hasFastOpenKeys() ? layer.fastOpenKeys().octets() : new byte[0];
    }

    private int maxSegment() {
        Connection c = socket.connection();
        int own = settings().maxSegment;
        if (own > 0 && socket.isUnconnected()) return own;
        return c == null ? socket.lastMss() : c.tcb.snd.mss;
    }

    private List<Integer> memory() {
        Connection c = socket.connection();
        SocketOptions base = settings().base;
        int received = c == null ? 0 : c.receiveBuffer.memory() + c.reassembly.memory();
        int sent = c == null ? 0 : c.sendBuffer.memory();
        int dropped = 0;
        return base.memory(received, sent, dropped);
    }

    /**
     * Seconds until the SYN-ACK timer has fired so often that {@code seconds} have passed, or as
     * often as Linux can count. secs_to_retrans().
     */
    private static int wholeTimeouts(int seconds) {
        int passed = 0;
        int timeout = 1;
        for (int fired = 0; passed < seconds && fired < MAX_SYN_ACKS; fired++) {
            passed += timeout;
            timeout = Math.min(timeout << 1, MAX_TIMEOUT);
        }
        return passed;
    }

    private int windowClamp() {
        Connection c = socket.connection();
        return c == null ? settings().windowClamp : c.receiveWindow.clampValue();
    }

    private static int orElse(int own, long otherwise) {
        return own != 0 ? own : (int) otherwise;
    }

    private static int seconds(long nanos) {
        return (int) (nanos / 1_000_000_000L);
    }

    private static Outcome<OptionValue> flag(boolean on) {
        return number(on ? 1 : 0);
    }

    private static Outcome<OptionValue> number(int n) {
        return new Done<>(new Int(n));
    }
}
