package io.socketlab.server.grading;

import static io.socketlab.server.Program.body;
import static io.socketlab.server.Program.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.server.Program;
import io.socketlab.server.ServerTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** C programs handed in where the server has no compiler. */
@ServerTest
class ProgramSourceTest {

    private static final String LAB = "s1-stream-without-messages";
    private static final Path SOLUTION = Path.of("../../labs/" + LAB + "/solution");

    @LocalServerPort private int port;

    private Program program;

    @BeforeEach
    void begin() {
        program = Program.of(port, "read,grade");
    }

    private static String source() throws IOException {
        return Files.readString(SOLUTION.resolve("in_c.c"));
    }

    private static String wasm() throws IOException {
        return Base64.getEncoder()
                .encodeToString(Files.readAllBytes(SOLUTION.resolve("in_c.wasm")));
    }

    private static Object submission(Map<String, ?> handedIn) {
        return Map.of(
                "kind",
                "program",
                "programs",
                List.of(handedIn),
                "predictions",
                Map.of("segments", "{{2 + 3}}"));
    }

    @Test
    void theStatusSaysThatThereIsNone() {
        assertThat(body(program.get("/api/v1/status"), 200).path("compiler").isNull()).isTrue();
    }

    @Test
    void aModuleIsGradedWithItsSourceBesideItAndTheResultSaysSo() throws IOException {
        var handedIn =
                Map.of("host", "server", "title", "server", "wasm", wasm(), "source", source());
        String attempt = program.attempt(LAB);
        JsonNode job =
                body(program.post(attempt + "/submissions?wait=30", submission(handedIn)), 200);
        JsonNode result =
                body(program.get("/api/v1/jobs/" + job.path("id").asString() + "/result"), 200);
        assertThat(result.path("verdict").asString()).isEqualTo("PASS");
        JsonNode graded = result.path("programs");
        assertThat(graded).hasSize(1);
        assertThat(graded.get(0).path("compiled_by").asString()).isEmpty();
        assertThat(graded.get(0).path("text").asString())
                .isEqualTo(
                        "Handed in compiled, by the browser or another compiler, and not compiled here.");
    }

    @Test
    void sourceAloneIsRefused() throws IOException {
        String path = program.attempt(LAB) + "/submissions";
        var alone = Map.of("host", "server", "title", "server", "source", source());
        JsonNode problem = problem(program.post(path, submission(alone)), 422, "no-compiler");
        assertThat(problem.path("detail").asString())
                .startsWith("server: this server compiles no programs.");
        var mine = Map.of("title", "server", "source", source());
        problem(program.post("/api/v1/programs", mine), 422, "no-compiler");
    }

    @Test
    void whatCannotBeAProgramIsNotTaken() {
        String path = program.attempt(LAB) + "/submissions";
        var nothing = Map.of("host", "server", "title", "server");
        problem(program.post(path, submission(nothing)), 400, "invalid-body");
        for (String name : List.of("../server.c", "-o.c", "@flags.c", "server.o")) {
            var named =
                    Map.of("host", "server", "title", "server", "sources", Map.of(name, "int x;"));
            JsonNode problem = problem(program.post(path, submission(named)), 400, "invalid-body");
            assertThat(problem.path("detail").asString()).contains("A source is named of letters");
        }
        problem(program.post("/api/v1/programs", Map.of("title", "server")), 400, "invalid-body");
    }
}
