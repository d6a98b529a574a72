package io.socketlab.sandbox.compile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socketlab.sandbox.compile.Compilation.Made;
import io.socketlab.sandbox.compile.Compilation.Refused;
import io.socketlab.sandbox.compile.Message.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine's clang, where it has one that can be locked in. */
class JailedClangTest {

    private static final String REQUIRED = "SOCKETLAB_REQUIRE_CLANG";
    private static final String SECRET = "the_secret_of_this_machine";
    private static final String MAIN = "int main(void) { return 0; }\n";

    private static JailedClang clang;

    @TempDir private Path folder;

    @BeforeAll
    static void find() {
        clang = find(10);
    }

    private static JailedClang find(int seconds) {
        try {
            return JailedClang.find(System.getenv("PATH"), seconds);
        } catch (NoCompilerException e) {
            if (System.getenv(REQUIRED) != null) throw new AssertionError(REQUIRED + " is set", e);
            assumeTrue(false, "no program is compiled, for " + e.getMessage());
            throw new IllegalStateException(e);
        }
    }

    private static Compilation compile(Map<String, String> sources) throws InterruptedException {
        return clang.compile(new Sources(sources));
    }

    private static Compilation compile(String source) throws InterruptedException {
        return compile(Map.of("server.c", source));
    }

    @Test
    void makesOfASourceWhatTheBuildOfThePrebuiltProgramsMakes() throws Exception {
        assumeTrue(clang.name().contains("14.0.6"), "the prebuilt ones are of clang 14.0.6");
        for (String name : List.of("echo_server", "chat_select", "thread_pool")) {
            String source = Files.readString(Path.of("src/test/c/programs", name + ".c"));
            assertThat(compile(Map.of(name + ".c", source)))
                    .isInstanceOfSatisfying(
                            Made.class,
                            made -> assertThat(made.wasm()).as(name).isEqualTo(prebuilt(name)));
        }
    }

    private static byte[] prebuilt(String name) {
        try {
            return Files.readAllBytes(Path.of("src/test/resources/programs", name + ".wasm"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void compilesSeveralFilesTogether() throws Exception {
        Map<String, String> sources =
                Map.of(
                        "server.c", "#include \"proto.h\"\nint main(void) { return answer(); }\n",
                        "util.c", "#include \"proto.h\"\nint answer(void) { return 42; }\n",
                        "proto.h", "int answer(void);\n");
        assertThat(compile(sources)).isInstanceOf(Made.class);
    }

    /** It would be one for all threads, and the program wrong without a word. */
    @Test
    void refusesAVariableOfEachThread() throws Exception {
        Compilation compilation =
                compile(
                        """
                        #include <pthread.h>
                        static __thread int served;
                        int main(void) { return served; }
                        """);
        assertThat(compilation).isInstanceOf(Refused.class);
        assertThat(compilation.messages())
                .anySatisfy(message -> {
                    assertThat(message.line()).isEqualTo(3);
                    assertThat(message.text()).contains("pthread_key_create(3)");
                });
    }

    /** Instead of a name that is not known, or a module that is not let in. */
    @Test
    void saysOfWhatIsNotThereThatItIsNot() throws Exception {
        Compilation compilation =
                compile(
                        """
                        #include <fcntl.h>
                        #include <stdio.h>
                        #include <stdlib.h>
                        #include <sys/mman.h>
                        #include <sys/un.h>
                        #include <unistd.h>
                        int main(void)
                        {
                            struct sockaddr_un name = {.sun_family = AF_UNIX};
                            popen("date", "r");
                            system("date");
                            open("/etc/hosts", O_RDONLY);
                            fopen("/etc/hosts", "r");
                            unlink(name.sun_path);
                            mmap(NULL, 4096, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
                        }
                        """);
        assertThat(compilation).isInstanceOf(Refused.class);
        assertThat(compilation.messages())
                .filteredOn(message -> message.severity() == Severity.ERROR)
                .extracting(message -> message.line() + " " + message.text().replaceAll(":.*", ""))
                .containsExactly(
                        "10 'popen' is unavailable",
                        "11 'system' is unavailable",
                        "12 'open' is unavailable",
                        "13 'fopen' is unavailable",
                        "14 'unlink' is unavailable",
                        "14 'sun_path' is unavailable",
                        "15 'mmap' is unavailable");
    }

    @Test
    void theSameSourceIsTheSameModule() throws Exception {
        byte[] first = ((Made) compile(MAIN)).wasm();
        assertThat(((Made) compile(MAIN)).wasm()).isEqualTo(first);
        assertThat(find(10).name())
                .isEqualTo(clang.name())
                .matches("clang [0-9.]+ \\([0-9a-f]{12}\\)");
    }

    @Test
    void tellsTheMistakesOfAllFilesWithTheirPlaces() throws Exception {
        Compilation compilation =
                compile(
                        Map.of(
                                "a.c", "int main(void)\n{\n    return undeclared;\n}\n",
                                "b.c", "int two(void) { return 2 }\n"));
        assertThat(compilation).isInstanceOf(Refused.class);
        assertThat(compilation.messages())
                .contains(
                        new Message(
                                Severity.ERROR,
                                "a.c",
                                3,
                                12,
                                "use of undeclared identifier 'undeclared'"))
                .extracting(Message::written)
                .anyMatch(line -> line.startsWith("b.c:1:25: error: expected ';'"));
    }

    @Test
    void tellsWarningsOfWhatItCompiles() throws Exception {
        assertThat(compile("int main(void) { int unused; return 0; }\n").messages())
                .singleElement()
                .satisfies(m -> assertThat(m.severity()).isEqualTo(Severity.WARNING))
                .satisfies(m -> assertThat(m.line()).isEqualTo(1));
    }

    @Test
    void tellsWhatTheLinkerMisses() throws Exception {
        assertThat(compile("int serve(void);\nint f(void) { return serve(); }\n"))
                .isInstanceOf(Refused.class)
                .extracting(Compilation::messages, InstanceOfAssertFactories.list(Message.class))
                .anyMatch(m -> m.isError() && m.text().contains("undefined symbol: main"));
    }

    /** Each would carry the secret out, in what is compiled or in what is said of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "#include \"%s\"\nint main(void) { return 0; }\n",
                "#include \"/yard/../%s\"\nint main(void) { return 0; }\n",
                "#if __has_include(\"%s\")\n#error the_secret_of_this_machine\n#endif\nint main(void) { return undeclared; }\n",
                "__asm__(\".include \\\"%s\\\"\\n\");\nint main(void) { return 0; }\n",
                """
                __asm__(".section .data.secret,\\"\\",@\\n.globl secret\\nsecret:\\n.incbin \\"%s\\"\\n.size secret, 16\\n");
                extern const char secret[];
                int main(void) { return secret[0]; }
                """
            })
    void readsNothingOfTheMachine(String attempt) throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), ".error \"" + SECRET + "\"\n");
        assertThat(compile(attempt.formatted(secret)))
                .isInstanceOf(Refused.class)
                .asString()
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "/etc/hostname",
                "/proc/self/environ",
                "/proc/version",
                "/sys/kernel/notes",
                "/usr/include/stdio.h",
                "/dev/sda",
                "/tmp"
            })
    void hasNoFileButItsOwn(String file) throws Exception {
        assertThat(
                        compile(
                                "#if __has_include(\"%s\")\n#error it is there\n#endif\n"
                                                .formatted(file)
                                        + MAIN))
                .as(() -> file)
                .isInstanceOf(Made.class);
    }

    @Test
    void whatNeedsMoreThanItMayIsGivenUp() throws Exception {
        JailedClang brief = find(1);
        assertThat(brief.compile(new Sources(Map.of("server.c", ENDLESS))))
                .isInstanceOf(Refused.class)
                .asString()
                .contains("the compiler gave it up");
    }

    /** The processor's time is of a program, not of each of its files. */
    @Test
    void filesThatTakeLongLeaveNoTimeForTheNext() throws Exception {
        Map<String, String> sources =
                Map.of(
                        "a.c",
                        ENDLESS,
                        "b.c",
                        ENDLESS,
                        "c.c",
                        "int three(void) { return undeclared; }\n");
        assertThat(find(1).compile(new Sources(sources)))
                .isInstanceOf(Refused.class)
                .asString()
                .contains("the compiler gave it up")
                .doesNotContain("undeclared");
    }

    /** A macro in a macro, sixteen deep: more statements than there are octets in a machine. */
    private static final String ENDLESS =
            """
            #define A(x) x x x x x x x x
            #define B(x) A(A(A(A(A(A(A(A(x))))))))
            int main(void) { B(B(0;)) }
            """;

    @Test
    void whatPrintsWithoutEndIsCut() throws Exception {
        String warnings = "#define W _Pragma(\"message \\\"" + "x".repeat(100) + "\\\"\")\n";
        String many = "#define A(x) x x x x x x x x\nA(A(A(A(A(A(W))))))\n";
        Compilation compilation = compile(warnings + many + MAIN);
        assertThat(compilation.messages()).hasSizeLessThanOrEqualTo(101);
    }

    @Test
    void aModuleThatIsTooLargeIsNotMade() throws Exception {
        String large =
                "const char data[2000000] = {1};\nint main(int n, char **v) { (void)v; return data[n]; }\n";
        assertThat(compile(large))
                .isInstanceOf(Refused.class)
                .asString()
                .contains("1048576 octets at most");
    }

    @Test
    void saysWhatLacksWhereThereIsNoCompiler() throws IOException {
        assertThatThrownBy(() -> JailedClang.find("", 10))
                .isInstanceOf(NoCompilerException.class)
                .hasMessage("there is no bubblewrap (bwrap)");
        Path bwrap = Files.writeString(folder.resolve("bwrap"), "#!/bin/sh\n", UTF_8);
        assertThat(bwrap.toFile().setExecutable(true)).isTrue();
        assertThatThrownBy(() -> JailedClang.find(folder.toString(), 10))
                .isInstanceOf(NoCompilerException.class)
                .hasMessage("there is no clang");
    }
}
