package io.socketlab.server.grading;

import static io.socketlab.server.Program.body;
import static io.socketlab.server.Program.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.socketlab.server.Program;
import io.socketlab.server.ServerTest;
import io.socketlab.server.compile.Compilers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** C programs that the server compiles, where this machine has a compiler that can be locked in. */
@ServerTest
@TestPropertySource(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:compiled;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1",
            "socketlab.compiler=auto"
        })
class CompiledHereTest {

    private static final String LAB = "s1-stream-without-messages";
    private static final Path FOLDER = Path.of("../../labs/" + LAB);
    private static final String REQUIRED = "SOCKETLAB_REQUIRE_CLANG";

    @LocalServerPort private int port;
    @Autowired private Compilers compilers;
    @Autowired private JdbcClient jdbc;

    private Program program;

    @BeforeEach
    void begin() {
        boolean there = compilers.name().isPresent();
        if (!there && System.getenv(REQUIRED) != null) {
            throw new AssertionError("there is no compiler, and " + REQUIRED + " is set");
        }
        assumeTrue(there, "no program is compiled: there is no clang that can be locked in");
        program = Program.of(port, "read,grade");
    }

    private static String source(String file) throws IOException {
        return Files.readString(FOLDER.resolve(file));
    }

    /** Of a program that is wrong, so that it shows if it is run. */
    private static String otherWasm() throws IOException {
        byte[] wasm = Files.readAllBytes(FOLDER.resolve("mutants/in_c_half_is_whole.wasm"));
        return Base64.getEncoder().encodeToString(wasm);
    }

    private JsonNode job(String attempt, Map<String, ?> handedIn) {
        var submission =
                Map.of(
                        "kind",
                        "program",
                        "programs",
                        List.of(handedIn),
                        "predictions",
                        Map.of("segments", "{{2 + 3}}"));
        return body(program.post(attempt + "/submissions?wait=30", submission), 200);
    }

    private JsonNode result(JsonNode job) {
        return body(program.get("/api/v1/jobs/" + job.path("id").asString() + "/result"), 200);
    }

    private int compilations() {
        return jdbc.sql("select count(*) from compilation").query(Integer.class).single();
    }

    @Test
    void whatIsGradedIsWhatThisServerCompiles() throws IOException {
        var handedIn =
                Map.of(
                        "host",
                        "server",
                        "title",
                        "server",
                        "wasm",
                        otherWasm(),
                        "source",
                        source("solution/in_c.c"));
        JsonNode job = job(program.attempt(LAB), handedIn);
        JsonNode result = result(job);
        assertThat(result.path("verdict").asString()).isEqualTo("PASS");
        String by = compilers.name().orElseThrow();
        JsonNode graded = result.path("programs").get(0);
        assertThat(graded.path("compiled_by").asString()).isEqualTo(by);
        assertThat(graded.path("text").asString())
                .isEqualTo("Compiled here from its source, by " + by + ".");
        assertThat(body(program.get("/api/v1/status"), 200).path("compiler").asString())
                .isEqualTo(by);
        String trace = result.path("artifacts").path("trace").asString();
        assertThat(program.get(trace).body())
                .as("the trace that is shown is of what was graded")
                .contains("\"place\":\"server.c:");
    }

    @Test
    void sourceAloneOfSeveralFilesIsEnough() throws IOException {
        Map<String, String> sources =
                Map.of(
                        "server.c", source("solution/in_c.c") + "#include \"unused.h\"\n",
                        "unused.h", "int unused(void);\n",
                        "unused.c", "#include \"unused.h\"\nint unused(void) { return 1; }\n");
        JsonNode job =
                job(
                        program.attempt(LAB),
                        Map.of("host", "server", "title", "server", "sources", sources));
        assertThat(result(job).path("verdict").asString()).isEqualTo("PASS");
    }

    @Test
    void theSameSourceIsCompiledOnceWhoeverHandsItIn() throws IOException {
        String source = source("solution/in_c.c") + "// " + "once\n";
        var handedIn = Map.of("host", "server", "title", "server", "source", source);
        String hash = result(job(program.attempt(LAB), handedIn)).path("trace_hash").asString();
        int before = compilations();
        Program other = Program.of(port, "read,grade");
        program = other;
        assertThat(result(job(other.attempt(LAB), handedIn)).path("verdict").asString())
                .isEqualTo("PASS");
        assertThat(hash).hasSize(64);
        assertThat(compilations()).isEqualTo(before);
    }

    @Test
    void whatCannotBeCompiledIsToldWhereAndCostsNothing() {
        String source = "int main(void)\n{\n    return undeclared;\n}\n";
        String attempt = program.attempt(LAB);
        JsonNode job = job(attempt, Map.of("host", "server", "title", "server", "source", source));
        JsonNode result = result(job);
        assertThat(result.path("gradable").asBoolean()).isFalse();
        assertThat(result.path("verdict").asString()).isEqualTo("NOT_EXERCISED");
        JsonNode error = result.path("format_errors").get(0);
        assertThat(error.path("file").asString()).isEqualTo("server.c");
        assertThat(error.path("line").asInt()).isEqualTo(3);
        assertThat(error.path("column").asInt()).isEqualTo(12);
        assertThat(error.path("message").asString())
                .isEqualTo("error: use of undeclared identifier 'undeclared'");
    }

    @Test
    void aSourceReadsNothingOfTheServer() {
        String source =
                "#if __has_include(\"/etc/passwd\") || __has_include(\"%s\")\n#error it is there\n#endif\nint main(void) { return no; }\n"
                        .formatted(FOLDER.resolve("lab.yaml").toAbsolutePath().normalize());
        JsonNode errors =
                result(
                                job(
                                        program.attempt(LAB),
                                        Map.of("host", "server", "title", "s", "source", source)))
                        .path("format_errors");
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0).path("message").asString()).contains("'no'");
    }

    @Test
    void theBenchRunsWhatTheServerCompiles() throws IOException {
        var brought =
                Map.of(
                        "title", "server",
                        "sources", Map.of("server.c", source("solution/in_c.c")),
                        "wasm", otherWasm());
        JsonNode first = body(program.post("/api/v1/programs", brought), 201);
        assertThat(first.path("compiledBy").asString()).isEqualTo(compilers.name().orElseThrow());
        var alone = Map.of("title", "server", "source", source("solution/in_c.c"));
        assertThat(body(program.post("/api/v1/programs", alone), 201).path("name"))
                .isEqualTo(first.path("name"));
        var wrong = Map.of("title", "server", "source", "int main(void) { return 0 }\n");
        JsonNode problem = problem(program.post("/api/v1/programs", wrong), 422, "compile-errors");
        JsonNode message = problem.path("messages").get(0);
        assertThat(message.path("severity").asString()).isEqualTo("error");
        assertThat(message.path("file").asString()).isEqualTo("server.c");
        assertThat(message.path("line").asInt()).isEqualTo(1);
        assertThat(message.path("text").asString()).startsWith("expected ';'");
    }
}
