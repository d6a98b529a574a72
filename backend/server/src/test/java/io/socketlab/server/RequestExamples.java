package io.socketlab.server;

import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies as the description of REST has them, so that it is not the body that is refused. */
final class RequestExamples {

    private RequestExamples() {}

    /** A route's pattern with what courses and assignments are called in all of them. */
    static String named(String pattern) {
        return pattern.replaceFirst("/courses/\\{[a-z]+}", "/courses/{course}")
                .replaceFirst("/assignments/\\{[a-z]+}", "/assignments/{assignment}");
    }

    static String type(String pattern) {
        return pattern.endsWith("/roster") ? "text/csv" : "application/json";
    }

    static String json(int port, String method, String pattern) {
        JsonNode description = Contract.of(port).description();
        JsonNode paths = description.path("paths");
        for (String path : paths.propertyNames()) {
            if (!named(path).equals(pattern)) continue;
            JsonNode content =
                    paths.path(path)
                            .path(method.toLowerCase(Locale.ROOT))
                            .path("requestBody")
                            .path("content");
            return example(description, content.path("application/json").path("schema")).toString();
        }
        return "{}";
    }

    private static JsonNode example(JsonNode description, JsonNode schema) {
        if (schema.has("example")) return schema.path("example");
        if (schema.has("$ref")) {
            String name = schema.path("$ref").asString().replaceFirst(".*/", "");
            return example(description, description.path("components").path("schemas").path(name));
        }
        if (schema.path("type").asString().equals("array")) return Program.JSON.createArrayNode();
        ObjectNode object = Program.JSON.createObjectNode();
        schema.path("properties")
                .forEachEntry((name, value) -> {
                    if (value.has("example")) object.set(name, value.path("example"));
                    else if (!value.path("type").isMissingNode()
                            && value.path("type").asString("").equals("array"))
                        object.set(name, Program.JSON.createArrayNode());
                });
        return object;
    }
}
