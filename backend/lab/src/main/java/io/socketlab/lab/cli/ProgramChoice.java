package io.socketlab.lab.cli;

import io.socketlab.lab.grade.ProgramAnswer;
import io.socketlab.lab.script.StandardInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Compiled programs for the hosts of a lab, as a command line names them. */
final class ProgramChoice {

    @Option(
            names = "--program",
            paramLabel = "'HOST=FILE ARG… [< INPUT]'",
            description =
                    "runs a compiled C program on a host, with its arguments; as often as wanted."
                            + " INPUT is a file that it finds on its standard input")
    private List<String> programs = List.of();

    @Option(
            names = "--predict",
            paramLabel = "ID=VALUE",
            description =
                    "says beforehand what the lab asks, with --program; {{…}} in it are parameters")
    private Map<String, String> predictions = new LinkedHashMap<>();

    boolean isEmpty() {
        return programs.isEmpty();
    }

    /**
     * Reads them.
     *
     * @throws UsageException if one is not written as it has to be, or cannot be read
     */
    ProgramAnswer read() {
        return new ProgramAnswer(programs.stream().map(ProgramChoice::read).toList(), predictions);
    }

    private static ProgramAnswer.Program read(String program) {
        int equals = program.indexOf('=');
        if (equals < 1) {
            throw new UsageException(
                    "--program is " + program + "; expected HOST=FILE, as server=server.wasm");
        }
        String[] parts = program.substring(equals + 1).split("(^|\\s)<\\s*", 2);
        String[] words = parts[0].strip().split("\\s+", 2);
        Path file = Path.of(words[0]);
        return new ProgramAnswer.Program(
                program.substring(0, equals),
                title(file),
                octets(file),
                words.length > 1 ? words[1] : "",
                parts.length > 1 ? input(Path.of(parts[1].strip())) : "",
                "");
    }

    private static String title(Path file) {
        return String.valueOf(file.getFileName())
                .replaceFirst("\\.wasm$", "")
                .replaceAll("\\s", "_");
    }

    private static String input(Path file) {
        String text = new String(octets(file), StandardCharsets.UTF_8);
        if (text.length() > StandardInput.LONGEST) {
            throw new UsageException(
                    file + " has more than " + StandardInput.LONGEST + " characters");
        }
        return text;
    }

    private static byte[] octets(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UsageException(file + " cannot be read");
        }
    }
}
