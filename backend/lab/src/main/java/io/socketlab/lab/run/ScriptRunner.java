package io.socketlab.lab.run;

import io.socketlab.lab.run.ScriptPlan.Turn;
import io.socketlab.lab.script.Position;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import io.socketlab.lab.script.Statement;
import io.socketlab.lab.script.Step;
import io.socketlab.lab.script.Timing;
import io.socketlab.lab.script.Who;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Puts a whole script into a run, as the lines of input that somebody would have typed: so the run
 * can be replayed from its inputs like any other.
 *
 * <p>A line is issued once the one before it has been issued and has returned or blocked, or at its
 * time. A line whose task is still in a call waits for that; the lines of other tasks go on
 * meanwhile. A program makes its calls as its task becomes free. A time with {@code +} counts from
 * when the step before was issued; if that waits and the network has become quiet, from then. At
 * the end the network runs until nothing is left to happen.
 */
public final class ScriptRunner {

    /** A line of the script, or a program in it, and when it was issued. */
    private static final class Line {
        private final Item item;
        private final OptionalLong delayAfterBefore;
        private final Optional<Line> before;
        private OptionalLong issuedAt = OptionalLong.empty();

        Line(Item item, OptionalLong delayAfterBefore, Optional<Line> before) {
            this.item = item;
            this.delayAfterBefore = delayAfterBefore;
            this.before = before;
        }

        /** When it may be issued, its task permitting; empty while that is not known. */
        OptionalLong due() {
            if (delayAfterBefore.isEmpty() || before.isEmpty()) return OptionalLong.of(0);
            OptionalLong base = before.get().issuedAt;
            return base.isEmpty()
                    ? base
                    : OptionalLong.of(base.getAsLong() + delayAfterBefore.getAsLong());
        }

        Who who() {
            return item.who();
        }

        String task() {
            return who().toString();
        }
    }

    /** What a task is to do when its turn comes. */
    sealed interface Item {

        Who who();

        record Call(ScriptLine line) implements Item {
            @Override
            public Who who() {
                return line.planned().who();
            }
        }

        record Program(Position position, Who who, List<Statement> body) implements Item {}
    }

    private final LabRun run;
    private final ReturnCheck check;
    private final RunningPrograms programs;

    /** Lines that have come to their turn and wait for their task, in the script's order. */
    private final List<Line> waiting = new ArrayList<>();

    /** The step before: its line, if it was a call, and else when it was over. */
    private Optional<Line> before = Optional.empty();

    private long beforeAt;

    private ScriptRunner(LabRun run, Source source) {
        this.run = run;
        this.check = new ReturnCheck(run);
        this.programs = new RunningPrograms(run, source, check);
        this.beforeAt = run.now();
    }

    /**
     * Runs a script with the parameters of the run's seed filled in, to its end and on until
     * nothing is left to happen or the run is at a limit.
     *
     * @throws ScriptException if something in it cannot be understood or done; then nothing has run
     */
    public static ScriptResult run(LabRun run, Source text) {
        ScriptPlan plan =
                ScriptPlan.of(
                        text.with(run.parameters()::fill),
                        run.hands(),
                        run.lab().predictions(),
                        run.lab().files(),
                        run.octets());
        return new ScriptRunner(run, plan.source()).run(plan.turns());
    }

    private ScriptResult run(List<Turn> turns) {
        turns.forEach(this::say);
        run.skipMoments();
        for (Turn turn : turns) {
            switch (turn) {
                case Turn.Call(var step, var line) -> line(step, new Item.Call(line));
                case Turn.Program(var step, var item) -> line(step, item);
                case Turn.Shell(var step, var command) -> ofNoTask(step, command.line());
                case Turn.Disturb(var step, var line) -> disturb(step, line);
                case Turn.Exec(var step, var line) -> exec(step, line);
                case Turn.Predict _ -> {} // said already
                case Turn.Quiet(var step) -> quiet(step);
            }
        }
        while (progress()) {}
        waiting.forEach(this::neverIssued);
        while (run.nextAt().orElse(Long.MAX_VALUE) <= run.limits().virtualNanos()
                && !run.limitReached()) {
            run.input("run");
        }
        run.programs().finish();
        return check.result();
    }

    /** What is said beforehand comes first, as nobody is there to be asked on the way. */
    private void say(Turn turn) {
        if (turn instanceof Turn.Predict(var line)) run.input(line);
    }

    private void neverIssued(Line line) {
        switch (line.item) {
            case Item.Call(var script) -> check.neverIssued(script);
            case Item.Program(var at, var who, _) -> check.neverBegun(at, who);
        }
    }

    private void line(Step step, Item item) {
        String task = item.who().toString();
        boolean ownTaskHolds =
                before.filter(b -> b.task().equals(task) && b.issuedAt.isEmpty()).isPresent();
        if (!ownTaskHolds) awaitTime(step);
        var line = new Line(item, ownTaskHolds ? delay(step) : OptionalLong.empty(), before);
        waiting.add(line);
        before = Optional.of(line);
        issueWhatCan();
    }

    /** What takes no time and waits for no task. */
    private void ofNoTask(Step step, String line) {
        awaitTime(step);
        if (!run.limitReached()) run.input(line);
        before = Optional.empty();
        beforeAt = run.now();
    }

    private void disturb(Step step, String line) {
        try {
            awaitTime(step);
            check.settle();
            ofNoTask(step, line);
        } catch (ScriptException e) {
            check.impossible(step.position(), line, e);
        }
    }

    private void exec(Step step, String line) {
        try {
            ofNoTask(step, line);
        } catch (ScriptException e) {
            check.impossible(step.position(), line, e);
        }
    }

    private void quiet(Step step) {
        awaitTime(step);
        becomeQuiet();
        before = Optional.empty();
        beforeAt = run.now();
    }

    private static OptionalLong delay(Step step) {
        return step.time().orElse(null) instanceof Timing.After after
                ? OptionalLong.of(after.nanos())
                : OptionalLong.empty();
    }

    /** Lets time run until a step's turn. */
    private void awaitTime(Step step) {
        if (step.time().orElse(null) instanceof Timing.At at) advanceTo(at.nanos());
        OptionalLong delay = delay(step);
        if (delay.isEmpty()) return;
        while (before.isPresent() && isWorthWaitingFor(before.get()) && progress()) {}
        long base = before.isEmpty() ? beforeAt : before.get().issuedAt.orElse(run.now());
        advanceTo(base + delay.getAsLong());
    }

    /**
     * A line that waits for a time will come; one that waits for the network may need what comes
     * after it.
     */
    private boolean isWorthWaitingFor(Line line) {
        Who who = line.who();
        boolean waitsForTime = !run.board().isBlocked(who) || run.board().isSleeping(who);
        return line.issuedAt.isEmpty() && (waitsForTime || !run.isQuiet());
    }

    private void advanceTo(long at) {
        issueWhatCan();
        while (run.now() < at && !run.limitReached()) {
            if (isIdle()) {
                run.input("run until " + at + "ns");
            } else {
                run.input("step call until " + Math.min(at, nextDue().orElse(at)) + "ns");
            }
            issueWhatCan();
        }
    }

    /** As {@code run}, but lines that wait are issued as their tasks become free. */
    private void becomeQuiet() {
        issueWhatCan();
        while (!run.limitReached()) {
            long next =
                    Math.min(run.nextAt().orElse(Long.MAX_VALUE), nextDue().orElse(Long.MAX_VALUE));
            if (next > run.now() + Driver.QUIET_NANOS) return;
            run.input(isIdle() ? "run" : "step call until " + next + "ns");
            issueWhatCan();
        }
    }

    /**
     * Lets time run until a line that waits may be issued, and issues it; answers whether there is
     * hope for more.
     */
    private boolean progress() {
        issueWhatCan();
        if (isIdle() || run.limitReached()) return false;
        OptionalLong due = nextDue();
        if (due.isEmpty() && run.nextAt().isEmpty()) return false;
        run.input(due.isEmpty() ? "step call" : "step call until " + due.getAsLong() + "ns");
        issueWhatCan();
        return true;
    }

    /** Whether nothing that the script says is still to be done. */
    private boolean isIdle() {
        return waiting.isEmpty() && programs.areOver();
    }

    /** When the first of the lines that wait for nothing but their time is due. */
    private OptionalLong nextDue() {
        OptionalLong next = OptionalLong.empty();
        for (Line line : free()) {
            OptionalLong due = line.due();
            if (due.isEmpty()) continue;
            if (next.isEmpty() || due.getAsLong() < next.getAsLong()) next = due;
        }
        return next;
    }

    private void issueWhatCan() {
        while (!run.limitReached()) {
            if (programs.makeCall()) continue;
            Line ready = ready();
            if (ready == null) return;
            issue(ready);
        }
    }

    private @Nullable Line ready() {
        for (Line line : free()) {
            if (line.due().orElse(Long.MAX_VALUE) <= run.now()) return line;
        }
        return null;
    }

    /** The first line of each task that is there and in no call. */
    private List<Line> free() {
        if (waiting.isEmpty()) return List.of(); // as mostly: asked before and after each event
        var seen = new HashSet<String>();
        var free = new ArrayList<Line>();
        for (Line line : waiting) {
            Who who = line.who();
            if (seen.add(line.task()) && run.isFree(who) && !programs.has(who)) free.add(line);
        }
        return free;
    }

    private void issue(Line line) {
        waiting.remove(line);
        line.issuedAt = OptionalLong.of(run.now());
        switch (line.item) {
            case Item.Call(var script) -> {
                check.beforeIssuing(script);
                run.input(script.planned().line());
            }
            case Item.Program(_, var who, var body) -> programs.start(who, body);
        }
    }
}
