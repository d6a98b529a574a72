package io.socketlab.server.run;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.socketlab.lab.grade.Comparison;
import io.socketlab.server.web.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/**
 * Where hand-ins part from a solution, as students may see it. Each comparison tells one line of a
 * solution, so that whoever asks often enough could copy it: only what has been handed in is
 * compared, and so many of it in an hour. To look at one again costs nothing.
 */
@Service
class Comparisons {

    private static final long REMEMBERED = 10_000;
    private static final Duration HOUR = Duration.ofHours(1);

    private record Key(UUID run, int n) {}

    private final BenchRegistry benches;
    private final int perHour;
    private final Cache<Key, Optional<Comparison>> told =
            Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterAccess(HOUR).build();
    private final Cache<UUID, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterAccess(HOUR).build();

    Comparisons(BenchRegistry benches, ComparisonProperties properties) {
        this.benches = benches;
        this.perHour = properties.perHour();
    }

    /**
     * Empty if the lab has no solution.
     *
     * @throws ProblemException if the run's owner has asked too often, or it is an exam
     */
    Optional<Comparison> of(Run run, Submission submission) {
        if (benches.hidesChecks(run)) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "scores-hidden",
                    "Scores are not shown",
                    "This assignment shows no scores, and a comparison would tell one.");
        }
        return told.get(
                new Key(run.id(), submission.n()),
                _ -> {
                    pay(run.accountId());
                    return compare(run, submission);
                });
    }

    private Optional<Comparison> compare(Run run, Submission submission) {
        return benches.bench(run)
                .with(world -> benches.compute(() -> world.compare(submission.lastSeq())))
                .map(Comparison::forStudent);
    }

    private void pay(UUID account) {
        ConsumptionProbe probe =
                buckets.get(account, _ -> bucket()).tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) return;
        long minutes = 1 + Duration.ofNanos(probe.getNanosToWaitForRefill()).toMinutes();
        throw new ProblemException(
                HttpStatus.TOO_MANY_REQUESTS,
                "too-many-comparisons",
                "Too many comparisons",
                ("A comparison tells a line of a solution, so there are %d in an hour. The next is yours in %d min;"
                                + " until then the checks say what is missing.")
                        .formatted(perHour, minutes));
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perHour).refillGreedy(perHour, HOUR))
                .build();
    }
}
