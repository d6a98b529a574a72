package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.MS;
import static io.socketlab.kernel.host.TwoHosts.SERVER;
import static io.socketlab.kernel.host.TwoHosts.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.link.Counted;
import io.socketlab.kernel.link.Impairment;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.trace.SequenceRange;
import io.socketlab.kernel.trace.TraceEvent.ReceiveBufferChanged;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The trace says which octets have arrived ahead of a hole, counted from the SYN. */
class AheadOfAHoleTest {

    private TwoHosts net = new TwoHosts();

    /** The nth segment with text. */
    private static Impairment losing(int n) {
        return new Impairment.DropNth("client", new Counted(8080, true), n, 1);
    }

    /** Lines of {@code ahead} since the connection was there, without repetitions. */
    private List<List<SequenceRange>> ahead() {
        return net.events(ReceiveBufferChanged.class).stream()
                .filter(e -> e.stamp().host().equals("server"))
                .map(ReceiveBufferChanged::ahead)
                .distinct()
                .toList();
    }

    private void send(int octets) {
        net.call(net.client, new Syscall.Send(3, new byte[octets], 0, Optional.empty())).value();
    }

    @Test
    void rangesGrowAndGoWhenTheHoleIsFilled() {
        net = new TwoHosts(losing(1), losing(3));
        int listener = net.tcp(net.server);
        net.call(net.server, new Syscall.Bind(listener, at(Ipv4Address.ANY, 8080))).value();
        net.call(net.server, new Syscall.Listen(listener, 5)).value();
        net.call(net.client, new Syscall.Connect(net.tcp(net.client), at(SERVER, 8080)));
        net.runFor(100 * MS);
        send(5 * 1448);
        net.runFor(15 * MS);
        assertThat(ahead())
                .startsWith(
                        List.of(),
                        List.of(new SequenceRange(1449, 2897)),
                        List.of(new SequenceRange(1449, 2897), new SequenceRange(4345, 5793)),
                        List.of(new SequenceRange(1449, 2897), new SequenceRange(4345, 7241)));
        net.runFor(1000 * MS);
        assertThat(net.events(ReceiveBufferChanged.class).getLast().ahead()).isEmpty();
    }
}
