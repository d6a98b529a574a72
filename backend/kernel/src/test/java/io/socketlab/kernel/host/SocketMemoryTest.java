package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.MS;
import static io.socketlab.kernel.host.TwoHosts.SERVER;
import static io.socketlab.kernel.host.TwoHosts.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.socket.SocketReport;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.trace.TraceEvent.ReceiveBufferChanged;
import io.socketlab.kernel.trace.TraceEvent.SendBufferChanged;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The trace tells what buffers take of memory as sock_diag(7) does, at each change. */
class SocketMemoryTest {

    private final TwoHosts net = new TwoHosts();

    private void connected() {
        int listener = net.tcp(net.server);
        net.call(net.server, new Syscall.Bind(listener, at(Ipv4Address.ANY, 8080))).value();
        net.call(net.server, new Syscall.Listen(listener, 5)).value();
        net.call(net.client, new Syscall.Connect(net.tcp(net.client), at(SERVER, 8080)));
        net.runFor(100 * MS);
    }

    private static SocketReport.Memory memory(Host host, int socket) {
        return host.tcpSockets().stream()
                .filter(report -> report.number() == socket)
                .findFirst()
                .orElseThrow()
                .memory();
    }

    @Test
    void ofWhatWaitsToBeSentAndWhatIsUnderWay() {
        connected();
        net.call(net.client, new Syscall.Send(3, new byte[40_000], 0, Optional.empty()));
        SendBufferChanged told = net.events(SendBufferChanged.class).getLast();
        assertThat(told.memory())
                .isEqualTo(memory(net.client, told.socket()).queued())
                .as("more than the octets, for each buffer has its header")
                .isGreaterThan(40_000);
        net.runFor(1_000 * MS);
        assertThat(net.events(SendBufferChanged.class).getLast().memory()).isZero();
    }

    @Test
    void ofWhatWaitsToBeRead() {
        connected();
        net.call(net.client, new Syscall.Send(3, new byte[5_000], 0, Optional.empty()));
        net.runFor(1_000 * MS);
        ReceiveBufferChanged told = net.events(ReceiveBufferChanged.class).getLast();
        assertThat(told.readable()).isEqualTo(5_000);
        assertThat(told.memory())
                .isEqualTo(memory(net.server, told.socket()).received())
                .isGreaterThan(5_000);
    }

    @Test
    void ofADatagram() {
        int server = net.udp(net.server);
        net.call(net.server, new Syscall.Bind(server, at(Ipv4Address.ANY, 9000))).value();
        int client = net.udp(net.client);
        net.call(net.client, new Syscall.Connect(client, at(SERVER, 9000))).value();
        net.call(net.client, new Syscall.Send(client, new byte[1], 0, Optional.empty())).value();
        net.runFor(100 * MS);
        ReceiveBufferChanged told = net.events(ReceiveBufferChanged.class).getLast();
        assertThat(told.memory())
                .isEqualTo(net.server.udpSockets().getFirst().memory().received())
                .as("a datagram of one octet takes a buffer and its header")
                .isGreaterThan(512);
    }
}
