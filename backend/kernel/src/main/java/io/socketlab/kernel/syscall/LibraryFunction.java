package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.Outcome;
import java.util.function.Consumer;

/**
 * A function of the C library that makes calls of its own, one after the other, as getaddrinfo(3)
 * does. A task runs it; its calls are the task's.
 */
public non-sealed interface LibraryFunction<R> extends Invocation<R> {

    /** Makes the calls. */
    interface Caller {

        /**
         * @param onReturn gets {@code Done} or {@code Failed}: at once, or when the wait is over
         */
        <T> void call(Syscall<T> call, Consumer<Outcome<T>> onReturn);
    }

    /** Its name in C. */
    String name();

    /** As a script writes it, with its arguments. */
    String text();

    /**
     * Begins it.
     *
     * @param onReturn gets what it gives back, once
     */
    void begin(Caller caller, LibraryEnvironment environment, Consumer<R> onReturn);

    /** What the C function returns for {@code value}. */
    int result(R value);

    /** As a script writes it, with its arguments, what it has stored and its result. */
    String text(R value);
}
