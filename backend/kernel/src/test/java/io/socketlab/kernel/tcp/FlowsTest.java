package io.socketlab.kernel.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.wire.IpAddress;
import org.junit.jupiter.api.Test;

class FlowsTest {

    private final Flows flows = new Flows();

    @Test
    void keepsApartAddressesThatFoldToTheSame() {
        IpAddress own = address("2001:db8::1");
        IpAddress one = address("2001:db8::1:2");
        IpAddress other = address("2001:db8:0:0:1::2");
        assertThat(one.folded()).isEqualTo(other.folded());
        var first = new NamedFlow(new FourTuple(own, 80, one, 1024));
        var second = new NamedFlow(new FourTuple(own, 80, other, 1024));
        flows.put(first);
        flows.put(second);
        assertThat(flows.find(own, 80, one, 1024)).isSameAs(first);
        assertThat(flows.find(own, 80, other, 1024)).isSameAs(second);
        flows.remove(first);
        assertThat(flows.find(own, 80, one, 1024)).isNull();
        assertThat(flows.find(own, 80, other, 1024)).isSameAs(second);
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    private record NamedFlow(FourTuple tuple) implements Flow {
        @Override
        public boolean receivesBy(int device) {
            return true;
        }

        @Override
        public int socketNumber() {
            return 0;
        }

        @Override
        public void arrive(Segment seg) {}

        @Override
        public void vanish() {}

        @Override
        public void unreachable(IcmpNotice notice) {}
    }
}
