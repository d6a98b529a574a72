package io.socketlab.sandbox.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.syscall.Task;
import io.socketlab.kernel.trace.TraceEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that were not written to learn something: src/test/c/attacks. */
@Execution(ExecutionMode.CONCURRENT)
class AttacksTest {

    private static final String LEFT_OUT = "\n[what it prints from here on is not kept]\n";
    private static final Path SOURCES = Path.of("src/test/c/attacks");

    private final ProgramNetwork net = new ProgramNetwork();

    @AfterEach
    void close() {
        net.close();
    }

    private String run(String name) {
        Task task = net.start("server", name);
        net.run(10);
        return net.output("server", task);
    }

    private long count(Class<? extends TraceEvent> type) {
        return net.events.stream().filter(type::isInstance).count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"attack_calls", "attack_sleeps", "attack_large_writes"})
    void whatNeverEndsIsEnded(String name) {
        run(name);

        assertThat(net.deaths).singleElement().asString().contains("instructions and more");
        assertThat(net.programs.areRunning()).isFalse();
        assertThat(net.events).hasSizeLessThan(500_000);
    }

    @Test
    void endlessOutputIsLeftOut() {
        assertThat(run("attack_output"))
                .hasSize(Programs.MOST_OUTPUT + LEFT_OUT.length())
                .endsWith(LEFT_OUT);
        assertThat(net.deaths).singleElement().asString().startsWith("server: attack_output.c:");
    }

    @Test
    void processesAreNoMoreThanThereMayBe() {
        String printed = run("attack_forks");

        assertThat(printed).contains("Resource temporarily unavailable");
        assertThat(count(TraceEvent.TaskStarted.class)).isEqualTo(Programs.MOST_TASKS - 1);
    }

    @Test
    void threadsAreNoMoreThanThereMayBeAndEndWithTheirProcess() {
        assertThat(run("attack_threads"))
                .isEqualTo("62 threads, Resource temporarily unavailable\n");
        assertThat(net.programs.areRunning()).isFalse();
    }

    @Test
    void descriptorsAreNoMoreThanThereMayBe() {
        assertThat(run("attack_descriptors")).isEqualTo("1021 sockets, Too many open files\n");
    }

    /** 16 MiB for each, and 256 for all of them. */
    @Test
    void memoryIsNoMoreThanThereIs() {
        long megabytes =
                run("attack_fork_memory")
                        .lines()
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                        .peek(each -> assertThat(each).isLessThan(16))
                        .sum();

        assertThat(megabytes).isBetween(200L, 256L);
    }

    /** What Linux 6.18 answers the same program, for a machine of 64 bits. */
    @Test
    void lengthsAndPointersThatAreNobodysGetWhatLinuxGivesThem() throws IOException {
        assertThat(run("attack_lengths"))
                .isEqualTo(Files.readString(SOURCES.resolve("attack_lengths.out")));
    }
}
