package io.socketlab.kernel.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.sim.Chance;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowTableTest {

    private final FlowTable table = new FlowTable();

    private record Known(FourTuple tuple, int socketNumber) implements Flow {
        @Override
        public boolean receivesBy(int device) {
            return true;
        }

        @Override
        public void arrive(Segment seg) {}

        @Override
        public void vanish() {}

        @Override
        public void unreachable(IcmpNotice notice) {}
    }

    /** On a host with one address, and on one with several. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void findsWhatWasPutAndNothingElse(int addresses) {
        var chance = new Chance(addresses);
        Map<FourTuple, Flow> expected = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            FourTuple tuple = tuple(chance, addresses);
            Flow held = expected.get(tuple);
            if (chance.happens(0.55)) {
                var flow = new Known(tuple, i);
                table.put(flow);
                expected.put(tuple, flow);
            } else if (held != null) {
                table.remove(new Known(tuple, -1)); // another one with its name
                table.remove(held);
                expected.remove(tuple);
            }
            FourTuple asked = tuple(chance, addresses);
            assertThat(find(asked)).isSameAs(expected.get(asked));
            assertThat(table.size()).isEqualTo(expected.size());
        }
        expected.forEach((tuple, flow) -> assertThat(find(tuple)).isSameAs(flow));
    }

    private static FourTuple tuple(Chance chance, int addresses) {
        var local = new Ipv4Address(0x0A00_0001 + chance.nextInt(addresses));
        return new FourTuple(
                local,
                80,
                new Ipv4Address(0x0A00_0100 + chance.nextInt(20)),
                1 + chance.nextInt(20));
    }

    private Flow find(FourTuple tuple) {
        return table.find(
                tuple.local().folded(),
                tuple.localPort(),
                tuple.remote().folded(),
                tuple.remotePort());
    }
}
