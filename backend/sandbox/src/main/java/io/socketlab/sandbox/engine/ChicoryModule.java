package io.socketlab.sandbox.engine;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.socketlab.sandbox.engine.HostCalls.HostCall;
import io.socketlab.sandbox.module.ModuleException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A module in Chicory: interpreted, until its runs together have used so much fuel that it pays to
 * make JVM code of it. Instances that run by then are interpreted to their end, and so are those
 * that begin before the code is ready.
 */
final class ChicoryModule implements LoadedModule {

    private static final long[] NO_RESULT = {};

    private final WasmModule module;
    private final int mostPages;
    private final Compiling compiler;
    private final AtomicLong used = new AtomicLong();
    private final AtomicBoolean compiling = new AtomicBoolean();
    private volatile @Nullable Function<Instance, Machine> compiled;

    /**
     * @param mostPages that its memory may have
     * @param compiler when it is compiled, and where
     */
    ChicoryModule(WasmModule module, int mostPages, Compiling compiler) {
        this.module = module;
        this.mostPages = mostPages;
        this.compiler = compiler;
    }

    @Override
    public boolean imports(String function) {
        return module.importSection().stream().anyMatch(i -> i.name().equals(function));
    }

    boolean exportsFunction(String name) {
        return exports(name, ExternalType.FUNCTION);
    }

    boolean exportsGlobal(String name) {
        return exports(name, ExternalType.GLOBAL);
    }

    private boolean exports(String name, ExternalType type) {
        var section = module.exportSection();
        for (int i = 0; i < section.exportCount(); i++) {
            var export = section.getExport(i);
            if (export.exportType() == type && export.name().equals(name)) return true;
        }
        return false;
    }

    @Override
    public WasmInstance newProcess(HostCalls calls, PageSource pages) {
        return instantiate(calls, limits -> new GuardedMemory(limits, mostPages, pages));
    }

    @Override
    public WasmInstance newThread(HostCalls calls, WasmInstance process) {
        if (!(process instanceof ChicoryInstance other)) {
            throw new IllegalArgumentException("expected an instance of this engine");
        }
        return instantiate(calls, _ -> other.guardedMemory());
    }

    private ChicoryInstance instantiate(
            HostCalls calls, Function<MemoryLimits, GuardedMemory> memories) {
        ImportValues imports = imports(calls);
        try {
            Instance instance =
                    Instance.builder(module)
                            .withImportValues(imports)
                            .withMemoryFactory(memories::apply)
                            .withMachineFactory(machines())
                            .withStart(false)
                            .build();
            if (!(instance.memory() instanceof GuardedMemory memory)) {
                throw new ModuleException("expected a memory in the module, found none");
            }
            return new ChicoryInstance(this, instance, memory);
        } catch (ChicoryException
                | AssertionError e) { // where assertions are on, its own are first
            throw new ModuleException("expected a module that can be run: " + e.getMessage());
        }
    }

    private ImportValues imports(HostCalls calls) {
        var values = ImportValues.builder();
        module.importSection().stream()
                .filter(FunctionImport.class::isInstance)
                .map(FunctionImport.class::cast)
                .map(imported -> function(imported, calls))
                .forEach(values::addFunction);
        return values.build();
    }

    private HostFunction function(FunctionImport imported, HostCalls calls) {
        FunctionType type = module.typeSection().getType(imported.typeIndex());
        HostCall call = calls.find(imported.module(), imported.name());
        boolean returns = !type.returns().isEmpty();
        return new HostFunction(
                imported.module(),
                imported.name(),
                type,
                (_, arguments) -> {
                    long result = call.call(arguments);
                    return returns ? new long[] {result} : NO_RESULT;
                });
    }

    // ---- how it is run

    @Override
    public void used(long fuel) {
        compileIfHeavy(used.addAndGet(fuel));
    }

    boolean isCompiled() {
        return compiled != null;
    }

    private Function<Instance, Machine> machines() {
        compileIfHeavy(used.get());
        Function<Instance, Machine> fast = compiled;
        return fast == null ? InterpreterMachine::new : fast;
    }

    private void compileIfHeavy(long fuel) {
        if (fuel < compiler.heavy() || !compiling.compareAndSet(false, true)) return;
        if (!compiler.execute(() -> compiled = compile())) compiling.set(false);
    }

    /** Functions too large for a method of the JVM stay interpreted, and so does what fails. */
    private @Nullable Function<Instance, Machine> compile() {
        try {
            return MachineFactoryCompiler.builder(module)
                    .withInterpreterFallback(InterpreterFallback.SILENT)
                    .compile();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return null; // who sends it may have meant to make it fail
        }
    }
}
