package io.socketlab.lab.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pieces of JSON Schema (2020-12), as maps and lists. The descriptions are shown by editors. */
final class Schemas {

    private static final String DESCRIPTION = "description";
    private static final List<String> SCALAR = List.of("string", "number", "boolean");

    private Schemas() {}

    /** Whatever is written without brackets: YAML makes a number of {@code 5}. */
    static Map<String, Object> text(String description) {
        return node("type", SCALAR, description);
    }

    static Map<String, Object> matching(String description, String pattern) {
        Map<String, Object> node = node("type", "string", description);
        node.put("pattern", pattern);
        return node;
    }

    static Map<String, Object> integer(String description, long from, long to) {
        Map<String, Object> node = node("type", "integer", description);
        node.put("minimum", from);
        node.put("maximum", to);
        return node;
    }

    static Map<String, Object> flag(String description) {
        return node("type", "boolean", description);
    }

    static Map<String, Object> constant(String description, Object value) {
        return node("const", value, description);
    }

    static Map<String, Object> choice(String description, List<String> choices) {
        return node("enum", choices, description);
    }

    /** One alone can stand for a list of one. */
    static Map<String, Object> oneOrMore(String description, Map<String, Object> item) {
        return anyOf(description, item, list("", item));
    }

    static Map<String, Object> list(String description, Map<String, Object> item) {
        Map<String, Object> node = node("type", "array", description);
        node.put("items", item);
        return node;
    }

    static Map<String, Object> list(String description, int least, Map<String, Object> item) {
        Map<String, Object> node = list(description, item);
        node.put("minItems", least);
        return node;
    }

    /** A mapping whose keys the author chooses. */
    static Map<String, Object> named(String description, String keys, Map<String, Object> values) {
        Map<String, Object> node = node("type", "object", description);
        node.put("propertyNames", Map.of("pattern", keys));
        node.put("additionalProperties", values);
        return node;
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // List.of only reads them
    static Map<String, Object> anyOf(String description, Map<String, Object>... choices) {
        return node("anyOf", List.of(choices), description);
    }

    /** One of the schema's definitions. */
    static Map<String, Object> ref(String name) {
        return new LinkedHashMap<>(Map.of("$ref", "#/$defs/" + name));
    }

    static Map<String, Object> ref(String description, String name) {
        return node("$ref", "#/$defs/" + name, description);
    }

    static Keys keys(String description) {
        return new Keys(description);
    }

    private static Map<String, Object> node(String key, Object value, String description) {
        var node = new LinkedHashMap<String, Object>();
        if (!description.isEmpty()) node.put(DESCRIPTION, description);
        node.put(key, value);
        return node;
    }

    /** A mapping with keys of its own. */
    static final class Keys {

        private final Map<String, Object> node;
        private final Map<String, Object> properties = new LinkedHashMap<>();
        private final List<String> required = new ArrayList<>();

        private Keys(String description) {
            node = node("type", "object", description);
        }

        Keys need(String key, Map<String, Object> value) {
            required.add(key);
            return may(key, value);
        }

        Keys may(String key, Map<String, Object> value) {
            properties.put(key, value);
            return this;
        }

        /** Refuses keys that have not been named. */
        Map<String, Object> closed() {
            node.put("properties", properties);
            if (!required.isEmpty()) node.put("required", required);
            node.put("additionalProperties", false);
            return node;
        }

        /** Wants so many of the keys to be there, at most or exactly. */
        Map<String, Object> closed(int least, int most) {
            Map<String, Object> closed = closed();
            closed.put("minProperties", least);
            closed.put("maxProperties", most);
            return closed;
        }
    }
}
