package io.socketlab.sandbox.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.syscall.Task;
import io.socketlab.kernel.trace.TraceEvent;
import java.util.List;
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
        Task client = net.start("client", "echo_client", "10.0.0.2", "7777", "hello, world");
        net.run(10);
        assertThat(net.output("client", client)).contains("12 octets came back: hello, world");
        assertThat(net.output("server", server))
                .isEqualTo("listening on port 7777\n10.0.0.1 has come\n10.0.0.1 has gone\n");
        assertThat(calls("accept")).containsExactly("echo_server.c:53");
        assertThat(net.deaths).isEmpty();
    }

    /** Where calls of that name were made. */
    private List<String> calls(String name) {
        return net.events.stream()
                .filter(TraceEvent.CallEntered.class::isInstance)
                .map(TraceEvent.CallEntered.class::cast)
                .filter(call -> call.name().equals(name))
                .map(call -> String.valueOf(call.place()))
                .distinct()
                .toList();
    }
}
