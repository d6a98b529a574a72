package io.socketlab.sandbox.engine;

import java.util.Optional;

/** A program has been stopped in the midst of what it did. */
public final class WasmTrap extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Kind {
        /** A pointer near NULL was followed. */
        NULL_POINTER,
        /** A pointer that points to no memory was followed. */
        WILD_POINTER,
        DIVISION_BY_ZERO,
        /** INT_MIN / -1, or a floating-point number that no integer can hold. */
        INTEGER_OVERFLOW,
        /** Not a number made an integer. */
        INVALID_CONVERSION,
        /** A function pointer that points to no function. */
        WILD_FUNCTION,
        /** A function pointer to a function of another type. */
        WRONG_FUNCTION_TYPE,
        /** It came where the compiler knows that nothing comes: abort(3), undefined behaviour. */
        UNREACHABLE,
        /** Functions called each other too deep for the engine. */
        STACK_EXHAUSTED,
        /** The Java thread was interrupted. */
        INTERRUPTED,
        /** There is no memory that it could begin with, or none for what the engine does. */
        OUT_OF_MEMORY,
        /** Something else that WebAssembly forbids. */
        OTHER
    }

    private final Kind kind;

    WasmTrap(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    WasmTrap(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Which memory it wanted, where it was about that. */
    public Optional<MemoryFault> fault() {
        return getCause() instanceof MemoryFault fault ? Optional.of(fault) : Optional.empty();
    }
}
