package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.CLIENT;
import static io.socketlab.kernel.host.TwoHosts.CLIENT6;
import static io.socketlab.kernel.host.TwoHosts.MS;
import static io.socketlab.kernel.host.TwoHosts.SERVER;
import static io.socketlab.kernel.host.TwoHosts.SERVER6;
import static io.socketlab.kernel.host.TwoHosts.at;
import static io.socketlab.kernel.host.TwoHosts.octets;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.TraceEvent.FragmentSent;
import io.socketlab.kernel.trace.TraceEvent.IcmpReceived;
import io.socketlab.kernel.trace.TraceEvent.IcmpSent;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.kernel.trace.TraceEvent.SegmentSent;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two hosts that have addresses of both families. */
class Ipv6ScenarioTest {

    private static final int AF_INET6 = 10;
    private static final int STREAM = 1;
    private static final int DGRAM = 2;

    private final TwoHosts net = new TwoHosts();

    private int socket(Host host, int type) {
        return net.call(host, new Syscall.Socket(AF_INET6, type, 0)).value();
    }

    private int listener(Endpoint address) {
        int fd = socket(net.server, STREAM);
        assertThat(net.call(net.server, new Syscall.Bind(fd, address)).value()).isZero();
        assertThat(net.call(net.server, new Syscall.Listen(fd, 5)).value()).isZero();
        return fd;
    }

    /** RFC 4861 §7.2.2, RFC 9293 §3.7.1: the MSS is the MTU less 60. */
    @Test
    void aConnectionAsksForTheNeighbourFirst() {
        int listening = listener(at(Ipv6Address.ANY, 8080));
        int fd = socket(net.client, STREAM);
        var connect = net.call(net.client, new Syscall.Connect(fd, at(SERVER6, 8080)));
        net.run();
        assertThat(connect.value()).isZero();
        assertThat(net.events(IcmpSent.class))
                .extracting(e -> e.src() + " > " + e.dst() + " " + e.text())
                .containsExactly(
                        "2001:db8::1 > ff02::1:ff00:2 neighbour solicitation",
                        "2001:db8::2 > 2001:db8::1 neighbour advertisement");
        SegmentSent syn = net.events(SegmentSent.class).getFirst();
        assertThat(syn.options()).startsWith("mss 1440,");
        assertThat(syn.dst()).hasToString("[2001:db8::2]:8080");

        Syscall.Accepted accepted = net.call(net.server, new Syscall.Accept(listening, 0)).value();
        assertThat(accepted.peer().address()).isEqualTo(CLIENT6);
        net.call(net.client, new Syscall.Send(fd, octets("hello"), 0, Optional.empty()));
        net.run();
        var received = net.call(net.server, new Syscall.Recv(accepted.fd(), 100, 0, false)).value();
        assertThat(received.data()).isEqualTo(octets("hello"));
    }

    /** RFC 3493 §3.7. */
    @Test
    void aListenerOfBothFamiliesSeesAnIpv4PeerAsMapped() {
        int listening = listener(at(Ipv6Address.ANY, 8080));
        int fd = net.tcp(net.client);
        var connect = net.call(net.client, new Syscall.Connect(fd, at(SERVER, 8080)));
        net.run();
        assertThat(connect.value()).isZero();
        Syscall.Accepted accepted = net.call(net.server, new Syscall.Accept(listening, 0)).value();
        assertThat(accepted.peer().address()).isEqualTo(Ipv6Address.mapped(CLIENT));
        assertThat(net.call(net.server, new Syscall.GetSockName(accepted.fd())).value())
                .hasToString("[::ffff:10.0.0.2]:8080");
        assertThat(net.events(SegmentSent.class).getFirst().options()).startsWith("mss 1460,");
    }

    /** ipv6(7), IPV6_V6ONLY. */
    @Test
    void aListenerOfIpv6AloneLeavesIpv4ToOthers() {
        int only = socket(net.server, STREAM);
        var on = new OptionValue.Int(1);
        net.call(net.server, new Syscall.SetSockOpt(only, SocketOption.IPV6_V6ONLY, on));
        net.call(net.server, new Syscall.Bind(only, at(Ipv6Address.ANY, 8080)));
        net.call(net.server, new Syscall.Listen(only, 5));
        int fd = net.tcp(net.client);
        var refused = net.call(net.client, new Syscall.Connect(fd, at(SERVER, 8080)));
        net.run();
        assertThat(refused.errno()).contains(Errno.ECONNREFUSED);

        int other = net.tcp(net.server);
        var bind = net.call(net.server, new Syscall.Bind(other, at(Ipv4Address.ANY, 8080)));
        assertThat(bind.value()).isZero();
    }

    /** A mapped address is an IPv4 address: what goes over the wire is IPv4. */
    @Test
    void aSocketOfBothFamiliesReachesAnIpv4Server() {
        int listening = net.tcp(net.server);
        net.call(net.server, new Syscall.Bind(listening, at(Ipv4Address.ANY, 8080)));
        net.call(net.server, new Syscall.Listen(listening, 5));
        int fd = socket(net.client, STREAM);
        Endpoint mapped = at(Ipv6Address.mapped(SERVER), 8080);
        var connect = net.call(net.client, new Syscall.Connect(fd, mapped));
        net.run();
        assertThat(connect.value()).isZero();
        assertThat(net.call(net.client, new Syscall.GetPeerName(fd)).value()).isEqualTo(mapped);
        assertThat(net.events(SegmentSent.class).getFirst().dst()).isEqualTo(at(SERVER, 8080));
    }

    /** RFC 8200 §4.5: the source cuts, the destination joins. */
    @Test
    void aLargeDatagramGoesInFragments() {
        int to = socket(net.server, DGRAM);
        net.call(net.server, new Syscall.Bind(to, at(SERVER6, 9000)));
        int from = socket(net.client, DGRAM);
        var large = new byte[3000];
        large[2999] = 7;
        net.call(net.client, new Syscall.Send(from, large, 0, Optional.of(at(SERVER6, 9000))));
        net.run();
        // 1500 - 40 - 8 octets, rounded down to a multiple of 8
        assertThat(net.events(FragmentSent.class))
                .extracting(FragmentSent::length)
                .containsExactly(1448, 1448, 112);
        var received = net.call(net.server, new Syscall.Recv(to, 4000, 0, true)).value();
        assertThat(received.data()).isEqualTo(large);
        assertThat(received.from().orElseThrow().address()).isEqualTo(CLIENT6);
    }

    /** RFC 4443 §3.1, icmpv6_err_convert(). */
    @Test
    void aDatagramToAPortOfNobodyIsRefused() {
        int fd = socket(net.client, DGRAM);
        net.call(net.client, new Syscall.Connect(fd, at(SERVER6, 9000)));
        net.call(net.client, new Syscall.Send(fd, octets("?"), 0, Optional.empty()));
        net.run();
        assertThat(net.events(IcmpReceived.class))
                .last()
                .extracting(IcmpReceived::text)
                .isEqualTo("port unreachable");
        assertThat(net.call(net.client, new Syscall.Recv(fd, 10, 0, false)).errno())
                .contains(Errno.ECONNREFUSED);
    }

    /** ndisc_error_report(): three solicitations a second apart, then EHOSTUNREACH. */
    @Test
    void nobodyAtTheAddressIsAnErrorAfterThreeSolicitations() {
        int fd = socket(net.client, STREAM);
        Ipv6Address nobody = Ipv6Address.parse("2001:db8::99").orElseThrow();
        var connect = net.call(net.client, new Syscall.Connect(fd, at(nobody, 8080)));
        net.runFor(2_990 * MS);
        assertThat(connect.text()).isEqualTo("waiting");
        net.runFor(20 * MS);
        assertThat(connect.errno()).contains(Errno.EHOSTUNREACH);
        assertThat(net.events(IcmpSent.class)).hasSize(3);
        assertThat(net.events(PacketDropped.class))
                .extracting(PacketDropped::reason)
                .contains(DropReason.NO_NEIGHBOUR);
    }

    @Test
    void aHostReachesItself() {
        int listening = listener(at(Ipv6Address.LOOPBACK, 8080));
        int fd = net.call(net.server, new Syscall.Socket(AF_INET6, STREAM, 0)).value();
        var connect = net.call(net.server, new Syscall.Connect(fd, at(Ipv6Address.ANY, 8080)));
        net.run();
        assertThat(connect.value()).isZero();
        assertThat(net.call(net.server, new Syscall.Accept(listening, 0)).value().peer().address())
                .isEqualTo(Ipv6Address.LOOPBACK);
        assertThat(net.events(IcmpSent.class)).isEmpty();
    }
}
