package io.socketlab.kernel.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.sim.Chance;
import java.util.ArrayDeque;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class RingsTest {

    private static final int SIZE = 37;

    private static PacketBuffer packet(int number) {
        return PacketBuffer.withRoom(number, 0, 1 + number % 7);
    }

    @RepeatedTest(5)
    void aTxRingKeepsPacketsUntilTheyAreCleaned(RepetitionInfo repetition) {
        var chance = new Chance(repetition.getCurrentRepetition());
        var ring = new TxRing(SIZE);
        var waiting = new ArrayDeque<PacketBuffer>();
        var done = new ArrayDeque<PacketBuffer>();
        int posted = 0;
        int fetched = 0;
        for (int i = 0; i < 2_000; i++) {
            assertThat(ring.isFull()).isEqualTo(waiting.size() + done.size() == SIZE);
            if (chance.happens(0.45) && !ring.isFull()) {
                PacketBuffer packet = packet(i);
                ring.post(packet);
                waiting.add(packet);
                posted++;
            } else if (chance.happens(0.6)) {
                PacketBuffer packet = ring.fetch();
                assertThat(packet).isSameAs(waiting.poll());
                if (packet != null) {
                    done.add(packet);
                    fetched++;
                }
            } else if (!done.isEmpty()) {
                assertThat(ring.firstDoneLength()).isEqualTo(done.element().length());
                assertThat(ring.clean()).isSameAs(done.remove());
            }
            assertThat(ring.waiting()).isEqualTo(waiting.size());
            assertThat(ring.done()).isEqualTo(done.size());
            assertThat(ring.tail()).isEqualTo(posted % SIZE);
            assertThat(ring.head()).isEqualTo(fetched % SIZE);
        }
        assertThat(posted).isGreaterThan(10 * SIZE);
    }

    @RepeatedTest(5)
    void anRxRingTakesAsManyFramesAsItHasEmptyBuffers(RepetitionInfo repetition) {
        var chance = new Chance(repetition.getCurrentRepetition());
        var ring = new RxRing(SIZE);
        var expected = new ArrayDeque<PacketBuffer>();
        int empty = SIZE;
        int unposted = 0;
        for (int i = 0; i < 2_000; i++) {
            if (chance.happens(0.55)) {
                PacketBuffer packet = packet(i);
                assertThat(ring.fill(packet)).isEqualTo(empty > 0);
                if (empty > 0) {
                    expected.add(packet);
                    empty--;
                }
            } else if (!expected.isEmpty() && chance.happens(0.9)) {
                assertThat(ring.take()).isSameAs(expected.remove());
                unposted++;
            } else {
                assertThat(ring.refill()).isEqualTo(unposted);
                empty += unposted;
                unposted = 0;
            }
            assertThat(ring.used()).isEqualTo(expected.size());
        }
    }

    @RepeatedTest(5)
    void aPacketFifoKeepsOrderAndTimes(RepetitionInfo repetition) {
        var chance = new Chance(repetition.getCurrentRepetition());
        var fifo = new PacketFifo();
        var expected = new ArrayDeque<PacketBuffer>();
        for (int i = 0; i < 1_000; i++) {
            if (chance.happens(0.6)) {
                PacketBuffer packet = PacketBuffer.withRoom(i, 0, 1);
                fifo.add(packet, i);
                expected.add(packet);
            } else if (!expected.isEmpty()) {
                assertThat(fifo.firstTime()).isEqualTo(expected.element().number());
                assertThat(fifo.take()).isSameAs(expected.remove());
            }
            assertThat(fifo.isEmpty()).isEqualTo(expected.isEmpty());
        }
    }
}
