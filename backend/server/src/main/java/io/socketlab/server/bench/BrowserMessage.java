package io.socketlab.server.bench;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a browser says. */
sealed interface BrowserMessage {

    /**
     * Do this line.
     *
     * @param id the browser's name for it; a resend has the same
     */
    record Input(String id, String line) implements BrowserMessage {}

    /** I have everything up to here. */
    record Seen(int lastSeq) implements BrowserMessage {}

    /** Send me these again. */
    record Range(int from, int to) implements BrowserMessage {}

    /** I want to be the one who types. */
    record Takeover() implements BrowserMessage {}

    /** Longer ones do not fit into the database. */
    int LONGEST_ID = 64;

    JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

    static BrowserMessage parse(String text) throws MalformedMessageException {
        JsonNode message = object(text);
        String type = text(message, "type");
        return switch (type) {
            case "input" -> new Input(id(message), text(message, "line"));
            case "seen" -> new Seen(number(message, "lastSeq", 0));
            case "range" -> range(number(message, "from", 1), number(message, "to", 1));
            case "takeover" -> new Takeover();
            default ->
                    throw new MalformedMessageException(
                            "expected type input, seen, range or takeover");
        };
    }

    private static Range range(int from, int to) throws MalformedMessageException {
        if (from > to) throw new MalformedMessageException("expected from to be at most to");
        return new Range(from, to);
    }

    private static JsonNode object(String text) throws MalformedMessageException {
        try {
            JsonNode node = JSON.readTree(text);
            if (node.isObject()) return node;
        } catch (JacksonException e) {
            // told below: what Jackson says of it is of no use to a person
        }
        throw new MalformedMessageException("expected a JSON object");
    }

    private static String id(JsonNode message) throws MalformedMessageException {
        String id = text(message, "id");
        boolean odd = id.isBlank() || id.length() > LONGEST_ID;
        if (odd || id.chars().anyMatch(Character::isISOControl)) {
            throw new MalformedMessageException(
                    "expected an id of 1 to " + LONGEST_ID + " characters");
        }
        return id;
    }

    private static String text(JsonNode message, String name) throws MalformedMessageException {
        JsonNode node = message.path(name);
        if (!node.isString()) throw new MalformedMessageException("expected a text as " + name);
        return node.asString();
    }

    private static int number(JsonNode message, String name, int least)
            throws MalformedMessageException {
        JsonNode node = message.path(name);
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.asInt() < least) {
            throw new MalformedMessageException(
                    "expected a whole number of at least " + least + " as " + name);
        }
        return node.asInt();
    }
}
