package io.socketlab.sandbox.program;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.syscall.LibraryFunction;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.syscall.Task;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thread of a program on its task, seen from the event loop: gives it its turns, and makes the
 * calls that it asks for. When one has returned, the program goes on as an event of its own.
 */
final class RunningProgram {

    private final Programs programs;
    private final Host host;
    private final Task task;
    private final ThreadGroup group;
    private final Turns<Answer, Asked> turns;
    private final List<Integer> signals = new ArrayList<>();
    private String place = "";

    RunningProgram(
            Programs programs,
            Host host,
            Task task,
            ThreadGroup group,
            Runner.Beginning beginning) {
        this.programs = programs;
        this.host = host;
        this.task = task;
        this.group = group;
        this.turns = turns(group, beginning, host.name() + "." + task.number(), programs.loop().now());
        task.onHandler(signals::add);
    }

    /** Its thread has nothing of the network. */
    private static Turns<Answer, Asked> turns(
            ThreadGroup group, Runner.Beginning beginning, String name, long now) {
        Code code = group.code();
        Context.Start start = group.start();
        return new Turns<>(name, turns -> new Runner(code, start, beginning, turns).run(now));
    }

    void begin() {
        programs.add(turns);
        goOn(new Outcome.Done<>(0));
    }

    private void goOnLater(Outcome<?> outcome) {
        programs.loop().after(0, () -> goOn(outcome));
    }

    private void goOn(Outcome<?> outcome) {
        if (task.isOver()) {
            end();
            return;
        }
        var answer = new Answer(outcome, programs.loop().now(), signals);
        signals.clear();
        Asked asked = turns.go(answer);
        if (asked == null) end();
        else meet(asked);
    }

    private void end() {
        turns.stop();
        programs.ended(this, turns);
    }

    private void meet(Asked asked) {
        switch (asked) {
            case Asked.Call(var invocation, var at) -> {
                place = at;
                switch (invocation) {
                    case Syscall<?> call -> make(call);
                    case LibraryFunction<?> function -> run(function);
                }
            }
            case Asked.Print(int fd, byte[] octets) -> print(fd, octets);
            case Asked.Yield _ -> goOnLater(new Outcome.Done<>(0));
            case Asked.Sleep(int word, long nanos) -> group.sleep(this, word, nanos);
            case Asked.Wake(int word, int most) ->
                    goOnLater(new Outcome.Done<>(group.wake(word, most)));
            case Asked.NewThread thread -> newThread(thread);
            case Asked.EndThread(int value) -> endThread(value);
            case Asked.Self _ -> goOnLater(new Outcome.Done<>(task.number()));
            case Asked.Join(int other) -> group.join(this, other);
            case Asked.Fork(var before) -> fork(before);
            case Asked.Die(var message, int signal) -> die(message, signal);
        }
    }

    private <R> void make(Syscall<R> call) {
        task.call(call, this::goOnLater);
        if (task.isOver()) end(); // exit(3) does not return
    }

    private <R> void run(LibraryFunction<R> function) {
        task.run(function, host.library(), this::goOnLater);
    }

    /** To its terminal, unless the kernel knows of a file there: dup2(2) has put one. */
    private void print(int fd, byte[] octets) {
        if (task.descriptors().contains(fd)) {
            make(new Syscall.Write(fd, octets));
            return;
        }
        programs.print(host, task, fd, octets);
        goOnLater(new Outcome.Done<>(octets.length));
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

    private void fork(List<Made> before) {
        task.call(
                new Syscall.Fork(),
                outcome -> {
                    started(outcome, group.forked(), new Runner.Beginning.Child(before));
                    goOnLater(outcome);
                });
    }

    /** A new task runs when who has made it has gone on. */
    private void started(
            Outcome<Integer> outcome, ThreadGroup its, Runner.Beginning beginning) {
        if (!(outcome instanceof Outcome.Done<Integer>(Integer number))) return;
        var program = new RunningProgram(programs, host, host.task(number), its, beginning);
        programs.loop().after(0, () -> programs.begin(program));
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

    private void die(String message, int signal) {
        programs.print(host, task, 2, ("*** " + message + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        programs.died(host, task, message);
        task.fault(signal);
        end();
    }

    /** {@code server in recv(4, ..., 100, 0) at server.c:41}. */
    String standing() {
        @Nullable String call = task.blockedCall().orElse(null);
        return host.name()
                + (call == null ? "" : " in " + call)
                + (place.isEmpty() ? "" : " at " + place);
    }
}
