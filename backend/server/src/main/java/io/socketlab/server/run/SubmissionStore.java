package io.socketlab.server.run;

import static io.socketlab.server.web.DatabaseTime.instant;
import static io.socketlab.server.web.DatabaseTime.time;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Submissions in the database. */
@Repository
class SubmissionStore {

    private final JdbcClient jdbc;

    SubmissionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds a submission.
     *
     * @throws org.springframework.dao.DuplicateKeyException if the run has one of this number
     */
    void add(Submission submission) {
        jdbc.sql(
                        """
                        insert into submission (run_id, n, input_count, last_seq, trace_hash, score, max_score, verdict, document, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        submission.runId(),
                        submission.n(),
                        submission.inputCount(),
                        submission.lastSeq(),
                        submission.traceHash(),
                        submission.score(),
                        submission.maxScore(),
                        submission.verdict(),
                        submission.document(),
                        time(submission.created()))
                .update();
    }

    /** Puts a result in place of the one that a submission has; what was handed in stays. */
    void replace(UUID run, int n, double score, double maxScore, String verdict, String document) {
        jdbc.sql(
                        "update submission set score = ?, max_score = ?, verdict = ?, document = ? where run_id = ? and n = ?")
                .params(score, maxScore, verdict, document, run, n)
                .update();
    }

    int count(UUID run) {
        return jdbc.sql("select count(*) from submission where run_id = ?")
                .param(run)
                .query(Integer.class)
                .single();
    }

    /** How often an account has handed something in for a lab, with all of its runs. */
    int count(UUID account, String lab) {
        return jdbc.sql(
                        """
                        select count(*) from submission s join run r on r.id = s.run_id
                        where r.account_id = ? and r.lab_id = ?
                        """)
                .params(account, lab)
                .query(Integer.class)
                .single();
    }

    Optional<Submission> find(UUID run, int n) {
        return jdbc.sql("select * from submission where run_id = ? and n = ?")
                .params(run, n)
                .query(SubmissionStore::submission)
                .optional();
    }

    /** A run's submissions, the first first. */
    List<Submission> of(UUID run) {
        return jdbc.sql("select * from submission where run_id = ? order by n")
                .param(run)
                .query(SubmissionStore::submission)
                .list();
    }

    /** The submissions of an account's runs, by run and number. */
    List<Submission> ofAccount(UUID account) {
        return jdbc.sql(
                        """
                        select s.* from submission s join run r on r.id = s.run_id
                        where r.account_id = ? order by s.run_id, s.n
                        """)
                .param(account)
                .query(SubmissionStore::submission)
                .list();
    }

    private static Submission submission(ResultSet row, int n) throws SQLException {
        return new Submission(
                row.getObject("run_id", UUID.class),
                row.getInt("n"),
                row.getInt("input_count"),
                row.getInt("last_seq"),
                row.getString("trace_hash"),
                row.getDouble("score"),
                row.getDouble("max_score"),
                row.getString("verdict"),
                row.getString("document"),
                instant(row, "created_at"));
    }
}
