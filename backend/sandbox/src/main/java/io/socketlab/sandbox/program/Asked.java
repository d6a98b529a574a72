package io.socketlab.sandbox.program;

import io.socketlab.kernel.syscall.Invocation;
import io.socketlab.kernel.syscall.Signal;
import io.socketlab.sandbox.engine.WasmInstance;
import java.util.List;

/** What a program wants of the loop's side when it gives back its turn. */
sealed interface Asked {

    /** A call, or a function of the library that makes some. */
    record Call(Invocation<?> invocation) implements Asked {}

    /** Others may run now: sched_yield(2), or the end of a slice. */
    record Yield() implements Asked {}

    /** It sleeps until it is woken: futex(2). The atomic look at the word was the program's. */
    record Sleep(int word, long nanos) implements Asked {}

    /** So many that sleep on a word are woken. */
    record Wake(int word, int most) implements Asked {}

    /**
     * pthread_create(3).
     *
     * @param function index in the program's table
     * @param process with whose memory it runs
     * @param stack where its stack begins, downwards
     */
    record NewThread(WasmInstance process, int function, int argument, int stack)
            implements Asked {}

    /** The function of a thread has returned: pthread_exit(3). */
    record EndThread(int value) implements Asked {}

    /** getifaddrs(3): the {@link Interface}s of its host. */
    record Interfaces() implements Asked {}

    /** pthread_self(3): the number of its task. */
    record Self() implements Asked {}

    /** What its task blocks: a {@code sigset_t}. */
    record Mask() implements Asked {}

    /** pthread_join(3). */
    record Join(int task) implements Asked {}

    /**
     * fork(2).
     *
     * @param before the calls that have brought the program to where it is
     * @param handlers that it is to run, and is in
     */
    record Fork(List<Made> before, PendingHandlers handlers) implements Asked {
        public Fork {
            before = List.copyOf(before);
        }
    }

    /**
     * It has done what no program may: a sentence for whoever wrote it, and the signal it dies of.
     */
    record Die(String message, Signal signal) implements Asked {}
}
