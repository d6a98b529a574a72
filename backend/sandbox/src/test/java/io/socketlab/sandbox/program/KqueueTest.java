package io.socketlab.sandbox.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.host.KernelProfile;
import io.socketlab.kernel.syscall.Task;
import org.junit.jupiter.api.Test;

/** Programs for BSD: kqueue(2). */
class KqueueTest {

    @Test
    void aServerOverKqueueEchoesToTwoClients() {
        try (var net = ProgramNetwork.ofServer(KernelProfile.BSD)) {
            Task server = net.start("server", "kqueue_echo", "7002");
            Task one = net.start("client", "echo_client", "10.0.0.2", "7002", "hello");
            Task two = net.start("client", "echo_client", "10.0.0.2", "7002", "good bye");
            net.run(10);
            assertThat(net.output("client", one)).isEqualTo("5 octets came back: hello\n");
            assertThat(net.output("client", two)).isEqualTo("8 octets came back: good bye\n");
            assertThat(net.output("server", server)).isEqualTo("2 came and went\n");
        }
    }

    @Test
    void linuxHasNone() {
        try (var net = new ProgramNetwork()) {
            Task server = net.start("server", "kqueue_echo", "7002");
            net.run(10);
            assertThat(net.output("server", server))
                    .isEqualTo("kqueue or kevent: Function not implemented\n");
        }
    }
}
