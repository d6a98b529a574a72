package io.socketlab.kernel.host;

import static io.socketlab.kernel.host.TwoHosts.at;
import static io.socketlab.kernel.host.TwoHosts.octets;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.link.NicSettings;
import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.OptionValue;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.CallText;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * SO_BINDTODEVICE and IP_BIND_ADDRESS_NO_PORT on a host with two interfaces. socket(7), ip(7).
 * Every answer here was given by Linux 6.18 to the same calls of a C program.
 */
class BoundDeviceScenarioTest {

    private static final Ipv4Address ETH0 = address("10.9.0.1");
    private static final Ipv4Address ETH1 = address("10.8.0.1");
    private static final int STREAM = 1;
    private static final int DATAGRAM = 2;

    private final Network network =
            Network.build(new NetworkSpec(1, List.of(host()), List.of()), null);
    private final Host host = network.host("host");

    private static Ipv4Address address(String text) {
        return Ipv4Address.parse(text).orElseThrow();
    }

    private static HostSpec host() {
        return new HostSpec(
                "host",
                ETH0,
                24,
                Optional.empty(),
                KernelProfile.LINUX,
                Map.of(),
                HostSpec.ETHERNET_MTU,
                NicSettings.DEFAULT,
                Optional.empty(),
                List.of(new InterfaceSpec(ETH1, 24, HostSpec.ETHERNET_MTU)),
                List.of());
    }

    private String call(Syscall<?> call) {
        return text(call);
    }

    private <R> String text(Syscall<R> call) {
        var outcomes = new ArrayList<Outcome<R>>();
        host.task(1).call(call, outcomes::add);
        while (outcomes.isEmpty() && network.loop().runNext()) {}
        if (outcomes.isEmpty()) return "waiting";
        String text = CallText.returned(call, outcomes.getFirst()).text();
        return text.substring(text.lastIndexOf(" = ") + 3).replaceAll(" \\(.*", "");
    }

    private int socket(int type) {
        return Integer.parseInt(call(new Syscall.Socket(2, type, 0)));
    }

    private String device(int fd, String name) {
        return call(
                new Syscall.SetSockOpt(
                        fd, SocketOption.SO_BINDTODEVICE, new OptionValue.Text(name)));
    }

    private String bind(int fd, Ipv4Address address, int port) {
        return call(new Syscall.Bind(fd, at(address, port)));
    }

    private String send(int fd, Ipv4Address to, int port) {
        Optional<Endpoint> there = Optional.of(at(to, port));
        String sent = call(new Syscall.Send(fd, octets("x"), 0, there));
        while (network.loop().runNext()) {}
        return sent;
    }

    private boolean receives(int fd) {
        return call(new Syscall.Recv(fd, 10, MessageFlags.MSG_DONTWAIT, false)).equals("1");
    }

    private Endpoint name(int fd) {
        var names = new ArrayList<Outcome<Endpoint>>();
        host.task(1).call(new Syscall.GetSockName(fd), names::add);
        return names.getFirst() instanceof Outcome.Done<Endpoint>(Endpoint name)
                ? name
                : Endpoint.UNSPECIFIED;
    }

    @Test
    void aProgramWithoutPrivilegesBindsOnceToADeviceThatIsThere() {
        int fd = socket(DATAGRAM);
        assertThat(device(fd, "eth7")).isEqualTo("-1 ENODEV");
        assertThat(device(fd, "eth0")).isEqualTo("0");
        assertThat(device(fd, "eth0")).isEqualTo("-1 EPERM");
        assertThat(device(fd, "")).isEqualTo("-1 EPERM");
        assertThat(device(fd, "eth7")).isEqualTo("-1 ENODEV");
        assertThat(call(new Syscall.GetSockOpt(fd, SocketOption.SO_BINDTODEVICE, 16)))
                .isEqualTo("0");
        assertThat(call(new Syscall.GetSockOpt(fd, SocketOption.SO_BINDTODEVICE, 10)))
                .isEqualTo("-1 EINVAL");
    }

    @Test
    void whatIsSentGoesOutByTheDeviceWhereverItIsFor() {
        int fd = socket(DATAGRAM);
        device(fd, "eth1");
        assertThat(send(fd, Ipv4Address.LOOPBACK, 9)).isEqualTo("1");
        assertThat(send(fd, address("10.9.0.2"), 9)).isEqualTo("1");
        assertThat(call(new Syscall.Connect(fd, at(address("99.0.0.1"), 9)))).isEqualTo("0");
        assertThat(name(fd).address()).isEqualTo(ETH1);
    }

    @Test
    void datagramsGoToTheSocketOfTheirDevice() {
        int first = socket(DATAGRAM);
        int second = socket(DATAGRAM);
        int sender = socket(DATAGRAM);
        device(first, "eth0");
        assertThat(bind(first, Ipv4Address.ANY, 7100)).isEqualTo("0");
        assertThat(bind(second, Ipv4Address.ANY, 7100)).isEqualTo("-1 EADDRINUSE");
        device(second, "lo");
        assertThat(bind(second, Ipv4Address.ANY, 7100)).isEqualTo("0");
        send(sender, Ipv4Address.LOOPBACK, 7100);
        assertThat(receives(first)).isFalse();
        assertThat(receives(second)).isTrue();
        send(sender, ETH0, 7100); // over the loopback, but to the address of eth0
        assertThat(receives(first)).isTrue();
        assertThat(receives(second)).isFalse();
        send(sender, ETH1, 7100);
        assertThat(receives(first) || receives(second)).isFalse();
    }

    @Test
    void aListenerIsThereForItsDeviceAloneAndItsConnectionsInheritIt() {
        int listener = socket(STREAM);
        device(listener, "eth0");
        bind(listener, Ipv4Address.ANY, 7100);
        call(new Syscall.Listen(listener, 5));
        assertThat(call(new Syscall.Connect(socket(STREAM), at(Ipv4Address.LOOPBACK, 7100))))
                .isEqualTo("-1 ECONNREFUSED");
        int client = socket(STREAM);
        assertThat(call(new Syscall.Connect(client, at(ETH0, 7100)))).isEqualTo("0");
        int accepted = Integer.parseInt(call(new Syscall.Accept(listener, 0)));
        assertThat(device(accepted, "eth0")).isEqualTo("-1 EPERM");
        call(new Syscall.Write(client, octets("hello")));
        assertThat(call(new Syscall.Read(accepted, 10))).isEqualTo("5");
        int other = socket(STREAM);
        assertThat(bind(other, Ipv4Address.ANY, 7100)).isEqualTo("-1 EADDRINUSE");
        device(other, "lo");
        assertThat(bind(other, Ipv4Address.ANY, 7100)).isEqualTo("0");
    }

    @Test
    void anAddressWithoutAPortGetsItWhenItIsNeeded() {
        int fd = socket(STREAM);
        addressAlone(fd);
        assertThat(bind(fd, ETH0, 0)).isEqualTo("0");
        assertThat(name(fd)).isEqualTo(at(ETH0, 0));
        assertThat(bind(fd, ETH1, 0)).isEqualTo("0");
        assertThat(call(new Syscall.Listen(fd, 1))).isEqualTo("0");
        assertThat(name(fd).address()).isEqualTo(ETH1);
        assertThat(name(fd).port()).isPositive();
        int client = socket(STREAM);
        addressAlone(client);
        bind(client, address("127.0.0.5"), 0);
        assertThat(call(new Syscall.Connect(client, name(fd)))).isEqualTo("0");
        assertThat(name(client).address()).isEqualTo(address("127.0.0.5"));
        assertThat(name(client).port()).isPositive();
        int datagrams = socket(DATAGRAM);
        addressAlone(datagrams);
        assertThat(bind(datagrams, address("127.0.0.5"), 0)).isEqualTo("0");
        assertThat(name(datagrams).port()).isZero();
        assertThat(send(datagrams, Ipv4Address.LOOPBACK, 9)).isEqualTo("1");
        assertThat(name(datagrams).port()).isPositive();
        assertThat(bind(datagrams, address("127.0.0.6"), 0)).isEqualTo("-1 EINVAL");
    }

    private void addressAlone(int fd) {
        call(
                new Syscall.SetSockOpt(
                        fd, SocketOption.IP_BIND_ADDRESS_NO_PORT, new OptionValue.Int(1)));
    }
}
