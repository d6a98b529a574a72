package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.SERVER;
import static io.socketlab.kernel.host.TwoHosts.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.TcpHeader;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * TCP_SAVE_SYN and TCP_SAVED_SYN: the headers of the SYN that a connection began with, once.
 * net/ipv4/tcp.c, do_tcp_getsockopt(); TCP_CC_INFO. Linux 6.18 gave these answers, but for the
 * numbers in the SYN.
 */
class SavedSynScenarioTest {

    private final TwoHosts net = new TwoHosts();

    private TwoHosts.Answer<OptionValue> get(int fd, SocketOption option, int room) {
        return net.call(net.server, new Syscall.GetSockOpt(fd, option, room));
    }

    private int accepted(int saves) {
        int listener = net.tcp(net.server);
        net.call(net.server, new Syscall.Bind(listener, at(Ipv4Address.ANY, 80))).value();
        net.call(net.server, new Syscall.Listen(listener, 1)).value();
        var option = new OptionValue.Int(saves);
        net.call(net.server, new Syscall.SetSockOpt(listener, SocketOption.TCP_SAVE_SYN, option))
                .value();
        net.call(net.client, new Syscall.Connect(net.tcp(net.client), at(SERVER, 80)));
        net.run();
        return net.call(net.server, new Syscall.Accept(listener, 0)).value().fd();
    }

    @Test
    void givesTheHeadersOfTheSynOnce() {
        int fd = accepted(1);
        assertThat(get(fd, SocketOption.TCP_SAVED_SYN, 20).errno()).contains(Errno.EINVAL);
        var value = (OptionValue.Octets) get(fd, SocketOption.TCP_SAVED_SYN, 100).value();
        byte[] syn = value.value();
        Ipv4Header ip = Ipv4Header.parse(syn, 0, syn.length);
        assertThat(syn).hasSize(60);
        assertThat(ip.totalLength()).isEqualTo(60);
        assertThat(ip.destination()).isEqualTo(SERVER);
        assertThat(syn[Ipv4Header.SIZE + 13]).isEqualTo((byte) TcpHeader.SYN);
        var again = (OptionValue.Octets) get(fd, SocketOption.TCP_SAVED_SYN, 100).value();
        assertThat(again.value()).isEmpty();
    }

    @Test
    void hasNothingWhereNobodyAskedForIt() {
        var value = (OptionValue.Octets) get(accepted(0), SocketOption.TCP_SAVED_SYN, 100).value();
        assertThat(value.value()).isEmpty();
    }

    @Test
    void anAlgorithmTellsOfItselfWhatTheKernelsDoes() {
        int fd = accepted(0);
        assertThat(get(fd, SocketOption.TCP_CC_INFO, 100).value())
                .isEqualTo(new OptionValue.Numbers(List.of()));
        var vegas = new OptionValue.Text("vegas");
        net.call(net.server, new Syscall.SetSockOpt(fd, SocketOption.TCP_CONGESTION, vegas));
        assertThat(get(fd, SocketOption.TCP_CC_INFO, 100).value())
                .isEqualTo(
                        new OptionValue.Numbers(
                                List.of(1, 0, Integer.MAX_VALUE, Integer.MAX_VALUE)));
    }
}
