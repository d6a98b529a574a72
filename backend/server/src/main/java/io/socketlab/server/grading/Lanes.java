package io.socketlab.server.grading;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.socketlab.server.web.DatabaseTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The schedule of the lanes, in the database: a lane is graded by one server at a time, waits at
 * the end of the line for its next turn, and is taken up again if the server that had it died.
 */
@Component
class Lanes extends DatabaseSchedule {

    private static final String TABLE = "grading_lane";
    private static final String GRADE = "grade";
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration SWEEP = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MISSED_HEARTBEATS = 4;
    private static final double REFILL_BELOW = 0.5;
    private static final double REFILL_TO = 3;

    private final LaneWork work;
    private final JobStore jobs;
    private final Idempotency keys;
    private final JdbcClient jdbc;
    private final GradingProperties limits;
    private final Clock clock;
    private final CustomTask<Void> grade;
    private final SchedulerBuilder builder;

    @SuppressWarnings("this-escape") // the tasks run after start()
    Lanes(
            LaneWork work,
            JobStore jobs,
            Idempotency keys,
            DataSource database,
            GradingProperties limits,
            Clock clock) {
        this.work = work;
        this.jobs = jobs;
        this.keys = keys;
        this.jdbc = JdbcClient.create(database);
        this.limits = limits;
        this.clock = clock;
        this.grade =
                Tasks.custom(GRADE, Void.class)
                        .onFailure((done, lane) -> lane.reschedule(done, in(AFTER_FAILURE)))
                        .onDeadExecutionRevive()
                        .execute((lane, _) -> turn(Lane.of(lane.getId())));
        this.builder =
                Scheduler.create(database, grade)
                        .startTasks(
                                Tasks.recurring("sweep", FixedDelay.of(SWEEP))
                                        .execute((_, _) -> sweep()))
                        .tableName(TABLE)
                        .schedulerName(new SchedulerName.Fixed("node-" + UUID.randomUUID()))
                        .threads(limits.lanes() + 1)
                        .pollUsingFetch(REFILL_BELOW, REFILL_TO)
                        .pollingInterval(limits.poll())
                        .heartbeatInterval(limits.heartbeat())
                        .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                        .shutdownMaxWait(PATIENCE)
                        .alwaysPersistTimestampInUTC()
                        .enableImmediateExecution();
    }

    /** Sees to it that an account's jobs are graded; if the server is not up yet, once it is. */
    void open(UUID account) {
        scheduler()
                .ifPresent(up -> {
                    for (int n = 0; n < limits.lanes(); n++) {
                        up.scheduleIfNotExists(grade.instance(new Lane(account, n).name()), now());
                    }
                });
    }

    private CompletionHandler<Void> turn(Lane lane) {
        try {
            return work.turn(lane, () -> isRunning() && !isAnotherWaiting())
                    ? (done, schedule) -> schedule.reschedule(done, now())
                    : (_, schedule) -> {
                        schedule.remove();
                        // what was handed in since then found the lane there, and counts on it
                        if (jobs.hasQueued(lane.account())) open(lane.account());
                    };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return (done, schedule) -> schedule.reschedule(done, now());
        }
    }

    private boolean isAnotherWaiting() {
        return jdbc.sql(
                                """
                                select count(*) from grading_lane
                                where task_name = ? and picked = false and execution_time <= ?
                                """)
                        .params(GRADE, DatabaseTime.time(now()))
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** For jobs whose server died between storing them and opening their lanes. */
    private void sweep() {
        jobs.accountsAtWork().forEach(this::open);
        keys.forget(now());
    }

    private Instant now() {
        return clock.instant();
    }

    private Instant in(Duration delay) {
        return now().plus(delay);
    }

    @Override
    protected Scheduler build() {
        return builder.build();
    }
}
