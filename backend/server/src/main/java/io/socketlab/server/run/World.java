package io.socketlab.server.run;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.grade.Comparison;
import io.socketlab.lab.grade.CompletedRun;
import io.socketlab.lab.grade.Grader;
import io.socketlab.lab.grade.ResultDocument;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.Prediction;
import io.socketlab.lab.run.CutLog;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.ProgramRunner;
import io.socketlab.lab.run.Reply;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.server.run.InputOutcome.Accepted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a bench has in memory: the simulated network and where its input log stands. */
final class World {

    /** A line of the log and what came of it. */
    record Done(String line, Accepted accepted) {}

    private final Lab lab;
    private final LabRun run;
    private final Map<String, Done> byClientId = new HashMap<>();
    private int inputs;
    private @Nullable String readOnly;
    private @Nullable String divergence;

    private World(Lab lab, long seed, Runnable between) {
        this.lab = lab;
        this.run = LabRun.start(lab, seed);
        run.between(between);
    }

    /**
     * The world of a run, made anew from its log. If it comes out otherwise than it was, it is
     * read-only and says so.
     *
     * @param between done between any two events of it, now and later
     * @throws IllegalArgumentException if the lab makes no network of the seed
     */
    static World replay(Lab lab, Run run, List<LoggedInput> log, Runnable between) {
        var world = new World(lab, run.seed(), between);
        for (LoggedInput input : log) world.replay(run, input);
        world.inputs = log.size();
        if (world.readOnly == null && lab.revision() != run.labRevision()) {
            world.readOnly =
                    "The lab has been revised since this run was begun (%d, then %d). Start over to work on the new one."
                            .formatted(lab.revision(), run.labRevision());
        }
        return world;
    }

    private void replay(Run run, LoggedInput input) {
        if (readOnly != null) return;
        try {
            logged(input.clientId(), input.line(), execute(input.line()));
            if (traceHash().equals(input.traceHash())) return;
        } catch (ScriptException e) {
            // it could be understood then
        }
        readOnly = changed(run, input);
        divergence =
                "From input " + input.n() + " on, " + input.line() + ", it goes differently now.";
    }

    /** Where it goes otherwise than it did when it was made, as a sentence. */
    Optional<String> divergence() {
        return Optional.ofNullable(divergence);
    }

    private static String changed(Run run, LoggedInput input) {
        return "SocketLab has changed since this run was made (by "
                + run.engine()
                + "). From input "
                + input.n()
                + " on, "
                + input.line()
                + ", it would go differently today, so it can be looked at up to there but not"
                + " continued. Your submissions stand. Start over to go on.";
    }

    /**
     * Does a line, which is not in the log yet.
     *
     * @throws ScriptException if it cannot be understood; then nothing has changed
     */
    Reply execute(String line) {
        return run.input(line);
    }

    /** The line just done is in the log now. */
    Accepted logged(String clientId, String line, Reply reply) {
        inputs++;
        var accepted = new Accepted(inputs, reply.lastSeq(), run.now(), run.nextAt(), reply.text());
        byClientId.put(clientId, new Done(line, accepted));
        return accepted;
    }

    /**
     * How another run is to begin.
     *
     * @param lastSeq the number of its last event
     */
    record Beginning(List<LoggedInput> log, int lastSeq) {
        Beginning {
            log = List.copyOf(log);
        }
    }

    /**
     * The log that makes a run of its own as this one was at an event. What this one has halted to
     * ask is answered there as it was here: the answer is known.
     */
    Beginning beginning(int seq, Instant now) {
        LabRun other = LabRun.start(lab, run.seed());
        var log = new ArrayList<LoggedInput>();
        List<String> kept = CutLog.at(lab, run.seed(), run.inputs(), seq);
        for (String line : Stream.concat(answersNotIn(kept), kept.stream()).toList()) {
            String logged = other.input(line).line();
            int n = log.size() + 1;
            log.add(new LoggedInput(n, logged, "fork-" + n, other.traceHash(), now));
        }
        return new Beginning(log, other.events().size());
    }

    private Stream<String> answersNotIn(List<String> kept) {
        Map<String, String> said = said();
        return lab.predictions().stream()
                .filter(Prediction::halts)
                .map(Prediction::id)
                .flatMap(id -> {
                    if (run.skipped().contains(id)) return Stream.of("skip " + id);
                    return Stream.ofNullable(said.get(id)).map(v -> "predict " + id + " " + v);
                })
                .filter(line -> !kept.contains(line));
    }

    /** What another is held against. */
    Comparison.Recorded recorded() {
        return new Comparison.Recorded(List.copyOf(run.events()), Map.copyOf(run.predictions()));
    }

    Optional<Done> done(String clientId) {
        return Optional.ofNullable(byClientId.get(clientId));
    }

    Optional<String> readOnly() {
        return Optional.ofNullable(readOnly);
    }

    int inputs() {
        return inputs;
    }

    /** The lines that make it what it is. */
    List<String> lines() {
        return run.inputs();
    }

    String traceHash() {
        return run.traceHash();
    }

    /** What has happened; grows. */
    List<TraceEvent> events() {
        return run.events();
    }

    BenchState state() {
        return new BenchState(
                run.events().size(),
                inputs,
                run.now(),
                run.nextAt(),
                run.hosts(),
                run.tasks(),
                foretold(),
                readOnly());
    }

    private Foretold foretold() {
        int event = run.events().size();
        return new Foretold(
                !run.hasBegun(),
                said(),
                run.asked().map(p -> new Foretold.Asked(p.id(), event, p.mayBeSkipped())));
    }

    private Map<String, String> said() {
        var said = new LinkedHashMap<String, String>();
        run.predictions().forEach((id, value) -> said.put(id, value.toString()));
        return said;
    }

    /** Beside the nearest of the lab's solutions; empty if it has none. */
    Optional<Comparison> compare(int lastSeq) {
        int end = Math.min(lastSeq, run.events().size());
        return Comparison.withSolutions(
                lab, run.seed(), run.events().subList(0, end), run.predictions());
    }

    /** Judges the run as it stands. */
    ResultDocument grade() {
        return new Grader(lab)
                .grade(
                        new CompletedRun(
                                run.seed(),
                                run.events(),
                                run.traceHash(),
                                run.predictions(),
                                List.of(),
                                run.limitMessage()))
                .withRemarks(ProgramRunner.remarks(run));
    }
}
