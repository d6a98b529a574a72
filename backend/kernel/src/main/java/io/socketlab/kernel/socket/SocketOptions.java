package io.socketlab.kernel.socket;

import io.socketlab.kernel.socket.OptionValue.Int;
import io.socketlab.kernel.socket.OptionValue.Linger;
import io.socketlab.kernel.socket.OptionValue.Time;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.sysctl.Sysctls;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The options of level SOL_SOCKET, which every socket has. socket(7), net/core/sock.c. */
public final class SocketOptions {

    /** Linux's SOCK_MIN_SNDBUF and SOCK_MIN_RCVBUF. */
    private static final int MIN_SEND_BUFFER = 4608;

    private static final int MIN_RECEIVE_BUFFER = 2304;

    private static final int AF_INET = 2;

    /** SOF_TIMESTAMPING_…: what is to be stamped, and how it is to be told. */
    public static final int TX_SOFTWARE = 1 << 1;

    public static final int RX_SOFTWARE = 1 << 3;
    public static final int SOFTWARE = 1 << 4;
    public static final int OPT_ID = 1 << 7;
    public static final int TX_SCHED = 1 << 8;
    public static final int TX_ACK = 1 << 9;
    public static final int OPT_TSONLY = 1 << 11;
    public static final int OPT_STATS = 1 << 12;
    public static final int OPT_ID_TCP = 1 << 16;

    /** Those that stamp what is sent, as far as there is hardware for them here. */
    public static final int TX_RECORD = TX_SOFTWARE | TX_SCHED | TX_ACK;

    private static final int TIMESTAMPING_KNOWN = (1 << 19) - 1;

    private final int type;
    private final int protocol;
    private final int sendMax;
    private final int receiveMax;
    private boolean reuseAddress;
    private boolean reusePort;
    private boolean broadcast;
    private boolean keepAlive;
    private Linger linger = Linger.OFF;
    private int sendBuffer;
    private int receiveBuffer;
    private boolean sendBufferLocked;
    private boolean receiveBufferLocked;
    private int receiveLowWater = 1;
    private Time receiveTimeout = Time.NO_LIMIT;
    private Time sendTimeout = Time.NO_LIMIT;
    private @Nullable Errno error;
    private @Nullable ErrorQueue errorQueue;
    private boolean zerocopy;
    private boolean dontRoute;
    private int priority;
    private int mark;
    private boolean urgentInline;
    private int timestamping;
    private int timestampKey;

    /**
     * @param type SOCK_STREAM or SOCK_DGRAM
     * @param sendBuffer octets at first
     * @param receiveBuffer octets at first
     */
    public SocketOptions(
            int type, int protocol, int sendBuffer, int receiveBuffer, Sysctls sysctls) {
        this.type = type;
        this.protocol = protocol;
        this.sendBuffer = sendBuffer;
        this.receiveBuffer = receiveBuffer;
        this.sendMax = sysctls.integer("net.core.wmem_max");
        this.receiveMax = sysctls.integer("net.core.rmem_max");
    }

    /** Those of {@code listener}, as an accepted socket inherits them. */
    public SocketOptions(SocketOptions listener) {
        this.type = listener.type;
        this.protocol = listener.protocol;
        this.sendMax = listener.sendMax;
        this.receiveMax = listener.receiveMax;
        this.reuseAddress = listener.reuseAddress;
        this.reusePort = listener.reusePort;
        this.broadcast = listener.broadcast;
        this.keepAlive = listener.keepAlive;
        this.linger = listener.linger;
        this.sendBuffer = listener.sendBuffer;
        this.receiveBuffer = listener.receiveBuffer;
        this.sendBufferLocked = listener.sendBufferLocked;
        this.receiveBufferLocked = listener.receiveBufferLocked;
        this.receiveLowWater = listener.receiveLowWater;
        this.receiveTimeout = listener.receiveTimeout;
        this.sendTimeout = listener.sendTimeout;
        this.zerocopy = listener.zerocopy;
        this.dontRoute = listener.dontRoute;
        this.priority = listener.priority;
        this.mark = listener.mark;
        this.urgentInline = listener.urgentInline;
        this.timestamping = listener.timestamping;
    }

    /** setsockopt(2) at level SOL_SOCKET. */
    public Outcome<Integer> set(SocketOption option, OptionValue value) {
        return switch (value) {
            case Int(int n) -> setInt(option, n);
            case Linger wanted -> setLinger(option, wanted);
            case Time wanted -> setTime(option, wanted);
            case OptionValue.Text _,
                    OptionValue.Octets _,
                    OptionValue.ConnectionInfo _,
                    OptionValue.Numbers _ ->
                    new Failed<>(Errno.EINVAL);
        };
    }

    private Outcome<Integer> setInt(SocketOption option, int n) {
        switch (option) {
            case SO_REUSEADDR -> reuseAddress = n != 0;
            case SO_REUSEPORT -> reusePort = n != 0;
            case SO_BROADCAST -> broadcast = n != 0;
            case SO_KEEPALIVE -> keepAlive = n != 0;
            case SO_DEBUG -> {}
            case SO_OOBINLINE -> urgentInline = n != 0;
            case SO_ZEROCOPY -> {
                if (n < 0 || n > 1) return new Failed<>(Errno.EINVAL);
                zerocopy = n != 0;
            }
            case SO_TIMESTAMPING -> {
                return setTimestamping(n);
            }
            case SO_SNDBUF -> {
                sendBuffer = Math.max(2 * clamp(n, sendMax), MIN_SEND_BUFFER);
                sendBufferLocked = true;
            }
            case SO_RCVBUF -> {
                receiveBuffer = Math.max(2 * clamp(n, receiveMax), MIN_RECEIVE_BUFFER);
                receiveBufferLocked = true;
            }
            case SO_SNDBUFFORCE -> {
                sendBuffer = Math.max(2 * clamp(n, Integer.MAX_VALUE / 2), MIN_SEND_BUFFER);
                sendBufferLocked = true;
            }
            case SO_RCVBUFFORCE -> {
                receiveBuffer = Math.max(2 * clamp(n, Integer.MAX_VALUE / 2), MIN_RECEIVE_BUFFER);
                receiveBufferLocked = true;
            }
            case SO_DONTROUTE -> dontRoute = n != 0;
            case SO_PRIORITY -> priority = n;
            case SO_MARK -> mark = n;
            case SO_RCVLOWAT -> receiveLowWater = n < 0 ? Integer.MAX_VALUE : Math.max(n, 1);
            case SO_SNDLOWAT, SO_TYPE, SO_ERROR, SO_ACCEPTCONN, SO_PROTOCOL, SO_DOMAIN -> {
                return new Failed<>(Errno.ENOPROTOOPT);
            }
            case SO_LINGER, SO_RCVTIMEO, SO_SNDTIMEO -> {
                return new Failed<>(Errno.EINVAL); // optlen is too short for the struct
            }
            default -> {
                return new Failed<>(Errno.ENOPROTOOPT);
            }
        }
        return new Done<>(0);
    }

    private Outcome<Integer> setTimestamping(int flags) {
        boolean wrong =
                (flags & ~TIMESTAMPING_KNOWN) != 0
                        || ((flags & OPT_ID_TCP) != 0 && (flags & OPT_ID) == 0)
                        || ((flags & OPT_STATS) != 0 && (flags & OPT_TSONLY) == 0);
        if (wrong) return new Failed<>(Errno.EINVAL);
        timestamping = flags;
        return new Done<>(0);
    }

    /**
     * As the kernel does: a negative size is a very large unsigned one, and twice it must fit an
     * int.
     */
    private static int clamp(int wanted, int max) {
        return Math.min(wanted < 0 ? max : Math.min(wanted, max), Integer.MAX_VALUE / 2);
    }

    private Outcome<Integer> setLinger(SocketOption option, Linger wanted) {
        if (option != SocketOption.SO_LINGER) return setInt(option, wanted.on() ? 1 : 0);
        linger = wanted;
        return new Done<>(0);
    }

    private Outcome<Integer> setTime(SocketOption option, Time wanted) {
        if (option == SocketOption.SO_RCVTIMEO) receiveTimeout = wanted;
        else if (option == SocketOption.SO_SNDTIMEO) sendTimeout = wanted;
        else return new Failed<>(Errno.EINVAL);
        return new Done<>(0);
    }

    /** getsockopt(2) at level SOL_SOCKET. */
    public Outcome<OptionValue> get(SocketOption option, boolean listening) {
        return switch (option) {
            case SO_REUSEADDR -> flag(reuseAddress);
            case SO_REUSEPORT -> flag(reusePort);
            case SO_BROADCAST -> flag(broadcast);
            case SO_KEEPALIVE -> flag(keepAlive);
            case SO_DEBUG -> flag(false);
            case SO_OOBINLINE -> flag(urgentInline);
            case SO_DONTROUTE -> flag(dontRoute);
            case SO_PRIORITY -> number(priority);
            case SO_MARK -> number(mark);
            case SO_INCOMING_CPU -> number(0);
            case SO_ZEROCOPY -> flag(zerocopy);
            case SO_TIMESTAMPING -> number(timestamping);
            case SO_LINGER -> new Done<>(linger);
            case SO_SNDBUF -> number(sendBuffer);
            case SO_RCVBUF -> number(receiveBuffer);
            case SO_RCVLOWAT -> number(receiveLowWater);
            case SO_SNDLOWAT -> number(1);
            case SO_RCVTIMEO -> new Done<>(receiveTimeout);
            case SO_SNDTIMEO -> new Done<>(sendTimeout);
            case SO_TYPE -> number(type);
            case SO_PROTOCOL -> number(protocol);
            case SO_DOMAIN -> number(AF_INET);
            case SO_ACCEPTCONN -> flag(listening);
            case SO_ERROR -> number(takeError().map(Errno::number).orElse(0));
            default -> new Failed<>(Errno.ENOPROTOOPT);
        };
    }

    private static Outcome<OptionValue> flag(boolean on) {
        return number(on ? 1 : 0);
    }

    private static Outcome<OptionValue> number(int n) {
        return new Done<>(new Int(n));
    }

    public boolean reuseAddress() {
        return reuseAddress;
    }

    public boolean reusePort() {
        return reusePort;
    }

    public boolean broadcast() {
        return broadcast;
    }

    public boolean keepAlive() {
        return keepAlive;
    }

    public Linger linger() {
        return linger;
    }

    /**
     * Octets of memory that may wait to be sent and acknowledged; twice what SO_SNDBUF asked for.
     */
    public int sendBuffer() {
        return sendBuffer;
    }

    /** Octets of memory that may wait to be read; twice what SO_RCVBUF asked for. */
    public int receiveBuffer() {
        return receiveBuffer;
    }

    /** Whether a program has set SO_SNDBUF, so that the kernel no longer adjusts it. */
    public boolean sendBufferLocked() {
        return sendBufferLocked;
    }

    public boolean receiveBufferLocked() {
        return receiveBufferLocked;
    }

    /** The kernel adjusts the send buffer by itself. */
    public void tuneSendBuffer(int octets) {
        sendBuffer = octets;
    }

    public void tuneReceiveBuffer(int octets) {
        receiveBuffer = octets;
    }

    /** Octets that must be there before a socket counts as readable. */
    public int receiveLowWater() {
        return receiveLowWater;
    }

    /** Nanoseconds a receiving call waits, 0 for ever. */
    public long receiveTimeout() {
        return receiveTimeout.nanos();
    }

    public long sendTimeout() {
        return sendTimeout.nanos();
    }

    /** MSG_ZEROCOPY is heeded. */
    public boolean zerocopy() {
        return zerocopy;
    }

    /** Urgent data stays in the stream. */
    public boolean urgentInline() {
        return urgentInline;
    }

    /** SO_TIMESTAMPING: the bits of SOF_TIMESTAMPING_…. */
    public int timestamping() {
        return timestamping;
    }

    /** What is counted as octet 0 in timestamps with OPT_ID. */
    public int timestampKey() {
        return timestampKey;
    }

    public void timestampKey(int sequence) {
        timestampKey = sequence;
    }

    /** What waits for MSG_ERRQUEUE. */
    public ErrorQueue errorQueue() {
        if (errorQueue == null) errorQueue = new ErrorQueue();
        return errorQueue;
    }

    public boolean hasQueuedErrors() {
        return errorQueue != null && !errorQueue.isEmpty();
    }

    /** recvmsg(MSG_ERRQUEUE): never waits. ip(7), ip_recv_error(). */
    public Outcome<Received> takeQueuedError(Reception in) {
        Received taken = errorQueue().take(in.room(), (timestamping & SOFTWARE) != 0);
        if (taken == null) return new Failed<>(Errno.EAGAIN);
        boolean icmp =
                taken.control().stream()
                        .anyMatch(m ->
                                m instanceof ControlMessage.ReceivedError(var e, _) && e.isIcmp());
        if (icmp) {
            int next = errorQueue().nextIcmpErrno();
            error = next == 0 ? null : Errno.of(next);
        }
        return new Done<>(taken);
    }

    /** An error that the next call reports. */
    public void error(Errno happened) {
        error = happened;
    }

    public boolean hasError() {
        return error != null;
    }

    /** The error, which is reported once. */
    public Optional<Errno> takeError() {
        Optional<Errno> taken = Optional.ofNullable(error);
        error = null;
        return taken;
    }
}
