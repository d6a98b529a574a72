package io.socketlab.lab.run;

import io.socketlab.kernel.socket.Outcome;
import io.socketlab.lab.program.ProgramRun;
import io.socketlab.lab.program.ProgramRun.Asked;
import io.socketlab.lab.run.TaskBoard.Returned;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import io.socketlab.lab.script.Statement;
import io.socketlab.lab.script.Step.CallStep;
import io.socketlab.lab.script.Who;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The programs of a script that are on their way, each on its task. They make their calls in turn,
 * so that one which never waits does not hold up the others.
 */
final class RunningPrograms {

    /** A program on its task. */
    private static final class Running {
        private final Who who;
        private final ProgramRun program;

        /** Whether the task is in a call of the program, or has been since it was last asked. */
        private boolean calling;

        Running(Who who, ProgramRun program) {
            this.who = who;
            this.program = program;
        }
    }

    private final LabRun run;
    private final Source source;
    private final ReturnCheck check;
    private final Map<String, Running> running = new LinkedHashMap<>();

    RunningPrograms(LabRun run, Source source, ReturnCheck check) {
        this.run = run;
        this.source = source;
        this.check = check;
    }

    void start(Who who, List<Statement> body) {
        start(who, ProgramRun.start(source.file(), body));
    }

    private void start(Who who, ProgramRun program) {
        running.put(who.toString(), new Running(who, program));
    }

    /** Whether {@code who} is in the midst of a program. */
    boolean has(Who who) {
        return running.containsKey(who.toString());
    }

    boolean areOver() {
        return running.isEmpty();
    }

    /** Makes the next call of a program whose task is free; answers whether there was one. */
    boolean makeCall() {
        if (running.isEmpty()) return false;
        running.values().removeIf(r -> run.board().end(r.who).isPresent());
        Running next = free();
        if (next == null) return false;
        running.remove(next.who.toString());
        try {
            goOn(next);
        } catch (ScriptException e) {
            check.stopped(next.who, e);
        }
        return true;
    }

    private @Nullable Running free() {
        for (Running program : running.values()) if (run.isFree(program.who)) return program;
        return null;
    }

    private void goOn(Running program) {
        if (program.calling) returned(program);
        Optional<Asked> asked = program.program.next();
        if (asked.isEmpty()) return;
        var step =
                new CallStep(
                        asked.get().call().position(),
                        Optional.empty(),
                        Optional.of(program.who),
                        asked.get().call(),
                        asked.get().expected());
        ScriptLine line = ScriptLine.of(source, step, run.hands().plan(source, step));
        check.beforeIssuing(line);
        program.calling = true;
        running.put(program.who.toString(), program);
        run.input(line.planned());
    }

    /** Tells a program what came of its call, and starts what that has made. */
    private void returned(Running program) {
        Returned returned = run.board().lastReturn(program.who).orElseThrow();
        Optional<Object> given = run.outcome(program.who).flatMap(RunningPrograms::given);
        ProgramRun parent = program.program;
        if (returned.result() > 0) {
            var child =
                    new Who(program.who.position(), program.who.host(), (int) returned.result());
            if (parent.isForking()) start(child, parent.forked());
            parent.thread().ifPresent(thread -> start(child, thread));
        }
        parent.returned(returned.result(), returned.errno(), given);
    }

    private static Optional<Object> given(Outcome<?> outcome) {
        return outcome instanceof Outcome.Done<?>(Object value)
                ? Optional.of(value)
                : Optional.empty();
    }
}
