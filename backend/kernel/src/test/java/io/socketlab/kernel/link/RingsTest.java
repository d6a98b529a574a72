package io.socketlab.kernel.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.sim.Chance;
import java.util.ArrayDeque;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class RingsTest {

    private static final int SIZE = 37;

    @RepeatedTest(5)
    void aDescriptorRingIsAFifoOfItsSize(RepetitionInfo repetition) {
        var chance = new Chance(repetition.getCurrentRepetition());
        var ring = new DescriptorRing(SIZE);
        var expected = new ArrayDeque<PacketBuffer>();
        for (int i = 0; i < 1_000; i++) {
            if (chance.happens(0.6)) {
                PacketBuffer packet = PacketBuffer.withRoom(i, 0, 1);
                assertThat(ring.offer(packet)).isEqualTo(expected.size() < SIZE);
                if (expected.size() < SIZE) expected.add(packet);
            } else if (!expected.isEmpty()) {
                assertThat(ring.take()).isSameAs(expected.remove());
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
