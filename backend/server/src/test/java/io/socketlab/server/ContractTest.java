package io.socketlab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The description of REST is true, and its examples work. */
@ServerTest
class ContractTest {

    private static final Path KEPT = Path.of("../../docs/openapi.json");

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .build();

    @LocalServerPort private int port;

    private Contract contract;
    private Program program;

    @BeforeEach
    void begin() {
        contract = Contract.of(port);
        program = new Program(port, Visitor.member(port, "Ada").token("read,grade,author"));
    }

    @Test
    void anAnswerThatIsNotAsDescribedIsFound() {
        String path = "/api/v1/status";
        String body = program.get(path).body();
        contract.check("get", path, 200, "application/json", body);
        String more = body.replaceFirst("\\{", "{\"more\":1,");
        for (String wrong : List.of("{}", "[]", more, body.replace("\"queued\":", "\"queud\":"))) {
            assertThatThrownBy(() -> contract.check("get", path, 200, "application/json", wrong))
                    .isInstanceOf(AssertionError.class);
        }
        assertThatThrownBy(() -> contract.check("get", path, 200, "text/plain", ""))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> contract.check("get", path, 404, "application/problem+json", "{}"))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> contract.check("get", "/api/v1/x", 200, "application/json", "{}"))
                .isInstanceOf(AssertionError.class);
    }

    /** What stands for the parameters of paths and queries, and for ids in bodies. */
    private Map<String, String> things() {
        String attempt = program.attempt("u1-datagrams");
        var submission = Program.script("client: socket(AF_INET, SOCK_DGRAM, 0)");
        JsonNode job =
                Program.body(program.post(attempt + "/submissions?wait=20", submission), 200);
        String id = attempt.replaceFirst(".*/", "");
        var item = Map.of("attempt", id, "submission", submission);
        JsonNode batch =
                Program.body(program.post("/api/v1/batches", Map.of("items", List.of(item))), 202);
        JsonNode webhook =
                Program.body(
                        program.post("/api/v1/webhooks", Map.of("url", "https://grader.example/")),
                        201);
        JsonNode draft =
                Program.body(program.post("/api/v1/drafts", Map.of("lab", "contract-lab")), 201);
        return Map.ofEntries(
                Map.entry("webhooks", webhook.path("id").asString()),
                Map.entry("labs", "u1-datagrams"),
                Map.entry("attempts", id),
                Map.entry("runs", id),
                Map.entry("jobs", job.path("id").asString()),
                Map.entry("batches", batch.path("id").asString()),
                Map.entry("drafts", draft.path("id").asString()),
                Map.entry("path", "solution/plain.pkt"),
                Map.entry("version", "0"),
                Map.entry("from", "0"),
                Map.entry("attempt", id),
                Map.entry("with", id),
                Map.entry("event", "0"));
    }

    /**
     * A course with one of everything, made anew, since some operations take it away.
     *
     * @param asks whether with a question, of which nobody may have many that are open
     */
    private Map<String, String> ofCourse(boolean asks) {
        String course =
                made("/api/v1/courses", Map.of("title", "Contract", "term", "", "zone", "UTC"));
        String at = "/api/v1/courses/" + course;
        String assignment = made(at + "/assignments", Map.of("lab", "u1-datagrams"));
        String member =
                made(
                        at + "/members",
                        Map.of("name", "Ada", "email", "", "section", "A", "role", "student"));
        String of = at + "/assignments/" + assignment;
        String extension =
                made(
                        of + "/extensions",
                        Map.of("section", "A", "due", "2099-01-01T00:00:00Z", "reason", "ill"));
        String invitation =
                made(at + "/invitations", Map.of("role", "student", "section", "", "days", 1));
        JsonNode regrade =
                Program.body(program.post(of + "/regrades", Map.of("reason", "example")), 202);
        String id = regrade.path("id").asString();
        String question = asks ? question(assignment) : "";
        Awaitility.await()
                .until(
                        () -> Program.body(program.get(of + "/regrades/" + id), 200),
                        r -> r.path("state").asString().equals("READY"));
        return Map.of(
                "course", course,
                "assignment", assignment,
                "member", member,
                "extension", extension,
                "invitation", invitation,
                "regrade", id,
                "question", question,
                "mistake", "any",
                "check", "any");
    }

    private String question(String assignment) {
        String run = made("/api/v1/attempts", Map.of("assignment", assignment));
        return made("/api/v1/runs/" + run + "/questions", Map.of("event", 0, "text", "Why?"));
    }

    private String made(String path, Object body) {
        return Program.body(program.post(path, body), 201).path("id").asString();
    }

    @Test
    void everyOperationDoesWhatItsExampleSays() {
        Map<String, String> things = things();
        var done = new ArrayList<String>();
        JsonNode paths = contract.description().path("paths");
        for (String template : paths.propertyNames()) {
            for (String method : paths.path(template).propertyNames()) {
                JsonNode operation = paths.path(template).path(method);
                String id = operation.path("operationId").asString();
                Map<String, String> these =
                        template.contains("{course}")
                                ? ofCourse(template.contains("{question}"))
                                : things;
                HttpResponse<String> answer = call(template, method, operation, these);
                done.add(id);
                // nothing has been handed in by the page; a job that is done stays so; and the
                // draft has another version, and nothing of it has been published
                int expected =
                        switch (id) {
                            case "getRunComparison", "exportRevision", "getDraftVerification" ->
                                    404;
                            case "cancelJob",
                                    "deleteDraft",
                                    "deleteDraftFile",
                                    "publishDraft",
                                    "cancelRegrade",
                                    "undoRegrade" ->
                                    409;
                            case "askQuestion" -> 409; // the run is for no course
                            case "joinCourse" -> 404; // the code of the example is nobody's
                            default -> 0;
                        };
                if (expected == 0)
                    assertThat(answer.statusCode()).as(id + answer.body()).isLessThan(300);
                else assertThat(answer.statusCode()).as(id).isEqualTo(expected);
            }
        }
        assertThat(done).hasSizeGreaterThan(30).doesNotHaveDuplicates().allMatch(i -> !i.isEmpty());
    }

    private HttpResponse<String> call(
            String template, String method, JsonNode operation, Map<String, String> things) {
        String kind = template.split("/", -1)[3];
        String path =
                template.replace("{id}", things.getOrDefault(kind, ""))
                        .replace("{revision}", "1")
                        .replace("{n}", "1");
        for (String name :
                List.of(
                        "course",
                        "assignment",
                        "member",
                        "extension",
                        "invitation",
                        "regrade",
                        "question",
                        "mistake",
                        "check")) {
            path = path.replace("{" + name + "}", things.getOrDefault(name, ""));
        }
        var query = new ArrayList<String>();
        for (JsonNode parameter : operation.path("parameters")) {
            String name = parameter.path("name").asString();
            boolean asked = parameter.path("required").asBoolean() || name.equals("seeds");
            if (!parameter.path("in").asString().equals("query") || !asked) continue;
            query.add(name + "=" + things.getOrDefault(name, "1"));
        }
        String address = query.isEmpty() ? path : path + "?" + String.join("&", query);
        return switch (method) {
            case "get" -> program.get(address);
            case "delete" -> program.delete(address);
            case "post" ->
                    operation.path("requestBody").path("content").has("text/csv")
                            ? program.post(address, "name\nAda\n", "Content-Type", "text/csv")
                            : program.post(address, example(body(operation), things, ""));
            case "put" -> program.put(address, example(body(operation), things, ""));
            default -> throw new AssertionError("what is " + method + "?");
        };
    }

    private static JsonNode body(JsonNode operation) {
        return operation
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
    }

    /** The example that the description gives, part by part. */
    private Object example(JsonNode schema, Map<String, String> things, String name) {
        if (schema.has("$ref")) {
            String model = schema.path("$ref").asString().replaceFirst(".*/", "");
            return example(
                    contract.description().path("components").path("schemas").path(model),
                    things,
                    name);
        }
        if (schema.has("example")) return schema.path("example");
        if (things.containsKey(name)) {
            return schema.path("type").asString("").equals("integer")
                    ? Integer.valueOf(things.get(name))
                    : things.get(name);
        }
        if (schema.path("type").asString("").equals("array")) {
            return List.of(example(schema.path("items"), things, name));
        }
        var object = new LinkedHashMap<String, Object>();
        for (JsonNode required : schema.path("required")) {
            String property = required.asString();
            JsonNode of = schema.path("properties").path(property);
            object.put(property, example(of, things, property));
        }
        for (String property : schema.path("properties").propertyNames()) {
            JsonNode of = schema.path("properties").path(property);
            if (of.has("example")) object.put(property, of.path("example"));
        }
        return object;
    }

    /** From it the client that is compiled with the front end is made. */
    @Test
    void theKeptDescriptionIsThatOfTheServer() throws Exception {
        String now = kept(contract.description());
        if (Boolean.getBoolean("socketlab.keep")) Files.writeString(KEPT, now);
        assertThat(Files.readString(KEPT))
                .as("docs/openapi.json: run this test with -Dsocketlab.keep=true to renew it")
                .isEqualTo(now);
    }

    /** Without what is of this very server. */
    private static String kept(JsonNode description) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (String name : description.propertyNames()) {
            if (!name.equals("servers")) all.put(name, sorted(description.path(name)));
        }
        return JSON.writeValueAsString(all) + "\n";
    }

    private static Object sorted(JsonNode node) {
        if (!node.isObject()) {
            if (!node.isArray()) return node;
            return node.valueStream().map(ContractTest::sorted).toList();
        }
        var sorted = new LinkedHashMap<String, Object>();
        for (String name : node.propertyNames()) sorted.put(name, sorted(node.path(name)));
        return sorted;
    }
}
