package io.socketlab.sandbox.engine;

import io.socketlab.sandbox.module.ModuleException;

/**
 * Runs WebAssembly. What a program does, and the fuel that it takes for it, is the same with every
 * engine and in whichever way the engine runs it: only how long it takes is not.
 */
public interface WasmEngine {

    /**
     * Makes a module ready to be run, any number of times: whoever has it may keep it.
     *
     * @param octets of a module that the loader has let in
     * @throws ModuleException if they are none after all
     */
    LoadedModule load(byte[] octets);
}
