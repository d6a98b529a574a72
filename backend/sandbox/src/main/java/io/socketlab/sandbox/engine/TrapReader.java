package io.socketlab.sandbox.engine;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.ChicoryException;
import io.socketlab.sandbox.engine.WasmTrap.Kind;

/** What Chicory and the JVM throw out of a program, as a trap. */
final class TrapReader {

    /** Chicory tells its traps apart by their messages alone; they begin like this. */
    private enum Said {
        DIVISION_BY_ZERO("integer divide by zero", Kind.DIVISION_BY_ZERO),
        INTEGER_OVERFLOW("integer overflow", Kind.INTEGER_OVERFLOW),
        INVALID_CONVERSION("invalid conversion to integer", Kind.INVALID_CONVERSION),
        UNDEFINED_ELEMENT("undefined element", Kind.WILD_FUNCTION),
        UNINITIALIZED_ELEMENT("uninitialized element", Kind.WILD_FUNCTION),
        WRONG_TYPE("indirect call type mismatch", Kind.WRONG_FUNCTION_TYPE),
        UNREACHABLE("Trapped on unreachable instruction", Kind.UNREACHABLE),
        OUT_OF_BOUNDS("out of bounds memory access", Kind.WILD_POINTER),
        EXHAUSTED("call stack exhausted", Kind.STACK_EXHAUSTED);

        private final String beginning;
        private final Kind kind;

        Said(String beginning, Kind kind) {
            this.beginning = beginning;
            this.kind = kind;
        }
    }

    private TrapReader() {}

    /** The interpreter tells no address beyond 2 GiB, so none is told of compiled programs. */
    static WasmTrap of(MemoryFault fault) {
        if (fault.address() > Integer.MAX_VALUE) {
            return of(new WasmRuntimeException(Said.OUT_OF_BOUNDS.beginning));
        }
        Kind kind = fault.isNull() ? Kind.NULL_POINTER : Kind.WILD_POINTER;
        return new WasmTrap(kind, fault.getMessage(), fault);
    }

    static WasmTrap of(ChicoryException thrown) {
        String message = String.valueOf(thrown.getMessage());
        return new WasmTrap(kind(thrown, message), message, thrown);
    }

    private static Kind kind(ChicoryException thrown, String message) {
        if (thrown instanceof ChicoryInterruptedException) return Kind.INTERRUPTED;
        for (Said said : Said.values()) {
            if (message.startsWith(said.beginning)) return said.kind;
        }
        return Kind.OTHER;
    }

    static WasmTrap of(StackOverflowError thrown) {
        return new WasmTrap(Kind.STACK_EXHAUSTED, "call stack exhausted", thrown);
    }

    static WasmTrap of(OutOfMemoryError thrown) {
        return new WasmTrap(Kind.OUT_OF_MEMORY, "no memory is left", thrown);
    }
}
