package io.socketlab.server.grading;

import static io.socketlab.server.web.DatabaseTime.ifThere;
import static io.socketlab.server.web.DatabaseTime.instant;
import static io.socketlab.server.web.DatabaseTime.time;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Jobs in the database. Each change says from which phase, so that two at once cannot both do it.
 */
@Repository
class JobStore {

    private final JdbcClient jdbc;

    JobStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Job job) {
        jdbc.sql(
                        """
                        insert into grading_job (id, account_id, run_id, batch_id, kind, lab_id, lab_revision, seed, answer, phase, queued_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(job.id(), job.account())
                .param(job.attempt().orElse(null))
                .param(job.batch().orElse(null))
                .params(
                        job.kind().name(),
                        job.lab(),
                        job.revision(),
                        job.seed(),
                        job.answer(),
                        job.phase().name(),
                        time(job.queued()))
                .update();
    }

    Optional<Job> find(UUID id) {
        return jdbc.sql("select * from grading_job where id = ?")
                .param(id)
                .query(JobStore::job)
                .optional();
    }

    Optional<Phase> phase(UUID id) {
        return jdbc.sql("select phase from grading_job where id = ?")
                .param(id)
                .query(String.class)
                .optional()
                .map(Phase::valueOf);
    }

    // ---- taking and finishing

    /** What a lane had begun when its server died. */
    Optional<Job> leftBehind(Lane lane) {
        return jdbc.sql("select * from grading_job where phase = 'RUNNING' and lane = ? limit 1")
                .param(lane.name())
                .query(JobStore::job)
                .optional();
    }

    /** The oldest of those that wait. */
    Optional<Job> nextOf(UUID account) {
        return jdbc.sql(
                        """
                        select * from grading_job where phase = 'QUEUED' and account_id = ?
                        order by queued_at, id limit 1
                        """)
                .param(account)
                .query(JobStore::job)
                .optional();
    }

    /**
     * Begins a job, or begins it again; answers whether it was still in the phase it was seen in.
     */
    boolean claim(Job seen, Lane lane, UUID claim, Instant now) {
        return jdbc.sql(
                                """
                                update grading_job
                                set phase = 'RUNNING', lane = ?, claim = ?, started_at = ?, tries = tries + 1
                                where id = ? and phase = ? and tries = ?
                                """)
                        .params(
                                lane.name(),
                                claim,
                                time(now),
                                seen.id(),
                                seen.phase().name(),
                                seen.tries())
                        .update()
                == 1;
    }

    /** Whether a job is being graded under this claim, and was not cancelled or begun again. */
    boolean isClaimed(UUID id, UUID claim) {
        return jdbc.sql("select count(*) from grading_job where id = ? and claim = ?")
                        .params(id, claim)
                        .query(Integer.class)
                        .single()
                == 1;
    }

    /**
     * Ends a job with its result; both or neither.
     *
     * @return false if it was cancelled, or begun again by somebody else: then nothing is written
     */
    @Transactional
    boolean finish(UUID claim, JobResult result) {
        int changed =
                jdbc.sql(
                                """
                                update grading_job set phase = 'DONE', finished_at = ?, lane = null, claim = null
                                where id = ? and phase = 'RUNNING' and claim = ?
                                """)
                        .params(time(result.created()), result.job(), claim)
                        .update();
        if (changed == 0) return false;
        jdbc.sql(
                        """
                        insert into grading_result (job_id, verdict, score, max_score, gradable, trace_hash, document, whole, wait_nanos, grade_nanos, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        result.job(),
                        result.verdict(),
                        result.score(),
                        result.maxScore(),
                        result.gradable(),
                        result.traceHash(),
                        result.document(),
                        result.whole(),
                        result.waitNanos(),
                        result.gradeNanos(),
                        time(result.created()))
                .update();
        return true;
    }

    /** Ends a job without a result; answers whether it had not ended before. */
    boolean cancel(UUID id, Instant now) {
        return jdbc.sql(
                                """
                                update grading_job set phase = 'CANCELLED', finished_at = ?, lane = null, claim = null
                                where id = ? and phase in ('QUEUED', 'RUNNING')
                                """)
                        .params(time(now), id)
                        .update()
                == 1;
    }

    /** Keeps what a job's programs were compiled to: that is what its result is of. */
    void keepCompiled(Job job) {
        jdbc.sql("update grading_job set answer = ? where id = ?")
                .params(job.answer(), job.id())
                .update();
    }

    // ---- looking

    boolean hasQueued(UUID account) {
        return nextOf(account).isPresent();
    }

    int queuedOf(UUID account) {
        return jdbc.sql(
                        "select count(*) from grading_job where phase = 'QUEUED' and account_id = ?")
                .param(account)
                .query(Integer.class)
                .single();
    }

    /** The accounts with jobs that have not ended. */
    List<UUID> accountsAtWork() {
        return jdbc.sql(
                        "select distinct account_id from grading_job where phase in ('QUEUED', 'RUNNING')")
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Puts a result in place of the one that a job has; what was handed in stays. */
    void replace(UUID job, JobView.ShortResult result, String document, boolean whole) {
        jdbc.sql(
                        """
                        update grading_result set score = ?, max_score = ?, verdict = ?, document = ?, whole = ?
                        where job_id = ?
                        """)
                .params(result.score(), result.maxScore(), result.verdict(), document, whole, job)
                .update();
    }

    Optional<JobResult> result(UUID job) {
        return jdbc.sql("select * from grading_result where job_id = ?")
                .param(job)
                .query(JobStore::result)
                .optional();
    }

    /**
     * The results of jobs in short, by job, of those that students see whole: without the
     * documents, which are large.
     */
    Map<UUID, JobView.ShortResult> inShort(List<UUID> jobs) {
        var results = new HashMap<UUID, JobView.ShortResult>();
        if (jobs.isEmpty()) return results;
        jdbc.sql(
                        """
                        select job_id, verdict, score, max_score, gradable from grading_result
                        where job_id in (:jobs) and whole
                        """)
                .param("jobs", jobs)
                .query(row -> {
                    results.put(
                            row.getObject("job_id", UUID.class),
                            new JobView.ShortResult(
                                    row.getString("verdict"),
                                    row.getDouble("score"),
                                    row.getDouble("max_score"),
                                    row.getBoolean("gradable")));
                });
        return results;
    }

    /** The job of an attempt that has a result, the last handed in. */
    Optional<Job> lastGraded(UUID attempt) {
        return jdbc.sql(
                        """
                        select * from grading_job where run_id = ? and phase = 'DONE'
                        order by queued_at desc, id desc limit 1
                        """)
                .param(attempt)
                .query(JobStore::job)
                .optional();
    }

    /** The proof of a lab that an account has asked for last. */
    Optional<Job> lastVerification(UUID account, String labId) {
        return jdbc.sql(
                        """
                        select * from grading_job where account_id = ? and lab_id = ? and kind = 'VERIFICATION'
                        order by queued_at desc, id desc limit 1
                        """)
                .params(account, labId)
                .query(JobStore::job)
                .optional();
    }

    static Job job(ResultSet row, int n) throws SQLException {
        return new Job(
                row.getObject("id", UUID.class),
                row.getObject("account_id", UUID.class),
                Optional.ofNullable(row.getObject("run_id", UUID.class)),
                Optional.ofNullable(row.getObject("batch_id", UUID.class)),
                JobKind.valueOf(row.getString("kind")),
                row.getString("lab_id"),
                row.getInt("lab_revision"),
                row.getLong("seed"),
                row.getString("answer"),
                Phase.valueOf(row.getString("phase")),
                row.getInt("tries"),
                instant(row, "queued_at"),
                ifThere(row, "started_at"),
                ifThere(row, "finished_at"));
    }

    private static JobResult result(ResultSet row, int n) throws SQLException {
        return new JobResult(
                row.getObject("job_id", UUID.class),
                row.getString("verdict"),
                row.getDouble("score"),
                row.getDouble("max_score"),
                row.getBoolean("gradable"),
                row.getString("trace_hash"),
                row.getString("document"),
                row.getBoolean("whole"),
                row.getLong("wait_nanos"),
                row.getLong("grade_nanos"),
                instant(row, "created_at"));
    }
}
