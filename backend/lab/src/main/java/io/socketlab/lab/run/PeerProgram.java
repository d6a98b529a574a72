package io.socketlab.lab.run;

import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.syscall.CallText;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.syscall.Task;
import io.socketlab.lab.program.ProgramRun;
import io.socketlab.lab.program.ProgramRun.Asked;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import io.socketlab.lab.script.Step.CallStep;
import io.socketlab.lab.script.Step.ProgramStep;
import io.socketlab.lab.script.Who;
import java.util.Optional;
import java.util.Set;

/** A program of a peer: each of its calls is made when the one before it has returned. */
final class PeerProgram {

    private static final Set<String> NOT_HERE = Set.of("fork", "pthread_create");

    private final Source source;
    private final ProgramStep step;
    private final Who who;
    private final Hands hands;

    /**
     * @throws ScriptException if it makes tasks, which peers do not name
     */
    PeerProgram(Source source, ProgramStep step, Who who, Hands hands) {
        this.source = source;
        this.step = step;
        this.who = who;
        this.hands = hands;
        step.calls().stream()
                .filter(call -> NOT_HERE.contains(call.call()))
                .findFirst()
                .ifPresent(call -> {
                    throw new ScriptException(
                            source.file(),
                            call.position(),
                            "expected calls of one task; a peer's program makes no others");
                });
    }

    /** Runs it on {@code task}, and then {@code onEnd}. */
    void begin(EventLoop loop, Task task, Runnable onEnd) {
        new Running(loop, task, ProgramRun.start(source.file(), step.body()), onEnd).goOn();
    }

    private final class Running {

        private final EventLoop loop;
        private final Task task;
        private final ProgramRun program;
        private final Runnable onEnd;

        Running(EventLoop loop, Task task, ProgramRun program, Runnable onEnd) {
            this.loop = loop;
            this.task = task;
            this.program = program;
            this.onEnd = onEnd;
        }

        void goOn() {
            if (task.isOver()) return; // a signal has ended it
            Optional<Asked> asked = program.next();
            if (asked.isPresent()) make(planned(asked.get()));
            else onEnd.run();
        }

        private Syscall<?> planned(Asked asked) {
            var call =
                    new CallStep(
                            asked.call().position(),
                            Optional.empty(),
                            Optional.of(who),
                            asked.call(),
                            Optional.empty());
            return hands.plan(source, call).bound().syscall();
        }

        private <R> void make(Syscall<R> call) {
            task.call(
                    call,
                    outcome -> {
                        CallText.Return returned = CallText.returned(call, outcome);
                        Optional<Object> given =
                                outcome instanceof Outcome.Done<R>(R value)
                                        ? Optional.of(value)
                                        : Optional.empty();
                        program.returned(
                                returned.result(), Optional.ofNullable(returned.errno()), given);
                        loop.after(0, this::goOn);
                    });
        }
    }
}
