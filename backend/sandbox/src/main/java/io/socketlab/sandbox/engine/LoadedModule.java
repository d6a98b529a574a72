package io.socketlab.sandbox.engine;

import io.socketlab.sandbox.module.ModuleException;

/** A module that can be run, by any number of processes and Java threads at a time. */
public interface LoadedModule {

    /** Whether it imports a function of that name, from whatever module. */
    boolean imports(String function);

    /**
     * A process of it: memory as the module's data has it. None of its functions has run.
     *
     * @param pages what its memory is taken from, now and as it grows
     * @throws ModuleException if its data or its tables do not fit
     * @throws WasmTrap {@code OUT_OF_MEMORY} if there are not even the pages that it begins with
     */
    WasmInstance newProcess(HostCalls calls, PageSource pages);

    /**
     * A thread of a process: the same memory, with tables and globals of its own as the module has
     * them.
     *
     * @param process an instance of this module
     */
    WasmInstance newThread(HostCalls calls, WasmInstance process);

    /**
     * A run of it has used so much fuel. An engine that has a slow way that begins at once and a
     * fast one that has to be prepared decides by it.
     */
    void used(long fuel);
}
