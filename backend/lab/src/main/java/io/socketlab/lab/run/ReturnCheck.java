package io.socketlab.lab.run;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.lab.run.ScriptResult.Difference;
import io.socketlab.lab.run.TaskBoard.Returned;
import io.socketlab.lab.script.BoundCall;
import io.socketlab.lab.script.Position;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Who;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds what calls return against what the script says. */
final class ReturnCheck {

    private final LabRun run;
    private final Map<String, ScriptLine> open = new LinkedHashMap<>();
    private final List<Difference> differences = new ArrayList<>();

    ReturnCheck(LabRun run) {
        this.run = run;
    }

    /** The task of {@code line} is about to make it: the line before is over. */
    void beforeIssuing(ScriptLine line) {
        ScriptLine over = open.put(line.task(), line);
        if (over != null) compare(over);
    }

    /** The run has come to its end before this line. */
    void neverIssued(ScriptLine line) {
        String waiting = run.board().lastLine(line.planned().who()).orElse("there is no such task");
        String actual =
                run.limitReached()
                        ? run.limitMessage().orElse("")
                        : ScriptResult.NEVER_MADE + waiting;
        differ(line, line.expected().map(Object::toString).orElse("to be made"), actual);
    }

    /** The run has come to its end before the program that begins at {@code position}. */
    void neverBegun(Position position, Who who) {
        String actual = run.board().lastLine(who).orElse("there is no such task");
        differences.add(
                new Difference(
                        position.line(), who + ": { … }", "to begin", "never begun: " + actual));
    }

    /** Tasks may be gone soon: what has returned by now is compared now. */
    void settle() {
        for (ScriptLine line : List.copyOf(open.values())) {
            if (run.board().isBlocked(line.planned().who())) continue;
            open.remove(line.task());
            compare(line);
        }
    }

    /** What was to be done to the network cannot be done as things stand. */
    void impossible(Position position, String line, ScriptException problem) {
        differences.add(new Difference(position.line(), line, "to be possible", problem.problem()));
    }

    /** A program cannot go on. */
    void stopped(Who who, ScriptException problem) {
        differences.add(
                new Difference(
                        problem.line(),
                        who + ": { … }",
                        "to go on",
                        "stopped at column " + problem.column() + ": " + problem.problem()));
    }

    ScriptResult result() {
        open.values().forEach(this::compare);
        open.clear();
        differences.sort(Comparator.comparingInt(Difference::line));
        return new ScriptResult(differences, run.limitMessage());
    }

    private void compare(ScriptLine line) {
        Optional<Returned> returned = run.board().lastReturn(line.planned().who());
        if (returned.isEmpty()) {
            line.expected()
                    .ifPresent(e ->
                            differ(
                                    line,
                                    e.toString(),
                                    run.board().lastLine(line.planned().who()).orElse("")));
            return;
        }
        if (differs(line, returned.get())) {
            differ(line, line.expected().orElseThrow().toString(), actual(returned.get()));
            return;
        }
        run.outcome(line.planned().who())
                .flatMap(outcome -> givenBack(line.planned().bound(), outcome))
                .ifPresent(d -> differ(line, d.expected(), d.actual()));
    }

    private static boolean differs(ScriptLine line, Returned returned) {
        if (line.result().isPresent() && line.result().getAsLong() != returned.result())
            return true;
        Optional<Errno> errno = line.expected().flatMap(e -> e.errno());
        return errno.isPresent() && !returned.errno().equals(Optional.of(errno.get().name()));
    }

    private static String actual(Returned returned) {
        return returned.result() + returned.errno().map(e -> " " + e).orElse("");
    }

    @SuppressWarnings("unchecked") // the outcome is that of this very call
    private static <R> Optional<BoundCall.Difference> givenBack(
            BoundCall<R> bound, Outcome<?> outcome) {
        return outcome instanceof Outcome.Done<?>(var value)
                ? bound.givenBack().differs((R) value)
                : Optional.empty();
    }

    private void differ(ScriptLine line, String expected, String actual) {
        differences.add(new Difference(line.number(), line.planned().line(), expected, actual));
    }
}
