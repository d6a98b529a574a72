package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.trace.TraceEvent.FaultInjected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * A run is a function of lab, seed and lines, whatever is done in it. {@code -Drandom.runs=10000}
 * tries more.
 */
class RandomRunTest {

    private static final int RUNS = Integer.getInteger("random.runs", 100);

    @Test
    void aReplayMakesTheSameTrace() {
        int faults = 0;
        for (long n = 0; n < RUNS; n++) {
            var random = new RandomRun(n);
            LabRun run = random.make();
            assertThat(random.again(run).traceHash()).as("run " + n).isEqualTo(run.traceHash());
            if (run.events().stream().anyMatch(FaultInjected.class::isInstance)) faults++;
        }
        assertThat(faults).as("runs in which a fault took effect").isGreaterThan(RUNS / 20);
    }

    @Test
    void anotherJvmMakesTheSameTraces() throws IOException, InterruptedException {
        Process other =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                RandomRun.class.getName(),
                                "0",
                                String.valueOf(RUNS))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String here = RandomRun.hashOf(0, RUNS);
        String there = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(other.waitFor()).isZero();
        assertThat(there.strip()).isEqualTo(here);
    }
}
