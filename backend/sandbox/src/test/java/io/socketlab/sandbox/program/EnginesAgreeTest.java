package io.socketlab.sandbox.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run is the same, to the octet, whether its programs are interpreted or compiled, and whether
 * their threads run the loop or leave that to its own; which of these is done is nobody's affair.
 * Slices of a program end at the same instruction in both.
 */
class EnginesAgreeTest {

    private static String run(CodeCache cache, String programs) {
        return run(cache, programs, net -> net.run(10));
    }

    private static String run(CodeCache cache, String programs, Consumer<ProgramNetwork> running) {
        try (var net = new ProgramNetwork(cache)) {
            for (String program : programs.split(", ", -1)) {
                List<String> words = new ArrayList<>(Arrays.asList(program.split(" ", -1)));
                String host = words.removeFirst();
                String name = words.removeFirst();
                net.start(host, name, words.toArray(String[]::new));
            }
            running.accept(net);
            assertThat(net.events).hasSizeGreaterThan(10);
            return net.hash() + net.deaths;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server echo_server 7777 1, client echo_client 10.0.0.2 7777 hello",
                "server fork_server 7777 2, client echo_client 10.0.0.2 7777 a, client echo_client 10.0.0.2 7777 b",
                "server thread_server 7777 2, client echo_client 10.0.0.2 7777 a, client echo_client 10.0.0.2 7777 b",
                "server echo_epoll 7777 1, client echo_client 10.0.0.2 7777 hello",
                "server udp_server, client udp_client 10.0.0.2",
                "server thread_sum",
                "server pipe_child",
                "server fork_late",
                "server null_read",
                "server recursion"
            })
    void whoeverRunsTheLoop(String programs) {
        var steps = new AtomicInteger();
        String together =
                run(
                        ProgramNetwork.cache(Long.MAX_VALUE),
                        programs,
                        net -> {
                            net.runTogether(10);
                            steps.set(net.stepsOfPrograms);
                        });

        assertThat(together).isEqualTo(run(ProgramNetwork.cache(Long.MAX_VALUE), programs));
        if (programs.contains("echo")) assertThat(steps.get()).isGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server echo_server 7777 1, client echo_client 10.0.0.2 7777 hello",
                "server fork_server 7777 2, client echo_client 10.0.0.2 7777 a, client echo_client 10.0.0.2 7777 b",
                "server thread_server 7777 2, client echo_client 10.0.0.2 7777 a, client echo_client 10.0.0.2 7777 b",
                "server echo_epoll 7777 1, client echo_client 10.0.0.2 7777 hello",
                "server udp_server, client udp_client 10.0.0.2",
                "server thread_sum",
                "server pipe_child",
                "server fork_late",
                "server null_read",
                "server division",
                "server recursion",
                "server wild_pointer",
                "server bad_function"
            })
    void interpretedAndCompiledAndAgain(String programs) {
        String interpreted = run(ProgramNetwork.cache(Long.MAX_VALUE), programs);
        CodeCache compiling = ProgramNetwork.cache(0);

        assertThat(run(compiling, programs)).isEqualTo(interpreted);
        assertThat(run(compiling, programs)).isEqualTo(interpreted);
    }

    /** Others' packets, for as long as a program waits: whoever drives the loop is asked again. */
    @Test
    void aProgramThatWaitsDoesNotKeepTheLoop() {
        try (var net = new ProgramNetwork()) {
            net.start("server", "echo_server", "7777");
            net.start("client", "echo_client", "10.0.0.2", "7777", "hello");
            for (int i = 0; i < 3_000; i++) {
                net.network.loop().after(1_000_000_000L + i, () -> {});
            }
            net.runTogether(10);
            assertThat(net.network.loop().steps()).isGreaterThan(3_000);
            assertThat(net.mostAhead).isBetween(10, 201);
        }
    }
}
