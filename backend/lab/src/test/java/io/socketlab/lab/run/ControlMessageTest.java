package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.lab.model.Lab;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import org.junit.jupiter.api.Test;

/**
 * Control messages, devices and groups as scripts write them. What they do was seen of a C program
 * on Linux 6.18: its own is {@code ancillary.c} among the programs of the sandbox.
 */
class ControlMessageTest {

    private static final Lab LAB = TwoHosts.lab();

    private final LabRun run = LabRun.start(LAB, 7);

    private void script(String text) {
        assertThat(ScriptRunner.run(run, Source.of("a.pkt", text)).differences()).isEmpty();
    }

    @Test
    void aDatagramSaysHowItTravelsAndWhereItCame() {
        script(
                """
                server: socket(AF_INET, SOCK_DGRAM) = 3
                server: bind(3, *:7000) = 0
                server: setsockopt(3, IPPROTO_IP, IP_PKTINFO, 1) = 0
                server: setsockopt(3, IPPROTO_IP, IP_RECVTTL, 1) = 0
                client: socket(AF_INET, SOCK_DGRAM) = 3
                client: sendmsg(3, {msg_name=server:7000, msg_iov=[{"a", 1}], msg_control=[{cmsg_level=SOL_IP, cmsg_type=IP_TTL, cmsg_data=7}]}, 0) = 1
                client: sendmsg(3, {msg_name=server:7000, msg_iov=[{"b", 1}], msg_control=[{cmsg_level=SOL_IP, cmsg_type=IP_PKTINFO, cmsg_data={ipi_ifindex=2}}]}, 0) = 1
                client: sendmsg(3, {msg_name=server:7000, msg_iov=[{"c", 1}], msg_control=[{cmsg_level=SOL_IP, cmsg_type=IP_PKTINFO, cmsg_data={ipi_ifindex=9}}]}, 0) = -1 ENODEV
                client: sendmsg(3, {msg_name=server:7000, msg_iov=[{"c", 1}], msg_control=[{cmsg_level=SOL_IP, cmsg_type=IP_TTL, cmsg_data=300}]}, 0) = -1 EINVAL
                quiet()
                server: recvmsg(3, {msg_iov=[{..., 10}], msg_flags=0, msg_control=[{cmsg_level=SOL_IP, cmsg_type=IP_PKTINFO, cmsg_data={ipi_ifindex=2, ipi_spec_dst=inet_addr("10.0.0.2"), ipi_addr="10.0.0.2"}}, {cmsg_level=SOL_IP, cmsg_type=IP_TTL, cmsg_data=7}]}, 0) = 1
                server: recvmsg(3, {msg_iov=[{..., 10}], msg_flags=MSG_CTRUNC, msg_control=[{cmsg_level=SOL_IP, cmsg_type=IP_PKTINFO, cmsg_data=...}], msg_controllen=32}, 0) = 1
                """);
    }

    @Test
    void whatDiffersIsToldByItsName() {
        script(
                """
                server: socket(AF_INET, SOCK_DGRAM) = 3
                server: bind(3, *:7000) = 0
                server: setsockopt(3, IPPROTO_IP, IP_RECVTTL, 1) = 0
                server: sendto(3, "x", 1, 0, server:7000) = 1
                quiet()
                """);
        var told =
                ScriptRunner.run(
                        run,
                        Source.of(
                                "b.pkt",
                                "server: recvmsg(3, {msg_iov=[{..., 10}], msg_control=[{cmsg_level=SOL_IP,"
                                        + " cmsg_type=IP_TTL, cmsg_data=5}]}, 0) = 1\n"));
        assertThat(told.differences().toString()).contains("IP_TTL=5", "IP_TTL=64");
    }

    @Test
    void socketsAreBoundToADeviceAndJoinGroups() {
        script(
                """
                server: socket(AF_INET, SOCK_DGRAM) = 3
                server: bind(3, *:7200) = 0
                server: setsockopt(3, SOL_SOCKET, SO_BINDTODEVICE, "eth9") = -1 ENODEV
                server: setsockopt(3, SOL_SOCKET, SO_BINDTODEVICE, "eth0") = 0
                server: setsockopt(3, SOL_SOCKET, SO_BINDTODEVICE, "lo") = -1 EPERM
                server: setsockopt(3, IPPROTO_IP, IP_ADD_MEMBERSHIP, {imr_multiaddr=inet_addr("239.1.2.3"), imr_interface=inet_addr("10.0.0.2")}, 8) = 0
                server: setsockopt(3, IPPROTO_IP, IP_ADD_MEMBERSHIP, {imr_multiaddr=inet_addr("239.1.2.3"), imr_ifindex=2}) = -1 EADDRINUSE
                client: socket(AF_INET, SOCK_DGRAM) = 3
                client: setsockopt(3, IPPROTO_IP, IP_MULTICAST_IF, inet_addr("10.0.0.1")) = 0
                client: sendto(3, "to all", 6, 0, 239.1.2.3:7200) = 6
                quiet()
                server: recv(3, ..., 100, 0) = 6
                """);
    }

    @Test
    void aMistakeInAnAddressIsShown() {
        assertThatThrownBy(() ->
                        script(
                                """
                                client: socket(AF_INET, SOCK_DGRAM) = 3
                                client: setsockopt(3, IPPROTO_IP, IP_MULTICAST_IF, inet_addr("10.0.0"))
                                """))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("an address such as inet_addr");
    }
}
