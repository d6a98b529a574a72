package io.socketlab.lab.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Wireshark's command line, as another pair of eyes on our captures. */
final class Tshark {

    private static final String REQUIRED = "SOCKETLAB_REQUIRE_TSHARK";
    private static final List<String> CHECKSUMS =
            List.of(
                    "-o", "ip.check_checksum:TRUE",
                    "-o", "tcp.check_checksum:TRUE",
                    "-o", "udp.check_checksum:TRUE");

    private Tshark() {}

    /** Ends the test as not run, with a word why, unless tshark is there. */
    static void assumeInstalled() {
        boolean there =
                Arrays.stream(System.getenv("PATH").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "tshark")));
        if (!there && System.getenv(REQUIRED) != null) {
            throw new AssertionError("tshark is not installed, and " + REQUIRED + " is set");
        }
        assumeTrue(there, "tshark is not installed: captures are not held against Wireshark");
    }

    /** The values of {@code fields}, a row a frame that {@code filter} lets through. */
    static List<List<String>> rows(Path file, String filter, String... fields) {
        var command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString()));
        command.addAll(CHECKSUMS);
        if (!filter.isEmpty()) command.addAll(List.of("-Y", filter));
        command.addAll(List.of("-T", "fields", "-E", "separator=|", "-E", "occurrence=f"));
        for (String field : fields) command.addAll(List.of("-e", field));
        return run(command).lines().map(line -> List.of(line.split("\\|", -1))).toList();
    }

    private static String run(List<String> command) {
        try {
            Path errors = Files.createTempFile("tshark", ".txt");
            Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
            String out = new String(process.getInputStream().readAllBytes(), UTF_8);
            int status = process.waitFor();
            assertThat(status).as(() -> command + ": " + read(errors)).isZero();
            Files.delete(errors);
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
