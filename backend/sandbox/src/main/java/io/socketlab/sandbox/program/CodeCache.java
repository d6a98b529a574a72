package io.socketlab.sandbox.program;

import io.socketlab.sandbox.engine.WasmEngine;
import io.socketlab.sandbox.module.ModuleException;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Programs that have been let in, by what they consist of: one that is run again is neither checked
 * nor read again. All octets are compared, so nobody gets another program than the one that he has
 * brought, whatever he calls it. The ones that were not used for longest make room, and where the
 * heap gets short any that do not run.
 */
public final class CodeCache {

    /** What a program consists of; nobody else has the array. */
    private static final class Key {

        private final byte[] wasm;
        private final int hash;

        Key(byte[] wasm) {
            this.wasm = wasm;
            var sum = new CRC32C(); // a CPU's instruction, and asked for at each start
            sum.update(wasm);
            this.hash = (int) sum.getValue();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && hash == key.hash && Arrays.equals(wasm, key.wasm);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private record Kept(SoftReference<Code> code, int octets) {}

    private final WasmEngine engine;
    private final long mostOctets;
    private final Map<Key, Kept> programs = new LinkedHashMap<>(16, 0.75f, true);
    private long octets;

    /**
     * @param mostOctets of the programs that are kept, as they were brought and as they are run
     *     together; what an engine makes of them is some twenty times as much
     */
    public CodeCache(WasmEngine engine, long mostOctets) {
        this.engine = engine;
        this.mostOctets = mostOctets;
    }

    /**
     * The program of these octets. It is made outside any lock: two that come at once may both make
     * it, and get the same.
     *
     * @param wasm as a compiler made it, or whoever sent it; may be changed afterwards
     * @throws ModuleException if it is not let in, which is found anew each time
     */
    public Code get(byte[] wasm) {
        Code known = find(new Key(wasm));
        if (known != null) return known;
        byte[] own = wasm.clone();
        return keep(new Key(own), Code.of(own, engine));
    }

    private synchronized @Nullable Code find(Key key) {
        Kept kept = programs.get(key);
        return kept == null ? null : kept.code.get();
    }

    private synchronized Code keep(Key key, Code made) {
        Code other = find(key);
        if (other != null) return other;
        forget(programs.remove(key));
        int size = key.wasm.length + made.module().octets().length;
        programs.put(key, new Kept(new SoftReference<>(made), size));
        octets += size;
        Iterator<Kept> eldest = programs.values().iterator();
        while (octets > mostOctets && eldest.hasNext()) {
            Kept old = eldest.next();
            eldest.remove();
            forget(old);
        }
        return made;
    }

    private void forget(@Nullable Kept old) {
        if (old != null) octets -= old.octets;
    }

    /** Octets of all that are kept. */
    synchronized long octets() {
        return octets;
    }
}
