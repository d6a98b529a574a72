package io.socketlab.lab.packetdrill;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.script.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Scripts by area, each of which passes on Linux 6.18: the simulated kernel passes them too. */
class KernelScriptsTest {

    private static final Path SCRIPTS = Path.of("src/test/resources/pkt");

    @TestFactory
    List<DynamicTest> doesWhatLinuxDoes() throws IOException {
        try (Stream<Path> files = Files.walk(SCRIPTS)) {
            return files.filter(p -> p.toString().endsWith(".pkt"))
                    .filter(p -> !p.getParent().equals(SCRIPTS))
                    .sorted()
                    .map(p ->
                            DynamicTest.dynamicTest(
                                    SCRIPTS.relativize(p).toString(),
                                    () -> assertThat(run(p)).isEqualTo(new Verdict.Passed())))
                    .toList();
        }
    }

    private static Verdict run(Path script) throws IOException {
        return PacketdrillRunner.run(
                Source.of(script.getFileName().toString(), Files.readString(script)),
                script.toAbsolutePath().getParent(),
                List.of(),
                Map.of(),
                null,
                _ -> {});
    }
}
