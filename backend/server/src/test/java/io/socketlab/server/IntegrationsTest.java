package io.socketlab.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/**
 * What docs/integrations has, run as Gradescope, PrairieLearn and GitHub run it: in a tree like
 * theirs, with a java on the path that runs these classes in place of a jar.
 */
@Execution(ExecutionMode.CONCURRENT)
class IntegrationsTest {

    private static final Path DOCS = Path.of("../../docs/integrations").toAbsolutePath();
    private static final Path SCHEMAS = Path.of("../lab/src/test/resources/schema");
    private static final String BROKEN = "server: lissten(3, 5)\n";

    @TempDir private Path folder;

    private Path bin;

    @BeforeEach
    void putAJavaOnThePath() throws IOException {
        bin = Files.createDirectory(folder.resolve("bin"));
        Path java = bin.resolve("java");
        String real = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Files.writeString(
                java,
                """
                #!/usr/bin/env bash
                # java -jar X ARGUMENTS
                shift 2
                exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$TEST_CLASSES" %s "$@"
                """
                        .formatted(real, SocketLab.class.getName()));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private int run(Path where, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(where.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("TEST_CLASSES", System.getProperty("java.class.path"));
        builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile());
        return builder.start().waitFor();
    }

    private static JsonNode valid(String schema, Path file) throws IOException {
        String json = Files.readString(file);
        assertThat(
                        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                                .getSchema(
                                        Files.readString(SCHEMAS.resolve(schema)), InputFormat.JSON)
                                .validate(json, InputFormat.JSON))
                .as(json)
                .isEmpty();
        return Program.JSON.readTree(json);
    }

    /** What Gradescope gets for the files of a submission. */
    private JsonNode gradescope(String lab, Map<String, String> files) throws Exception {
        Path root = Files.createTempDirectory(folder, "autograder");
        Path submission = Files.createDirectories(root.resolve("submission"));
        Files.createDirectories(root.resolve("source"));
        Files.writeString(root.resolve("source/lab"), lab + "\n");
        for (var file : files.entrySet()) {
            Files.writeString(submission.resolve(file.getKey()), file.getValue());
        }
        String script = DOCS.resolve("gradescope/run_autograder").toString();
        int code = run(root, Map.of("AUTOGRADER_ROOT", root.toString()), "bash", script);
        assertThat(code).isZero();
        return valid("gradescope.schema.json", root.resolve("results/results.json"));
    }

    @Test
    void gradescopeGetsAResultForWhateverIsUploaded() throws Exception {
        String lab = Files.readString(DOCS.resolve("gradescope/lab")).strip();
        JsonNode right = gradescope(lab, Map.of("answer.pkt", Program.solution(lab)));
        assertThat(right.path("tests")).isNotEmpty();
        right.path("tests")
                .forEach(t -> assertThat(t.path("status").asString()).isEqualTo("passed"));
        String line = "{\"line\":\"server: socket(AF_INET, SOCK_STREAM, 0)\"}\n";
        assertThat(gradescope(lab, Map.of("run.jsonl", line)).path("tests")).isNotEmpty();
        assertThat(gradescope(lab, Map.of("answer.pkt", BROKEN)).path("output").asString())
                .contains(":1:9: ");
        assertThat(gradescope(lab, Map.of()).path("output").asString()).contains("answer.pkt");
        assertThat(gradescope("c99", Map.of("answer.pkt", "")).path("output").asString())
                .contains("exit code 64");
    }

    private JsonNode prairieLearn(String lab, String answer) throws Exception {
        Path root = Files.createTempDirectory(folder, "grade");
        Path student = Files.createDirectories(root.resolve("student"));
        Files.writeString(student.resolve("answer.pkt"), answer);
        String script = DOCS.resolve("prairielearn/grade.sh").toString();
        var environment =
                Map.of(
                        "GRADE_ROOT",
                        root.toString(),
                        "SOCKETLAB_JAR",
                        "socketlab.jar",
                        "SOCKETLAB_LAB",
                        lab);
        assertThat(run(root, environment, "bash", script)).isZero();
        return valid("prairielearn.schema.json", root.resolve("results/results.json"));
    }

    @Test
    void prairieLearnGetsAResultForWhateverIsWritten() throws Exception {
        JsonNode info =
                Program.JSON.readTree(
                        Files.readString(DOCS.resolve("prairielearn/question/info.json")));
        JsonNode options = info.path("externalGradingOptions");
        String lab = options.path("environment").path("SOCKETLAB_LAB").asString();
        assertThat(prairieLearn(lab, Program.solution(lab)).path("score").asDouble()).isEqualTo(1);
        JsonNode broken = prairieLearn(lab, BROKEN);
        assertThat(broken.path("gradable").asBoolean()).isFalse();
        assertThat(broken.path("format_errors").get(0).asString()).contains(":1:9: ");
        assertThat(prairieLearn("c99", "").path("message").asString()).contains("exit code 64");
    }

    @Test
    @SuppressWarnings("unchecked") // what YAML gives
    void theWorkflowFailsWhereACheckFailsAndLeavesAReport() throws Exception {
        Map<String, Object> workflow =
                new Yaml().load(Files.readString(DOCS.resolve("github/grade.yml")));
        var jobs = (Map<String, Map<String, Object>>) workflow.get("jobs");
        var steps = (List<Map<String, Object>>) jobs.get("grade").get("steps");
        String step =
                steps.stream()
                        .filter(s -> "grade".equals(s.get("id")))
                        .map(s -> (String) s.get("run"))
                        .findFirst()
                        .orElseThrow();
        String lab = ((Map<String, String>) workflow.get("env")).get("lab");
        Path summary = folder.resolve("summary");
        var environment = Map.of("lab", lab, "GITHUB_STEP_SUMMARY", summary.toString());
        Path repository = Files.createDirectory(folder.resolve("repository"));

        Files.writeString(repository.resolve("answer.pkt"), Program.solution(lab));
        // as GitHub runs a step
        String[] bash = {"bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step};
        assertThat(run(repository, environment, bash)).isZero();
        assertThat(repository.resolve("report.xml")).content().contains("<testcase ");
        assertThat(summary).content().contains("TAP version 14", "ok 1 - ");

        Files.writeString(repository.resolve("answer.pkt"), BROKEN);
        assertThat(run(repository, environment, bash)).isEqualTo(65);
    }

    @Test
    void whatOnlyTheyCanRunIsAtLeastAScript() throws Exception {
        String setup = DOCS.resolve("gradescope/setup.sh").toString();
        assertThat(run(folder, Map.of(), "bash", "-n", setup)).isZero();
        assertThat(Files.isExecutable(Path.of(setup))).isTrue();
        assertThat(Files.isExecutable(DOCS.resolve("gradescope/run_autograder"))).isTrue();
        assertThat(DOCS.resolve("prairielearn/Dockerfile"))
                .content()
                .contains("COPY grade.sh", "ENTRYPOINT");
    }
}
