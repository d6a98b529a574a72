package io.socketlab.kernel.socket;

import io.socketlab.kernel.socket.OptionValue.Int;
import io.socketlab.kernel.socket.OptionValue.Linger;
import io.socketlab.kernel.socket.OptionValue.Time;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.sysctl.Sysctls;
import io.socketlab.kernel.wait.EventMask;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The options of level SOL_SOCKET, which every socket has. socket(7), net/core/sock.c. */
public final class SocketOptions {

    /** Linux's SOCK_MIN_SNDBUF and SOCK_MIN_RCVBUF. */
    private static final int MIN_SEND_BUFFER = 4608;

    private static final int MIN_RECEIVE_BUFFER = 2304;

    /** SO_INCOMING_CPU before a packet has come. */
    private static final int NO_CPU = -1;

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

    private static final int RX_STAMPS = RX_SOFTWARE | SOFTWARE;

    /** An arrival at a time when nobody had asked for it. */
    public static final long NOT_STAMPED = -1;

    /** SO_BUF_LOCK: SOCK_SNDBUF_LOCK and SOCK_RCVBUF_LOCK. */
    private static final int SEND_LOCK = 1;

    private static final int RECEIVE_LOCK = 2;

    /** The priorities of RFC 1349's kinds of service, two bits of them: ip_tos2prio[]. */
    private static final int[] SERVICE_PRIORITIES = {0, 2, 6, 4};

    /** SO_MAX_PACING_RATE has no limit. */
    public static final long PACING_UNLIMITED = Long.MAX_VALUE;

    private static final int TIMESTAMPING_KNOWN = (1 << 19) - 1;

    /** What a receive tells of the arrival: SO_TIMESTAMP and SO_TIMESTAMPNS exclude each other. */
    private enum ArrivalUnit {
        NOT_TOLD,
        MICROSECONDS,
        NANOSECONDS
    }

    /**
     * What programs choose, apart from sizes. Nearly all sockets of a host have the same: they
     * share it until one sets something.
     */
    private static final class Choices implements Cloneable {
        private final AddressFamily family;
        private final int type;
        private final int protocol;
        private final int sendMax;
        private final int receiveMax;
        private boolean debug;
        private boolean reuseAddress;
        private boolean reusePort;
        private boolean reusePortBalanced;
        private boolean broadcast;
        private boolean keepAlive;
        private Linger linger = Linger.OFF;
        private boolean sendBufferLocked;
        private boolean receiveBufferLocked;
        private int receiveLowWater = 1;
        private Time receiveTimeout = Time.NO_LIMIT;
        private Time sendTimeout = Time.NO_LIMIT;
        private boolean zerocopy;
        private boolean dontRoute;
        private boolean omitsChecksum;
        private boolean tellsDrops;
        private int priority;
        private int incomingCpu = NO_CPU;
        private long maxPacingRate = PACING_UNLIMITED;
        private boolean paced;
        private int mark;
        private boolean urgentInline;
        private int timestamping;
        private ArrivalUnit arrivalUnit = ArrivalUnit.NOT_TOLD;
        private boolean selectsErrorQueue;
        private int peekOffset = -1;

        Choices(AddressFamily family, int type, int protocol, Sysctls sysctls) {
            this.family = family;
            this.type = type;
            this.protocol = protocol;
            this.sendMax = sysctls.integer("net.core.wmem_max");
            this.receiveMax = sysctls.integer("net.core.rmem_max");
        }

        Choices copy() {
            try {
                return (Choices) clone();
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Choices chosen;
    private boolean shared;
    private int sendBuffer;
    private int receiveBuffer;
    private @Nullable Errno error;
    private @Nullable ErrorQueue errorQueue;
    private int timestampKey;

    /**
     * @param type SOCK_STREAM or SOCK_DGRAM
     * @param sendBuffer octets at first
     * @param receiveBuffer octets at first
     */
    public SocketOptions(
            AddressFamily family,
            int type,
            int protocol,
            int sendBuffer,
            int receiveBuffer,
            Sysctls sysctls) {
        this.chosen = new Choices(family, type, protocol, sysctls);
        this.sendBuffer = sendBuffer;
        this.receiveBuffer = receiveBuffer;
    }

    /** Those of {@code other}: an accepted socket inherits its listener's. */
    public SocketOptions(SocketOptions other) {
        this.chosen = other.chosen;
        this.shared = true;
        other.shared = true;
        this.sendBuffer = other.sendBuffer;
        this.receiveBuffer = other.receiveBuffer;
        if (chosen.priority != 0) own().priority = 0; // that of the SYN's type of service: none
    }

    /** To be written to. */
    private Choices own() {
        if (shared) {
            chosen = chosen.copy();
            shared = false;
        }
        return chosen;
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
            case SO_REUSEADDR -> own().reuseAddress = n != 0;
            case SO_REUSEPORT -> own().reusePort = n != 0;
            case SO_REUSEPORT_LB -> own().reusePortBalanced = n != 0;
            case SO_BROADCAST -> own().broadcast = n != 0;
            case SO_KEEPALIVE -> own().keepAlive = n != 0;
            case SO_DEBUG -> own().debug = n != 0;
            case SO_OOBINLINE -> own().urgentInline = n != 0;
            case SO_ZEROCOPY -> {
                if (n < 0 || n > 1) return new Failed<>(Errno.EINVAL);
                own().zerocopy = n != 0;
            }
            case SO_TIMESTAMPING -> {
                return setTimestamping(n);
            }
            case SO_TIMESTAMP -> tellArrivals(n, ArrivalUnit.MICROSECONDS);
            case SO_TIMESTAMPNS -> tellArrivals(n, ArrivalUnit.NANOSECONDS);
            case SO_PEEK_OFF -> own().peekOffset = n;
            case SO_SELECT_ERR_QUEUE -> own().selectsErrorQueue = n != 0;
            case SO_BUF_LOCK -> {
                if ((n & ~(SEND_LOCK | RECEIVE_LOCK)) != 0) return new Failed<>(Errno.EINVAL);
                own().sendBufferLocked = (n & SEND_LOCK) != 0;
                own().receiveBufferLocked = (n & RECEIVE_LOCK) != 0;
            }
            case SO_SNDBUF -> {
                sendBuffer = Math.max(2 * clamp(n, chosen.sendMax), MIN_SEND_BUFFER);
                own().sendBufferLocked = true;
            }
            case SO_RCVBUF -> {
                receiveBuffer = Math.max(2 * clamp(n, chosen.receiveMax), MIN_RECEIVE_BUFFER);
                own().receiveBufferLocked = true;
            }
            case SO_SNDBUFFORCE -> {
                sendBuffer = Math.max(2 * clamp(n, Integer.MAX_VALUE / 2), MIN_SEND_BUFFER);
                own().sendBufferLocked = true;
            }
            case SO_RCVBUFFORCE -> {
                receiveBuffer = Math.max(2 * clamp(n, Integer.MAX_VALUE / 2), MIN_RECEIVE_BUFFER);
                own().receiveBufferLocked = true;
            }
            case SO_DONTROUTE -> own().dontRoute = n != 0;
            case SO_NO_CHECK -> own().omitsChecksum = n != 0;
            case SO_RXQ_OVFL -> own().tellsDrops = n != 0;
            case SO_PRIORITY -> own().priority = n;
            case SO_INCOMING_CPU -> own().incomingCpu = n;
            case SO_MARK -> own().mark = n;
            case SO_MAX_PACING_RATE -> {
                // as the kernel: all ones are no limit, and what was paced once stays so
                own().maxPacingRate = n == -1 ? PACING_UNLIMITED : Integer.toUnsignedLong(n);
                if (n != -1) own().paced = true;
            }
            case SO_RCVLOWAT -> own().receiveLowWater = n < 0 ? Integer.MAX_VALUE : Math.max(n, 1);
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
        own().timestamping = flags;
        return new Done<>(0);
    }

    private void tellArrivals(int on, ArrivalUnit unit) {
        own().arrivalUnit = on == 0 ? ArrivalUnit.NOT_TOLD : unit;
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
        own().linger = wanted;
        return new Done<>(0);
    }

    private Outcome<Integer> setTime(SocketOption option, Time wanted) {
        if (option == SocketOption.SO_RCVTIMEO) own().receiveTimeout = wanted;
        else if (option == SocketOption.SO_SNDTIMEO) own().sendTimeout = wanted;
        else return new Failed<>(Errno.EINVAL);
        return new Done<>(0);
    }

    /** getsockopt(2) at level SOL_SOCKET. */
    public Outcome<OptionValue> get(SocketOption option, boolean listening) {
        return switch (option) {
            case SO_REUSEADDR -> flag(chosen.reuseAddress);
            case SO_REUSEPORT -> flag(chosen.reusePort);
            case SO_REUSEPORT_LB -> flag(chosen.reusePortBalanced);
            case SO_BROADCAST -> flag(chosen.broadcast);
            case SO_KEEPALIVE -> flag(chosen.keepAlive);
            case SO_DEBUG -> flag(chosen.debug);
            case SO_OOBINLINE -> flag(chosen.urgentInline);
            case SO_DONTROUTE -> flag(chosen.dontRoute);
            case SO_NO_CHECK -> flag(chosen.omitsChecksum);
            case SO_RXQ_OVFL -> flag(chosen.tellsDrops);
            case SO_PRIORITY -> number(chosen.priority);
            case SO_MARK -> number(chosen.mark);
            case SO_INCOMING_CPU -> number(chosen.incomingCpu);
            case SO_MAX_PACING_RATE -> number((int) Math.min(chosen.maxPacingRate, 0xFFFF_FFFFL));
            case SO_ZEROCOPY -> flag(chosen.zerocopy);
            case SO_TIMESTAMPING -> number(chosen.timestamping);
            case SO_TIMESTAMP -> flag(chosen.arrivalUnit == ArrivalUnit.MICROSECONDS);
            case SO_TIMESTAMPNS -> flag(chosen.arrivalUnit == ArrivalUnit.NANOSECONDS);
            case SO_PEEK_OFF -> number(chosen.peekOffset);
            case SO_SELECT_ERR_QUEUE -> flag(chosen.selectsErrorQueue);
            case SO_BUF_LOCK ->
                    number(
                            (chosen.sendBufferLocked ? SEND_LOCK : 0)
                                    | (chosen.receiveBufferLocked ? RECEIVE_LOCK : 0));
            case SO_LINGER -> new Done<>(chosen.linger);
            case SO_SNDBUF -> number(sendBuffer);
            case SO_RCVBUF -> number(receiveBuffer);
            case SO_RCVLOWAT -> number(chosen.receiveLowWater);
            case SO_SNDLOWAT -> number(1);
            case SO_RCVTIMEO -> new Done<>(chosen.receiveTimeout);
            case SO_SNDTIMEO -> new Done<>(chosen.sendTimeout);
            case SO_TYPE -> number(chosen.type);
            case SO_PROTOCOL -> number(chosen.protocol);
            case SO_DOMAIN -> number(chosen.family.number());
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

    /** SO_DOMAIN. */
    public AddressFamily family() {
        return chosen.family;
    }

    public boolean reuseAddress() {
        return chosen.reuseAddress;
    }

    public boolean reusePort() {
        return chosen.reusePort;
    }

    /** SO_REUSEPORT_LB, of FreeBSD alone. */
    public boolean reusePortBalanced() {
        return chosen.reusePortBalanced;
    }

    public boolean broadcast() {
        return chosen.broadcast;
    }

    /** SO_NO_CHECK: UDP leaves the checksum out. */
    public boolean omitsChecksum() {
        return chosen.omitsChecksum;
    }

    /** SO_RXQ_OVFL: a receive tells how many datagrams have been dropped. */
    public boolean tellsDrops() {
        return chosen.tellsDrops;
    }

    public boolean keepAlive() {
        return chosen.keepAlive;
    }

    public Linger linger() {
        return chosen.linger;
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
        return chosen.sendBufferLocked;
    }

    public boolean receiveBufferLocked() {
        return chosen.receiveBufferLocked;
    }

    /** The kernel adjusts the send buffer by itself. */
    public void tuneSendBuffer(int octets) {
        sendBuffer = octets;
    }

    public void tuneReceiveBuffer(int octets) {
        receiveBuffer = octets;
    }

    public void receiveLowWater(int octets) {
        own().receiveLowWater = octets;
    }

    /**
     * SO_MEMINFO: what the queues take of their limits, by the places of SK_MEMINFO_….
     *
     * @param received octets of memory of what waits to be read
     * @param queued octets of memory of what waits to be sent
     * @param dropped packets for which there was no room
     */
    public List<Integer> memory(int received, int queued, int dropped) {
        return List.of(received, receiveBuffer, 0, sendBuffer, 0, queued, 0, 0, dropped);
    }

    /** Octets that must be there before a socket counts as readable. */
    public int receiveLowWater() {
        return chosen.receiveLowWater;
    }

    /** Nanoseconds a receiving call waits, 0 for ever. */
    public long receiveTimeout() {
        return chosen.receiveTimeout.nanos();
    }

    public long sendTimeout() {
        return chosen.sendTimeout.nanos();
    }

    /** SO_PRIORITY. */
    public int priority() {
        return chosen.priority;
    }

    /** IP_TOS has been set, which chooses the priority anew. */
    public void priorityOfService(int tos) {
        own().priority = SERVICE_PRIORITIES[tos >> 3 & 3];
    }

    /** SO_MAX_PACING_RATE: octets a second, {@link #PACING_UNLIMITED} for no limit. */
    public long maxPacingRate() {
        return chosen.maxPacingRate;
    }

    /** SO_MAX_PACING_RATE has had a limit. */
    public boolean isPaced() {
        return chosen.paced;
    }

    /** MSG_ZEROCOPY is heeded. */
    public boolean zerocopy() {
        return chosen.zerocopy;
    }

    /** Urgent data stays in the stream. */
    public boolean urgentInline() {
        return chosen.urgentInline;
    }

    /** SO_TIMESTAMPING: the bits of SOF_TIMESTAMPING_…. */
    public int timestamping() {
        return chosen.timestamping;
    }

    /** SO_PEEK_OFF: how far in MSG_PEEK looks, in octets; negative where it always looks at 0. */
    public int peekOffset() {
        return chosen.peekOffset;
    }

    /**
     * A receive has looked at octets, or taken them away. sk_peek_offset_fwd() and _bwd().
     *
     * @param octets what the call returned
     */
    public void received(boolean peek, int octets) {
        if (chosen.peekOffset < 0 || octets == 0) return;
        own().peekOffset = Math.max(chosen.peekOffset + (peek ? octets : -octets), 0);
    }

    /** Whether a receive tells when its data arrived. */
    public boolean tellsArrivals() {
        return chosen.arrivalUnit != ArrivalUnit.NOT_TOLD || stampsArrivals();
    }

    private boolean stampsArrivals() {
        return (chosen.timestamping & RX_STAMPS) == RX_STAMPS;
    }

    /**
     * Adds when something arrived, as far as it was asked for: by SO_TIMESTAMP or SO_TIMESTAMPNS,
     * and by SO_TIMESTAMPING. __sock_recv_timestamp().
     *
     * @param at virtual nanoseconds, or {@link #NOT_STAMPED}, for which Linux gives SO_TIMESTAMP
     *     the time of the call
     * @param now virtual nanoseconds
     */
    public void tellArrival(long at, long now, List<ControlMessage> control) {
        long told = at == NOT_STAMPED ? now : at;
        switch (chosen.arrivalUnit) {
            case NOT_TOLD -> {}
            case MICROSECONDS -> control.add(new ControlMessage.Timestamp(told));
            case NANOSECONDS -> control.add(new ControlMessage.TimestampNs(told));
        }
        boolean stamped = at != NOT_STAMPED || chosen.arrivalUnit != ArrivalUnit.NOT_TOLD;
        if (stampsArrivals() && stamped) control.add(new ControlMessage.Timestamping(told));
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

    /**
     * What poll(2) says of an error, or of the error queue, of a datagram socket: with
     * SO_SELECT_ERR_QUEUE also what select(2) calls an exception. datagram_poll().
     */
    public int errorReadiness() {
        if (!hasError() && !hasQueuedErrors()) return 0;
        return chosen.selectsErrorQueue ? EventMask.ERR | EventMask.PRI : EventMask.ERR;
    }

    /** recvmsg(MSG_ERRQUEUE): never waits. ip(7), ip_recv_error(). */
    public Outcome<Received> takeQueuedError(Reception in) {
        Received taken =
                errorQueue().take(in.room(), (chosen.timestamping & SOFTWARE) != 0, chosen.family);
        if (taken == null) return new Failed<>(Errno.EAGAIN);
        boolean icmp =
                taken.control().stream()
                        .anyMatch(m ->
                                m instanceof ControlMessage.ReceivedError(_, var e, _)
                                        && e.isIcmp());
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

    /** The number of the error that waits to be reported; 0 for none. so_error. */
    public int pendingErrno() {
        return error == null ? 0 : error.number();
    }

    /** The error, which is reported once. */
    public Optional<Errno> takeError() {
        Optional<Errno> taken = Optional.ofNullable(error);
        error = null;
        return taken;
    }
}
