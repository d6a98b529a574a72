package io.socketlab.sandbox.program;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.syscall.LibraryFunction;
import io.socketlab.kernel.syscall.Signal;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.syscall.Task;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thread of a program on its task, seen from the event loop: gives it its turns, and makes the
 * calls that it asks for. When one has returned, the program goes on as an event of its own.
 */
final class RunningProgram implements Turns.Deputy<Answer, Request> {

    /** That a program goes on, as an event. */
    private record GoingOn(RunningProgram program, Outcome<?> outcome) implements Runnable {
        @Override
        public void run() {
            program.goOn(outcome);
        }
    }

    /** That one begins. */
    private record Beginning(RunningProgram program) implements Runnable {
        @Override
        public void run() {
            program.programs.begin(program);
        }
    }

    private final Programs programs;
    private final Host host;
    private final Task task;
    private final Siblings group;
    private final Turns<Answer, Request> turns;
    private final List<Integer> signals = new ArrayList<>();
    private String place = "";

    /** Whether it waits for another thread: the kernel knows nothing of that. */
    private boolean asleep;

    /** Whether its own thread runs the loop, and what it has been answered meanwhile. */
    private boolean isDeputy;

    private @Nullable Answer answered;

    RunningProgram(
            Programs programs, Host host, Task task, Siblings group, Runner.Beginning beginning) {
        this.programs = programs;
        this.host = host;
        this.task = task;
        this.group = group;
        this.turns =
                turns(group, beginning, host.name() + "." + task.number(), programs.loop().now());
        task.onHandler(signals::add);
        task.process().whenOver(this::processOver);
    }

    /** Its thread has nothing of the network. */
    private static Turns<Answer, Request> turns(
            Siblings group, Runner.Beginning beginning, String name, long now) {
        Code code = group.code();
        Context.Start start = group.start();
        Allowance.OfProcess allowance = group.allowance();
        return new Turns<>(
                name, turns -> new Runner(code, start, allowance, beginning, turns).run(now));
    }

    void begin() {
        programs.add(turns);
        goOn(new Outcome.Done<>(0));
    }

    private void goOnLater(Outcome<?> outcome) {
        programs.loop().after(0, new GoingOn(this, outcome));
    }

    private void goOn(Outcome<?> outcome) {
        if (task.isOver()) {
            end();
            return;
        }
        var answer = new Answer(outcome, programs.loop().now(), signals);
        signals.clear();
        programs.turn();
        if (isDeputy) {
            answered = answer;
            return;
        }
        programs.handOver();
        Request request = turns.go(answer, this);
        if (turns.isOver()) end();
        else if (request != null) meet(request);
    }

    // ---- on its own thread, which has the turn

    /** The end of a slice is for others: they may have waited for long. */
    @Override
    public boolean takes(Request request) {
        if (request.asked() instanceof Asked.Yield || !programs.mayGoAhead()) return false;
        meet(request);
        return true;
    }

    @Override
    public @Nullable Answer untilAnswered() {
        isDeputy = true;
        answered = null;
        try {
            while (answered == null && !task.isOver() && !isAnothers() && programs.step()) {}
        } finally {
            isDeputy = false;
        }
        return answered;
    }

    /** Whether another program has the next turn, on its own thread. */
    private boolean isAnothers() {
        Runnable next = programs.loop().next();
        return next instanceof Beginning || next instanceof GoingOn on && on.program != this;
    }

    // ---- what it asks

    private void meet(Request request) {
        place = request.place();
        if (!place.isEmpty()) task.at(place);
        asleep = request.asked() instanceof Asked.Sleep || request.asked() instanceof Asked.Join;
        meet(request.asked());
    }

    /** Its task has ended, and whoever ended it: there is nothing more that it could do. */
    private void end() {
        turns.stop();
        programs.ended(this, turns);
    }

    private void processOver() {
        end();
        group.allowance().giveBack();
    }

    private void meet(Asked asked) {
        switch (asked) {
            case Asked.Call(Syscall<?> call) -> make(call);
            case Asked.Call(LibraryFunction<?> function) -> run(function);
            case Asked.Yield _ -> goOnLater(new Outcome.Done<>(0));
            case Asked.Sleep(int word, long nanos) -> group.sleep(this, word, nanos);
            case Asked.Wake(int word, int most) ->
                    goOnLater(new Outcome.Done<>(group.wake(word, most)));
            case Asked.NewThread thread -> newThread(thread);
            case Asked.EndThread(int value) -> endThread(value);
            case Asked.Interfaces _ -> goOnLater(new Outcome.Done<>(Interface.all(host)));
            case Asked.Self _ -> goOnLater(new Outcome.Done<>(task.number()));
            case Asked.Mask _ -> goOnLater(new Outcome.Done<>(task.blockedSignals()));
            case Asked.Join(int other) -> group.join(this, other);
            case Asked.Fork(var before, var handlers) ->
                    fork(new Runner.Beginning.Child(before, handlers));
            case Asked.Die(var message, var signal) -> die(message, signal);
        }
    }

    private <R> void make(Syscall<R> call) {
        task.call(call, this::goOnLater);
        if (task.isOver()) end(); // exit(3) does not return
    }

    private <R> void run(LibraryFunction<R> function) {
        task.run(function, host.library(), this::goOnLater);
    }

    // ---- threads and processes

    private void newThread(Asked.NewThread thread) {
        var function =
                new Runner.Beginning.Function(
                        thread.process(), thread.function(), thread.argument(), thread.stack());
        task.call(
                new Syscall.PthreadCreate(),
                outcome -> {
                    started(outcome, group, function);
                    goOnLater(outcome);
                });
    }

    private void fork(Runner.Beginning.Child child) {
        task.call(
                new Syscall.Fork(),
                outcome -> {
                    started(outcome, group.forked(), child);
                    goOnLater(outcome);
                });
    }

    /** A new task runs when who has made it has gone on. */
    private void started(Outcome<Integer> outcome, Siblings its, Runner.Beginning beginning) {
        if (!(outcome instanceof Outcome.Done<Integer>(Integer number))) return;
        var program = new RunningProgram(programs, host, host.task(number), its, beginning);
        programs.loop().after(0, new Beginning(program));
    }

    private void endThread(int value) {
        group.ended(task.number(), value);
        task.call(new Syscall.PthreadExit(), _ -> {});
        end();
    }

    /**
     * @param woken by another; else its time is over
     */
    void wake(boolean woken) {
        goOnLater(woken ? new Outcome.Done<>(0) : new Outcome.Failed<>(Errno.ETIMEDOUT));
    }

    void joined(int value) {
        goOnLater(new Outcome.Done<>(value));
    }

    private void die(String message, Signal signal) {
        programs.died(host, task, place.isEmpty() ? message : place + ": " + message);
        task.fault(signal, message);
        end();
    }

    /** Where it waits. */
    Standing standing() {
        return new Standing(host, task, place, asleep);
    }
}
