package io.socketlab.lab.grade;

import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.StarterSource;
import io.socketlab.lab.model.SubmittedPrograms;
import io.socketlab.lab.remark.Remark;
import io.socketlab.lab.script.Position;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.StandardInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compiled programs that are handed in together, in the order in which they are started.
 *
 * @param programs one at least
 * @param predictions what is said beforehand, by the prediction's id; null for nothing
 */
public record ProgramAnswer(List<Program> programs, @Nullable Map<String, String> predictions) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public ProgramAnswer {
        programs = List.copyOf(programs);
        predictions = predictions == null ? Map.of() : new TreeMap<>(predictions);
        if (programs.isEmpty()) throw new IllegalArgumentException("expected a program");
    }

    /**
     * A program for a host.
     *
     * @param title what it is called
     * @param wasm the program as WebAssembly
     * @param arguments what it gets behind its name, with blanks between them, and parameters of
     *     the lab as {@code {{port}}}; blank for what the lab gives a program there
     * @param input all that it finds on its standard input; null or empty for nothing
     * @param source what it was compiled of, for whoever reads it; may be empty
     */
    public record Program(
            String host,
            String title,
            byte[] wasm,
            String arguments,
            @Nullable String input,
            String source) {

        private String name() {
            return SubmittedPrograms.name(title, wasm);
        }

        private String line(String name, Parameters parameters) {
            String given = parameters.fill(arguments);
            String read =
                    input == null || input.isEmpty() ? "" : " < " + StandardInput.write(input);
            return "exec " + host + " " + name + (given.isBlank() ? "" : " " + given) + read;
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
        return in(lab).lab();
    }

    /**
     * What they have changed of what the lab gives and wants left alone. A program without its
     * source is not looked at.
     */
    List<Remark> changed(Lab lab) {
        var changed = new ArrayList<Remark>();
        for (Program program : programs) {
            if (program.source().isBlank()) continue;
            String host = program.host().replaceFirst("\\.[0-9]+$", "");
            for (StarterSource file : lab.sources(host)) {
                for (StarterSource.Region region : file.readOnly()) {
                    if (region.standsIn(program.source())) continue;
                    changed.add(changed(host, file.name() + ":" + region.line()));
                }
            }
        }
        return changed;
    }

    private static Remark changed(String host, String place) {
        return new Remark(
                "read-only",
                host,
                place,
                "The lines that the lab gives from %s on, and wants left alone, are not in what was handed in."
                        .formatted(place),
                "What is asked for is the rest: Start over brings them back.",
                0);
    }

    /**
     * The lines of input that say what is predicted, and start them.
     *
     * @throws ScriptException if arguments name a parameter that the lab has not
     */
    public List<String> lines(Parameters parameters) {
        return lines(names(), parameters);
    }

    /** Both, for any number of runs: what programs are called takes a while to make out. */
    Ready in(Lab lab) {
        List<String> names = names();
        Map<String, byte[]> byName = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            byName.putIfAbsent(names.get(i), programs.get(i).wasm);
        }
        return new Ready(this, names, lab.with(name -> Optional.ofNullable(byName.get(name))));
    }

    /**
     * An answer with a lab to run in.
     *
     * @param names of its programs
     * @param lab with the programs in it
     */
    record Ready(ProgramAnswer answer, List<String> names, Lab lab) {

        /** As {@link ProgramAnswer#lines}. */
        List<String> lines(Parameters parameters) {
            return answer.lines(names, parameters);
        }

        /** As {@link ProgramAnswer#changed}. */
        List<Remark> changed() {
            return answer.changed(lab);
        }
    }

    private List<String> names() {
        return programs.stream().map(Program::name).toList();
    }

    private List<String> lines(List<String> names, Parameters parameters) {
        try {
            var lines = new ArrayList<String>();
            Objects.requireNonNull(predictions)
                    .forEach((id, value) ->
                            lines.add("predict " + id + " " + parameters.fill(value)));
            for (int i = 0; i < names.size(); i++) {
                lines.add(programs.get(i).line(names.get(i), parameters));
            }
            return lines;
        } catch (IllegalArgumentException e) {
            String problem = String.valueOf(e.getMessage());
            throw new ScriptException("arguments", new Position(1, 1), problem);
        }
    }
}
