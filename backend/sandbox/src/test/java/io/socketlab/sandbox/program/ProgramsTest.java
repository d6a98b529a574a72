package io.socketlab.sandbox.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.syscall.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Textbook programs on the simulated kernel. */
class ProgramsTest {

    private final ProgramNetwork net = new ProgramNetwork();

    @AfterEach
    void close() {
        net.close();
    }

    @Test
    void anEchoServerAnswersAClient() {
        Task server = net.start("server", "echo_server", "7777", "1");
        Task client =
                net.start("client", "echo_client", "10.0.0.2", "7777", "hello, world");
        net.run(10);
        assertThat(net.output("client", client)).contains("received 12 bytes: \"hello, world\"");
        assertThat(net.output("server", server))
                .startsWith("listening on port 7777 (fd 3)\nclient 10.0.0.1:")
                .endsWith("connected as fd 4\nclient closed\n");
        assertThat(net.deaths).isEmpty();
    }
}
