package io.socketlab.kernel.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.socketlab.kernel.sim.Chance;
import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.kernel.trace.TraceEvent.InterruptHeld;
import io.socketlab.kernel.trace.TraceEvent.InterruptRaised;
import io.socketlab.kernel.trace.TraceEvent.NapiPolled;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.kernel.trace.TraceEvent.PacketJoined;
import io.socketlab.kernel.wire.EthernetHeader;
import io.socketlab.kernel.wire.Octets;
import io.socketlab.kernel.wire.TcpHeader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rings, interrupts and polls of two NICs and the link between them; net/core/dev.c. */
class NicTest {

    private static final long US = 1_000;
    private static final long SENDER = 1;
    private static final long RECEIVER = 2;

    /** 1000 octets take 80 µs. */
    private static final long RATE = 100_000_000;

    private final EventLoop loop = new EventLoop();
    private final List<TraceEvent> events = new ArrayList<>();
    private final Trace trace = Trace.to(events::add, loop);
    private final List<Long> passedUp = new ArrayList<>();
    private int lastPacket;

    private Nic nic(String host, long address, NicSettings settings) {
        return new Nic(host, "eth0", address, 1500, settings, loop, trace);
    }

    private void join(Nic sender, Nic receiver, long rate) {
        join(sender, receiver, rate, 0);
    }

    private void join(Nic sender, Nic receiver, long rate, int queue) {
        receiver.handler((packet, type) -> passedUp.add(loop.now()));
        Link.join(
                new LinkParameters("wire", 0, rate, queue, List.of()),
                sender,
                receiver,
                new Chance(1),
                new Wiring(loop, trace, () -> ++lastPacket));
    }

    private void send(Nic from, int packets) {
        for (int i = 0; i < packets; i++) {
            var packet = PacketBuffer.withRoom(++lastPacket, EthernetHeader.SIZE, 986);
            from.send(packet, RECEIVER, EthernetHeader.IPV4);
        }
    }

    private <E extends TraceEvent> List<E> told(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static NicSettings coalescing(int rxUsecs, int rxFrames, int txUsecs, int txFrames) {
        return NicSettings.DEFAULT.withCoalescing(
                new Coalescing(rxUsecs, rxFrames, txUsecs, txFrames));
    }

    @Test
    void everyFrameHasItsInterruptWhereNoneIsHeldBack() {
        Nic sender = nic("a", SENDER, NicSettings.DEFAULT);
        join(sender, nic("b", RECEIVER, NicSettings.DEFAULT), RATE);
        send(sender, 3);
        loop.runUntil(1_000 * US);
        assertThat(passedUp).containsExactly(80 * US, 160 * US, 240 * US);
        assertThat(told(InterruptRaised.class)).hasSize(3);
        assertThat(told(NapiPolled.class)).hasSize(3).allMatch(p -> p.packets() == 1);
    }

    @Test
    void aPollTakesItsWeightAndIsRepeatedWithInterruptsMasked() {
        Nic sender = nic("a", SENDER, NicSettings.DEFAULT);
        join(sender, nic("b", RECEIVER, coalescing(50_000, 0, 0, 1)), RATE);
        send(sender, 128);
        loop.runUntil(100_000 * US);
        assertThat(told(InterruptRaised.class)).hasSize(1);
        // one that took all it may cannot know that nothing is left
        assertThat(told(NapiPolled.class))
                .extracting(NapiPolled::packets, NapiPolled::rxUsed, NapiPolled::repeated)
                .containsExactly(tuple(64, 64, true), tuple(64, 0, true), tuple(0, 0, false));
    }

    @Test
    void rxUsecsHoldsTheInterruptBackFromTheFirstFrame() {
        Nic sender = nic("a", SENDER, NicSettings.DEFAULT);
        join(sender, nic("b", RECEIVER, coalescing(200, 0, 0, 1)), RATE);
        send(sender, 5);
        loop.runUntil(1_000 * US);
        // frames come at 80, 160, 240, 320 and 400 µs
        assertThat(passedUp).containsExactly(280 * US, 280 * US, 280 * US, 520 * US, 520 * US);
        assertThat(told(InterruptHeld.class))
                .extracting(InterruptHeld::deadline)
                .containsExactly(280 * US, 520 * US);
    }

    @Test
    void rxFramesRaisesTheInterruptBeforeItsTime() {
        Nic sender = nic("a", SENDER, NicSettings.DEFAULT);
        join(sender, nic("b", RECEIVER, coalescing(1000, 2, 0, 1)), RATE);
        send(sender, 3);
        loop.runUntil(10_000 * US);
        assertThat(passedUp).containsExactly(160 * US, 160 * US, 1240 * US);
    }

    @Test
    void withoutATimeTheLastFramesWaitForMore() {
        Nic sender = nic("a", SENDER, NicSettings.DEFAULT);
        join(sender, nic("b", RECEIVER, coalescing(0, 2, 0, 1)), RATE);
        send(sender, 3);
        loop.runUntil(10_000_000 * US);
        assertThat(passedUp).hasSize(2);
        assertThatThrownBy(() -> coalescing(0, 0, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("never comes");
    }

    @Test
    void aRingThatIsNotPolledInTimeOverflows() {
        Nic sender = nic("a", SENDER, NicSettings.DEFAULT);
        Nic receiver = nic("b", RECEIVER, coalescing(1000, 0, 0, 1).withRings(4, 256));
        join(sender, receiver, RATE);
        send(sender, 6);
        loop.runUntil(10_000 * US);
        assertThat(passedUp).hasSize(4);
        assertThat(told(PacketDropped.class))
                .hasSize(2)
                .allMatch(d -> d.reason() == DropReason.RX_RING_FULL);
        assertThat(receiver.counters().rxMissed()).isEqualTo(2);
    }

    @Test
    void byteQueueLimitsLetTheNextFrameGoWhenOneIsOnTheWire() {
        Nic sender = nic("a", SENDER, NicSettings.DEFAULT);
        join(sender, nic("b", RECEIVER, NicSettings.DEFAULT), RATE);
        send(sender, 2); // the first goes at once, and takes 80 µs
        assertThat(sender.qdisc().length()).isEqualTo(1);
        loop.runUntil(79 * US);
        assertThat(sender.qdisc().length()).isEqualTo(1);
        loop.runUntil(80 * US);
        assertThat(sender.qdisc().length()).isZero();
    }

    @Test
    void txUsecsHoldsBackWhatByteQueueLimitsWaitFor() {
        Nic sender = nic("a", SENDER, coalescing(0, 1, 200, 0));
        join(sender, nic("b", RECEIVER, NicSettings.DEFAULT), RATE);
        send(sender, 2);
        loop.runUntil(279 * US); // the first is out at 80 µs
        assertThat(sender.qdisc().length()).isEqualTo(1);
        loop.runUntil(280 * US);
        assertThat(sender.qdisc().length()).isZero();
        loop.runUntil(1_000 * US);
        assertThat(sender.counters().sent()).isEqualTo(2);
    }

    @Test
    void aSoftirqStopsWhenItsBudgetIsUsedUp() {
        Nic sender = nic("a", SENDER, NicSettings.DEFAULT);
        Nic receiver = nic("b", RECEIVER, coalescing(50_000, 0, 0, 1));
        join(sender, receiver, RATE);
        receiver.softirqBudget(() -> 100);
        send(sender, 200);
        loop.runUntil(100_000 * US);
        assertThat(passedUp).hasSize(200);
        // 64 + 64 are more than 100; the second softirq ends with a poll that finds 8
        assertThat(receiver.counters().timeSqueezes()).isEqualTo(1);
        assertThat(receiver.counters().polls()).isEqualTo(4);
    }

    @Test
    void newRingsLoseWhatIsInTheOld() {
        Nic sender = nic("a", SENDER, NicSettings.DEFAULT);
        join(sender, nic("b", RECEIVER, NicSettings.DEFAULT), RATE, 1000);
        send(sender, 3);
        sender.settings(sender.settings().withRings(256, 64));
        send(sender, 1);
        loop.runUntil(1_000 * US);
        assertThat(passedUp).hasSize(2);
        assertThat(told(PacketDropped.class))
                .extracting(PacketDropped::reason)
                .containsExactly(DropReason.RING_RESET, DropReason.RING_RESET);
    }

    /** A segment of IPv4 and TCP with 20 octets of headers each. */
    private void sendSegment(Nic from, int seq, int text, int flags) {
        var packet = PacketBuffer.withRoom(++lastPacket, EthernetHeader.SIZE, 40 + text);
        byte[] o = packet.octets();
        int ip = packet.start();
        Octets.putByte(o, ip, 0x45);
        Octets.putShort(o, ip + 2, 40 + text);
        Octets.putByte(o, ip + 9, 6);
        Octets.putInt(o, ip + 24, seq);
        Octets.putByte(o, ip + 32, 0x50);
        Octets.putByte(o, ip + 33, flags);
        for (int i = 0; i < text; i++) Octets.putByte(o, ip + 40 + i, seq + i);
        from.send(packet, RECEIVER, EthernetHeader.IPV4);
    }

    /** What goes up: length of the IP packet, size of its segments. */
    private List<String> received(Nic sender, boolean gro) {
        var whole = new ArrayList<String>();
        NicSettings settings = coalescing(10_000, 0, 0, 1).withGro(gro);
        Nic receiver = nic("b", RECEIVER, settings);
        join(sender, receiver, RATE);
        receiver.handler((packet, type) -> {
            byte[] o = packet.octets();
            int text = packet.start() + 40;
            int seq = Octets.getInt(o, packet.start() + 24);
            for (int i = text; i < packet.end(); i++) {
                assertThat(o[i]).isEqualTo((byte) (seq + i - text));
            }
            assertThat(Octets.getShort(o, packet.start() + 2)).isEqualTo(packet.length());
            whole.add(seq + "+" + (packet.length() - 40) + "/" + packet.segmentSize());
        });
        return whole;
    }

    @Test
    void groJoinsSegmentsThatFollowOnEachOther() {
        Nic sender = nic("a", SENDER, NicSettings.DEFAULT);
        List<String> whole = received(sender, true);
        int ack = TcpHeader.ACK;
        sendSegment(sender, 0, 1000, ack);
        sendSegment(sender, 1000, 1000, ack);
        sendSegment(sender, 2000, 500, ack); // a short one is the last
        sendSegment(sender, 2500, 1000, ack);
        sendSegment(sender, 4500, 1000, ack); // a gap
        sendSegment(sender, 5500, 1000, ack | TcpHeader.PSH); // pushed: the last
        sendSegment(sender, 6500, 0, ack); // nothing to join
        loop.runUntil(100_000 * US);
        assertThat(whole)
                .containsExactly("0+2500/1000", "2500+1000/0", "4500+2000/1000", "6500+0/0");
        assertThat(told(PacketJoined.class))
                .extracting(PacketJoined::packet, PacketJoined::into)
                .containsExactly(tuple(2, 1), tuple(3, 1), tuple(6, 5));
    }

    @Test
    void withoutGroEachSegmentGoesUpByItself() {
        Nic sender = nic("a", SENDER, NicSettings.DEFAULT);
        List<String> whole = received(sender, false);
        sendSegment(sender, 0, 1000, TcpHeader.ACK);
        sendSegment(sender, 1000, 1000, TcpHeader.ACK);
        loop.runUntil(100_000 * US);
        assertThat(whole).containsExactly("0+1000/0", "1000+1000/0");
    }
}
