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

/** Every script here passes on a real Linux 6.18, and so it has to on the simulated one. */
class ScriptsThatPassOnLinuxTest {

    private static final Path SCRIPTS = Path.of("src/test/resources/pkt");

    @TestFactory
    List<DynamicTest> pass() throws IOException {
        try (Stream<Path> files = Files.walk(SCRIPTS)) {
            return files.filter(p -> p.toString().endsWith(".pkt"))
                    .sorted()
                    .map(p ->
                            DynamicTest.dynamicTest(
                                    SCRIPTS.relativize(p).toString(), () -> passes(p)))
                    .toList();
        }
    }

    private static void passes(Path script) throws IOException {
        Verdict verdict =
                PacketdrillRunner.run(
                        Source.of(script.getFileName().toString(), Files.readString(script)),
                        SCRIPTS,
                        List.of(),
                        Map.of(),
                        _ -> {},
                        _ -> {});
        assertThat(verdict).isInstanceOf(Verdict.Passed.class);
    }
}
