package io.socketlab.server.classroom;

import static io.socketlab.server.web.DatabaseTime.instant;

import io.socketlab.lab.model.Lab;
import io.socketlab.server.course.Assignment;
import io.socketlab.server.lab.Labs;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What goes wrong in an assignment, how often, with whom, and where it can be seen. */
@Component
class Mistakes {

    private static final int SHOWN = 12;

    private final JdbcClient jdbc;
    private final Labs labs;
    private final JsonMapper json;

    Mistakes(JdbcClient jdbc, Labs labs, JsonMapper json) {
        this.jdbc = jdbc;
        this.labs = labs;
        this.json = json;
    }

    /**
     * A hand-in in which it shows.
     *
     * @param seq the number of the event to look at, 0 for the run as a whole
     */
    record Moment(String whose, UUID run, int seq, Instant at) {

        public String path() {
            return "/runs/" + run + (seq > 0 ? "#e=" + seq : "");
        }
    }

    /**
     * A mistake, or a check that failed.
     *
     * @param students how many have shown it
     * @param solved how many of them passed everything later
     * @param moments one of each student, the last first
     */
    record Finding(String id, String text, int students, int solved, List<Moment> moments) {
        Finding {
            moments = List.copyOf(moments);
        }

        /** As many as a page has room for. */
        public List<Moment> shown() {
            return moments.size() <= SHOWN ? moments : moments.subList(0, SHOWN);
        }

        public int more() {
            return Math.max(0, moments.size() - SHOWN);
        }
    }

    /**
     * @param students how many have handed in
     * @param complete how many of them have passed everything
     * @param attempts the median of how many hand-ins that took; empty if nobody has
     * @param mistakes by how many students
     * @param checks that failed, likewise
     */
    record Report(
            int students,
            int complete,
            OptionalDouble attempts,
            List<Finding> mistakes,
            List<Finding> checks) {
        Report {
            mistakes = List.copyOf(mistakes);
            checks = List.copyOf(checks);
        }
    }

    private record Row(
            UUID account, String whose, UUID run, String verdict, Instant at, String document) {}

    Report of(Assignment assignment) {
        List<Row> rows =
                jdbc.sql(
                                """
                                select r.account_id, m.name, h.* from hand_in h
                                join run r on r.id = h.run_id join assignment a on a.id = r.assignment_id
                                join course_member m on m.course_id = a.course_id and m.account_id = r.account_id
                                where a.id = ? and m.role = 'STUDENT' and h.verdict <> 'ERROR' order by h.handed_in_at
                                """)
                        .param(assignment.id())
                        .query(Mistakes::row)
                        .list();
        Map<UUID, Integer> firstPass = firstPasses(rows);
        var mistakes = new Collected();
        var checks = new Collected();
        for (Row row : rows) {
            JsonNode document = json.readTree(row.document());
            List<JsonNode> failed = new ArrayList<>();
            document.path("tests")
                    .forEach(t -> {
                        if (t.path("status").asString().equals("FAIL")) failed.add(t);
                    });
            int first = failed.isEmpty() ? 0 : failed.getFirst().path("first_divergence").asInt();
            for (JsonNode m : document.path("mistakes")) {
                mistakes.add(m.path("id").asString(), m.path("text").asString(), row, first);
            }
            for (JsonNode t : failed) {
                checks.add(
                        t.path("id").asString(),
                        t.path("name").asString(),
                        row,
                        t.path("first_divergence").asInt());
            }
        }
        Optional<Lab> lab = labs.find(assignment.lab());
        long students = rows.stream().map(Row::account).distinct().count();
        return new Report(
                (int) students,
                firstPass.size(),
                median(firstPass.values()),
                mistakes.findings(firstPass, (id, text) -> text),
                checks.findings(
                        firstPass,
                        (id, text) ->
                                lab.flatMap(l -> l.check(id))
                                        .map(c -> c.title().text().replaceAll("\\{\\{[^}]*}}", "…"))
                                        .orElse(text)));
    }

    /** How many hand-ins each needed until everything passed; who has not is not there. */
    private static Map<UUID, Integer> firstPasses(List<Row> rows) {
        Map<UUID, Integer> handedIn = new TreeMap<>();
        Map<UUID, Integer> first = new TreeMap<>();
        for (Row row : rows) {
            int n = handedIn.merge(row.account(), 1, Integer::sum);
            if (row.verdict().equals("PASS")) first.putIfAbsent(row.account(), n);
        }
        return first;
    }

    private static OptionalDouble median(Collection<Integer> numbers) {
        if (numbers.isEmpty()) return OptionalDouble.empty();
        List<Integer> sorted = numbers.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return OptionalDouble.of(
                sorted.size() % 2 == 1
                        ? sorted.get(middle)
                        : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0);
    }

    private interface Naming {
        String name(String id, String text);
    }

    /** Findings by id, with the last moment of each student. */
    private static final class Collected {

        private final Map<String, Map<UUID, Moment>> moments = new LinkedHashMap<>();
        private final Map<String, String> texts = new LinkedHashMap<>();

        void add(String id, String text, Row row, int seq) {
            texts.put(id, text);
            moments.computeIfAbsent(id, _ -> new LinkedHashMap<>())
                    .put(row.account(), new Moment(row.whose(), row.run(), seq, row.at()));
        }

        List<Finding> findings(Map<UUID, Integer> firstPass, Naming naming) {
            List<Finding> findings = new ArrayList<>();
            moments.forEach((id, byStudent) -> {
                int solved =
                        (int) byStudent.keySet().stream().filter(firstPass::containsKey).count();
                findings.add(
                        new Finding(
                                id,
                                naming.name(id, texts.getOrDefault(id, id)),
                                byStudent.size(),
                                solved,
                                byStudent.values().stream()
                                        .sorted(Comparator.comparing(Moment::at).reversed())
                                        .toList()));
            });
            findings.sort(
                    Comparator.comparingInt(Finding::students)
                            .reversed()
                            .thenComparing(Finding::id));
            return findings;
        }
    }

    private static Row row(ResultSet row, int n) throws SQLException {
        return new Row(
                row.getObject("account_id", UUID.class),
                row.getString("name"),
                row.getObject("run_id", UUID.class),
                row.getString("verdict"),
                instant(row, "handed_in_at"),
                row.getString("document"));
    }
}
