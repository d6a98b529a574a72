package io.socketlab.sandbox.engine;

/** One thread of a program, with its globals. It runs on one Java thread at a time. */
public interface WasmInstance {

    /** What a program's pointers point into; all threads of a process have the same. */
    ProgramMemory memory();

    /** Whether it exports a function of that name. */
    boolean exportsFunction(String name);

    /**
     * Calls a function that it exports.
     *
     * @return its result, 0 if it has none
     * @throws WasmTrap if it was stopped by something that it must not do
     * @throws IllegalArgumentException if it exports no such function
     */
    long call(String function, long... arguments);

    /**
     * The value of a global that it exports.
     *
     * @throws IllegalArgumentException if it exports none
     */
    long global(String name);

    /** Sets it. */
    void global(String name, long value);
}
