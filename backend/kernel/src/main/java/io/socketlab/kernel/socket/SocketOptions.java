package io.socketlab.kernel.socket;

import io.socketlab.kernel.socket.OptionValue.Int;
import io.socketlab.kernel.socket.OptionValue.Linger;
import io.socketlab.kernel.socket.OptionValue.Time;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.sysctl.Sysctls;
import io.socketlab.kernel.wait.EventMask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The options of level SOL_SOCKET, which every socket has. socket(7), net/core/sock.c. */
public final class SocketOptions {

    /** Linux's SOCK_MIN_SNDBUF and SOCK_MIN_RCVBUF. */
    private static final int MIN_SEND_BUFFER = 4608;

    private static final int MIN_RECEIVE_BUFFER = 2304;

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

    /** All that one send can ask for by a control message: SOF_TIMESTAMPING_TX_RECORD_MASK. */
    static final int TX_RECORD_ALL = TX_RECORD | 1 | 1 << 18;

    /** An arrival at a time when nobody had asked for it. */
    public static final long NOT_STAMPED = -1;

    /** The priorities of RFC 1349's kinds of service, two bits of them: ip_tos2prio[]. */
    private static final int[] SERVICE_PRIORITIES = {0, 2, 6, 4};

    /** SO_MAX_PACING_RATE has no limit. */
    public static final long PACING_UNLIMITED = Long.MAX_VALUE;

    private SocketChoices chosen;
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
        this.chosen = new SocketChoices(family, type, protocol, sysctls);
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
    private SocketChoices own() {
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
                    OptionValue.Membership _,
                    OptionValue.Octets _,
                    OptionValue.ConnectionInfo _,
                    OptionValue.Numbers _ ->
                    new Failed<>(Errno.EINVAL);
        };
    }

    private Outcome<Integer> setInt(SocketOption option, int n) {
        switch (option) {
            case SO_SNDBUF -> sendBuffer(n, chosen.sendMax);
            case SO_SNDBUFFORCE -> sendBuffer(n, Integer.MAX_VALUE / 2);
            case SO_RCVBUF -> receiveBuffer(n, chosen.receiveMax);
            case SO_RCVBUFFORCE -> receiveBuffer(n, Integer.MAX_VALUE / 2);
            default -> {
                Errno failure = own().set(option, n);
                if (failure != null) return new Failed<>(failure);
            }
        }
        return new Done<>(0);
    }

    private void sendBuffer(int wanted, int max) {
        sendBuffer = Math.max(2 * clamp(wanted, max), MIN_SEND_BUFFER);
        own().sendBufferLocked = true;
    }

    private void receiveBuffer(int wanted, int max) {
        receiveBuffer = Math.max(2 * clamp(wanted, max), MIN_RECEIVE_BUFFER);
        own().receiveBufferLocked = true;
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
            case SO_SNDBUF -> number(sendBuffer);
            case SO_RCVBUF -> number(receiveBuffer);
            case SO_ACCEPTCONN -> number(listening ? 1 : 0);
            case SO_ERROR -> number(takeError().map(Errno::number).orElse(0));
            default -> chosen.get(option);
        };
    }

    private static Outcome<OptionValue> number(int n) {
        return new Done<>(new Int(n));
    }

    /**
     * SO_BINDTODEVICE.
     *
     * @param indexOf the index of an interface by its name, 0 where there is none
     */
    public Outcome<Integer> bindToDevice(OptionValue value, ToIntFunction<String> indexOf) {
        if (!(value instanceof OptionValue.Text(String name))) return new Failed<>(Errno.EINVAL);
        int index = name.isEmpty() ? 0 : indexOf.applyAsInt(name);
        if (index == 0 && !name.isEmpty()) return new Failed<>(Errno.ENODEV);
        Errno failure = own().bindToDevice(index);
        return failure == null ? new Done<>(0) : new Failed<>(failure);
    }

    /**
     * The index of the interface that alone it receives by and sends by; 0 for any:
     * SO_BINDTODEVICE, SO_BINDTOIFINDEX.
     */
    public int boundDevice() {
        return chosen.boundDevice;
    }

    /** Whether packets are for it that have come by the interface with this index. */
    public boolean receivesBy(int device) {
        return chosen.boundDevice == 0 || chosen.boundDevice == device;
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

    /** SO_DONTROUTE: nothing goes by a gateway. */
    public boolean staysOnLink() {
        return chosen.dontRoute;
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

    /** What packets with this IP_TOS have: rt_tos2priority(). */
    static int servicePriority(int tos) {
        return SERVICE_PRIORITIES[tos >> 3 & 3];
    }

    /** IP_TOS has been set, which chooses the priority anew. */
    public void priorityOfService(int tos) {
        own().priority = servicePriority(tos);
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
        return chosen.tellsArrivals() || chosen.stampsArrivals();
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
        tellStamp(told, control);
        boolean stamped = at != NOT_STAMPED || chosen.tellsArrivals();
        if (chosen.stampsArrivals() && stamped) control.add(new ControlMessage.Timestamping(told));
    }

    private void tellStamp(long at, List<ControlMessage> control) {
        switch (chosen.arrivalUnit) {
            case NOT_TOLD -> {}
            case MICROSECONDS -> control.add(new ControlMessage.Timestamp(at));
            case NANOSECONDS -> control.add(new ControlMessage.TimestampNs(at));
        }
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

    /**
     * recvmsg(MSG_ERRQUEUE): never waits. ip(7), ip_recv_error(), ipv6_recv_error().
     *
     * @param now virtual nanoseconds
     * @param teller tells how an ICMP error came
     */
    public Outcome<Received> takeQueuedError(Reception in, long now, PacketArrival.Teller teller) {
        ErrorQueue.Entry entry = errorQueue().take();
        if (entry == null) return new Failed<>(Errno.EAGAIN);
        if (entry.error().isIcmp()) {
            int next = errorQueue().nextIcmpErrno();
            error = next == 0 ? null : Errno.of(next);
        }
        byte[] data = entry.data();
        int count = Math.min(in.room(), data.length);
        List<ControlMessage> control = new ArrayList<>();
        tellQueued(entry.stampedAt(), now, control);
        entry.arrival().ifPresent(arrival -> teller.tell(arrival, control));
        var offender = entry.offender().map(family()::outward);
        control.add(new ControlMessage.ReceivedError(family(), entry.error(), offender));
        int truncated = count < data.length ? MessageFlags.MSG_TRUNC : 0;
        return new Done<>(
                new Received(
                        Arrays.copyOf(data, count),
                        count,
                        entry.from().map(family()::outward),
                        MessageFlags.MSG_ERRQUEUE | truncated,
                        control));
    }

    /** Of what is on the error queue SO_TIMESTAMPING tells whatever its flags of receiving say. */
    private void tellQueued(long at, long now, List<ControlMessage> control) {
        if (!chosen.tellsArrivals() && at == NOT_STAMPED) return;
        long told = at == NOT_STAMPED ? now : at;
        tellStamp(told, control);
        if ((chosen.timestamping & SOFTWARE) != 0) {
            control.add(new ControlMessage.Timestamping(told));
        }
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
