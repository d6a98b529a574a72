package io.socketlab.lab.bench;

import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.syscall.CallText;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.syscall.Task;
import java.util.function.Consumer;

/**
 * A blocking program as a state machine: each step makes one call, and what the call returns leads
 * to the next step. A call that waits leaves nothing on the stack.
 */
abstract class Program {

    private final Task task;
    private boolean stepping;
    private boolean returned;

    Program(Task task) {
        this.task = task;
    }

    /** Makes the program's next call with {@link #call}; makes none if it is over. */
    abstract void step();

    /** Begins the program, or goes on with it after a step that made no call. */
    final void run() {
        stepping = true;
        do {
            returned = false;
            step();
        } while (returned);
        stepping = false;
    }

    /**
     * Makes a call.
     *
     * @param then gets what it returned; the next step comes after that
     * @throws IllegalStateException if it fails: these programs expect no errors
     */
    final <R> void call(Syscall<R> call, Consumer<R> then) {
        task.call(
                call,
                outcome -> {
                    then.accept(value(call, outcome));
                    returned = true;
                    if (!stepping) run();
                });
    }

    private static <R> R value(Syscall<R> call, Outcome<R> outcome) {
        return switch (outcome) {
            case Done<R>(R value) -> value;
            case Failed<R>(var errno) ->
                    throw new IllegalStateException(CallText.of(call) + " failed: " + errno);
            case Outcome.Blocked<R> _ ->
                    throw new IllegalStateException(CallText.of(call) + " returned while waiting");
        };
    }
}
