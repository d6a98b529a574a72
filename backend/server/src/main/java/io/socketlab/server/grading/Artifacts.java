package io.socketlab.server.grading;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.capture.Capture;
import io.socketlab.lab.capture.FrameLog;
import io.socketlab.lab.grade.InputLog;
import io.socketlab.lab.grade.ProgramAnswer;
import io.socketlab.lab.grade.ResultDocument;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.ProgramRunner;
import io.socketlab.lab.run.ScriptRunner;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import io.socketlab.server.lab.Labs;
import io.socketlab.server.web.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Trace and capture of what was graded, made by running it again when somebody asks for them. */
@Service
class Artifacts {

    private static final long MOST_OCTETS = 32L << 20;

    private final Labs labs;
    private final JobStore store;
    private final JsonMapper json;
    private final Semaphore places;

    Artifacts(Labs labs, JobStore store, JsonMapper json, GradingProperties limits) {
        this.labs = labs;
        this.store = store;
        this.json = json;
        this.places = new Semaphore(limits.lanes(), true);
    }

    /** The document with the addresses of its artifacts. */
    static ResultDocument named(ResultDocument document, UUID job) {
        if (document.traceHash().isEmpty()) return document;
        var artifacts = new LinkedHashMap<>(document.artifacts());
        artifacts.put("trace", JobView.path(job) + "/trace.jsonl");
        artifacts.put("pcapng", JobView.path(job) + "/capture.pcapng");
        return document.withArtifacts(artifacts);
    }

    /**
     * What happened.
     *
     * @throws ProblemException if nothing did, or the lab is gone
     */
    List<TraceEvent> trace(Job job) {
        Lab lab = lab(job);
        return inPlace(
                job,
                () -> {
                    LabRun run = LabRun.start(lab, seed(job));
                    go(run, job);
                    return List.copyOf(run.events());
                });
    }

    /**
     * The frames.
     *
     * @throws ProblemException if nothing happened, or the lab is gone
     * @throws io.socketlab.lab.capture.CaptureTooLargeException if there are too many
     */
    Capture capture(Job job) {
        Lab lab = lab(job);
        return inPlace(
                job,
                () -> {
                    FrameLog frames = FrameLog.limitedTo(MOST_OCTETS);
                    LabRun run = LabRun.captured(lab, seed(job), frames);
                    go(run, job);
                    return Capture.of(run, frames);
                });
    }

    /** That of the result: of several seeds that were graded, the worst. */
    private long seed(Job job) {
        return store.result(job.id())
                .map(result -> json.readTree(result.document()).path("seed_id").asLong(0))
                .filter(seed -> seed > 0)
                .orElse(job.seed());
    }

    private static void go(LabRun run, Job job) {
        switch (job.kind()) {
            case SCRIPT -> ScriptRunner.run(run, Source.of("script", job.answer()));
            case LOG ->
                    InputLog.parse("log", job.answer()).entries().stream()
                            .takeWhile(_ -> !run.limitReached())
                            .forEach(entry -> run.input(entry.line()));
            case PROGRAM -> {
                ProgramRunner.start(run, ProgramAnswer.parse(job.answer()).lines(run.parameters()));
                ProgramRunner.finish(run);
            }
            case VERIFICATION -> throw noRun(job);
        }
    }

    private <T> T inPlace(Job job, Supplier<T> work) {
        places.acquireUninterruptibly();
        try {
            return work.get();
        } catch (ScriptException e) {
            throw noRun(job);
        } finally {
            places.release();
        }
    }

    private Lab lab(Job job) {
        Lab lab = labs.find(job.lab(), job.revision()).orElseThrow(() -> noRun(job));
        return job.kind() == JobKind.PROGRAM ? ProgramAnswer.parse(job.answer()).lab(lab) : lab;
    }

    private static ProblemException noRun(Job job) {
        return new ProblemException(
                HttpStatus.NOT_FOUND,
                "no-run",
                "No run",
                "Job %s has not made a run that could be shown.".formatted(job.id()));
    }
}
