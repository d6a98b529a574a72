package io.socketlab.sandbox.program;

import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.syscall.Invocation;
import io.socketlab.kernel.syscall.Signal;
import io.socketlab.kernel.syscall.Syscall;
import java.util.List;

/**
 * A program's side of its calls: its memory, and its turns. It knows nothing of the network that it
 * runs in, so that a run which nobody wants any more does not live on in its programs' threads.
 */
final class Context {

    /** What a program is told of itself as it begins. */
    record Start(String host, List<String> arguments) {
        Start {
            arguments = List.copyOf(arguments);
        }
    }

    private final Turns<Answer, Request> turns;
    private final Start start;
    private final Runner runner;
    private final PendingHandlers handlers;
    private final UserMemory memory;
    private int signalFlag;
    private long now;

    /**
     * @param handlers that it is to run already, as a child of fork(2) may
     * @param now virtual nanoseconds since the start
     */
    Context(
            Turns<Answer, Request> turns,
            Runner runner,
            UserMemory memory,
            Start start,
            PendingHandlers handlers,
            long now) {
        this.turns = turns;
        this.runner = runner;
        this.memory = memory;
        this.start = start;
        this.handlers = handlers;
        this.now = now;
    }

    String host() {
        return start.host();
    }

    /** argv. */
    List<String> arguments() {
        return start.arguments();
    }

    /** What runs it. */
    Runner runner() {
        return runner;
    }

    /** It ends by a signal, because of itself. */
    long die(String message, Signal signal) {
        ask(new Asked.Die(message, signal));
        throw new Stopped();
    }

    UserMemory memory() {
        return memory;
    }

    /**
     * Virtual nanoseconds since the start, as of the last turn: a program's own work takes none.
     */
    long now() {
        return now;
    }

    /** Where the program looks whether a signal is to be taken; 0 if it takes none. */
    void signalFlag(int address) {
        signalFlag = address;
    }

    /** Those that it is to run, and is in. */
    PendingHandlers handlers() {
        return handlers;
    }

    /** Gives back the turn, and waits for the next. */
    Outcome<?> ask(Asked asked) {
        runner.settle();
        Answer answer = turns.ask(new Request(asked, runner.place()));
        now = answer.now();
        if (signalFlag != 0) {
            handlers.add(answer.signals());
            tellOfSignals();
        }
        return answer.outcome();
    }

    /** The flag is its process's: another thread may have found it set, or set it, meanwhile. */
    private void tellOfSignals() {
        int flag = handlers.isAny() ? 1 : 0;
        if (memory.int32(signalFlag) != flag) memory.put32(signalFlag, flag);
    }

    /**
     * Makes a call.
     *
     * @throws Failure if it fails
     */
    @SuppressWarnings("unchecked") // the outcome is that of the call
    <R> R make(Invocation<R> call) {
        return value((Outcome<R>) ask(new Asked.Call(call)));
    }

    /** Likewise of one that gives a number. */
    long number(Syscall<Integer> call) {
        return make(call);
    }

    /** What was done; else why not. */
    static <R> R value(Outcome<R> outcome) {
        return switch (outcome) {
            case Outcome.Done<R>(R value) -> value;
            case Outcome.Failed<R>(var errno) -> throw new Failure(errno);
            case Outcome.Blocked<R> blocked ->
                    throw new IllegalStateException("a call has returned " + blocked);
        };
    }
}
