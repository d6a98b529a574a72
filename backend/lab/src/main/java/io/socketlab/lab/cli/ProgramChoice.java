package io.socketlab.lab.cli;

import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.SubmittedPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Compiled programs for the hosts of a lab, as a command line names them. */
final class ProgramChoice {

    @Option(
            names = "--program",
            paramLabel = "'HOST=FILE ARG…'",
            description =
                    "runs a compiled C program on a host, with its arguments; as often as wanted")
    private List<String> programs = List.of();

    boolean isEmpty() {
        return programs.isEmpty();
    }

    /** The programs by their names, and the lines that start them. */
    record Chosen(Map<String, byte[]> programs, List<String> lines) {
        Chosen {
            programs = Map.copyOf(programs);
            lines = List.copyOf(lines);
        }

        Lab lab(Lab lab) {
            return lab.with(name -> Optional.ofNullable(programs.get(name)));
        }
    }

    /**
     * Reads them.
     *
     * @throws UsageException if one is not written as it has to be, or cannot be read
     */
    Chosen read() {
        Map<String, byte[]> byName = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (String program : programs) {
            int equals = program.indexOf('=');
            if (equals < 1) {
                throw new UsageException(
                        "--program is " + program + "; expected HOST=FILE, as server=server.wasm");
            }
            String[] words = program.substring(equals + 1).strip().split("\\s+", 2);
            Path file = Path.of(words[0]);
            byte[] wasm = octets(file);
            String name = SubmittedPrograms.name(title(file), wasm);
            byName.put(name, wasm);
            String arguments = words.length > 1 ? " " + words[1] : "";
            lines.add("exec " + program.substring(0, equals) + " " + name + arguments);
        }
        return new Chosen(byName, lines);
    }

    private static String title(Path file) {
        return String.valueOf(file.getFileName())
                .replaceFirst("\\.wasm$", "")
                .replaceAll("\\s", "_");
    }

    private static byte[] octets(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UsageException(file + " cannot be read");
        }
    }
}
