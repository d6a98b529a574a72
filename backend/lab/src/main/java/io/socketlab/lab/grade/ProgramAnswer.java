package io.socketlab.lab.grade;

import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.SubmittedPrograms;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compiled programs that are handed in together, in the order in which they are started.
 *
 * @param programs one at least
 */
public record ProgramAnswer(List<Program> programs) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public ProgramAnswer {
        programs = List.copyOf(programs);
        if (programs.isEmpty()) throw new IllegalArgumentException("expected a program");
    }

    /**
     * A program for a host.
     *
     * @param title what it is called
     * @param wasm the program as WebAssembly
     * @param arguments what it gets behind its name, with blanks between them
     * @param source what it was compiled of, for whoever reads it; may be empty
     */
    public record Program(String host, String title, byte[] wasm, String arguments, String source) {

        private String name() {
            return SubmittedPrograms.name(title, wasm);
        }

        private String line() {
            return "exec " + host + " " + name() + (arguments.isBlank() ? "" : " " + arguments);
        }
    }

    /**
     * What {@link #write} has written.
     *
     * @throws IllegalArgumentException if it has not
     */
    public static ProgramAnswer parse(String json) {
        try {
            return JSON.readValue(json, ProgramAnswer.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public String write() {
        return JSON.writeValueAsString(this);
    }

    /** The lab with these programs in it. */
    public Lab lab(Lab lab) {
        Map<String, byte[]> byName =
                programs.stream()
                        .collect(Collectors.toMap(Program::name, Program::wasm, (a, _) -> a));
        return lab.with(name -> Optional.ofNullable(byName.get(name)));
    }

    /** The lines of input that start them. */
    public List<String> lines() {
        return programs.stream().map(Program::line).toList();
    }
}
