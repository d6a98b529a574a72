package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.trace.TraceEvent.PacketJoined;
import io.socketlab.lab.script.Source;
import org.junit.jupiter.api.Test;

/**
 * UDP_GRO: datagrams that a poll of the network card brings are read as one. What is expected was
 * seen of a C program between two namespaces of Linux 6.18; net/ipv4/udp_offload.c.
 */
class UdpGroTest {

    private static final String SOCKETS =
            """
            server: ethtool -K eth0 gro on
            server: ethtool -C eth0 rx-usecs 50 rx-frames 0
            server: socket(AF_INET, SOCK_DGRAM, 0) = 3
            server: bind(3, *:7000) = 0
            server: getsockopt(3, SOL_UDP, UDP_GRO, [0]) = 0
            server: setsockopt(3, SOL_UDP, UDP_GRO, [5]) = 0
            server: getsockopt(3, SOL_UDP, UDP_GRO, [1]) = 0
            client: socket(AF_INET, SOCK_DGRAM, 0) = 3
            client: connect(3, server:7000) = 0
            client: setsockopt(3, SOL_UDP, UDP_SEGMENT, [100]) = 0
            """;

    private static final String NOTHING = "server: recv(3, ..., 1000, MSG_DONTWAIT) = -1 EAGAIN\n";

    private final LabRun run = LabRun.start(TwoHosts.lab(), 7);

    private void script(String rest) {
        assertThat(ScriptRunner.run(run, Source.of("a.pkt", SOCKETS + rest)).differences())
                .isEmpty();
    }

    private long joined() {
        return run.events().stream().filter(PacketJoined.class::isInstance).count();
    }

    @Test
    void whatOneSendHasCutIsReadAsOne() {
        script(
                """
                client: send(3, ..., 350, 0) = 350
                quiet()
                server: ioctl(3, FIONREAD, [350]) = 0
                server: recvmsg(3, {msg_iov=[{..., 1000}], msg_flags=0, msg_control=[{
                    cmsg_level=SOL_UDP, cmsg_type=UDP_GRO, cmsg_data=100}]}, 0) = 350
                """
                        + NOTHING);
        assertThat(joined()).isEqualTo(3);
    }

    @Test
    void oneThatStandsAloneIsNotJoined() {
        script(
                """
                client: send(3, ..., 100, 0) = 100
                quiet()
                server: recvmsg(3, {msg_iov=[{..., 1000}], msg_control=[]}, 0) = 100
                """
                        + NOTHING);
    }

    @Test
    void whatIsTooLongForTheBufferIsCutOffAsAWhole() {
        script(
                """
                client: send(3, ..., 350, 0) = 350
                client: send(3, ..., 350, 0) = 350
                quiet()
                server: recvmsg(3, {msg_iov=[{..., 150}], msg_flags=MSG_TRUNC, msg_control=[{
                    cmsg_level=SOL_UDP, cmsg_type=UDP_GRO, cmsg_data=100}]}, 0) = 150
                server: recv(3, ..., 150, MSG_TRUNC) = 350
                """
                        + NOTHING);
    }

    /** A longer one begins anew, a shorter one is the last. */
    @Test
    void onlyTheLastMayBeShorter() {
        script(
                """
                client: setsockopt(3, SOL_UDP, UDP_SEGMENT, [0]) = 0
                client: send(3, ..., 100, 0) = 100
                client: send(3, ..., 100, 0) = 100
                client: send(3, ..., 50, 0) = 50
                client: send(3, ..., 60, 0) = 60
                client: send(3, ..., 70, 0) = 70
                quiet()
                server: recv(3, ..., 1000, 0) = 250
                server: recv(3, ..., 1000, 0) = 60
                server: recv(3, ..., 1000, 0) = 70
                """
                        + NOTHING);
    }

    @Test
    void withoutTheOptionEachIsReadByItself() {
        script(
                """
                server: setsockopt(3, SOL_UDP, UDP_GRO, [0]) = 0
                client: send(3, ..., 250, 0) = 250
                quiet()
                server: recvmsg(3, {msg_iov=[{..., 1000}], msg_control=[]}, 0) = 100
                server: recv(3, ..., 1000, 0) = 100
                server: recv(3, ..., 1000, 0) = 50
                """
                        + NOTHING);
        assertThat(joined()).isZero();
    }
}
