package io.socketlab.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socketlab.sandbox.compile.JailedClang;
import io.socketlab.sandbox.compile.NoCompilerException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C programs on the command line, compiled on the way where this machine has a compiler. */
class CompileTest {

    private static final String LAB = "s1-stream-without-messages";
    private static final Path SOLUTION = Path.of("../../labs/" + LAB + "/solution");
    private static final String REQUIRED = "SOCKETLAB_REQUIRE_CLANG";

    @TempDir private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return new Cli().run(args, new PrintStream(out, true), new PrintStream(err, true));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static void assumeCompiler() {
        try {
            JailedClang.find();
        } catch (NoCompilerException e) {
            if (System.getenv(REQUIRED) != null) throw new AssertionError(REQUIRED + " is set", e);
            assumeTrue(false, "no program is compiled, for " + e.getMessage());
        }
    }

    private int grade(String program) {
        return run("grade", LAB, "--program", program, "--predict", "segments={{2 + 3}}");
    }

    @Test
    void aSourceIsCompiledAndGradedAndTheResultSaysByWhat() throws IOException {
        assumeCompiler();
        String util = write("util.c", "#include \"util.h\"\nint unused(void) { return 1; }\n");
        String header = write("util.h", "int unused(void);\n");
        String program = "server=" + SOLUTION.resolve("in_c.c") + "," + util + "," + header;
        assertThat(grade(program)).as(text(err)).isZero();
        assertThat(text(out))
                .contains("\"verdict\" : \"PASS\"")
                .contains("\"title\" : \"in_c\"")
                .contains("Compiled here from its source, by clang");
    }

    @Test
    void aModuleNeedsNoCompilerAndTheResultSaysThatItIsNotCompiledHere() {
        assertThat(grade("server=" + SOLUTION.resolve("in_c.wasm"))).as(text(err)).isZero();
        assertThat(text(out)).contains("and not compiled here");
    }

    @Test
    void mistakesAreToldByFileLineAndColumn() throws IOException {
        assumeCompiler();
        String wrong = write("wrong.c", "int main(void)\n{\n    return undeclared;\n}\n");
        String line = "wrong.c:3:12: error: use of undeclared identifier 'undeclared'";
        assertThat(grade("server=" + wrong)).isEqualTo(Cli.DATA);
        assertThat(text(err)).contains(line);
        assertThat(text(out)).contains("\"gradable\" : false").contains("\"line\" : 3");
        err.reset();
        assertThat(run("run", LAB, "--program", "server=" + wrong)).isEqualTo(Cli.DATA);
        assertThat(text(err).strip()).isEqualTo(line);
        err.reset();
        Path module = folder.resolve("wrong.wasm");
        assertThat(run("compile", wrong, "-o", module.toString())).isEqualTo(Cli.DATA);
        assertThat(text(err)).contains(line);
        assertThat(module).doesNotExist();
    }

    @Test
    void aProgramIsCompiledToAModuleThatIsGradedTheSame() {
        assumeCompiler();
        Path module = folder.resolve("server.wasm");
        String source = SOLUTION.resolve("in_c.c").toString();
        assertThat(run("compile", source, "-o", module.toString())).as(text(err)).isZero();
        assertThat(text(out)).contains(": compiled by clang ");
        assertThat(grade("server=" + module)).as(text(err)).isZero();
    }

    @Test
    void whatIsNoProgramIsSaid() throws IOException {
        String header = write("only.h", "int x;\n");
        assertThat(grade("server=" + header)).isEqualTo(Cli.USAGE);
        assertThat(text(err)).contains("A program has a .c file at least.");
        err.reset();
        assertThat(grade("server=" + folder.resolve("none.c"))).isEqualTo(Cli.USAGE);
        assertThat(text(err)).contains("none.c cannot be read");
    }
}
