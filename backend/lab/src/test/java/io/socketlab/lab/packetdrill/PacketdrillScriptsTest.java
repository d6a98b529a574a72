package io.socketlab.lab.packetdrill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.socketlab.lab.script.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Scripts that pass on a real Linux kernel pass on the simulated one, and end the same each time.
 */
class PacketdrillScriptsTest {

    private static final Path SCRIPTS = Path.of("src/test/resources/pkt");

    @TestFactory
    Stream<DynamicTest> passes() throws IOException {
        try (Stream<Path> files = Files.walk(SCRIPTS)) {
            List<Path> scripts = files.filter(p -> p.toString().endsWith(".pkt")).sorted().toList();
            assertThat(scripts).isNotEmpty();
            return scripts.stream()
                    .map(p ->
                            dynamicTest(
                                    SCRIPTS.relativize(p).toString(),
                                    () -> assertThat(run(p)).isEqualTo(new Verdict.Passed())));
        }
    }

    private static Verdict run(Path script) {
        try {
            return PacketdrillRunner.run(
                    Source.of(script.toString(), Files.readString(script)),
                    script.toAbsolutePath().getParent(),
                    List.of(),
                    Map.of(),
                    null,
                    _ -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
