package io.socketlab.sandbox.program;

import io.socketlab.sandbox.engine.LoadedModule;
import io.socketlab.sandbox.engine.WasmEngine;
import io.socketlab.sandbox.module.ModuleException;
import io.socketlab.sandbox.module.ProgramModule;

/** A program that has been let in and can be run, any number of times and at the same time. */
public final class Code {

    private final ProgramModule module;
    private final LoadedModule loaded;

    private Code(ProgramModule module, LoadedModule loaded) {
        this.module = module;
        this.loaded = loaded;
    }

    /**
     * Lets a program in.
     *
     * @param wasm as a compiler made it, or whoever sent it
     * @throws ModuleException if it is not let in
     */
    public static Code of(byte[] wasm, WasmEngine engine) {
        ProgramModule module = ProgramModule.of(wasm, CallTable.types());
        return new Code(module, engine.load(module.octets()));
    }

    /** SHA-256 of what was let in, in hexadecimal. */
    public String hash() {
        return module.hash();
    }

    ProgramModule module() {
        return module;
    }

    LoadedModule loaded() {
        return loaded;
    }

    /** Whether it calls fork(2): then its calls are written down, to be made again by a child. */
    boolean forks() {
        return module.uses("fork");
    }
}
