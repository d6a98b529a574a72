package io.socketlab.lab.grade;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.StarterSource;
import io.socketlab.lab.model.SubmittedPrograms;
import io.socketlab.lab.remark.Remark;
import io.socketlab.lab.script.Position;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.StandardInput;
import io.socketlab.sandbox.compile.CCompiler;
import io.socketlab.sandbox.compile.Compilation;
import io.socketlab.sandbox.compile.Message;
import io.socketlab.sandbox.compile.Sources;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * C programs that are handed in together, in the order in which they are started.
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
     * @param wasm the program as WebAssembly; empty if it is still to be compiled
     * @param arguments what it gets behind its name, with blanks between them, and parameters of
     *     the lab as {@code {{port}}}; blank for what the lab gives a program there
     * @param input all that it finds on its standard input; null or empty for nothing
     * @param source what it was compiled of, for whoever reads it; empty if that is not known, or
     *     {@code sources} say it
     * @param sources the files that are compiled together, by name; empty if only the module is
     *     there
     * @param compiledBy which compiler has made {@code wasm} of them here; empty if somebody else
     *     did
     */
    public record Program(
            String host,
            String title,
            byte[] wasm,
            String arguments,
            @Nullable String input,
            String source,
            @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, String> sources,
            @JsonSetter(nulls = Nulls.AS_EMPTY) String compiledBy) {

        /** One that is compiled already, by somebody. */
        public static Program made(
                String host,
                String title,
                byte[] wasm,
                String arguments,
                String input,
                String source) {
            return new Program(host, title, wasm, arguments, input, source, Map.of(), "");
        }

        /** What it is, in C: all of its files; empty if it came without. */
        public String text() {
            return sources.isEmpty() ? source : new Sources(sources).text();
        }

        private Program compiled(byte[] made, String by) {
            return new Program(host, title, made, arguments, input, source, sources, by);
        }

        private boolean isSame(Program other) {
            return title.equals(other.title) && Arrays.equals(wasm, other.wasm);
        }

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

    /**
     * The same, with what is there as source compiled by this compiler and no other.
     *
     * @param told of each program's title and what the compiler says of it, if it was compiled
     * @throws BrokenSourceException if one is wrong; it has what is said of all of them
     * @throws InterruptedException if the thread is interrupted
     */
    public ProgramAnswer compiled(CCompiler compiler, BiConsumer<String, Message> told)
            throws InterruptedException {
        var all = new ArrayList<Program>();
        var errors = new ArrayList<ResultDocument.FormatError>();
        for (Program program : programs) {
            if (program.sources().isEmpty() || program.compiledBy().equals(compiler.name())) {
                all.add(program);
                continue;
            }
            Compilation compilation = compiler.compile(new Sources(program.sources()));
            switch (compilation) {
                case Compilation.Made(byte[] wasm, List<Message> messages) -> {
                    messages.forEach(message -> told.accept(program.title(), message));
                    all.add(program.compiled(wasm, compiler.name()));
                }
                case Compilation.Refused(List<Message> messages) ->
                        messages.stream()
                                .filter(Message::isError)
                                .map(message -> error(program, message))
                                .forEach(errors::add);
            }
        }
        if (!errors.isEmpty()) throw new BrokenSourceException(errors);
        return new ProgramAnswer(all, predictions);
    }

    private static ResultDocument.FormatError error(Program program, Message message) {
        String file = message.file().isEmpty() ? program.title() : message.file();
        return new ResultDocument.FormatError(
                file, message.line(), message.column(), "error: " + message.text());
    }

    /** Which programs they are, and what compiled them, for a result. */
    private List<ResultDocument.GradedProgram> told() {
        return programs.stream()
                .map(p -> ResultDocument.GradedProgram.of(p.host(), p.title(), p.compiledBy()))
                .toList();
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
            String text = program.text();
            if (text.isBlank()) continue;
            String host = program.host().replaceFirst("\\.[0-9]+$", "");
            for (StarterSource file : lab.sources(host)) {
                for (StarterSource.Region region : file.readOnly()) {
                    if (region.standsIn(text)) continue;
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

        /** As {@link ProgramAnswer#told}. */
        List<ResultDocument.GradedProgram> told() {
            return answer.told();
        }

        /** As {@link ProgramAnswer#changed}. */
        List<Remark> changed() {
            return answer.changed(lab);
        }
    }

    /** Often several hosts run the same program, and a hash takes longer than to see that. */
    private List<String> names() {
        var names = new ArrayList<String>();
        for (Program program : programs) {
            String known = null;
            for (int i = 0; i < names.size() && known == null; i++) {
                if (programs.get(i).isSame(program)) known = names.get(i);
            }
            names.add(known == null ? program.name() : known);
        }
        return names;
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
