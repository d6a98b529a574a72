package io.socketlab.server.webhook;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.socketlab.server.grading.DatabaseSchedule;
import io.socketlab.server.grading.EndedJobs;
import io.socketlab.server.grading.JobEnded;
import io.socketlab.server.web.DatabaseTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells webhooks of jobs that have ended, again and again with longer pauses, until they have
 * understood. What is to be told is found in the database, so nothing is lost if the server dies.
 */
@Component
class Deliveries extends DatabaseSchedule {

    private static final String TABLE = "webhook_schedule";
    private static final Duration SWEEP = Duration.ofSeconds(30);
    private static final Duration LOOK_BACK = Duration.ofDays(1);
    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int MISSED_HEARTBEATS = 4;
    private static final int THREADS = 4;
    private static final int MOST_AT_ONCE = 10_000;

    private final WebhookStore store;
    private final WebhookCall call;
    private final EndedJobs jobs;
    private final WebhookProperties properties;
    private final JsonMapper json;
    private final Clock clock;
    private final CustomTask<Void> tell;
    private final SchedulerBuilder builder;

    @SuppressWarnings("this-escape") // the tasks run after start()
    Deliveries(
            WebhookStore store,
            WebhookCall call,
            EndedJobs jobs,
            WebhookProperties properties,
            JsonMapper json,
            DataSource database,
            Clock clock) {
        this.store = store;
        this.call = call;
        this.jobs = jobs;
        this.properties = properties;
        this.json = json;
        this.clock = clock;
        this.tell =
                Tasks.custom("tell", Void.class)
                        .onFailureReschedule(FixedDelay.of(SWEEP))
                        .onDeadExecutionRevive()
                        .execute((delivery, _) -> tell(UUID.fromString(delivery.getId())));
        this.builder =
                Scheduler.create(database, tell)
                        .startTasks(
                                Tasks.recurring("sweep", FixedDelay.of(SWEEP))
                                        .execute((_, _) -> sweep()))
                        .tableName(TABLE)
                        .schedulerName(new SchedulerName.Fixed("node-" + UUID.randomUUID()))
                        .threads(THREADS)
                        .pollingInterval(properties.poll())
                        .heartbeatInterval(HEARTBEAT)
                        .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                        .shutdownMaxWait(PATIENCE)
                        .alwaysPersistTimestampInUTC()
                        .enableImmediateExecution();
    }

    @EventListener
    void ended(JobEnded event) {
        for (Webhook webhook : store.of(event.account())) {
            if (webhook.active()) add(webhook, event.job());
        }
    }

    /** For jobs whose server died before it could tell of them. */
    private void sweep() {
        Instant now = now();
        for (UUID account : store.accounts()) {
            for (Webhook webhook : store.of(account)) {
                if (webhook.active()) addMissing(webhook, now);
            }
        }
        store.waiting().forEach(this::schedule);
        store.forget(now.minus(KEPT));
    }

    private void addMissing(Webhook webhook, Instant now) {
        Instant since = now.minus(LOOK_BACK);
        if (webhook.created().isAfter(since)) since = webhook.created();
        for (UUID job : jobs.since(webhook.account(), since, MOST_AT_ONCE)) {
            if (!store.isTold(webhook.id(), job)) add(webhook, job);
        }
    }

    private void add(Webhook webhook, UUID job) {
        Optional<String> payload = payload(job);
        if (payload.isEmpty()) return;
        var delivery =
                new Delivery(
                        UUID.randomUUID(),
                        webhook.id(),
                        job,
                        payload.get(),
                        Delivery.State.WAITING,
                        0,
                        OptionalInt.empty(),
                        Optional.empty(),
                        now(),
                        Optional.empty());
        try {
            store.add(delivery);
        } catch (DuplicateKeyException e) {
            return; // another server was faster
        }
        schedule(delivery.id());
    }

    private Optional<String> payload(UUID job) {
        return jobs.told(job)
                .map(data -> {
                    var payload = new LinkedHashMap<String, Object>();
                    payload.put("type", "job.ended");
                    payload.put("timestamp", now());
                    payload.put("data", data);
                    return json.writeValueAsString(payload);
                });
    }

    private void schedule(UUID delivery) {
        scheduler()
                .ifPresent(up -> up.scheduleIfNotExists(tell.instance(delivery.toString()), now()));
    }

    private CompletionHandler<Void> tell(UUID id) {
        Optional<Delivery> delivery =
                store.delivery(id).filter(d -> d.state() == Delivery.State.WAITING);
        Optional<Webhook> webhook =
                delivery.flatMap(d -> store.find(d.webhook())).filter(Webhook::active);
        if (delivery.isEmpty() || webhook.isEmpty()) return (_, schedule) -> schedule.remove();
        WebhookCall.Answer answer = call.tell(webhook.get(), delivery.get());
        List<Duration> pauses = properties.pauses();
        int tries = delivery.get().tries();
        boolean again = answer.problem().isPresent() && !answer.isGone() && tries < pauses.size();
        store.tried(id, state(answer, again), answer, now());
        if (answer.isGone()) store.deactivate(webhook.get().id());
        if (!again) return (_, schedule) -> schedule.remove();
        Instant next = now().plus(pauses.get(tries));
        return (done, schedule) -> schedule.reschedule(done, next);
    }

    private static Delivery.State state(WebhookCall.Answer answer, boolean again) {
        if (answer.problem().isEmpty()) return Delivery.State.DELIVERED;
        return again ? Delivery.State.WAITING : Delivery.State.FAILED;
    }

    private Instant now() {
        return DatabaseTime.now(clock);
    }

    @Override
    protected Scheduler build() {
        return builder.build();
    }
}
