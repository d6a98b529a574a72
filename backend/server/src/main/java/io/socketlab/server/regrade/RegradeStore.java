package io.socketlab.server.regrade;

import static io.socketlab.server.web.DatabaseTime.ifThere;
import static io.socketlab.server.web.DatabaseTime.instant;
import static io.socketlab.server.web.DatabaseTime.time;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Regrades and their rows in the database. */
@Repository
class RegradeStore {

    private static final int LONGEST_CHANGES = 2000;
    private static final int LONGEST_PROBLEM = 500;

    private static final String WITH_COUNTS =
            """
            select g.*, (select count(*) from regrade_row r where r.regrade_id = g.id) as total,
                (select count(*) from regrade_row r where r.regrade_id = g.id and r.state <> 'WAITING') as done
            from regrade g
            """;

    private final JdbcClient jdbc;

    RegradeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds one over all that has been handed in for an assignment until now. */
    @Transactional
    void add(UUID id, UUID assignment, UUID by, String reason, int labRevision, Instant now) {
        jdbc.sql(
                        """
                        insert into regrade (id, assignment_id, account_id, reason, lab_revision, state, created_at)
                        values (?, ?, ?, ?, ?, 'RUNNING', ?)
                        """)
                .params(id, assignment, by, reason, labRevision, time(now))
                .update();
        jdbc.sql(
                        """
                        insert into regrade_row (regrade_id, n, run_id, way, ref, state, old_score, old_max, old_verdict)
                        select cast(? as uuid), row_number() over (order by h.handed_in_at, h.ref), h.run_id, h.way, h.ref,
                            'WAITING', h.score, h.max_score, h.verdict
                        from hand_in h join run r on r.id = h.run_id where r.assignment_id = ?
                        """)
                .params(id, assignment)
                .update();
    }

    Optional<Regrade> find(UUID id) {
        return jdbc.sql(WITH_COUNTS + "where g.id = ?")
                .param(id)
                .query(RegradeStore::regrade)
                .optional();
    }

    /** Of an assignment, the last first. */
    List<Regrade> of(UUID assignment) {
        return jdbc.sql(WITH_COUNTS + "where g.assignment_id = ? order by g.created_at desc, g.id")
                .param(assignment)
                .query(RegradeStore::regrade)
                .list();
    }

    /** Those that are under way on any server. */
    List<UUID> running() {
        return jdbc.sql("select id from regrade where state = 'RUNNING'")
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    /** From one state to another; answers whether it was in the first. */
    boolean move(UUID id, Regrade.State from, Regrade.State to) {
        return jdbc.sql("update regrade set state = ? where id = ? and state = ?")
                        .params(to.name(), id, from.name())
                        .update()
                == 1;
    }

    void finished(UUID id, Instant now) {
        jdbc.sql("update regrade set finished_at = ? where id = ?").params(time(now), id).update();
    }

    void applied(UUID id, boolean raiseOnly, Instant now) {
        jdbc.sql("update regrade set raise_only = ?, applied_at = ? where id = ?")
                .params(raiseOnly, time(now), id)
                .update();
    }

    /** The numbers of those that wait, the first first, of one part of {@code parts}. */
    List<Integer> waiting(UUID id, int part, int parts, int limit) {
        return jdbc.sql(
                        """
                        select n from regrade_row
                        where regrade_id = ? and state = 'WAITING' and mod(n, ?) = ? order by n limit ?
                        """)
                .params(id, parts, part, limit)
                .query((row, _) -> row.getInt(1))
                .list();
    }

    boolean isWaiting(UUID id) {
        return jdbc.sql(
                                "select count(*) from regrade_row where regrade_id = ? and state = 'WAITING'")
                        .param(id)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** What came of grading a row again. */
    record Outcome(
            RegradeRow.State state,
            String changes,
            String problem,
            Optional<RegradeRow.Score> score,
            Optional<String> document) {

        static Outcome failed(String problem) {
            return new Outcome(
                    RegradeRow.State.FAILED, "", problem, Optional.empty(), Optional.empty());
        }
    }

    void set(UUID id, int n, Outcome outcome) {
        jdbc.sql(
                        """
                        update regrade_row set state = :state, changes = :changes, problem = :problem,
                            new_score = :score, new_max = :most, new_verdict = :verdict, new_document = :document
                        where regrade_id = :id and n = :n
                        """)
                .param("state", outcome.state().name())
                .param("changes", cut(outcome.changes(), LONGEST_CHANGES))
                .param("problem", cut(outcome.problem(), LONGEST_PROBLEM))
                .param("score", outcome.score().map(RegradeRow.Score::score).orElse(null))
                .param("most", outcome.score().map(RegradeRow.Score::most).orElse(null))
                .param("verdict", outcome.score().map(RegradeRow.Score::verdict).orElse(null))
                .param("document", outcome.document().orElse(null))
                .param("id", id)
                .param("n", n)
                .update();
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    /** The row's result has been changed, and was this before. */
    void changed(UUID id, int n, String oldDocument) {
        jdbc.sql(
                        "update regrade_row set applied = true, old_document = ? where regrade_id = ? and n = ?")
                .params(oldDocument, id, n)
                .update();
    }

    /** What a row's result is to be, or was. */
    record Documents(Optional<String> old, Optional<String> renewed) {}

    Documents documents(UUID id, int n) {
        return jdbc.sql(
                        "select old_document, new_document from regrade_row where regrade_id = ? and n = ?")
                .params(id, n)
                .query((row, _) ->
                        new Documents(
                                Optional.ofNullable(row.getString(1)),
                                Optional.ofNullable(row.getString(2))))
                .single();
    }

    Optional<RegradeRow> row(UUID id, int n) {
        return rows(id, n - 1, 1, false).stream().filter(r -> r.n() == n).findFirst();
    }

    /**
     * Rows behind number {@code after}, in order.
     *
     * @param onlyOther whether those that stay as they are are left out
     */
    List<RegradeRow> rows(UUID id, int after, int limit, boolean onlyOther) {
        String which = onlyOther ? "and r.state in ('CHANGED', 'FAILED')" : "";
        return jdbc.sql(
                        """
                        select r.*, m.id as member_id, coalesce(m.name, x.display_name) as whose from regrade_row r
                        join regrade g on g.id = r.regrade_id join assignment a on a.id = g.assignment_id
                        join run on run.id = r.run_id join account x on x.id = run.account_id
                        left join course_member m on m.course_id = a.course_id and m.account_id = run.account_id
                        where r.regrade_id = ? and r.n > ? %s order by r.n limit ?
                        """
                                .formatted(which))
                .params(id, after, limit)
                .query(RegradeStore::row)
                .list();
    }

    /** Regrades that changed a result, as sentences. */
    List<String> notes(UUID run, String way, String ref) {
        return jdbc.sql(
                        """
                        select g.reason, g.applied_at, r.* from regrade_row r join regrade g on g.id = r.regrade_id
                        where r.run_id = ? and r.way = ? and r.ref = ? and r.applied and g.state = 'APPLIED'
                        order by g.applied_at
                        """)
                .params(run, way, ref)
                .query((row, _) ->
                        "Regraded on %s: %s It was %s before."
                                .formatted(
                                        instant(row, "applied_at").toString().substring(0, 10),
                                        sentence(row.getString("reason")),
                                        old(row).text()))
                .list();
    }

    private static String sentence(String reason) {
        return reason.endsWith(".") ? reason : reason + ".";
    }

    private static Regrade regrade(ResultSet row, int n) throws SQLException {
        boolean raise = row.getBoolean("raise_only");
        Optional<Boolean> raiseOnly = row.wasNull() ? Optional.empty() : Optional.of(raise);
        return new Regrade(
                row.getObject("id", UUID.class),
                row.getObject("assignment_id", UUID.class),
                row.getString("reason"),
                row.getInt("lab_revision"),
                Regrade.State.valueOf(row.getString("state")),
                raiseOnly,
                instant(row, "created_at"),
                ifThere(row, "finished_at"),
                ifThere(row, "applied_at"),
                row.getInt("total"),
                row.getInt("done"));
    }

    private static RegradeRow row(ResultSet row, int n) throws SQLException {
        String verdict = row.getString("new_verdict");
        Optional<RegradeRow.Score> renewed =
                verdict == null
                        ? Optional.empty()
                        : Optional.of(
                                new RegradeRow.Score(
                                        row.getDouble("new_score"),
                                        row.getDouble("new_max"),
                                        verdict));
        UUID member = row.getObject("member_id", UUID.class);
        return new RegradeRow(
                row.getInt("n"),
                Optional.ofNullable(member),
                row.getString("whose"),
                row.getObject("run_id", UUID.class),
                row.getString("way"),
                row.getString("ref"),
                RegradeRow.State.valueOf(row.getString("state")),
                row.getString("changes"),
                row.getString("problem"),
                row.getBoolean("applied"),
                old(row),
                renewed);
    }

    private static RegradeRow.Score old(ResultSet row) throws SQLException {
        return new RegradeRow.Score(
                row.getDouble("old_score"), row.getDouble("old_max"), row.getString("old_verdict"));
    }
}
