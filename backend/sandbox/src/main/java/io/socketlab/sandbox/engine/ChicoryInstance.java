package io.socketlab.sandbox.engine;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.ChicoryException;
import java.util.Map;
import java.util.TreeMap;

/** A thread of a program in Chicory. */
final class ChicoryInstance implements WasmInstance {

    private final Instance instance;
    private final GuardedMemory memory;
    private final ChicoryModule module;
    private final Map<String, GlobalInstance> globals = new TreeMap<>();

    ChicoryInstance(ChicoryModule module, Instance instance, GuardedMemory memory) {
        this.module = module;
        this.instance = instance;
        this.memory = memory;
    }

    GuardedMemory guardedMemory() {
        return memory;
    }

    @Override
    public ProgramMemory memory() {
        return memory;
    }

    @Override
    public boolean exportsFunction(String name) {
        return module.exportsFunction(name);
    }

    @Override
    public long call(String function, long... arguments) {
        if (!exportsFunction(function)) throw absent("function", function);
        try {
            long[] results = instance.export(function).apply(arguments);
            return results == null || results.length == 0 ? 0 : results[0];
        } catch (MemoryFault fault) {
            throw TrapReader.of(fault);
        } catch (ChicoryException trap) {
            throw TrapReader.of(trap);
        } catch (StackOverflowError overflow) {
            throw TrapReader.of(overflow);
        } catch (OutOfMemoryError exhausted) {
            throw TrapReader.of(exhausted);
        }
    }

    @Override
    public long global(String name) {
        return find(name).getValue();
    }

    @Override
    public void global(String name, long value) {
        find(name).setValue(value);
    }

    private GlobalInstance find(String name) {
        return globals.computeIfAbsent(
                name,
                exported -> {
                    if (!module.exportsGlobal(exported)) throw absent("global", exported);
                    return instance.exports().global(exported);
                });
    }

    private static IllegalArgumentException absent(String what, String name) {
        return new IllegalArgumentException("the module exports no %s %s".formatted(what, name));
    }
}
