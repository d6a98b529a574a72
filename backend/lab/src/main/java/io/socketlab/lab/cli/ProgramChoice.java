package io.socketlab.lab.cli;

import io.socketlab.lab.grade.BrokenSourceException;
import io.socketlab.lab.grade.ProgramAnswer;
import io.socketlab.lab.script.StandardInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** C programs for the hosts of a lab, as a command line names them. */
final class ProgramChoice {

    @Option(
            names = "--program",
            paramLabel = "'HOST=FILE[,FILE…] ARG… [< INPUT]'",
            description =
                    "runs a C program on a host, with its arguments; as often as wanted. FILE is a .wasm,"
                            + " or the .c and .h files that are compiled together, by this machine's clang in a jail."
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
     * Reads them, and compiles what is source.
     *
     * @param warnings is told what the compiler says of programs that it has compiled
     * @throws UsageException if one is not written as it has to be, cannot be read, or would have
     *     to be compiled where there is no compiler
     * @throws BrokenSourceException if one cannot be compiled
     */
    ProgramAnswer read(PrintWriter warnings) {
        var answer =
                new ProgramAnswer(programs.stream().map(ProgramChoice::read).toList(), predictions);
        if (answer.programs().stream().allMatch(program -> program.sources().isEmpty())) {
            return answer;
        }
        return LocalCompiler.compiled(answer, warnings);
    }

    private static ProgramAnswer.Program read(String program) {
        int equals = program.indexOf('=');
        if (equals < 1) {
            throw new UsageException(
                    "--program is " + program + "; expected HOST=FILE, as server=server.wasm");
        }
        String[] parts = program.substring(equals + 1).split("(^|\\s)<\\s*", 2);
        String[] words = parts[0].strip().split("\\s+", 2);
        List<Path> files = Stream.of(words[0].split(",")).map(Path::of).toList();
        boolean isCompiled = files.size() == 1 && !isSource(files.getFirst());
        return new ProgramAnswer.Program(
                program.substring(0, equals),
                title(files),
                isCompiled ? octets(files.getFirst()) : new byte[0],
                words.length > 1 ? words[1] : "",
                parts.length > 1 ? input(Path.of(parts[1].strip())) : "",
                "",
                isCompiled ? Map.of() : LocalCompiler.read(files).files(),
                "");
    }

    private static boolean isSource(Path file) {
        return LocalCompiler.name(file).matches(".*\\.[ch]");
    }

    /** That of the first that is compiled, which goes for the program's. */
    private static String title(List<Path> files) {
        String first =
                files.stream()
                        .map(LocalCompiler::name)
                        .filter(name -> !name.endsWith(".h"))
                        .findFirst()
                        .orElse("program");
        return first.replaceFirst("\\.(wasm|c)$", "").replaceAll("\\s", "_");
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
