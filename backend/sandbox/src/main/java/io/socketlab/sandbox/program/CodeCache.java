package io.socketlab.sandbox.program;

import io.socketlab.sandbox.engine.WasmEngine;
import io.socketlab.sandbox.module.ModuleException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Programs that have been let in lately, by their octets. To let one in takes longer than many a
 * run of it, and a lab's programs are run again and again.
 */
public final class CodeCache {

    private final WasmEngine engine;
    private final int most;

    /** The one that was asked for last comes last. */
    private final Map<ByteBuffer, Code> kept = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param most how many programs are kept, at least 1; the one that has not been asked for for
     *     longest goes
     */
    public CodeCache(WasmEngine engine, int most) {
        if (most < 1) throw new IllegalArgumentException("expected room for a program: " + most);
        this.engine = engine;
        this.most = most;
    }

    /**
     * Lets a program in, or finds it.
     *
     * @param wasm as a compiler made it, or whoever sent it
     * @throws ModuleException if it is not let in; that is not kept
     */
    public Code of(byte[] wasm) {
        synchronized (kept) {
            Code found = kept.get(ByteBuffer.wrap(wasm));
            if (found != null) return found;
        }
        // outside: one that takes long keeps nobody else waiting
        Code made = Code.of(wasm, engine);
        synchronized (kept) {
            kept.put(ByteBuffer.wrap(wasm.clone()), made);
            if (kept.size() > most) kept.remove(kept.keySet().iterator().next());
        }
        return made;
    }
}
