package io.socketlab.sandbox.program;

import io.socketlab.kernel.syscall.Signal;
import io.socketlab.sandbox.engine.WasmInstance;
import io.socketlab.sandbox.engine.WasmTrap;
import io.socketlab.sandbox.module.ProgramModule;

/** What stopped a program, for whoever wrote it. */
final class Mistakes {

    private Mistakes() {}

    /** What Linux sends for it on a processor that notices it. */
    static Signal signal(WasmTrap trap, WasmInstance instance) {
        if (isTooDeep(instance)) return Signal.SIGSEGV;
        return switch (trap.kind()) {
            case NULL_POINTER, WILD_POINTER, WILD_FUNCTION, STACK_EXHAUSTED -> Signal.SIGSEGV;
            case DIVISION_BY_ZERO, INTEGER_OVERFLOW, INVALID_CONVERSION -> Signal.SIGFPE;
            case WRONG_FUNCTION_TYPE -> Signal.SIGILL;
            case UNREACHABLE -> Signal.SIGABRT;
            case INTERRUPTED, OUT_OF_MEMORY, OTHER -> Signal.SIGKILL;
        };
    }

    private static boolean isTooDeep(WasmInstance instance) {
        return instance.global(ProgramModule.DEPTH) > ProgramModule.DEEPEST;
    }

    /**
     * @param spent whether it had used all its instructions
     */
    static String explain(WasmTrap trap, WasmInstance instance, boolean spent) {
        if (isTooDeep(instance)) {
            return "stack overflow: calls within calls, more than %d deep; does a function call itself for ever?"
                    .formatted(ProgramModule.DEEPEST);
        }
        if (spent) return "the program has used up its time: does it go in circles?";
        String memory = trap.fault().map(fault -> ": " + fault.getMessage()).orElse("");
        return switch (trap.kind()) {
            case NULL_POINTER -> "segmentation fault: a NULL pointer was followed" + memory;
            case WILD_POINTER ->
                    "segmentation fault: a pointer that points to nothing was followed" + memory;
            case DIVISION_BY_ZERO -> "division by zero";
            case INTEGER_OVERFLOW -> "integer overflow in a division or a conversion";
            case INVALID_CONVERSION ->
                    "a floating-point value that is not a number became an integer";
            case WILD_FUNCTION -> "a function pointer that points to no function was called";
            case WRONG_FUNCTION_TYPE ->
                    "a function was called through a pointer to a function of another type";
            case UNREACHABLE ->
                    "the program came where the compiler knows that nothing comes: what it did before is undefined in C, as writing beyond the end of an array";
            case STACK_EXHAUSTED -> "stack overflow: does a function call itself for ever?";
            case INTERRUPTED -> "the program was stopped";
            case OUT_OF_MEMORY -> "the machine has no memory left for the program";
            case OTHER -> String.valueOf(trap.getMessage());
        };
    }
}
