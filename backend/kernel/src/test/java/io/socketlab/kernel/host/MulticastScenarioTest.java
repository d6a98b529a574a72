package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.at;
import static io.socketlab.kernel.host.TwoHosts.octets;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.link.NicSettings;
import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.OptionValue.Membership;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.CallText;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Groups on one link: ip(7), RFC 1112. Every answer of {@code host} here was given by Linux 6.18 to
 * the same calls of a C program, on a host with two interfaces and no default route.
 */
class MulticastScenarioTest {

    private static final Ipv4Address ETH0 = address("10.9.0.1");
    private static final Ipv4Address GROUP = address("239.1.2.3");
    private static final int PORT = 7200;

    private final Network network =
            Network.build(
                    new NetworkSpec(
                            1,
                            List.of(host("host", "10.9.0.1", "10.8.0.1"), host("peer", "10.9.0.2")),
                            List.of(
                                    new LinkSpec(
                                            "link", "host", "peer", 1_000_000, 0, 0, List.of()))),
                    null);
    private final Host host = network.host("host");
    private final Host peer = network.host("peer");
    private int member;
    private int bound;
    private int other;
    private int sender;

    private static Ipv4Address address(String text) {
        return Ipv4Address.parse(text).orElseThrow();
    }

    private static HostSpec host(String name, String address, String... more) {
        return new HostSpec(
                name,
                address(address),
                24,
                Optional.empty(),
                KernelProfile.LINUX,
                Map.of(),
                HostSpec.ETHERNET_MTU,
                NicSettings.DEFAULT,
                Optional.empty(),
                List.of(more).stream()
                        .map(a -> new InterfaceSpec(address(a), 24, HostSpec.ETHERNET_MTU))
                        .toList(),
                List.of());
    }

    private String call(Syscall<?> call) {
        return text(host, call);
    }

    private <R> String text(Host on, Syscall<R> call) {
        var outcomes = new ArrayList<Outcome<R>>();
        on.task(1).call(call, outcomes::add);
        while (network.loop().runNext()) {}
        if (outcomes.isEmpty()) return "waiting";
        String text = CallText.returned(call, outcomes.getFirst()).text();
        return text.substring(text.lastIndexOf(" = ") + 3).replaceAll(" \\(.*", "");
    }

    private int socket(Host on) {
        int fd = Integer.parseInt(text(on, new Syscall.Socket(2, 2, 0)));
        var one = new OptionValue.Int(1);
        text(on, new Syscall.SetSockOpt(fd, SocketOption.SO_REUSEADDR, one));
        return fd;
    }

    /** Three receivers, of which the second is bound to the group itself, and a sender. */
    @BeforeEach
    void sockets() {
        member = socket(host);
        bound = socket(host);
        other = socket(host);
        sender = socket(host);
        call(new Syscall.Bind(member, at(Ipv4Address.ANY, PORT)));
        call(new Syscall.Bind(bound, at(GROUP, PORT)));
        call(new Syscall.Bind(other, at(Ipv4Address.ANY, PORT)));
    }

    private String set(int fd, SocketOption option, OptionValue value) {
        return call(new Syscall.SetSockOpt(fd, option, value));
    }

    private String set(int fd, SocketOption option, int n) {
        return set(fd, option, new OptionValue.Int(n));
    }

    private String join(int fd, Ipv4Address group, Ipv4Address by, int ifindex) {
        return set(fd, SocketOption.IP_ADD_MEMBERSHIP, new Membership(group, by, ifindex));
    }

    private String leave(int fd, Ipv4Address group, int ifindex) {
        var membership = new Membership(group, Ipv4Address.ANY, ifindex);
        return set(fd, SocketOption.IP_DROP_MEMBERSHIP, membership);
    }

    private String sendBy(int ifindex) {
        var membership = new Membership(Ipv4Address.ANY, Ipv4Address.ANY, ifindex);
        return set(sender, SocketOption.IP_MULTICAST_IF, membership);
    }

    private String send() {
        return call(new Syscall.Send(sender, octets("x"), 0, Optional.of(at(GROUP, PORT))));
    }

    /** Who has received a datagram: of {@code member}, {@code bound} and {@code other}. */
    private String receivers() {
        var text = new StringBuilder();
        for (int fd : new int[] {member, bound, other}) text.append(receives(host, fd) ? '1' : '-');
        return text.toString();
    }

    private boolean receives(Host on, int fd) {
        return text(on, new Syscall.Recv(fd, 10, MessageFlags.MSG_DONTWAIT, false)).equals("1");
    }

    @Test
    void aMembershipIsOfAGroupOnAnInterface() {
        Ipv4Address any = Ipv4Address.ANY;
        assertThat(join(member, GROUP, any, 0)).isEqualTo("-1 ENODEV"); // no route says which
        assertThat(join(member, address("10.0.0.3"), any, 2)).isEqualTo("-1 EINVAL");
        assertThat(join(member, GROUP, address("9.9.9.9"), 0)).isEqualTo("-1 ENODEV");
        assertThat(join(member, GROUP, any, 77)).isEqualTo("-1 ENODEV");
        assertThat(join(member, GROUP, ETH0, 0)).isEqualTo("0");
        assertThat(join(member, GROUP, any, 2)).isEqualTo("-1 EADDRINUSE");
        assertThat(join(member, GROUP, any, 3)).isEqualTo("0");
        assertThat(leave(member, GROUP, 3)).isEqualTo("0");
        assertThat(leave(member, GROUP, 3)).isEqualTo("-1 EADDRNOTAVAIL");
        assertThat(leave(member, address("239.9.9.9"), 0)).isEqualTo("-1 ENODEV");
    }

    @Test
    void aSocketIsInTwentyGroupsAtMost() {
        for (int i = 0; i < 20; i++) {
            assertThat(join(other, address("239.1.1." + i), ETH0, 0)).isEqualTo("0");
        }
        assertThat(join(other, address("239.1.1.20"), ETH0, 0)).isEqualTo("-1 ENOBUFS");
    }

    @Test
    void everySocketThatFitsGetsACopyByDefault() {
        join(member, GROUP, ETH0, 0);
        assertThat(send()).isEqualTo("-1 ENETUNREACH");
        assertThat(sendBy(2)).isEqualTo("0");
        assertThat(send()).isEqualTo("1");
        assertThat(receivers()).isEqualTo("111");
        assertThat(set(other, SocketOption.IP_MULTICAST_ALL, 0)).isEqualTo("0");
        send();
        assertThat(receivers()).isEqualTo("11-"); // it has joined nothing itself
        assertThat(sendBy(3)).isEqualTo("0");
        send();
        assertThat(receivers()).isEqualTo("---"); // joined on the other interface
        call(new Syscall.Close(member));
        sendBy(2);
        send();
        assertThat(receives(host, bound)).isFalse();
    }

    @Test
    void theSendersOwnHostIsLoopedACopyUnlessItSaysNo() {
        join(member, GROUP, ETH0, 0);
        sendBy(2);
        assertThat(set(sender, SocketOption.IP_MULTICAST_LOOP, 0)).isEqualTo("0");
        assertThat(send()).isEqualTo("1");
        assertThat(receivers()).isEqualTo("---");
    }

    @Test
    void aDatagramGoesOneHopAndWithTtlNoneItStaysOnItsHost() {
        int remote = socket(peer);
        text(peer, new Syscall.Bind(remote, at(Ipv4Address.ANY, PORT)));
        var membership = new Membership(GROUP, address("10.9.0.2"), 0);
        text(peer, new Syscall.SetSockOpt(remote, SocketOption.IP_RECVTTL, new OptionValue.Int(1)));
        sendBy(2);
        send();
        assertThat(receives(peer, remote)).isFalse(); // its host is not in the group
        text(peer, new Syscall.SetSockOpt(remote, SocketOption.IP_ADD_MEMBERSHIP, membership));
        join(member, GROUP, ETH0, 0);
        send();
        var received = new ArrayList<Outcome<Received>>();
        var receive = new Syscall.RecvMsg(remote, List.of(10), 0);
        peer.task(1).call(receive, received::add);
        assertThat(CallText.returned(receive, received.getFirst()).text())
                .contains("msg_name=10.9.0.1:", "cmsg_type=IP_TTL, cmsg_data=1}");
        receivers();
        set(sender, SocketOption.IP_MULTICAST_TTL, 0);
        assertThat(send()).isEqualTo("1");
        assertThat(receives(peer, remote)).isFalse();
        assertThat(receivers()).isEqualTo("111");
    }

    @Test
    void theInterfaceToSendByIsNamedByItsAddressToo() {
        var byAddress = new Membership(Ipv4Address.ANY, ETH0, 0);
        assertThat(set(sender, SocketOption.IP_MULTICAST_IF, byAddress)).isEqualTo("0");
        var wrong = new Membership(Ipv4Address.ANY, address("9.9.9.9"), 0);
        assertThat(set(sender, SocketOption.IP_MULTICAST_IF, wrong)).isEqualTo("-1 EADDRNOTAVAIL");
        assertThat(sendBy(77)).isEqualTo("-1 EADDRNOTAVAIL");
        assertThat(call(new Syscall.Connect(sender, at(GROUP, PORT)))).isEqualTo("0");
        join(member, GROUP, ETH0, 0);
        assertThat(call(new Syscall.Send(sender, octets("x"), 0, Optional.empty()))).isEqualTo("1");
        assertThat(receivers()).isEqualTo("111");
    }

    @Test
    void aStreamIsForNoGroup() {
        int stream = Integer.parseInt(call(new Syscall.Socket(2, 1, 0)));
        assertThat(join(stream, GROUP, ETH0, 0)).isEqualTo("-1 EPROTO");
        assertThat(call(new Syscall.Connect(stream, at(GROUP, 80)))).isEqualTo("-1 ENETUNREACH");
    }
}
