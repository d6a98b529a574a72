package io.socketlab.lab.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.socketlab.lab.grade.ResultDocument.FormatError;
import io.socketlab.sandbox.compile.CCompiler;
import io.socketlab.sandbox.compile.Compilation;
import io.socketlab.sandbox.compile.Message;
import io.socketlab.sandbox.compile.Message.Severity;
import io.socketlab.sandbox.compile.Sources;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Programs that are handed in, before and after they are compiled. */
class ProgramAnswerTest {

    /** Makes of a source its own text; refuses what contains "wrong". */
    private static final class Copying implements CCompiler {

        private final String name;
        private final List<String> compiled = new ArrayList<>();

        Copying(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Compilation compile(Sources sources) {
            compiled.add(sources.text());
            var warning = new Message(Severity.WARNING, "a.c", 1, 1, "it is odd");
            if (!sources.text().contains("wrong")) {
                byte[] wasm = sources.text().getBytes(StandardCharsets.UTF_8);
                return new Compilation.Made(wasm, List.of(warning));
            }
            var error = new Message(Severity.ERROR, "a.c", 3, 4, "it is wrong");
            var linker = new Message(Severity.ERROR, "", 0, 0, "undefined symbol: main");
            return new Compilation.Refused(List.of(warning, error, linker));
        }
    }

    private static ProgramAnswer.Program source(String host, String text) {
        return new ProgramAnswer.Program(
                host, host, new byte[0], "", "", "", Map.of("a.c", text), "");
    }

    private static ProgramAnswer answer(ProgramAnswer.Program... programs) {
        return new ProgramAnswer(List.of(programs), Map.of());
    }

    @Test
    void whatIsSourceIsCompiledAndWhatIsNotStays() throws InterruptedException {
        byte[] wasm = {1, 2, 3};
        var brought = ProgramAnswer.Program.made("client", "ask", wasm, "", "", "int x;");
        List<String> told = new ArrayList<>();
        ProgramAnswer compiled =
                answer(source("server", "good"), brought)
                        .compiled(
                                new Copying("clang 1"),
                                (title, message) -> told.add(title + " " + message.text()));
        assertThat(compiled.programs().getFirst().wasm()).asString().isEqualTo("good");
        assertThat(compiled.programs().getFirst().compiledBy()).isEqualTo("clang 1");
        assertThat(compiled.programs().getLast()).isEqualTo(brought);
        assertThat(told).containsExactly("server it is odd");
    }

    @Test
    void whatTheSameCompilerHasCompiledIsNotCompiledAgain() throws InterruptedException {
        var first = new Copying("clang 1");
        ProgramAnswer once = answer(source("server", "good")).compiled(first, (_, _) -> {});
        ProgramAnswer again = ProgramAnswer.parse(once.write());
        assertThat(again.compiled(first, (_, _) -> {})).isEqualTo(again);
        assertThat(first.compiled).hasSize(1);
        var second = new Copying("clang 2");
        assertThat(again.compiled(second, (_, _) -> {}).programs().getFirst().compiledBy())
                .isEqualTo("clang 2");
    }

    @Test
    void theErrorsOfAllProgramsAreToldWithTheirPlaces() {
        var clang = new Copying("clang 1");
        ProgramAnswer wrong = answer(source("server", "wrong"), source("client", "wrong"));
        assertThatThrownBy(() -> wrong.compiled(clang, (_, _) -> {}))
                .asInstanceOf(type(BrokenSourceException.class))
                .extracting(BrokenSourceException::errors)
                .isEqualTo(
                        List.of(
                                new FormatError("a.c", 3, 4, "error: it is wrong"),
                                new FormatError("server", 0, 0, "error: undefined symbol: main"),
                                new FormatError("a.c", 3, 4, "error: it is wrong"),
                                new FormatError("client", 0, 0, "error: undefined symbol: main")));
    }

    /** Those that were handed in before programs came as source. */
    @Test
    void whatIsStoredOfOldCanStillBeRead() {
        ProgramAnswer old =
                ProgramAnswer.parse(
                        """
                        {"programs": [{"host": "server", "title": "server", "wasm": "AQID", "arguments": "7", "input": null, "source": "int x;"}], "predictions": {}}
                        """);
        ProgramAnswer.Program program = old.programs().getFirst();
        assertThat(program.text()).isEqualTo("int x;");
        assertThat(program.sources()).isEmpty();
        assertThat(program.compiledBy()).isEmpty();
        assertThat(program.wasm()).containsExactly(1, 2, 3);
    }
}
