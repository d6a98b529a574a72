package io.socketlab.server.grading;

import io.socketlab.server.web.DatabaseTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How grading goes: what waits, how long it takes, and when a job will be done. */
@Repository
class GradingStatistics {

    private static final int RECENT = 1_000;
    private static final Duration HOUR = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final GradingProperties limits;
    private final Clock clock;

    GradingStatistics(JdbcClient jdbc, GradingProperties limits, Clock clock) {
        this.jdbc = jdbc;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Of the last hour, its last 1,000 jobs at most.
     *
     * @param queued how many jobs wait now
     * @param running how many are being graded now
     * @param done how many results there are
     */
    record Summary(int queued, int running, int done, Times waited, Times graded) {}

    /** Milliseconds: the median, and what 95 of 100 stay below. */
    record Times(double p50, double p95) {

        private static final double NANOS_PER_MS = 1e6;

        static Times of(List<Long> nanos) {
            List<Long> sorted = nanos.stream().sorted().toList();
            return new Times(at(sorted, 0.50), at(sorted, 0.95));
        }

        private static double at(List<Long> sorted, double share) {
            if (sorted.isEmpty()) return 0;
            int rank = (int) Math.ceil(share * sorted.size());
            return Math.round(sorted.get(Math.max(rank, 1) - 1) / NANOS_PER_MS * 100) / 100.0;
        }
    }

    private record Taken(long waited, long graded) {}

    Summary summary() {
        List<Taken> taken = recent();
        return new Summary(
                count(Phase.QUEUED),
                count(Phase.RUNNING),
                taken.size(),
                Times.of(taken.stream().map(Taken::waited).toList()),
                Times.of(taken.stream().map(Taken::graded).toList()));
    }

    private int count(Phase phase) {
        return jdbc.sql("select count(*) from grading_job where phase = ?")
                .param(phase.name())
                .query(Integer.class)
                .single();
    }

    private List<Taken> recent() {
        return jdbc.sql(
                        """
                        select wait_nanos, grade_nanos from grading_result where created_at > ?
                        order by created_at desc limit ?
                        """)
                .params(DatabaseTime.time(clock.instant().minus(HOUR)), RECENT)
                .query((row, _) -> new Taken(row.getLong(1), row.getLong(2)))
                .list();
    }

    /**
     * When a job that waits will be done, if all goes on as in the last hour: before it are, of
     * every account, as many as of its own, because accounts take turns. Empty if there was nothing
     * to go by, or the job does not wait.
     */
    Optional<Instant> estimate(Job job) {
        if (job.phase() != Phase.QUEUED) return Optional.empty();
        double mean = recent().stream().mapToLong(Taken::graded).average().orElse(0);
        if (mean == 0) return Optional.empty();
        long ahead =
                jdbc.sql(
                                """
                                select count(*) from (
                                    select row_number() over (partition by account_id order by queued_at, id) as place
                                    from grading_job where phase = 'QUEUED') as waiting
                                where place <= (
                                    select count(*) from grading_job
                                    where phase = 'QUEUED' and account_id = ?
                                    and (queued_at < ? or queued_at = ? and id <= ?))
                                """)
                        .params(
                                job.account(),
                                DatabaseTime.time(job.queued()),
                                DatabaseTime.time(job.queued()),
                                job.id())
                        .query(Long.class)
                        .single();
        double rounds = Math.ceil((double) ahead / limits.lanes());
        return Optional.of(clock.instant().plusNanos((long) (rounds * mean)));
    }
}
