package io.socketlab.sandbox.engine;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import io.socketlab.sandbox.module.ModuleException;

/**
 * Runs WebAssembly by Chicory, in this JVM and in plain Java. It keeps the modules that it has been
 * given last, so that a program that is run again is neither read nor compiled again.
 *
 * <p>How deep calls may go on the way depends on the stack of the Java thread: 4,000 functions need
 * {@code -Xss16m}, for virtual threads too. {@code -XX:-DontCompileHugeMethods} makes the JVM
 * compile large functions, printf(3) among them.
 */
public final class ChicoryEngine implements WasmEngine {

    private final ModuleCache cache;
    private final int mostPages;
    private final long worthCompiling;

    /**
     * @param kept modules that are kept; each takes about 1 MiB
     * @param mostPages of 64 KiB that the memory of a program may have
     * @param worthCompiling fuel that the runs of a module use before it is compiled; 0 to compile
     *     each at once
     */
    public ChicoryEngine(int kept, int mostPages, long worthCompiling) {
        this.cache = new ModuleCache(kept);
        this.mostPages = mostPages;
        this.worthCompiling = worthCompiling;
    }

    @Override
    public LoadedModule load(byte[] octets) {
        return cache.get(octets, this::parse);
    }

    private LoadedModule parse(byte[] octets) {
        try {
            return new ChicoryModule(Parser.parse(octets), mostPages, worthCompiling);
        } catch (ChicoryException
                | AssertionError e) { // where assertions are on, its own are first
            throw new ModuleException("expected a WebAssembly module: " + e.getMessage());
        } catch (RuntimeException e) { // the parser was not made for what is no module
            throw new ModuleException("expected a WebAssembly module, found what looks like one");
        }
    }
}
