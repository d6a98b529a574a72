package io.socketlab.sandbox.program;

import io.socketlab.sandbox.engine.LoadedModule;
import io.socketlab.sandbox.engine.PageSource;
import io.socketlab.sandbox.engine.WasmEngine;
import io.socketlab.sandbox.engine.WasmInstance;
import io.socketlab.sandbox.engine.WasmTrap;
import io.socketlab.sandbox.module.ModuleException;
import io.socketlab.sandbox.module.ProgramModule;

/** A program that has been let in and can be run, any number of times and at the same time. */
public final class Code {

    /** Where a program begins. */
    static final String START = "_start";

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
        LoadedModule loaded = engine.load(module.octets());
        checkBegins(loaded);
        return new Code(module, loaded);
    }

    /** A module may be valid, and still be none that could begin. */
    private static void checkBegins(LoadedModule loaded) {
        try {
            WasmInstance one = loaded.newProcess((_, _) -> _ -> 0, PageSource.ENDLESS);
            if (one.exportsFunction(START)) return;
        } catch (WasmTrap e) {
            throw new ModuleException("expected a module that can be begun: " + e.getMessage());
        }
        throw new ModuleException(
                "expected a function _start to be exported, where a program begins; found none");
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

    /** Whether it asks for fuel when it has used up what it has; else it ends then. */
    boolean asksForMore() {
        return module.uses("tick");
    }

    /** Whether it calls fork(2): then its calls are written down, to be made again by a child. */
    boolean forks() {
        return module.uses("fork");
    }
}
