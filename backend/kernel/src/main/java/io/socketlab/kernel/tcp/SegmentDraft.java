package io.socketlab.kernel.tcp;

import io.socketlab.kernel.ip.Delivery;
import io.socketlab.kernel.ip.NetworkInterface;
import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.link.PacketOwner;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TraceEvent.SegmentSent;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.SeqNum;
import io.socketlab.kernel.wire.TcpHeader;
import io.socketlab.kernel.wire.TcpOption;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The segment about to be sent. There is one for each host: it is begun, given its options, and
 * sent; then it is the next one's. Options go out in Linux's order.
 */
final class SegmentDraft {

    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] NO_TEXT = new byte[0];
    private static final int MAX_OPTIONS = 40;

    private final TcpEnvironment env;
    private final byte[] options = new byte[MAX_OPTIONS];
    private int optionLength;
    private int sackAt;

    int socket;
    IpAddress src = Ipv4Address.ANY;
    IpAddress dst = Ipv4Address.ANY;
    int srcPort;
    int dstPort;
    int seq;
    int ack;
    int flags;
    int window;
    int urgentPointer;

    /** For the relative numbers of the trace. */
    int iss;

    int irs;
    int ttl;
    int tos;
    boolean dontFragment;

    /** SO_PRIORITY. */
    int priority;

    /** The index of the interface that it is to leave by; {@link NetworkInterface#ANY} for any. */
    int out;

    /** Whose it is while it waits in the host. */
    @Nullable PacketOwner owner;

    /** Octets of its owner's memory that it takes until it has left. */
    int charge;

    /** When it may leave, virtual nanoseconds. */
    long departure;

    byte[] text = NO_TEXT;
    int textFrom;
    int textLength;
    int retransmission;
    @Nullable Rule rule;
    @Nullable String why;

    SegmentDraft(TcpEnvironment env) {
        this.env = env;
    }

    /** Begins a segment of {@code c}: whose it is and where it goes. */
    static SegmentDraft of(Connection c) {
        SegmentDraft d = c.layer.draft();
        d.begin();
        d.socket = c.number;
        d.src = c.tuple.local();
        d.srcPort = c.tuple.localPort();
        d.dst = c.tuple.remote();
        d.dstPort = c.tuple.remotePort();
        d.iss = c.tcb.snd.iss;
        d.irs = c.tcb.rcv.irs;
        d.ttl = c.ttl();
        d.tos = c.tos();
        d.out = c.settings.base.boundDevice();
        return d;
    }

    /** Forgets the last segment's options, text and reasons. */
    void begin() {
        optionLength = 0;
        sackAt = -1;
        urgentPointer = 0;
        text = NO_TEXT;
        textFrom = 0;
        textLength = 0;
        retransmission = 0;
        tos = 0;
        ttl = 64;
        out = NetworkInterface.ANY;
        dontFragment = true;
        priority = 0;
        owner = null;
        charge = 0;
        departure = 0;
        rule = null;
        why = null;
    }

    void because(@Nullable Rule newRule, @Nullable String newWhy) {
        rule = newRule;
        why = newWhy;
    }

    void mss(int octets) {
        options[optionLength++] = TcpOption.MSS;
        options[optionLength++] = 4;
        SHORT.set(options, optionLength, (short) octets);
        optionLength += 2;
    }

    /** SACK-permitted takes the place of the padding where timestamps follow. */
    void timestamps(int value, int echo, boolean sackPermitted) {
        if (sackPermitted) {
            options[optionLength++] = TcpOption.SACK_PERMITTED;
            options[optionLength++] = 2;
        } else {
            nop();
            nop();
        }
        options[optionLength++] = TcpOption.TIMESTAMPS;
        options[optionLength++] = 10;
        INT.set(options, optionLength, value);
        INT.set(options, optionLength + 4, echo);
        optionLength += 8;
    }

    void sackPermitted() {
        nop();
        nop();
        options[optionLength++] = TcpOption.SACK_PERMITTED;
        options[optionLength++] = 2;
    }

    void windowScale(int shift) {
        nop();
        options[optionLength++] = TcpOption.WINDOW_SCALE;
        options[optionLength++] = 3;
        options[optionLength++] = (byte) shift;
    }

    /** A Fast Open cookie, or the request for one; answers whether there is room for it. */
    boolean fastOpen(FastOpenCookie cookie) {
        int length = cookie.optionLength();
        if (optionLength + ((length + 3) & ~3) > MAX_OPTIONS) return false;
        if (cookie.experimental()) {
            options[optionLength++] = (byte) TcpOption.EXPERIMENT;
            options[optionLength++] = (byte) length;
            SHORT.set(options, optionLength, (short) TcpOption.FAST_OPEN_MAGIC);
            optionLength += 2;
        } else {
            options[optionLength++] = TcpOption.FAST_OPEN;
            options[optionLength++] = (byte) length;
        }
        System.arraycopy(cookie.octets(), 0, options, optionLength, cookie.octets().length);
        optionLength += cookie.octets().length;
        while (optionLength % 4 != 0) nop();
        return true;
    }

    void sackBlock(int left, int right) {
        if (sackAt < 0) {
            nop();
            nop();
            sackAt = optionLength;
            options[optionLength++] = TcpOption.SACK;
            options[optionLength++] = 2;
        }
        INT.set(options, optionLength, left);
        INT.set(options, optionLength + 4, right);
        optionLength += 8;
        options[sackAt + 1] = (byte) (options[sackAt + 1] + 8);
    }

    /** How many SACK blocks there is still room for. */
    int sackRoom() {
        return (MAX_OPTIONS - optionLength - 4) / 8;
    }

    private void nop() {
        options[optionLength++] = TcpOption.NOP;
    }

    /**
     * Builds the packet, tells the trace, and hands it to IP. Answers false where the host's own
     * queueing discipline refused it.
     */
    boolean send() {
        int headerLength = TcpHeader.SIZE + optionLength;
        PacketBuffer packet = env.ip().newPacket(headerLength + textLength, dst);
        byte[] o = packet.octets();
        int at = packet.start();
        SHORT.set(o, at, (short) srcPort);
        SHORT.set(o, at + 2, (short) dstPort);
        INT.set(o, at + 4, seq);
        INT.set(o, at + 8, ack);
        SHORT.set(o, at + 12, (short) (headerLength / 4 << 12 | flags));
        SHORT.set(o, at + 14, (short) window);
        SHORT.set(o, at + 16, (short) 0);
        SHORT.set(o, at + 18, (short) urgentPointer);
        System.arraycopy(options, 0, o, at + TcpHeader.SIZE, optionLength);
        System.arraycopy(text, textFrom, o, at + headerLength, textLength);
        int sum = TcpChecksum.of(src, dst, o, at, packet.end());
        SHORT.set(o, at + TcpHeader.CHECKSUM_AT, (short) sum);
        if (env.trace().isOn()) packet.causedBy(tell(packet.number()));
        else packet.causedBy(0);
        text = NO_TEXT;
        packet.priority(priority);
        if (owner != null) packet.ownedBy(owner, charge, departure);
        return env.ip()
                .send(
                        packet,
                        new Delivery(
                                src,
                                dst,
                                TcpLayer.PROTOCOL,
                                ttl,
                                tos,
                                dontFragment,
                                false,
                                out,
                                false));
    }

    private int tell(int packet) {
        boolean hasAck = (flags & TcpHeader.ACK) != 0;
        return env.trace()
                .emit(
                        new SegmentSent(
                                env.stamp(rule, why),
                                packet,
                                socket,
                                new Endpoint(src, srcPort),
                                new Endpoint(dst, dstPort),
                                TcpHeader.flagsText(flags),
                                SeqNum.unsigned(seq),
                                hasAck ? SeqNum.unsigned(ack) : 0,
                                relative(seq, iss),
                                hasAck ? relative(ack, irs) : -1,
                                window,
                                optionsText(),
                                textLength,
                                retransmission));
    }

    /** Counted from the SYN; a probe from before it would be negative, and stays so. */
    private static long relative(int number, int initial) {
        int distance = number - initial;
        return distance == -1 ? -1 : SeqNum.unsigned(distance);
    }

    /** What nearly every segment carries: the trace need not take it apart. */
    private boolean isTimestampsAlone() {
        return optionLength == 12
                && options[0] == TcpOption.NOP
                && options[1] == TcpOption.NOP
                && options[2] == TcpOption.TIMESTAMPS;
    }

    private String optionsText() {
        if (optionLength == 0) return "";
        if (isTimestampsAlone()) {
            long value = SeqNum.unsigned((int) INT.get(options, 4));
            long echo = SeqNum.unsigned((int) INT.get(options, 8));
            return "nop,nop,TS val " + value + " ecr " + echo;
        }
        var joined = new StringJoiner(",");
        for (TcpOption option : TcpOption.parseAll(ByteBuffer.wrap(options, 0, optionLength))) {
            joined.add(option.toString());
        }
        return joined.toString();
    }
}
