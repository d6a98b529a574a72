package io.socketlab.sandbox.engine;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import io.socketlab.sandbox.module.ModuleException;

/**
 * Runs WebAssembly by Chicory, in this JVM and in plain Java.
 *
 * <p>How deep calls may go on the way depends on the stack of the Java thread: 4,000 functions need
 * {@code -Xss16m}, for virtual threads too. {@code -XX:-DontCompileHugeMethods} makes the JVM
 * compile large functions, printf(3) among them.
 */
public final class ChicoryEngine implements WasmEngine {

    private final int mostPages;
    private final Compiling compiling;

    /**
     * @param mostPages of 64 KiB that the memory of a program may have
     * @param worthCompiling fuel that the runs of a module use before it is compiled, in the
     *     background; 0 to compile each before it is run
     */
    public ChicoryEngine(int mostPages, long worthCompiling) {
        this(mostPages, new Compiling(worthCompiling));
    }

    ChicoryEngine(int mostPages, Compiling compiling) {
        this.mostPages = mostPages;
        this.compiling = compiling;
    }

    @Override
    public LoadedModule load(byte[] octets) {
        try {
            return new ChicoryModule(Parser.parse(octets), mostPages, compiling);
        } catch (ChicoryException
                | AssertionError e) { // where assertions are on, its own are first
            throw new ModuleException("expected a WebAssembly module: " + e.getMessage());
        } catch (RuntimeException e) { // the parser was not made for what is no module
            throw new ModuleException("expected a WebAssembly module, found what looks like one");
        }
    }
}
