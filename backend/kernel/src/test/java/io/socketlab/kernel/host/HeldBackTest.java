package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.MS;
import static io.socketlab.kernel.host.TwoHosts.SERVER;
import static io.socketlab.kernel.host.TwoHosts.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TraceEvent.SendBufferChanged;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The trace says by which rule what is in a send buffer waits there: tcp_write_xmit()'s reasons.
 */
class HeldBackTest {

    private TwoHosts net = new TwoHosts();

    private void connected() {
        int listener = net.tcp(net.server);
        net.call(net.server, new Syscall.Bind(listener, at(Ipv4Address.ANY, 8080))).value();
        net.call(net.server, new Syscall.Listen(listener, 5)).value();
        net.call(net.client, new Syscall.Connect(net.tcp(net.client), at(SERVER, 8080)));
        net.runFor(100 * MS);
    }

    private void send(int octets) {
        net.call(net.client, new Syscall.Send(3, new byte[octets], 0, Optional.empty()));
    }

    private @Nullable Rule heldBy() {
        return net.events(SendBufferChanged.class).stream()
                .filter(e -> e.stamp().host().equals("client"))
                .toList()
                .getLast()
                .stamp()
                .rule();
    }

    @Test
    void aSecondSmallWriteWaitsByNaglesRule() {
        connected();
        send(20);
        assertThat(heldBy()).isNull();
        send(300);
        assertThat(heldBy()).isEqualTo(Rule.RFC9293_NAGLE);
        net.runFor(30 * MS);
        assertThat(heldBy()).isNull();
    }

    @Test
    void aCorkedSocketWaitsForMore() {
        connected();
        net.call(
                        net.client,
                        new Syscall.SetSockOpt(3, SocketOption.TCP_CORK, new OptionValue.Int(1)))
                .value();
        send(20);
        assertThat(heldBy()).isEqualTo(Rule.LINUX_CORK);
    }

    @Test
    void muchToSendWaitsForTheCongestionWindow() {
        connected();
        send(40_000);
        assertThat(heldBy()).isEqualTo(Rule.RFC5681_CWND);
    }

    @Test
    void muchToSendWaitsForTheReceiversWindow() {
        net = new TwoHosts(1, Map.of("net.ipv4.tcp_rmem", "4096 8192 8192"));
        connected();
        send(40_000);
        net.runFor(500 * MS);
        assertThat(heldBy()).isEqualTo(Rule.RFC9293_SEND_WINDOW);
    }
}
