package io.socketlab.server.run;

import static io.socketlab.server.web.DatabaseTime.instant;
import static io.socketlab.server.web.DatabaseTime.time;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Runs and their input logs in the database. */
@Repository
class RunStore {

    private final JdbcClient jdbc;

    RunStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds a run.
     *
     * @throws org.springframework.dao.DuplicateKeyException if the attempt is there already
     */
    void add(Run run) {
        jdbc.sql(
                        """
                        insert into run (id, account_id, assignment_id, lab_id, lab_revision, attempt, branch, parent_id, parent_seq, name, seed, engine, title, created_at, updated_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(run.id(), run.accountId())
                .param(run.assignment().orElse(null))
                .params(run.labId(), run.labRevision(), run.attempt(), run.branch().number())
                .param(run.branch().parent().orElse(null))
                .params(
                        run.branch().seq(),
                        run.branch().name(),
                        run.seed(),
                        run.engine(),
                        run.title(),
                        time(run.created()),
                        time(run.updated()))
                .update();
    }

    /**
     * Adds a run that has a log already.
     *
     * @throws org.springframework.dao.DuplicateKeyException if the attempt has such a branch
     */
    @Transactional
    void add(Run run, List<LoggedInput> log) {
        add(run);
        for (LoggedInput input : log) insert(run.id(), input);
    }

    /** All branches of the same attempt, the oldest first. */
    List<Run> family(Run run) {
        return jdbc.sql(
                        "select * from run where account_id = ? and lab_id = ? and attempt = ? order by branch")
                .params(run.accountId(), run.labId(), run.attempt())
                .query(RunStore::run)
                .list();
    }

    /** With its log; forks of it stand on their own from then on. */
    void remove(UUID run) {
        jdbc.sql("delete from run where id = ?").param(run).update();
    }

    void rename(UUID run, String name) {
        jdbc.sql("update run set name = ? where id = ?").params(name, run).update();
    }

    Optional<Run> find(UUID id) {
        return jdbc.sql("select * from run where id = ?").param(id).query(RunStore::run).optional();
    }

    /**
     * Of the last attempt, which is the one that is open, the branch that was used last.
     *
     * @param assignment what it is for; empty for nothing
     */
    Optional<Run> latest(UUID account, String labId, Optional<UUID> assignment) {
        return jdbc.sql(
                        """
                        select * from run
                        where account_id = ? and lab_id = ? and assignment_id is not distinct from cast(? as uuid)
                        order by attempt desc, updated_at desc, branch desc limit 1
                        """)
                .params(account, labId)
                .param(assignment.orElse(null))
                .query(RunStore::run)
                .optional();
    }

    /** The last attempts of all accounts at an assignment, one of each. */
    List<Run> lastOf(UUID assignment) {
        return jdbc.sql(
                        """
                        select r.* from run r where r.assignment_id = ? and r.updated_at =
                            (select max(o.updated_at) from run o
                             where o.assignment_id = r.assignment_id and o.account_id = r.account_id)
                        """)
                .param(assignment)
                .query(RunStore::run)
                .list();
    }

    /** How many attempts an account has begun at a lab, whatever for. */
    int attempts(UUID account, String labId) {
        return jdbc.sql(
                        "select coalesce(max(attempt), 0) from run where account_id = ? and lab_id = ?")
                .params(account, labId)
                .query(Integer.class)
                .single();
    }

    /** An account's runs, the last used first. */
    List<Run> of(UUID account) {
        return jdbc.sql(
                        "select * from run where account_id = ? order by updated_at desc, attempt desc")
                .param(account)
                .query(RunStore::run)
                .list();
    }

    /** An account's runs before a point in their list, the last begun first. */
    List<Run> before(UUID account, Instant created, UUID id, int limit) {
        return jdbc.sql(
                        """
                        select * from run
                        where account_id = ? and (created_at < ? or created_at = ? and id < ?)
                        order by created_at desc, id desc limit ?
                        """)
                .params(account, time(created), time(created), id, limit)
                .query(RunStore::run)
                .list();
    }

    /** The same of those that are for one of some assignments. */
    List<Run> before(UUID account, Set<UUID> assignments, Instant created, UUID id, int limit) {
        if (assignments.isEmpty()) return List.of();
        return jdbc.sql(
                        """
                        select * from run
                        where account_id = :account and assignment_id in (:assignments)
                        and (created_at < :created or created_at = :created and id < :id)
                        order by created_at desc, id desc limit :limit
                        """)
                .param("account", account)
                .param("assignments", assignments)
                .param("created", time(created))
                .param("id", id)
                .param("limit", limit)
                .query(RunStore::run)
                .list();
    }

    /**
     * Adds a line to the log; when this returns it is durable.
     *
     * @throws org.springframework.dao.DataAccessException if it is not, above all if the log
     *     already has a line of this number or of this client id
     */
    @Transactional
    void append(UUID run, LoggedInput input) {
        insert(run, input);
        jdbc.sql("update run set updated_at = ? where id = ?")
                .params(time(input.acknowledged()), run)
                .update();
    }

    private void insert(UUID run, LoggedInput input) {
        jdbc.sql(
                        """
                        insert into run_input (run_id, n, line, client_id, trace_hash, acknowledged_at)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        run,
                        input.n(),
                        input.line(),
                        input.clientId(),
                        input.traceHash(),
                        time(input.acknowledged()))
                .update();
    }

    /** The log, in order. */
    List<LoggedInput> inputs(UUID run) {
        return jdbc.sql("select * from run_input where run_id = ? order by n")
                .param(run)
                .query(RunStore::input)
                .list();
    }

    private static Run run(ResultSet row, int n) throws SQLException {
        return new Run(
                row.getObject("id", UUID.class),
                row.getObject("account_id", UUID.class),
                Optional.ofNullable(row.getObject("assignment_id", UUID.class)),
                row.getString("lab_id"),
                row.getInt("lab_revision"),
                row.getInt("attempt"),
                new Branch(
                        row.getInt("branch"),
                        Optional.ofNullable(row.getObject("parent_id", UUID.class)),
                        row.getInt("parent_seq"),
                        row.getString("name")),
                row.getLong("seed"),
                row.getString("engine"),
                row.getString("title"),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    private static LoggedInput input(ResultSet row, int n) throws SQLException {
        return new LoggedInput(
                row.getInt("n"),
                row.getString("line"),
                row.getString("client_id"),
                row.getString("trace_hash"),
                instant(row, "acknowledged_at"));
    }
}
