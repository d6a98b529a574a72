package io.socketlab.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The description that the server gives of its REST (OpenAPI 3.1, whose schemas are JSON Schema
 * 2020-12): every answer must be as it says.
 */
public final class Contract {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PLACE = "https://socketlab.example/openapi.json";
    private static final String DESCRIPTION = "/api/v1/openapi";
    private static final Map<Integer, Contract> OF_PORTS = new ConcurrentHashMap<>();

    private final JsonNode description;
    private final String problems;
    private final SchemaRegistry schemas;

    /**
     * @param problems the page that lists the types of problems
     */
    private Contract(String text, String problems) {
        this.problems = problems;
        description = JSON.readTree(text);
        schemas =
                SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        registry -> registry.schemas(Map.of(PLACE, text)));
    }

    /** Of the server on a port. */
    public static Contract of(int port) {
        var visitor = new Visitor(port);
        return OF_PORTS.computeIfAbsent(
                port,
                _ ->
                        new Contract(
                                visitor.get(DESCRIPTION).body(), visitor.get("/problems").body()));
    }

    JsonNode description() {
        return description;
    }

    /** Fails unless the answer is one that the description allows. */
    public void check(HttpResponse<String> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        check(
                response.request().method().toLowerCase(Locale.ROOT),
                response.uri().getPath(),
                response.statusCode(),
                type.replaceFirst(";.*", ""),
                response.body());
    }

    void check(String method, String path, int status, String type, String body) {
        if (!path.startsWith("/api/v1/") || path.startsWith(DESCRIPTION) || status == 304) return;
        Optional<String> template = template(path, method);
        if (template.isEmpty()) {
            assertThat(status).as("%s %s is not described", method, path).isIn(404, 405);
            return;
        }
        JsonNode responses =
                description.path("paths").path(template.get()).path(method).path("responses");
        String which = status >= 400 ? "default" : Integer.toString(status);
        JsonNode content = responses.path(which).path("content");
        if (status == 204) {
            assertThat(responses.has(which)).isTrue();
            return;
        }
        assertThat(content.propertyNames())
                .as("%s %s answers %d with %s", method, path, status, type)
                .anyMatch(known -> known.replaceFirst(";.*", "").equals(type));
        if (!type.endsWith("json") || type.equals("application/x-ndjson")) return;
        if (status >= 400) checkType(JSON.readTree(body), status);
        String pointer =
                "#/paths/%s/%s/responses/%s/content/%s/schema"
                        .formatted(escaped(template.get()), method, which, escaped(type));
        assertThat(
                        schemas.getSchema(SchemaLocation.of(PLACE + pointer))
                                .validate(body, InputFormat.JSON))
                .as("%s %s: %s", method, path, body)
                .isEmpty();
    }

    /** A type of problem must be on the page, with the same status. */
    private void checkType(JsonNode problem, int status) {
        String type = problem.path("type").asString("").replaceFirst("/problems/", "");
        int row = problems.indexOf("id=\"" + type + "\"");
        assertThat(row).as("the page of problems lacks %s", type).isPositive();
        assertThat(problems.substring(row, problems.indexOf("</tr>", row)))
                .contains(">" + status + "<");
    }

    private Optional<String> template(String path, String method) {
        return description.path("paths").propertyNames().stream()
                .filter(t -> description.path("paths").path(t).has(method))
                .filter(t -> Pattern.matches(t.replaceAll("\\{[^}]*}", "[^/]+"), path))
                // "/labs/mine" before "/labs/{id}"
                .min(Comparator.comparingInt(t -> t.split("\\{", -1).length));
    }

    /** As a part of a JSON pointer in the fragment of a URI; RFC 6901. */
    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D");
    }
}
