package io.socketlab.server.grading;

import io.socketlab.lab.check.Verdict;
import io.socketlab.lab.grade.Answer;
import io.socketlab.lab.grade.AnswerGrader;
import io.socketlab.lab.grade.BrokenSourceException;
import io.socketlab.lab.grade.Engine;
import io.socketlab.lab.grade.InputLog;
import io.socketlab.lab.grade.ManySeeds;
import io.socketlab.lab.grade.ProgramAnswer;
import io.socketlab.lab.grade.ResultDocument;
import io.socketlab.lab.grade.ResultFormat;
import io.socketlab.lab.grade.Verifier;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.run.StopSign;
import io.socketlab.sandbox.compile.CompilerFailedException;
import io.socketlab.server.lab.Labs;
import io.socketlab.server.web.DatabaseTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * From a job to its result, within the time allowed. There is a result whatever happens, unless the
 * server dies.
 */
@Component
class JobGrader implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(JobGrader.class);

    private final Labs labs;
    private final GradingProperties limits;
    private final Clock clock;
    private final JsonMapper json;
    private final JobCompiler compiler;
    private final JobStore jobs;

    /** How often it is looked whether a job that takes long is still wanted. */
    private static final Duration LOOK = Duration.ofMillis(250);

    /** As many as processors. Who waits for a job has one; its thread may end a little later. */
    private final Semaphore places;

    /** Not virtual ones: grading never waits, and would keep requests from their turn. */
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().daemon().name("grader-", 0).factory());

    JobGrader(
            Labs labs,
            GradingProperties limits,
            Clock clock,
            JsonMapper json,
            JobCompiler compiler,
            JobStore jobs) {
        this.compiler = compiler;
        this.jobs = jobs;
        this.labs = labs;
        this.limits = limits;
        this.clock = clock;
        this.json = json;
        this.places = new Semaphore(limits.lanes());
    }

    /** What came of grading, without the times. */
    private record Outcome(
            String verdict,
            double score,
            double maxScore,
            boolean gradable,
            String traceHash,
            String document,
            boolean whole) {

        static Outcome of(ResultDocument result) {
            return new Outcome(
                    result.verdict().name(),
                    result.score(),
                    result.maxScore(),
                    result.gradable(),
                    result.traceHash(),
                    ResultFormat.JSON.write(result),
                    !result.holdsBack());
        }
    }

    /**
     * Grades a job. Whatever ends it, the next one can be graded when this returns.
     *
     * @param wanted asked now and then: whether somebody still waits for the result
     * @return empty if nobody does
     * @throws InterruptedException if the server stops: then there is no result
     */
    Optional<JobResult> grade(Job job, Instant started, BooleanSupplier wanted)
            throws InterruptedException {
        long begin = System.nanoTime();
        try {
            // it has no place meanwhile: others are graded
            Job compiled = compiler.compiled(job);
            if (!compiled.equals(job)) jobs.keepCompiled(compiled);
            return gradeCompiled(compiled, started, wanted);
        } catch (BrokenSourceException e) {
            return Optional.of(result(job, unreadable(job, e), started, System.nanoTime() - begin));
        } catch (CompilerFailedException e) {
            LOG.error("job {} cannot be compiled", job.id(), e);
            Outcome failed = failure(job, String.valueOf(e.getMessage()));
            return Optional.of(result(job, failed, started, System.nanoTime() - begin));
        }
    }

    private Optional<JobResult> gradeCompiled(Job job, Instant started, BooleanSupplier wanted)
            throws InterruptedException {
        places.acquire();
        long begin = System.nanoTime();
        var sign = new StopSign();
        Future<Outcome> work = threads.submit(() -> sign.over(() -> graded(job)));
        try {
            return await(work, begin, wanted)
                    .or(() -> isOver(begin) ? Optional.of(tooLong(job)) : Optional.empty())
                    .map(outcome -> result(job, outcome, started, System.nanoTime() - begin));
        } catch (ExecutionException e) {
            LOG.error("job {} failed", job.id(), e.getCause());
            Outcome failed = failure(job, "Grading failed.");
            return Optional.of(result(job, failed, started, System.nanoTime() - begin));
        } finally {
            sign.raise();
            places.release();
        }
    }

    /** Empty if the time is over, or nobody waits any more. */
    private Optional<Outcome> await(Future<Outcome> work, long begin, BooleanSupplier wanted)
            throws InterruptedException, ExecutionException {
        while (true) {
            long left = limits.timeout().toNanos() - (System.nanoTime() - begin);
            try {
                return Optional.of(work.get(Math.min(left, LOOK.toNanos()), TimeUnit.NANOSECONDS));
            } catch (TimeoutException e) {
                if (isOver(begin) || !wanted.getAsBoolean()) return Optional.empty();
            }
        }
    }

    private boolean isOver(long begin) {
        return System.nanoTime() - begin >= limits.timeout().toNanos();
    }

    private Outcome tooLong(Job job) {
        LOG.error("job {} takes longer than {}", job.id(), limits.timeout());
        return failure(job, "Grading took longer than " + limits.timeout().toSeconds() + " s.");
    }

    /** The result of a job that has been begun too often. */
    JobResult givenUp(Job job, Instant started) {
        LOG.error("job {} was begun {} times and never ended", job.id(), job.tries());
        return result(
                job, failure(job, "The server stopped each time it graded this."), started, 0);
    }

    private JobResult result(Job job, Outcome outcome, Instant started, long gradeNanos) {
        Duration waited = Duration.between(job.queued(), started);
        return new JobResult(
                job.id(),
                outcome.verdict,
                outcome.score,
                outcome.maxScore,
                outcome.gradable,
                outcome.traceHash,
                outcome.document,
                outcome.whole,
                Math.max(waited.toNanos(), 0),
                gradeNanos,
                DatabaseTime.now(clock));
    }

    private Outcome graded(Job job) {
        return labs.find(job.lab(), job.revision())
                .map(lab -> grade(job, lab))
                .orElseGet(() -> failure(job, "The lab is not here any more."));
    }

    private Outcome grade(Job job, Lab lab) {
        return answer(job)
                .map(answer -> graded(job, lab, answer))
                .orElseGet(() -> verified(lab, Long.parseLong(job.answer())));
    }

    /**
     * The result of a job with its lab, and the compiler, as they are now; empty if the lab is
     * gone, or it is no answer.
     *
     * @throws CompilerFailedException if it cannot be compiled now
     */
    Optional<ResultDocument> again(Job job) {
        return labs.find(job.lab()).flatMap(lab -> again(job, lab));
    }

    private Optional<ResultDocument> again(Job job, Lab lab) {
        try {
            return answer(compiler.compiled(job)).map(answer -> result(job, lab, answer));
        } catch (BrokenSourceException e) {
            return Optional.of(new AnswerGrader(lab, job.seed()).unreadable(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompilerFailedException("The server stops.");
        }
    }

    private Outcome unreadable(Job job, BrokenSourceException e) {
        return labs.find(job.lab(), job.revision())
                .map(lab -> Outcome.of(new AnswerGrader(lab, job.seed()).unreadable(e)))
                .orElseGet(() -> failure(job, "The lab is not here any more."));
    }

    private static Optional<Answer> answer(Job job) {
        return switch (job.kind()) {
            case SCRIPT -> Optional.of(new Answer.Script("script", job.answer()));
            case LOG -> Optional.of(new Answer.Recorded(InputLog.parse("log", job.answer())));
            case PROGRAM -> Optional.of(new Answer.Programs(ProgramAnswer.parse(job.answer())));
            case VERIFICATION -> Optional.empty();
        };
    }

    private static Outcome graded(Job job, Lab lab, Answer answer) {
        return Outcome.of(result(job, lab, answer));
    }

    /** Programs are graded with as many seeds as the lab says. */
    private static ResultDocument result(Job job, Lab lab, Answer answer) {
        if (answer instanceof Answer.Programs programs) {
            int seeds = lab.variants().programs();
            return new ManySeeds(lab, job.seed(), seeds).grade(programs);
        }
        return new AnswerGrader(lab, job.seed()).grade(answer);
    }

    private Outcome verified(Lab lab, long seeds) {
        Verifier.Report report = Verifier.verify(lab, seeds);
        Verdict verdict = report.isProven() ? Verdict.PASS : Verdict.FAIL;
        double score = report.isProven() ? 1 : 0;
        return new Outcome(
                verdict.name(), score, 1, true, "", json.writeValueAsString(report), true);
    }

    private Outcome failure(Job job, String what) {
        return Outcome.of(
                new ResultDocument(
                        0,
                        0,
                        false,
                        Verdict.ERROR,
                        "visible",
                        0,
                        "",
                        job.seed(),
                        new ResultDocument.LabReference(job.lab(), job.revision()),
                        Engine.version(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        what + " That is our fault, has been logged, and costs you nothing.",
                        Map.of()));
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}
