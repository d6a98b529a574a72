package io.socketlab.server.course;

import static io.socketlab.server.web.DatabaseTime.ifThere;
import static io.socketlab.server.web.DatabaseTime.instant;
import static io.socketlab.server.web.DatabaseTime.time;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Assignments, the extensions of them, and what was handed in for them, in the database. */
@Repository
class AssignmentStore {

    private static final int AT_ONCE = 500;

    private final JdbcClient jdbc;

    AssignmentStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Assignment a, Instant now) {
        jdbc.sql(
                        """
                        insert into assignment (id, course_id, lab_id, title, place, published, points, opens_at, early_at,
                            early_percent, due_at, late_at, late_percent, attempts, schedule, pay, hides_scores, created_at)
                        values (:id, :course, :lab, :title, :place, :published, :points, :opens, :early,
                            :earlyPercent, :due, :late, :latePercent, :attempts, :schedule, :pay, :hides, :now)
                        """)
                .params(parameters(a))
                .param("course", a.course())
                .param("lab", a.lab())
                .param("now", time(now))
                .update();
    }

    /** The same with other values; its course and its lab stay. */
    void change(Assignment a) {
        jdbc.sql(
                        """
                        update assignment set title = :title, place = :place, published = :published, points = :points,
                            opens_at = :opens, early_at = :early, early_percent = :earlyPercent, due_at = :due,
                            late_at = :late, late_percent = :latePercent, attempts = :attempts, schedule = :schedule,
                            pay = :pay, hides_scores = :hides
                        where id = :id
                        """)
                .params(parameters(a))
                .update();
    }

    private static Map<String, @Nullable Object> parameters(Assignment a) {
        var values = new HashMap<String, @Nullable Object>();
        values.put("id", a.id());
        values.put("title", a.title());
        values.put("place", a.place());
        values.put("published", a.published());
        values.put("points", a.points());
        values.put("opens", maybe(a.timeline().opens()));
        values.put("early", maybe(a.timeline().early()));
        values.put("earlyPercent", a.timeline().earlyPercent());
        values.put("due", maybe(a.timeline().due()));
        values.put("late", maybe(a.timeline().late()));
        values.put("latePercent", a.timeline().latePercent());
        values.put("attempts", a.attempts());
        values.put(
                "schedule",
                a.schedule().stream().map(String::valueOf).collect(Collectors.joining(",")));
        values.put("pay", a.pay().name());
        values.put("hides", a.hidesScores());
        return values;
    }

    private static @Nullable OffsetDateTime maybe(Optional<Instant> at) {
        return at.map(i -> time(i)).orElse(null);
    }

    void remove(UUID id) {
        jdbc.sql("delete from assignment where id = ?").param(id).update();
    }

    Optional<Assignment> find(UUID id) {
        return jdbc.sql("select * from assignment where id = ?")
                .param(id)
                .query(AssignmentStore::assignment)
                .optional();
    }

    /** A course's, in its order. */
    List<Assignment> of(UUID course) {
        return jdbc.sql("select * from assignment where course_id = ? order by place, id")
                .param(course)
                .query(AssignmentStore::assignment)
                .list();
    }

    private static Assignment assignment(ResultSet row, int n) throws SQLException {
        String schedule = row.getString("schedule");
        return new Assignment(
                row.getObject("id", UUID.class),
                row.getObject("course_id", UUID.class),
                row.getString("lab_id"),
                row.getString("title"),
                row.getInt("place"),
                row.getBoolean("published"),
                row.getDouble("points"),
                new Timeline(
                        ifThere(row, "opens_at"),
                        ifThere(row, "early_at"),
                        row.getInt("early_percent"),
                        ifThere(row, "due_at"),
                        ifThere(row, "late_at"),
                        row.getInt("late_percent")),
                row.getInt("attempts"),
                schedule.isEmpty()
                        ? List.of()
                        : Arrays.stream(schedule.split(",", -1)).map(Integer::valueOf).toList(),
                Assignment.Pay.valueOf(row.getString("pay")),
                row.getBoolean("hides_scores"));
    }

    // ---- extensions

    void add(Extension e, Instant now) {
        jdbc.sql(
                        """
                        insert into extension (id, assignment_id, member_id, section, due_at, late_at, attempts, reason, created_at)
                        values (:id, :assignment, :member, :section, :due, :late, :attempts, :reason, :now)
                        """)
                .param("id", e.id())
                .param("assignment", e.assignment())
                .param("member", e.member().orElse(null))
                .param("section", e.section().orElse(null))
                .param("due", maybe(e.due()))
                .param("late", maybe(e.late()))
                .param("attempts", e.attempts().isPresent() ? e.attempts().getAsInt() : null)
                .param("reason", e.reason())
                .param("now", time(now))
                .update();
    }

    void removeExtension(UUID id) {
        jdbc.sql("delete from extension where id = ?").param(id).update();
    }

    /** Of all assignments of a course, the oldest first. */
    List<Extension> extensions(UUID course) {
        return jdbc.sql(
                        """
                        select e.* from extension e join assignment a on a.id = e.assignment_id
                        where a.course_id = ? order by e.created_at, e.id
                        """)
                .param(course)
                .query(AssignmentStore::extension)
                .list();
    }

    /** Of one assignment, the oldest first. */
    List<Extension> extensionsOf(UUID assignment) {
        return jdbc.sql("select * from extension where assignment_id = ? order by created_at, id")
                .param(assignment)
                .query(AssignmentStore::extension)
                .list();
    }

    private static Extension extension(ResultSet row, int n) throws SQLException {
        return new Extension(
                row.getObject("id", UUID.class),
                row.getObject("assignment_id", UUID.class),
                Optional.ofNullable(row.getObject("member_id", UUID.class)),
                Optional.ofNullable(row.getString("section")),
                ifThere(row, "due_at"),
                ifThere(row, "late_at"),
                number(row, "attempts"),
                row.getString("reason"));
    }

    private static OptionalInt number(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    // ---- what was handed in

    /** Those of some runs whose assignments hide their scores. */
    Set<UUID> hidden(Collection<UUID> runs) {
        var hidden = new HashSet<UUID>();
        List<UUID> all = List.copyOf(runs);
        for (int i = 0; i < all.size(); i += AT_ONCE) {
            hidden.addAll(
                    jdbc.sql(
                                    """
                                    select r.id from run r join assignment a on a.id = r.assignment_id
                                    where a.hides_scores and r.id in (:runs)
                                    """)
                            .param("runs", all.subList(i, Math.min(all.size(), i + AT_ONCE)))
                            .query((row, _) -> row.getObject(1, UUID.class))
                            .list());
        }
        return hidden;
    }

    /** For all assignments of a course, by when. */
    List<HandIn> handIns(UUID course) {
        return jdbc.sql(
                        """
                        select r.assignment_id, r.account_id, h.* from hand_in h
                        join run r on r.id = h.run_id join assignment a on a.id = r.assignment_id
                        where a.course_id = ? order by h.handed_in_at, h.ref
                        """)
                .param(course)
                .query(AssignmentStore::handIn)
                .list();
    }

    /** By one account for one assignment, by when. */
    List<HandIn> handIns(UUID assignment, UUID account) {
        return jdbc.sql(
                        """
                        select r.assignment_id, r.account_id, h.* from hand_in h join run r on r.id = h.run_id
                        where r.assignment_id = ? and r.account_id = ? order by h.handed_in_at, h.ref
                        """)
                .params(assignment, account)
                .query(AssignmentStore::handIn)
                .list();
    }

    private static HandIn handIn(ResultSet row, int n) throws SQLException {
        return new HandIn(
                row.getObject("assignment_id", UUID.class),
                row.getObject("account_id", UUID.class),
                row.getObject("run_id", UUID.class),
                row.getString("way"),
                row.getString("ref"),
                row.getDouble("score"),
                row.getDouble("max_score"),
                row.getString("verdict"),
                instant(row, "handed_in_at"));
    }
}
