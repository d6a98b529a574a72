package io.socketlab.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What labs/README.md tells authors to type does what it says. */
@Execution(ExecutionMode.CONCURRENT)
class GuideTest {

    private static final Path GUIDE = Path.of("../../labs/README.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```$");

    @TempDir private Path folder;

    @Test
    void itsBlocksRunAsPrinted() throws IOException, InterruptedException {
        var script = new StringBuilder("set -e\n").append(socketlab());
        Matcher block = BLOCK.matcher(Files.readString(GUIDE));
        int blocks = 0;
        while (block.find()) {
            blocks++;
            script.append("echo BLOCK ").append(blocks).append('\n');
            // In a shell of its own a block that says exit 1 ends there, and is seen to have.
            script.append("(set -e\n").append(block.group(1)).append(")\n");
        }
        assertThat(blocks).isGreaterThan(5);
        Path file = Files.writeString(folder.resolve("guide.sh"), script);
        Path said = folder.resolve("guide.out");
        Process bash =
                new ProcessBuilder("bash", file.toString())
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        int code = bash.waitFor();
        assertThat(code).as(Files.readString(said, StandardCharsets.UTF_8)).isZero();
    }

    private static String socketlab() {
        return "socketlab() { \"%s\" -XX:TieredStopAtLevel=1 -cp \"%s\" %s \"$@\"; }\n"
                .formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        CliMain.class.getName());
    }
}
