package io.socketlab.kernel.socket;

import io.socketlab.kernel.socket.OptionValue.Int;
import io.socketlab.kernel.socket.OptionValue.Linger;
import io.socketlab.kernel.socket.OptionValue.Time;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.sysctl.Sysctls;
import org.jspecify.annotations.Nullable;

/**
 * What programs choose of a socket at level SOL_SOCKET, apart from sizes. Nearly all sockets of a
 * host have the same: they share it until one sets something. socket(7), net/core/sock.c.
 */
final class SocketChoices implements Cloneable {

    /** SO_INCOMING_CPU before a packet has come. */
    private static final int NO_CPU = -1;

    private static final int RX_STAMPS = SocketOptions.RX_SOFTWARE | SocketOptions.SOFTWARE;

    /** SO_BUF_LOCK: SOCK_SNDBUF_LOCK and SOCK_RCVBUF_LOCK. */
    private static final int SEND_LOCK = 1;

    private static final int RECEIVE_LOCK = 2;

    private static final int TIMESTAMPING_KNOWN = (1 << 19) - 1;

    /** What a receive tells of the arrival: SO_TIMESTAMP and SO_TIMESTAMPNS exclude each other. */
    enum ArrivalUnit {
        NOT_TOLD,
        MICROSECONDS,
        NANOSECONDS
    }

    final AddressFamily family;
    final int type;
    final int protocol;
    final int sendMax;
    final int receiveMax;
    private boolean debug;
    boolean reuseAddress;
    boolean reusePort;
    boolean reusePortBalanced;
    boolean broadcast;
    boolean keepAlive;
    Linger linger = Linger.OFF;
    boolean sendBufferLocked;
    boolean receiveBufferLocked;
    int receiveLowWater = 1;
    Time receiveTimeout = Time.NO_LIMIT;
    Time sendTimeout = Time.NO_LIMIT;
    boolean zerocopy;
    boolean dontRoute;
    boolean omitsChecksum;
    boolean tellsDrops;
    int priority;
    private int incomingCpu = NO_CPU;
    long maxPacingRate = SocketOptions.PACING_UNLIMITED;
    boolean paced;
    private int mark;
    int boundDevice;
    boolean urgentInline;
    int timestamping;
    ArrivalUnit arrivalUnit = ArrivalUnit.NOT_TOLD;
    boolean selectsErrorQueue;
    int peekOffset = -1;

    SocketChoices(AddressFamily family, int type, int protocol, Sysctls sysctls) {
        this.family = family;
        this.type = type;
        this.protocol = protocol;
        this.sendMax = sysctls.integer("net.core.wmem_max");
        this.receiveMax = sysctls.integer("net.core.rmem_max");
    }

    SocketChoices copy() {
        try {
            return (SocketChoices) clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** SO_TIMESTAMP or SO_TIMESTAMPNS. */
    boolean tellsArrivals() {
        return arrivalUnit != ArrivalUnit.NOT_TOLD;
    }

    /** SO_TIMESTAMPING, of what is received. */
    boolean stampsArrivals() {
        return (timestamping & RX_STAMPS) == RX_STAMPS;
    }

    /** Sets an option that is an int; answers why it cannot be set. */
    @Nullable Errno set(SocketOption option, int n) {
        switch (option) {
            case SO_REUSEADDR -> reuseAddress = n != 0;
            case SO_REUSEPORT -> reusePort = n != 0;
            case SO_REUSEPORT_LB -> reusePortBalanced = n != 0;
            case SO_BROADCAST -> broadcast = n != 0;
            case SO_KEEPALIVE -> keepAlive = n != 0;
            case SO_DEBUG -> debug = n != 0;
            case SO_OOBINLINE -> urgentInline = n != 0;
            case SO_ZEROCOPY -> {
                if (n < 0 || n > 1) return Errno.EINVAL;
                zerocopy = n != 0;
            }
            case SO_TIMESTAMPING -> {
                return setTimestamping(n);
            }
            case SO_TIMESTAMP -> tellArrivals(n, ArrivalUnit.MICROSECONDS);
            case SO_TIMESTAMPNS -> tellArrivals(n, ArrivalUnit.NANOSECONDS);
            case SO_PEEK_OFF -> peekOffset = n;
            case SO_SELECT_ERR_QUEUE -> selectsErrorQueue = n != 0;
            case SO_BUF_LOCK -> {
                if ((n & ~(SEND_LOCK | RECEIVE_LOCK)) != 0) return Errno.EINVAL;
                sendBufferLocked = (n & SEND_LOCK) != 0;
                receiveBufferLocked = (n & RECEIVE_LOCK) != 0;
            }
            case SO_DONTROUTE -> dontRoute = n != 0;
            case SO_NO_CHECK -> omitsChecksum = n != 0;
            case SO_RXQ_OVFL -> tellsDrops = n != 0;
            case SO_PRIORITY -> priority = n;
            case SO_INCOMING_CPU -> incomingCpu = n;
            case SO_MARK -> mark = n;
            case SO_BSDCOMPAT -> {
                // of no consequence
            }
            case SO_BINDTOIFINDEX -> {
                return bindToDevice(n);
            }
            case SO_MAX_PACING_RATE -> {
                // as the kernel: all ones are no limit, and what was paced once stays so
                maxPacingRate =
                        n == -1 ? SocketOptions.PACING_UNLIMITED : Integer.toUnsignedLong(n);
                if (n != -1) paced = true;
            }
            case SO_RCVLOWAT -> receiveLowWater = n < 0 ? Integer.MAX_VALUE : Math.max(n, 1);
            case SO_LINGER, SO_RCVTIMEO, SO_SNDTIMEO -> {
                return Errno.EINVAL; // optlen is too short for the struct
            }
            default -> {
                return Errno.ENOPROTOOPT; // also of those that can only be read
            }
        }
        return null;
    }

    /** What is bound cannot be bound anew without CAP_NET_RAW. sock_bindtoindex_locked(). */
    @Nullable Errno bindToDevice(int index) {
        if (boundDevice != 0) return Errno.EPERM;
        if (index < 0) return Errno.EINVAL;
        boundDevice = index;
        return null;
    }

    private @Nullable Errno setTimestamping(int flags) {
        boolean wrong =
                (flags & ~TIMESTAMPING_KNOWN) != 0
                        || ((flags & SocketOptions.OPT_ID_TCP) != 0
                                && (flags & SocketOptions.OPT_ID) == 0)
                        || ((flags & SocketOptions.OPT_STATS) != 0
                                && (flags & SocketOptions.OPT_TSONLY) == 0);
        if (wrong) return Errno.EINVAL;
        timestamping = flags;
        return null;
    }

    private void tellArrivals(int on, ArrivalUnit unit) {
        arrivalUnit = on == 0 ? ArrivalUnit.NOT_TOLD : unit;
    }

    /** What getsockopt(2) gives. */
    Outcome<OptionValue> get(SocketOption option) {
        return switch (option) {
            case SO_REUSEADDR -> flag(reuseAddress);
            case SO_REUSEPORT -> flag(reusePort);
            case SO_REUSEPORT_LB -> flag(reusePortBalanced);
            case SO_BROADCAST -> flag(broadcast);
            case SO_KEEPALIVE -> flag(keepAlive);
            case SO_DEBUG -> flag(debug);
            case SO_OOBINLINE -> flag(urgentInline);
            case SO_DONTROUTE -> flag(dontRoute);
            case SO_NO_CHECK -> flag(omitsChecksum);
            case SO_RXQ_OVFL -> flag(tellsDrops);
            case SO_PRIORITY -> number(priority);
            case SO_MARK -> number(mark);
            case SO_BSDCOMPAT -> number(0);
            case SO_BINDTOIFINDEX -> number(boundDevice);
            case SO_INCOMING_CPU -> number(incomingCpu);
            case SO_MAX_PACING_RATE -> number((int) Math.min(maxPacingRate, 0xFFFF_FFFFL));
            case SO_ZEROCOPY -> flag(zerocopy);
            case SO_TIMESTAMPING -> number(timestamping);
            case SO_TIMESTAMP -> flag(arrivalUnit == ArrivalUnit.MICROSECONDS);
            case SO_TIMESTAMPNS -> flag(arrivalUnit == ArrivalUnit.NANOSECONDS);
            case SO_PEEK_OFF -> number(peekOffset);
            case SO_SELECT_ERR_QUEUE -> flag(selectsErrorQueue);
            case SO_BUF_LOCK ->
                    number(
                            (sendBufferLocked ? SEND_LOCK : 0)
                                    | (receiveBufferLocked ? RECEIVE_LOCK : 0));
            case SO_LINGER -> new Done<>(linger);
            case SO_RCVLOWAT -> number(receiveLowWater);
            case SO_SNDLOWAT -> number(1);
            case SO_RCVTIMEO -> new Done<>(receiveTimeout);
            case SO_SNDTIMEO -> new Done<>(sendTimeout);
            case SO_TYPE -> number(type);
            case SO_PROTOCOL -> number(protocol);
            case SO_DOMAIN -> number(family.number());
            default -> new Failed<>(Errno.ENOPROTOOPT);
        };
    }

    private static Outcome<OptionValue> flag(boolean on) {
        return number(on ? 1 : 0);
    }

    private static Outcome<OptionValue> number(int n) {
        return new Done<>(new Int(n));
    }
}
