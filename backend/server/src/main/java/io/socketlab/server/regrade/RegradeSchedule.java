package io.socketlab.server.regrade;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.socketlab.server.grading.DatabaseSchedule;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/**
 * The schedule of regrades, in the database. Each has as many parts as there are processors; a part
 * is graded by one server at a time, a few hand-ins a turn, and taken up again if that server died.
 */
@Component
class RegradeSchedule extends DatabaseSchedule {

    private static final int PARTS = Runtime.getRuntime().availableProcessors();
    private static final int A_TURN = 20;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Duration SWEEP = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MISSED_HEARTBEATS = 4;
    private static final double REFILL_BELOW = 0.5;
    private static final double REFILL_TO = 2;

    private final RegradeStore store;
    private final Regrader regrader;
    private final Clock clock;
    private final CustomTask<Void> part;
    private final SchedulerBuilder builder;

    @SuppressWarnings("this-escape") // the tasks run after start()
    RegradeSchedule(RegradeStore store, Regrader regrader, DataSource database, Clock clock) {
        this.store = store;
        this.regrader = regrader;
        this.clock = clock;
        this.part =
                Tasks.custom("regrade", Void.class)
                        .onFailure((done, schedule) ->
                                schedule.reschedule(done, clock.instant().plus(AFTER_FAILURE)))
                        .onDeadExecutionRevive()
                        .execute((instance, _) -> turn(instance.getId()));
        this.builder =
                Scheduler.create(database, part)
                        .startTasks(
                                Tasks.recurring("sweep", FixedDelay.of(SWEEP))
                                        .execute((_, _) -> store.running().forEach(this::open)))
                        .tableName("regrade_schedule")
                        .schedulerName(new SchedulerName.Fixed("node-" + UUID.randomUUID()))
                        .threads(PARTS + 1)
                        .pollUsingFetch(REFILL_BELOW, REFILL_TO)
                        .pollingInterval(POLL)
                        .heartbeatInterval(HEARTBEAT)
                        .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                        .shutdownMaxWait(PATIENCE)
                        .alwaysPersistTimestampInUTC()
                        .enableImmediateExecution();
    }

    @Override
    protected Scheduler build() {
        return builder.build();
    }

    /** Sees to it that a regrade goes on; if the server is not up yet, once it is. */
    void open(UUID regrade) {
        scheduler()
                .ifPresent(up -> {
                    for (int n = 0; n < PARTS; n++) {
                        up.scheduleIfNotExists(
                                part.instance(regrade + "/" + n + "/" + PARTS), clock.instant());
                    }
                });
    }

    private CompletionHandler<Void> turn(String name) {
        String[] parts = name.split("/", -1);
        UUID id = UUID.fromString(parts[0]);
        boolean more = turn(id, Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
        return more
                ? (done, schedule) -> schedule.reschedule(done, clock.instant())
                : (_, schedule) -> schedule.remove();
    }

    /** Grades a few; answers whether there are more. */
    private boolean turn(UUID id, int n, int parts) {
        List<Integer> waiting = store.waiting(id, n, parts, A_TURN);
        for (int row : waiting) {
            if (!isRunning() || !isWanted(id)) return isWanted(id);
            store.row(id, row).ifPresent(r -> store.set(id, row, regrader.again(r)));
        }
        if (waiting.isEmpty() && !store.isWaiting(id)) finish(id);
        return !waiting.isEmpty();
    }

    private boolean isWanted(UUID id) {
        return store.find(id).filter(Regrade::isRunning).isPresent();
    }

    private void finish(UUID id) {
        if (store.move(id, Regrade.State.RUNNING, Regrade.State.READY)) {
            store.finished(id, clock.instant());
        }
    }
}
