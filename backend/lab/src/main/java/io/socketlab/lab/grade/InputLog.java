package io.socketlab.lab.grade;

import io.socketlab.lab.script.Position;
import io.socketlab.lab.script.ScriptException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The input log of a run as a file: JSON lines, first where it is from, then an object with {@code
 * line} for each line that was put in; or plain text, a line for each.
 *
 * @param file what errors call it
 * @param origin where it is from, if it says so
 * @param entries in the order in which they were put in
 */
public record InputLog(String file, Optional<Origin> origin, List<Entry> entries) {

    /** How many lines a log may have. */
    public static final int MOST_LINES = 10_000;

    /** How many characters a line may have. */
    public static final int LONGEST_LINE = 4_000;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    public InputLog {
        entries = List.copyOf(entries);
    }

    /**
     * What a log is of.
     *
     * @param lab its id
     */
    public record Origin(String lab, int revision, long seed, String engine) {}

    /**
     * @param row where it stands in the file, from 1
     * @param line as it was put in
     */
    public record Entry(int row, String line) {}

    /**
     * Reads a log.
     *
     * @throws ScriptException if it cannot be understood
     */
    public static InputLog parse(String file, String text) {
        return new Reader(file).read(text);
    }

    /** As a file, which {@link #parse} reads. */
    public static String write(Origin origin, List<String> lines) {
        var text = new StringBuilder();
        var first = new LinkedHashMap<String, Object>();
        first.put("lab", origin.lab());
        first.put("revision", origin.revision());
        first.put("seed", origin.seed());
        first.put("engine", origin.engine());
        text.append(JSON.writeValueAsString(first)).append('\n');
        for (String line : lines) {
            text.append(JSON.writeValueAsString(Map.of("line", line))).append('\n');
        }
        return text.toString();
    }

    private static final class Reader {

        private final String file;
        private final List<Entry> entries = new ArrayList<>();
        private @Nullable Origin origin;
        private int row;

        Reader(String file) {
            this.file = file;
        }

        InputLog read(String text) {
            text.lines().forEach(this::row);
            return new InputLog(file, Optional.ofNullable(origin), entries);
        }

        private void row(String text) {
            row++;
            String stripped = text.strip();
            if (stripped.isEmpty() || stripped.startsWith("//")) return;
            if (stripped.startsWith("{")) object(text);
            else entry(stripped);
        }

        private void object(String text) {
            JsonNode object = json(text);
            if (object.has("line")) {
                JsonNode line = object.path("line");
                if (!line.isString()) throw wrong("expected 'line' to be a text");
                entry(line.stringValue().strip());
            } else if (origin == null && entries.isEmpty()) {
                origin = origin(object);
            } else {
                throw wrong("expected an object with 'line'");
            }
        }

        private JsonNode json(String text) {
            try {
                return JSON.readTree(text);
            } catch (JacksonException e) {
                int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
                throw new ScriptException(
                        file,
                        new Position(row, Math.max(column, 1)),
                        "expected a JSON object: " + e.getOriginalMessage());
            }
        }

        private Origin origin(JsonNode object) {
            JsonNode lab = object.path("lab");
            JsonNode seed = object.path("seed");
            if (!lab.isString() || !seed.canConvertToLong()) {
                throw wrong("expected an object with 'line', or one with 'lab' and 'seed'");
            }
            return new Origin(
                    lab.stringValue(),
                    object.path("revision").asInt(0),
                    seed.longValue(),
                    object.path("engine").asString(""));
        }

        private void entry(String line) {
            if (line.length() > LONGEST_LINE) {
                throw wrong(
                        "expected at most %d characters, found %d"
                                .formatted(LONGEST_LINE, line.length()));
            }
            if (line.chars().anyMatch(c -> c != '\t' && Character.isISOControl(c))) {
                throw wrong("expected one line without control characters");
            }
            if (entries.size() == MOST_LINES) {
                throw wrong("expected at most " + MOST_LINES + " lines");
            }
            entries.add(new Entry(row, line));
        }

        private ScriptException wrong(String problem) {
            return new ScriptException(file, new Position(row, 1), problem);
        }
    }
}
