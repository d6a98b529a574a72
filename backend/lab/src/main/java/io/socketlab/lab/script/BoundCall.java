package io.socketlab.lab.script;

import io.socketlab.kernel.syscall.Invocation;
import io.socketlab.kernel.syscall.LibraryFunction;
import io.socketlab.kernel.syscall.Syscall;
import java.util.Optional;

/**
 * A call as the kernel takes it.
 *
 * @param <R> what it gives back
 * @param givenBack what its arguments say of what it will write to memory: {@code [300]} in {@code
 *     ioctl(4, FIONREAD, [300])}
 */
public record BoundCall<R>(Invocation<R> invocation, GivenBack<R> givenBack) {

    /** Compares what a call has given back with what was written. */
    @FunctionalInterface
    public interface GivenBack<R> {
        Optional<Difference> differs(R value);
    }

    /** What was expected and what came instead. */
    public record Difference(String expected, String actual) {}

    static <R> BoundCall<R> of(Syscall<R> syscall) {
        return new BoundCall<>(syscall, _ -> Optional.empty());
    }

    /**
     * The system call that it is.
     *
     * @throws IllegalStateException if it is a function of the library
     */
    public Syscall<R> syscall() {
        return switch (invocation) {
            case Syscall<R> call -> call;
            case LibraryFunction<R> function ->
                    throw new IllegalStateException(function.name() + " is no system call");
        };
    }

    static Optional<Difference> compare(Object expected, Object actual) {
        if (expected.equals(actual)) return Optional.empty();
        return Optional.of(new Difference(expected.toString(), actual.toString()));
    }
}
