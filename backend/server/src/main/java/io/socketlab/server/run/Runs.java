package io.socketlab.server.run;

import io.socketlab.lab.grade.Engine;
import io.socketlab.lab.grade.ResultDocument;
import io.socketlab.lab.grade.ResultFormat;
import io.socketlab.lab.model.Lab;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.lab.Labs;
import io.socketlab.server.web.DatabaseTime;
import io.socketlab.server.web.Problem;
import io.socketlab.server.web.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntToLongFunction;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** Beginning runs, finding one's own, and handing them in. */
@Service
public class Runs {

    private static final int ATTEMPTS = 5;

    private final RunStore store;
    private final SubmissionStore submissions;
    private final BenchRegistry benches;
    private final Seeds seeds;
    private final Labs labs;
    private final RunRules rules;
    private final Clock clock;

    Runs(
            RunStore store,
            SubmissionStore submissions,
            BenchRegistry benches,
            Seeds seeds,
            Labs labs,
            RunRules rules,
            Clock clock) {
        this.store = store;
        this.submissions = submissions;
        this.benches = benches;
        this.seeds = seeds;
        this.labs = labs;
        this.rules = rules;
        this.clock = clock;
    }

    /** The run that is open, or a first one; for no course. */
    Run open(UUID account, Lab lab) {
        return store.latest(account, lab.id(), Optional.empty())
                .orElseGet(() -> begin(account, lab));
    }

    /**
     * What a run is made for.
     *
     * @param secret of the course: seeds are drawn with it
     */
    public record Cause(UUID assignment, byte[] secret) {}

    /** The run that is open for an assignment, or a first one. */
    public Run open(UUID account, Lab lab, Cause cause) {
        return store.latest(account, lab.id(), Optional.of(cause.assignment()))
                .orElseGet(() -> begin(account, lab, cause));
    }

    /**
     * Another run for an assignment of a course of this student.
     *
     * @throws ProblemException if there is none that he may work on, or its lab is gone
     */
    public Run begin(SignedIn me, String assignment) {
        RunRules.Beginning beginning = rules.beginning(me, assignment);
        Lab lab =
                labs.find(beginning.lab())
                        .orElseThrow(() ->
                                new ProblemException(
                                        HttpStatus.NOT_FOUND,
                                        "unknown-lab",
                                        "Unknown lab",
                                        "The lab of this assignment is not here any more."));
        return begin(me.id(), lab, beginning.cause());
    }

    /** Another run for an assignment; the ones before stay as they are. */
    public Run begin(UUID account, Lab lab, Cause cause) {
        return begin(
                account,
                lab,
                Optional.of(cause.assignment()),
                seedBy(cause.secret(), account, lab));
    }

    /** Another run; the ones before stay as they are. */
    public Run begin(UUID account, Lab lab) {
        return begin(account, lab, Optional.empty(), seedBy(seeds.serverSecret(), account, lab));
    }

    /**
     * Another run with a seed that was chosen, as an author does who tries his lab.
     *
     * @param seed one of the lab's pool
     */
    public Run begin(UUID account, Lab lab, long seed) {
        return begin(account, lab, Optional.empty(), _ -> seed);
    }

    private static IntToLongFunction seedBy(byte[] secret, UUID account, Lab lab) {
        return attempt -> Seeds.seed(secret, lab.variants(), account, lab.id(), attempt);
    }

    private Run begin(UUID account, Lab lab, Optional<UUID> assignment, IntToLongFunction seed) {
        for (int i = 0; i < ATTEMPTS; i++) {
            int attempt = store.attempts(account, lab.id()) + 1;
            Instant now = now();
            var run =
                    new Run(
                            UUID.randomUUID(),
                            account,
                            assignment,
                            lab.id(),
                            lab.revision(),
                            attempt,
                            Branch.TRUNK,
                            seed.applyAsLong(attempt),
                            Engine.version(),
                            lab.title().text(),
                            now,
                            now);
            try {
                store.add(run);
                return run;
            } catch (DuplicateKeyException e) {
                // two clicks at once: the other one has this number
            }
        }
        throw new IllegalStateException("no attempt could be begun for " + lab.id());
    }

    private Instant now() {
        return DatabaseTime.now(clock);
    }

    /**
     * A run that this account may look at: its own, others' where their lab allows it to whoever
     * has the link, and those of students whose course it teaches.
     */
    public Optional<Run> readable(UUID account, UUID id) {
        return store.find(id)
                .filter(run ->
                        run.accountId().equals(account)
                                || isShared(run)
                                || rules.mayLook(account, run));
    }

    /** A run whose results this account may see: its own, and those of students it teaches. */
    Optional<Run> work(UUID account, UUID id) {
        return store.find(id).filter(run -> seesWork(account, run));
    }

    /** Whether the run is this account's own, or that of a student whom it teaches. */
    public boolean seesWork(UUID account, Run run) {
        return run.accountId().equals(account) || rules.mayLook(account, run);
    }

    /** What nobody has published yet is its author's alone. */
    private boolean isShared(Run run) {
        if (run.isTrial()) return false;
        return labs.find(run.labId(), run.labRevision())
                .filter(found -> found.student().shared())
                .isPresent();
    }

    /** A run of this account; others' are not there. */
    public Optional<Run> find(UUID account, UUID id) {
        return store.find(id).filter(run -> run.accountId().equals(account));
    }

    /**
     * One's own run, by its id as a program writes it.
     *
     * @throws ProblemException if there is none, or it is beyond the course of the token
     */
    public Run mine(SignedIn me, String id) {
        return inReach(me, find(me.id(), uuid(id)).orElseThrow(() -> unknown(id)));
    }

    /**
     * A run that was found.
     *
     * @throws ProblemException if whoever asks has a token of a course that it is not of
     */
    private Run inReach(SignedIn me, Run run) {
        Problem.checkReach(me, rules.course(run));
        return run;
    }

    /**
     * One that somebody may look at, likewise.
     *
     * @throws ProblemException if there is none, or it is beyond the course of the token
     */
    Run readable(SignedIn me, String id) {
        return inReach(me, readable(me.id(), uuid(id)).orElseThrow(() -> unknown(id)));
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw unknown(id);
        }
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(
                HttpStatus.NOT_FOUND, "unknown-run", "Unknown run", "You have no run " + id + ".");
    }

    /** The number of a run's last event. */
    public int lastEvent(Run run) {
        return benches.bench(run).state().lastSeq();
    }

    /** What everybody used last of his runs for an assignment. */
    public List<Run> lastOf(UUID assignment) {
        return store.lastOf(assignment);
    }

    /** All branches of the same attempt, the oldest first. */
    List<Run> family(Run run) {
        return store.family(run);
    }

    /** This account's runs, the last used first. */
    public List<Run> of(UUID account) {
        return store.of(account);
    }

    /**
     * Somebody's runs before a point in their list, the last begun first; of his token's course
     * alone, if it is bound to one.
     */
    public List<Run> before(SignedIn me, Instant created, UUID id, int limit) {
        return me.boundTo()
                .map(course -> store.before(me.id(), rules.assignments(course), created, id, limit))
                .orElseGet(() -> store.before(me.id(), created, id, limit));
    }

    /** What has been put in, in order. */
    public List<String> lines(Run run) {
        return store.inputs(run.id()).stream().map(LoggedInput::line).toList();
    }

    /** Judges the run as it stands, and keeps the result. */
    Submission submit(Run run) {
        Instant now = now();
        return benches.bench(run)
                .with(world -> {
                    ResultDocument result = benches.grade(run, world);
                    var submission = submission(run, world, result, now);
                    submissions.add(submission);
                    return submission;
                });
    }

    private Submission submission(Run run, World world, ResultDocument result, Instant now) {
        return new Submission(
                run.id(),
                submissions.count(run.id()) + 1,
                world.inputs(),
                world.events().size(),
                world.traceHash(),
                result.score(),
                result.maxScore(),
                result.verdict().name(),
                ResultFormat.JSON.write(result),
                now);
    }
}
