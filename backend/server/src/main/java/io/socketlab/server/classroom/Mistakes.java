package io.socketlab.server.classroom;

import static io.socketlab.server.web.DatabaseTime.instant;

import io.socketlab.lab.model.Lab;
import io.socketlab.server.course.Assignment;
import io.socketlab.server.lab.Labs;
import io.socketlab.server.web.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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
    private static final double MILLIS_AN_HOUR = 3_600_000;

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
     * @param member whose it is
     * @param seq the number of the event to look at, 0 for the run as a whole
     */
    record Moment(UUID member, String whose, UUID run, int seq, Instant at) {

        /** As cursors go. */
        static final Comparator<Moment> LAST_FIRST =
                Comparator.comparing(Moment::place, Cursor.LAST_FIRST);

        Cursor place() {
            return new Cursor(at, run);
        }

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
     * @param hours the median of the hours from a student's first run to that hand-in, nights and
     *     all; empty if nobody has
     * @param mistakes by how many students
     * @param checks that failed, likewise
     */
    record Report(
            int students,
            int complete,
            OptionalDouble attempts,
            OptionalDouble hours,
            List<Finding> mistakes,
            List<Finding> checks) {
        Report {
            mistakes = List.copyOf(mistakes);
            checks = List.copyOf(checks);
        }
    }

    /** What is said of one hand-in. */
    private record Found(String id, String text, int seq) {}

    /** A hand-in, as far as it is needed: of its document the rest is let go of at once. */
    private record Row(
            UUID account,
            UUID member,
            String whose,
            UUID run,
            String verdict,
            Instant begun,
            Instant at,
            List<Found> mistakes,
            List<Found> failed) {

        double hours() {
            return Duration.between(begun, at).toMillis() / MILLIS_AN_HOUR;
        }
    }

    Report of(Assignment assignment) {
        List<Row> rows =
                jdbc.sql(
                                """
                                select r.account_id, m.id as member_id, m.name, f.begun_at, h.* from hand_in h
                                join run r on r.id = h.run_id join assignment a on a.id = r.assignment_id
                                join course_member m on m.course_id = a.course_id and m.account_id = r.account_id
                                join (select account_id, min(created_at) as begun_at from run where assignment_id = ?
                                    group by account_id) f on f.account_id = r.account_id
                                where a.id = ? and m.role = 'STUDENT' and h.verdict <> 'ERROR' order by h.handed_in_at
                                """)
                        .params(assignment.id(), assignment.id())
                        .query(this::row)
                        .list();
        Map<UUID, Pass> firstPass = firstPasses(rows);
        var mistakes = new Collected();
        var checks = new Collected();
        for (Row row : rows) {
            row.mistakes().forEach(m -> mistakes.add(m, row));
            row.failed().forEach(t -> checks.add(t, row));
        }
        Optional<Lab> lab = labs.find(assignment.lab());
        long students = rows.stream().map(Row::account).distinct().count();
        return new Report(
                (int) students,
                firstPass.size(),
                median(firstPass.values().stream().map(p -> (double) p.handIns()).toList()),
                median(firstPass.values().stream().map(Pass::hours).toList()),
                mistakes.findings(firstPass, (id, text) -> text),
                checks.findings(
                        firstPass,
                        (id, text) ->
                                lab.flatMap(l -> l.check(id))
                                        .map(c -> c.title().text().replaceAll("\\{\\{[^}]*}}", "…"))
                                        .orElse(text)));
    }

    /**
     * The first time that everything passed.
     *
     * @param handIns how many it took
     * @param hours since the first run was begun
     */
    private record Pass(int handIns, double hours) {}

    /** Of each who has passed everything. */
    private static Map<UUID, Pass> firstPasses(List<Row> rows) {
        Map<UUID, Integer> handedIn = new TreeMap<>();
        Map<UUID, Pass> first = new TreeMap<>();
        for (Row row : rows) {
            int n = handedIn.merge(row.account(), 1, Integer::sum);
            if (row.verdict().equals("PASS")) {
                first.putIfAbsent(row.account(), new Pass(n, row.hours()));
            }
        }
        return first;
    }

    private static OptionalDouble median(Collection<Double> numbers) {
        if (numbers.isEmpty()) return OptionalDouble.empty();
        List<Double> sorted = numbers.stream().sorted().toList();
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

        void add(Found found, Row row) {
            texts.put(found.id(), found.text());
            moments.computeIfAbsent(found.id(), _ -> new LinkedHashMap<>())
                    .put(
                            row.account(),
                            new Moment(
                                    row.member(), row.whose(), row.run(), found.seq(), row.at()));
        }

        List<Finding> findings(Map<UUID, Pass> firstPass, Naming naming) {
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
                                byStudent.values().stream().sorted(Moment.LAST_FIRST).toList()));
            });
            findings.sort(
                    Comparator.comparingInt(Finding::students)
                            .reversed()
                            .thenComparing(Finding::id));
            return findings;
        }
    }

    private Row row(ResultSet row, int n) throws SQLException {
        JsonNode document = json.readTree(row.getString("document"));
        List<Found> failed = new ArrayList<>();
        for (JsonNode t : document.path("tests")) {
            if (!t.path("status").asString().equals("FAIL")) continue;
            failed.add(found(t, "name", t.path("first_divergence").asInt()));
        }
        // the first that something can be seen of: a check can fail for what never happened
        int first =
                failed.stream().mapToInt(Found::seq).filter(seq -> seq > 0).findFirst().orElse(0);
        List<Found> mistakes = new ArrayList<>();
        for (JsonNode m : document.path("mistakes")) mistakes.add(found(m, "text", first));
        return new Row(
                row.getObject("account_id", UUID.class),
                row.getObject("member_id", UUID.class),
                row.getString("name"),
                row.getObject("run_id", UUID.class),
                row.getString("verdict"),
                instant(row, "begun_at"),
                instant(row, "handed_in_at"),
                mistakes,
                failed);
    }

    private static Found found(JsonNode node, String text, int seq) {
        return new Found(node.path("id").asString(), node.path(text).asString(), seq);
    }
}
