package io.socketlab.server.grading;

import io.socketlab.server.web.DatabaseTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What a lane does in its turn: takes its account's jobs, the oldest first, and grades them. */
@Component
class LaneWork {

    private final JobStore jobs;
    private final JobGrader grader;
    private final GradingProperties limits;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    LaneWork(
            JobStore jobs,
            JobGrader grader,
            GradingProperties limits,
            Clock clock,
            ApplicationEventPublisher events) {
        this.jobs = jobs;
        this.grader = grader;
        this.limits = limits;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Grades until there is nothing more, or until the turn is over.
     *
     * @param goesOn asked when the turn is over: whether it may have another
     * @return whether there may be more
     */
    boolean turn(Lane lane, BooleanSupplier goesOn) throws InterruptedException {
        while (true) {
            long end = System.nanoTime() + limits.turn().toNanos();
            do {
                if (!one(lane)) return false;
            } while (System.nanoTime() - end < 0);
            if (!goesOn.getAsBoolean()) return true;
        }
    }

    /** Grades one job; answers whether there was one. */
    private boolean one(Lane lane) throws InterruptedException {
        Optional<Job> next = jobs.leftBehind(lane).or(() -> jobs.nextOf(lane.account()));
        if (next.isEmpty()) return false;
        Job job = next.get();
        UUID claim = UUID.randomUUID();
        Instant now = DatabaseTime.now(clock);
        // else another lane was faster, or it has been cancelled
        if (jobs.claim(job, lane, claim, now)) grade(job, claim, now);
        return true;
    }

    private void grade(Job job, UUID claim, Instant started) throws InterruptedException {
        Optional<JobResult> result =
                job.tries() >= limits.tries()
                        ? Optional.of(grader.givenUp(job, started))
                        : grader.grade(job, started, () -> jobs.isClaimed(job.id(), claim));
        if (result.isPresent() && jobs.finish(claim, result.get())) {
            events.publishEvent(new JobEnded(job.id(), job.account()));
        }
    }
}
