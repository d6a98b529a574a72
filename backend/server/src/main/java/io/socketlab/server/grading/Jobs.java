package io.socketlab.server.grading;

import io.socketlab.lab.grade.ResultDocument;
import io.socketlab.lab.grade.ResultFormat;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.run.RunRules;
import io.socketlab.server.run.Runs;
import io.socketlab.server.run.ShownResults;
import io.socketlab.server.web.Cursor;
import io.socketlab.server.web.Problem;
import io.socketlab.server.web.ProblemException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Service;

/** One's jobs, and how they are answered with. */
@Service
class Jobs {

    private static final int LONGEST_WAIT = 30;
    private static final Duration FIRST_LOOK = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    private final JobStore store;
    private final JobLists lists;
    private final GradingStatistics statistics;
    private final Runs runs;
    private final RunRules rules;
    private final ShownResults shown;

    Jobs(
            JobStore store,
            JobLists lists,
            GradingStatistics statistics,
            Runs runs,
            RunRules rules,
            ShownResults shown) {
        this.store = store;
        this.lists = lists;
        this.statistics = statistics;
        this.runs = runs;
        this.rules = rules;
        this.shown = shown;
    }

    /**
     * One's own job, by its id as a program writes it; others' are not there.
     *
     * @throws ProblemException if there is none, or it is beyond the course of the token
     */
    Job mine(SignedIn me, String id) {
        try {
            Job mine =
                    store.find(UUID.fromString(id))
                            .filter(job -> job.account().equals(me.id()))
                            .orElseThrow(() -> unknown(id));
            checkReach(me, List.of(mine));
            return mine;
        } catch (IllegalArgumentException e) {
            throw unknown(id);
        }
    }

    /**
     * Sees to it that a token of a course gets jobs of this course alone.
     *
     * @throws ProblemException if one of them is beyond it
     */
    void checkReach(SignedIn me, List<Job> jobs) {
        if (me.boundTo().isEmpty()) return;
        jobs.stream()
                .map(Job::attempt)
                .distinct()
                .forEach(attempt ->
                        Problem.checkReach(
                                me,
                                attempt.flatMap(id -> runs.find(me.id(), id))
                                        .flatMap(rules::course)));
    }

    /**
     * Somebody's jobs before a point in their list, the last handed in first; of his token's course
     * alone, if it is bound to one.
     */
    List<Job> before(SignedIn me, Cursor place, int limit) {
        return me.boundTo()
                .map(course -> lists.before(me.id(), rules.assignments(course), place, limit))
                .orElseGet(() -> lists.before(me.id(), place, limit));
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND, "unknown-job", "Unknown job", "You have no job " + id + ".");
    }

    /** A job, with when it will be done. */
    JobView view(Job job) {
        return JobView.of(
                job,
                statistics.estimate(job),
                Optional.ofNullable(inShort(List.of(job)).get(job.id())));
    }

    /** What their owners may see of the results of jobs that are done. */
    private Map<UUID, JobView.ShortResult> inShort(List<Job> jobs) {
        Set<UUID> hidden =
                rules.hidden(
                        jobs.stream().flatMap(job -> job.attempt().stream()).distinct().toList());
        List<Job> shown =
                jobs.stream()
                        .filter(job -> job.phase() == Phase.DONE)
                        .filter(job -> job.attempt().filter(hidden::contains).isEmpty())
                        .toList();
        var results = new HashMap<>(store.inShort(shown.stream().map(Job::id).toList()));
        for (Job job : shown) {
            if (results.containsKey(job.id())) continue;
            document(job).ifPresent(seen -> results.put(job.id(), JobView.ShortResult.of(seen)));
        }
        return results;
    }

    /** Many jobs, without estimates. */
    List<JobView> views(List<Job> jobs) {
        Map<UUID, JobView.ShortResult> results = inShort(jobs);
        return jobs.stream()
                .map(job ->
                        JobView.of(
                                job, Optional.empty(), Optional.ofNullable(results.get(job.id()))))
                .toList();
    }

    /**
     * What a request is answered with that has made a job: 200 if the job is done within {@code
     * wait} seconds, else 202.
     *
     * @throws ProblemException if that is too long to wait
     */
    ResponseEntity<JobView> answer(Submissions.Made made, int wait) {
        checkWait(wait);
        await(made.id(), Duration.ofSeconds(wait));
        JobView view = view(store.find(made.id()).orElseThrow());
        var answer =
                ResponseEntity.status(view.phase().isEnd() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                        .location(URI.create(JobView.path(made.id())));
        if (made.again()) answer.header("Idempotency-Replayed", "true");
        if (!view.phase().isEnd()) answer.header(HttpHeaders.RETRY_AFTER, "1");
        return answer.body(view);
    }

    static void checkWait(int wait) {
        if (wait >= 0 && wait <= LONGEST_WAIT) return;
        throw new ProblemException(
                HttpStatus.BAD_REQUEST,
                "invalid-parameter",
                "Invalid parameter",
                "Parameter 'wait': expected 0 to %d seconds, found '%d'."
                        .formatted(LONGEST_WAIT, wait));
    }

    /** Any server may be grading it, so the database is looked at. */
    private void await(UUID job, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        Duration pause = FIRST_LOOK;
        while (System.nanoTime() - end < 0 && !store.phase(job).orElseThrow().isEnd()) {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        }
    }

    /**
     * A job's result in one of the formats, as its owner may see it.
     *
     * @throws ProblemException if it is not done, or there is no such format
     */
    ResponseEntity<String> result(Job job, String formatName) {
        ResultFormat format = format(formatName);
        JobResult result = store.result(job.id()).orElseThrow(() -> unfinished(job));
        if (job.kind() == JobKind.VERIFICATION) {
            return ResponseEntity.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(result.document());
        }
        String text = format.write(document(job, result).orElseThrow(() -> hidden(job)));
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(format.mediaType() + ";charset=UTF-8"))
                .eTag("\"" + job.id() + "-" + format + "\"")
                .body(text);
    }

    /** A job's result as its owner may see it; empty if there is none. */
    Optional<ResultDocument> document(Job job) {
        if (job.kind() == JobKind.VERIFICATION) return Optional.empty();
        return store.result(job.id()).flatMap(result -> document(job, result));
    }

    /** Empty where a course shows no scores. */
    private Optional<ResultDocument> document(Job job, JobResult result) {
        return job.attempt()
                .flatMap(run -> shown.of(run, result.document()))
                .map(document -> Artifacts.named(document, job.id()));
    }

    private static ProblemException hidden(Job job) {
        return new ProblemException(
                HttpStatus.FORBIDDEN,
                "scores-hidden",
                "Scores are not shown",
                "Job %s was handed in for an assignment that shows no scores.".formatted(job.id()));
    }

    private static ResultFormat format(String name) {
        return Arrays.stream(ResultFormat.values())
                .filter(f -> f.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> {
                    String known =
                            Arrays.stream(ResultFormat.values())
                                    .map(f -> f.name().toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining(", "));
                    return new ProblemException(
                            HttpStatus.BAD_REQUEST,
                            "invalid-parameter",
                            "Invalid parameter",
                            "Parameter 'format': expected one of %s, found '%s'."
                                    .formatted(known, name));
                });
    }

    private static ProblemException unfinished(Job job) {
        return new ProblemException(
                HttpStatus.CONFLICT,
                "not-done",
                "Not done",
                "Job %s has no result: it is %s.".formatted(job.id(), job.phase()));
    }
}
