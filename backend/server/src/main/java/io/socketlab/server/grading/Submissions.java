package io.socketlab.server.grading;

import io.socketlab.server.web.DatabaseTime;
import io.socketlab.server.web.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Handing in: what is answered is stored, and will be graded. */
@Service
class Submissions {

    /** Seconds. */
    private static final long AFTER_A_WHILE = 10;

    private final JobStore jobs;
    private final Idempotency keys;
    private final Lanes lanes;
    private final GradingProperties limits;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    Submissions(
            JobStore jobs,
            Idempotency keys,
            Lanes lanes,
            GradingProperties limits,
            TransactionTemplate transaction,
            Clock clock,
            ApplicationEventPublisher events) {
        this.jobs = jobs;
        this.keys = keys;
        this.lanes = lanes;
        this.limits = limits;
        this.transaction = transaction;
        this.clock = clock;
        this.events = events;
    }

    /**
     * What is to be graded.
     *
     * @param attempt which run it is for; a verification has none
     */
    record Work(
            Optional<UUID> attempt,
            JobKind kind,
            String lab,
            int revision,
            long seed,
            String answer) {

        private Job job(UUID id, UUID account, Optional<UUID> batch, Instant now) {
            return new Job(
                    id,
                    account,
                    attempt,
                    batch,
                    kind,
                    lab,
                    revision,
                    seed,
                    answer,
                    Phase.QUEUED,
                    0,
                    now,
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /**
     * What a request made.
     *
     * @param again whether it was made before, by the same request
     */
    record Made(UUID id, boolean again) {}

    /**
     * Makes a job.
     *
     * @throws ProblemException if too much of this account waits already, or the key was another's
     */
    Made submit(UUID account, Work work, Optional<Idempotency.Key> key) {
        return once(
                account, 1, key, id -> jobs.add(work.job(id, account, Optional.empty(), now())));
    }

    /** Makes a batch, a job for each; all of them or none. */
    Made submitAll(UUID account, List<Work> works, Optional<Idempotency.Key> key) {
        return once(
                account,
                works.size(),
                key,
                batch -> {
                    // their order is that of their times
                    Instant at = now();
                    for (Work work : works) {
                        jobs.add(work.job(UUID.randomUUID(), account, Optional.of(batch), at));
                        at = at.plus(1, ChronoUnit.MICROS);
                    }
                });
    }

    private interface Making {
        void make(UUID id);
    }

    private Made once(UUID account, int count, Optional<Idempotency.Key> key, Making making) {
        Optional<UUID> before = key.flatMap(k -> keys.made(account, k));
        if (before.isPresent()) return new Made(before.get(), true);
        checkQueue(account, count);
        UUID id = UUID.randomUUID();
        try {
            transaction.executeWithoutResult(_ -> {
                key.ifPresent(k -> keys.remember(account, k, id, now()));
                making.make(id);
            });
        } catch (DuplicateKeyException e) {
            // the same key at the same moment: the other request made it
            UUID made = key.flatMap(k -> keys.made(account, k)).orElseThrow(() -> e);
            return new Made(made, true);
        }
        lanes.open(account);
        return new Made(id, false);
    }

    private void checkQueue(UUID account, int count) {
        if (jobs.queuedOf(account) + count <= limits.queue()) return;
        var full =
                new ProblemException(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "queue-full",
                        "Queue full",
                        "At most %d of your jobs may wait to be graded. Try again when some are done."
                                .formatted(limits.queue()));
        full.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(AFTER_A_WHILE));
        throw full;
    }

    /** Ends a job if it has not ended; answers whether it had not. */
    boolean cancel(Job job) {
        boolean cancelled = jobs.cancel(job.id(), now());
        if (cancelled) events.publishEvent(new JobEnded(job.id(), job.account()));
        return cancelled;
    }

    private Instant now() {
        return DatabaseTime.now(clock);
    }
}
