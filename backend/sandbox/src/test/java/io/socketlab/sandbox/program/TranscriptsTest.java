package io.socketlab.sandbox.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.syscall.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs print here what they print on a real Linux: transcripts are recorded there by {@code
 * src/test/c/native.sh}.
 */
class TranscriptsTest {

    private static final Path TRANSCRIPTS = Path.of("src/test/c/transcripts");
    private static final String PROMPT = "$ ";

    static List<Path> transcripts() throws IOException {
        try (Stream<Path> files = Files.list(TRANSCRIPTS)) {
            return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void programsPrintWhatTheyPrintOnLinux(Path transcript) throws IOException {
        String recorded = Files.readString(transcript);
        try (var net = new ProgramNetwork()) {
            List<Started> started =
                    recorded.lines()
                            .filter(line -> line.startsWith(PROMPT))
                            .map(line -> start(net, line))
                            .toList();
            net.run(30);
            var printed = new StringBuilder();
            for (Started one : started) {
                printed.append(one.line()).append('\n');
                printed.append(net.output(one.host(), one.task()));
            }
            assertThat(printed).hasToString(recorded);
        }
    }

    /**
     * @param line as in the transcript: {@code $ HOST PROGRAM ARGUMENTS}, and behind {@code <} the
     *     file beside it that the program reads
     */
    private static Started start(ProgramNetwork net, String line) {
        String[] parts = line.substring(PROMPT.length()).split(" < ", -1);
        var words = new ArrayList<>(List.of(parts[0].split(" ")));
        String host = words.removeFirst();
        String program = words.removeFirst();
        String input = parts.length > 1 ? input(parts[1]) : "";
        String[] arguments = words.toArray(String[]::new);
        byte[] wasm = ProgramNetwork.wasm(program);
        return new Started(line, host, net.start(host, wasm, input, program, arguments));
    }

    private static String input(String file) {
        try {
            return Files.readString(TRANSCRIPTS.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Started(String line, String host, Task task) {}
}
