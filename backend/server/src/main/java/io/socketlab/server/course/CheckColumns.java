package io.socketlab.server.course;

import io.socketlab.lab.model.Check;
import io.socketlab.lab.model.Lab;
import io.socketlab.server.lab.Labs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What each check of an assignment gave each student, in the hand-in that his grade is of. */
@Component
class CheckColumns {

    private static final int AT_ONCE = 200;

    private final JdbcClient jdbc;
    private final Labs labs;
    private final JsonMapper json;

    CheckColumns(JdbcClient jdbc, Labs labs, JsonMapper json) {
        this.jdbc = jdbc;
        this.labs = labs;
        this.json = json;
    }

    /** A check, as the newest result has it. */
    record Column(String id, String name, double most) {

        public String mostText() {
            return Numbers.text(most);
        }
    }

    /**
     * @param points empty if the hand-in has no such check
     */
    record Cell(String points, String verdict) {

        static final Cell EMPTY = new Cell("", "");
    }

    record Row(Member member, Grade grade, List<Cell> cells) {
        Row {
            cells = List.copyOf(cells);
        }
    }

    record Table(List<Column> columns, List<Row> rows) {
        Table {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /**
     * One assignment's.
     *
     * @param at its place in the table's rows
     */
    Table of(Gradebook.Table table, int at) {
        Optional<Lab> lab = labs.find(table.assignments().get(at).lab());
        Map<UUID, HandIn> decisive = new HashMap<>();
        for (Gradebook.Row row : table.rows()) {
            Grade grade = row.grades().get(at);
            grade.credit()
                    .decisive(grade.assignment().pay())
                    .ifPresent(c -> decisive.put(row.member().id(), c.handIn()));
        }
        Map<String, JsonNode> documents = documents(decisive.values().stream().toList());
        Map<String, Column> columns = new LinkedHashMap<>();
        documents
                .values()
                .forEach(document -> {
                    for (JsonNode test : document.path("tests")) {
                        String id = test.path("id").asString();
                        columns.putIfAbsent(
                                id,
                                new Column(
                                        id,
                                        lab.flatMap(l -> l.check(id))
                                                .map(CheckColumns::title)
                                                .orElse(test.path("name").asString()),
                                        test.path("max_score").asDouble()));
                    }
                });
        List<Column> order = List.copyOf(columns.values());
        List<Row> rows =
                table.rows().stream()
                        .map(row -> {
                            Optional<JsonNode> document =
                                    Optional.ofNullable(decisive.get(row.member().id()))
                                            .map(h -> documents.get(key(h)));
                            return new Row(
                                    row.member(), row.grades().get(at), cells(order, document));
                        })
                        .toList();
        return new Table(order, rows);
    }

    /** Each student has other parameters: a title of all of them leaves them out. */
    private static String title(Check check) {
        return check.title().text().replaceAll("\\{\\{[^}]*}}", "…");
    }

    private static List<Cell> cells(List<Column> columns, Optional<JsonNode> document) {
        Map<String, Cell> found = new HashMap<>();
        document.ifPresent(d -> {
            for (JsonNode test : d.path("tests")) {
                found.put(
                        test.path("id").asString(),
                        new Cell(
                                Numbers.text(test.path("score").asDouble()),
                                test.path("status").asString()));
            }
        });
        return columns.stream().map(c -> found.getOrDefault(c.id(), Cell.EMPTY)).toList();
    }

    private Map<String, JsonNode> documents(List<HandIn> handIns) {
        Map<String, JsonNode> documents = new HashMap<>();
        Set<String> wanted = handIns.stream().map(CheckColumns::key).collect(Collectors.toSet());
        List<UUID> runs = new ArrayList<>(handIns.stream().map(HandIn::run).distinct().toList());
        for (int i = 0; i < runs.size(); i += AT_ONCE) {
            jdbc.sql("select run_id, way, ref, document from hand_in where run_id in (:runs)")
                    .param("runs", runs.subList(i, Math.min(runs.size(), i + AT_ONCE)))
                    .query(row -> {
                        String key =
                                row.getString("run_id")
                                        + " "
                                        + row.getString("way")
                                        + " "
                                        + row.getString("ref");
                        if (wanted.contains(key)) {
                            documents.put(key, json.readTree(row.getString("document")));
                        }
                    });
        }
        return documents;
    }

    private static String key(HandIn handIn) {
        return handIn.run() + " " + handIn.way() + " " + handIn.ref();
    }
}
