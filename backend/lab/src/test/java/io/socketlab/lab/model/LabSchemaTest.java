package io.socketlab.lab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.socketlab.lab.catalogue.AuthorsMistakes;
import io.socketlab.lab.catalogue.AuthorsMistakes.Row;
import io.socketlab.lab.catalogue.LabCatalogue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The schema accepts what the reader accepts, and knows the same keys. */
class LabSchemaTest {

    private static final String UNKNOWN = "zzzzzzzz";
    private static final Pattern KNOWN_HERE =
            Pattern.compile("'" + UNKNOWN + "' \\(known here: ([^)]*)\\)");

    /** What a schema can see of a mistake: keys, numbers and choices. */
    private static final Pattern VISIBLE =
            Pattern.compile(
                    "unknown key.*|expected a whole number.*|.*\\(expected one of.*"
                            + "|unknown rule.*HANDSHAKE.*|expected true or false.*");

    private static final JsonNode SCHEMA = JsonMapper.shared().valueToTree(LabSchema.schema());

    private final Schema schema =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(SCHEMA);

    private List<String> problems(String yaml) {
        return schema.validate(yaml, InputFormat.YAML).stream().map(Object::toString).toList();
    }

    @TestFactory
    Stream<DynamicTest> everyLabThatThereIsFulfilsIt() {
        LabCatalogue labs = LabCatalogue.ofClassPath(getClass().getClassLoader());
        return labs.all().stream()
                .map(lab ->
                        dynamicTest(
                                lab.id(),
                                () ->
                                        assertThat(
                                                        problems(
                                                                lab.files()
                                                                        .read(LabReader.FILE)
                                                                        .orElseThrow()))
                                                .isEmpty()));
    }

    @Test
    void theSmallLabFulfilsIt() throws Exception {
        assertThat(problems(AuthorsMistakes.files().get(LabReader.FILE))).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> itSeesTheMistakesOfKeysNumbersAndChoices() throws Exception {
        Map<String, String> right = AuthorsMistakes.files();
        List<Row> rows =
                AuthorsMistakes.rows().stream()
                        .filter(row -> row.file().equals(LabReader.FILE))
                        .filter(row -> !row.said().startsWith("unknown host"))
                        .filter(row -> VISIBLE.matcher(row.said()).matches())
                        .toList();
        assertThat(rows).hasSizeGreaterThan(15);
        return rows.stream()
                .map(row ->
                        dynamicTest(
                                row.by(),
                                () -> assertThat(problems(row.text(right))).isNotEmpty()));
    }

    /** Puts an unknown key into each mapping in turn, and looks which the reader knows there. */
    @Test
    void itKnowsTheKeysThatTheReaderKnows() throws Exception {
        Set<Set<String>> known = keysOfTheReader();
        Set<Set<String>> described = new HashSet<>();
        closedObjects(SCHEMA, described);
        var undescribed = new HashSet<>(known);
        undescribed.removeAll(described);
        assertThat(undescribed).isEmpty();
        described.removeAll(known);
        assertThat(described)
                .as("what the small lab does not have")
                .containsExactlyInAnyOrder(
                        Set.of("contrast"), Set.of("snippet"), Set.of("to", "via"), lan());
    }

    /** Those of a link, with the hosts in place of its ends. */
    private static Set<String> lan() {
        return Set.of(
                "hosts",
                "delay",
                "rate",
                "queue",
                "qdisc",
                "mtu",
                "subnet",
                "addresses",
                "loss",
                "duplicate",
                "corrupt",
                "reorder",
                "drop",
                "late");
    }

    private static Set<Set<String>> keysOfTheReader() throws Exception {
        Map<String, String> files = AuthorsMistakes.files();
        JsonNode lab = YAMLMapper.shared().readTree(files.get(LabReader.FILE));
        var mappings = new ArrayList<ObjectNode>();
        collect(lab, mappings);
        Set<Set<String>> known = new HashSet<>();
        for (ObjectNode mapping : mappings) {
            mapping.put(UNKNOWN, "1");
            var changed = new HashMap<>(files);
            changed.put(LabReader.FILE, JsonMapper.shared().writeValueAsString(lab));
            mapping.remove(UNKNOWN);
            LabException e =
                    catchThrowableOfType(
                            LabException.class,
                            () -> LabReader.read(new TextFiles(AuthorsMistakes.LAB, changed)));
            Matcher keys = KNOWN_HERE.matcher(e == null ? "" : String.valueOf(e.getMessage()));
            if (keys.find()) known.add(Set.copyOf(Arrays.asList(keys.group(1).split(", "))));
        }
        // A text has languages for keys; a hint is one of three, which the schema keeps apart.
        known.removeIf(keys -> keys.contains("en") || keys.contains("contrast"));
        return known;
    }

    private static void collect(JsonNode node, List<ObjectNode> mappings) {
        if (node instanceof ObjectNode mapping) mappings.add(mapping);
        node.forEach(child -> collect(child, mappings));
    }

    private static void closedObjects(JsonNode node, Set<Set<String>> keys) {
        if (node.path("additionalProperties").isBoolean()) {
            keys.add(Set.copyOf(node.path("properties").propertyNames()));
        }
        node.forEach(child -> closedObjects(child, keys));
    }
}
