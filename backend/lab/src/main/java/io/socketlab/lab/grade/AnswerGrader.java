package io.socketlab.lab.grade;

import io.socketlab.lab.model.Lab;
import io.socketlab.lab.remark.Remark;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.ProgramRunner;
import io.socketlab.lab.run.StopSign;
import io.socketlab.lab.script.Position;
import io.socketlab.lab.script.ScriptException;
import java.lang.System.Logger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Supplier;

/**
 * From what was handed in to a result, and there always is one: what goes wrong on our side is
 * {@link io.socketlab.lab.check.Verdict#ERROR}, and what cannot be understood says where.
 */
public final class AnswerGrader {

    private static final Logger LOG = System.getLogger(AnswerGrader.class.getName());

    private static final String OUR_FAULT =
            "Grading failed. That is our fault, has been logged, and costs you nothing.";

    private final Lab lab;
    private final long seed;
    private final boolean hashes;

    /**
     * @param seed one of the lab's pool, from 1
     */
    public AnswerGrader(Lab lab, long seed) {
        this(lab, seed, true);
    }

    /**
     * @param hashes whether a result has the hash of its trace, which is a good part of what it
     *     takes; without it, that is empty
     */
    AnswerGrader(Lab lab, long seed, boolean hashes) {
        this.lab = lab;
        this.seed = seed;
        this.hashes = hashes;
    }

    /**
     * Runs and judges it, within the limits of the lab.
     *
     * @throws StopSign.StoppedException if it was stopped
     */
    public ResultDocument grade(Answer answer) {
        return grade(() ->
                switch (answer) {
                    case Answer.Script(String file, String text) ->
                            ScriptGrader.grade(lab, seed, file, text, hashes);
                    case Answer.Recorded(InputLog log) -> replay(log);
                    case Answer.Programs(ProgramAnswer programs) -> run(programs.in(lab));
                });
    }

    /** Likewise of programs that are run with other seeds, too. */
    ResultDocument grade(ProgramAnswer.Ready programs) {
        return grade(() -> run(programs));
    }

    private ResultDocument grade(Supplier<ResultDocument> grading) {
        try {
            return grading.get();
        } catch (ScriptException e) {
            return unreadable(e);
        } catch (StopSign.StoppedException e) {
            throw e; // not a failure, and nobody waits
        } catch (RuntimeException | StackOverflowError e) {
            LOG.log(Logger.Level.ERROR, "grading lab " + lab.id() + " failed", e);
            return new Grader(lab).failure(seed, OUR_FAULT);
        }
    }

    /** The result of what could not even be read. */
    public ResultDocument unreadable(ScriptException e) {
        return new Grader(lab).unreadable(seed, e);
    }

    /** The result of programs that cannot be compiled. */
    public ResultDocument unreadable(BrokenSourceException e) {
        return new Grader(lab).unreadable(seed, e.errors());
    }

    private ResultDocument replay(InputLog log) {
        LabRun run = LabRun.start(lab, seed);
        Optional<HashAhead> hash = hash(run);
        ProgramThread.with(log.entries().stream().map(InputLog.Entry::line), () -> put(log, run));
        return judge(run, hash, List.of());
    }

    private static LabRun put(InputLog log, LabRun run) {
        for (InputLog.Entry entry : log.entries()) {
            if (run.limitReached()) break; // it says so in the result
            try {
                run.input(entry.line());
            } catch (ScriptException e) {
                throw new ScriptException(
                        log.file(), new Position(entry.row(), e.column()), e.problem());
            }
        }
        return run;
    }

    private ResultDocument run(ProgramAnswer.Ready programs) {
        LabRun run = LabRun.start(programs.lab(), seed);
        Optional<HashAhead> hash = hash(run);
        ProgramThread.with(() -> ran(run, programs));
        return judge(run, hash, programs.changed()).withPrograms(programs.told());
    }

    private static LabRun ran(LabRun run, ProgramAnswer.Ready programs) {
        run.between(ProgramThread.pausing());
        try {
            ProgramRunner.start(run, programs.lines(run.parameters()));
            ProgramRunner.finish(run);
        } catch (StopSign.StoppedException e) {
            ProgramRunner.stop(run);
            throw e;
        }
        return run;
    }

    /**
     * Runs programs again with transfers cut short and calls interrupted, and adds what comes of
     * that to a result. It takes several runs.
     */
    public ResultDocument probed(ResultDocument result, ProgramAnswer programs) {
        try {
            return result.withRemarks(Fragility.of(programs, lab, seed));
        } catch (StopSign.StoppedException e) {
            throw e;
        } catch (ScriptException e) {
            return result; // the result says so
        } catch (RuntimeException | StackOverflowError e) {
            LOG.log(Logger.Level.ERROR, "probing programs of lab " + lab.id() + " failed", e);
            return result;
        }
    }

    private Optional<HashAhead> hash(LabRun run) {
        return hashes ? Optional.of(HashAhead.of(run)) : Optional.empty();
    }

    /** Remarks have to do with no check, and are made out meanwhile where a processor is free. */
    private ResultDocument judge(LabRun run, Optional<HashAhead> hash, List<Remark> first) {
        ForkJoinTask<List<Remark>> remarks =
                ForkJoinTask.adapt(() -> ProgramRunner.remarks(run)).fork();
        return ScriptGrader.hashed(hash, () -> judged(run))
                .withRemarks(first)
                .withRemarks(remarks.join());
    }

    private ResultDocument judged(LabRun run) {
        return new Grader(lab)
                .grade(
                        new CompletedRun(
                                seed,
                                run.events(),
                                "",
                                run.predictions(),
                                List.of(),
                                run.limitMessage()));
    }
}
