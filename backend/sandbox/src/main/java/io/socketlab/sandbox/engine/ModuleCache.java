package io.socketlab.sandbox.engine;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Modules by what they consist of; the ones not used for longest make room. */
final class ModuleCache {

    private final Map<String, LoadedModule> modules;

    /**
     * @param kept modules at the most
     */
    ModuleCache(int kept) {
        this.modules =
                new LinkedHashMap<>(16, 0.75f, true) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, LoadedModule> eldest) {
                        return size() > kept;
                    }
                };
    }

    /**
     * The module of these octets. It is made outside any lock: two that come at once may both make
     * it, and get the same.
     */
    LoadedModule get(byte[] octets, Function<byte[], LoadedModule> make) {
        String hash = hash(octets);
        LoadedModule known = find(hash);
        return known == null ? keep(hash, make.apply(octets)) : known;
    }

    private synchronized @Nullable LoadedModule find(String hash) {
        return modules.get(hash);
    }

    private synchronized LoadedModule keep(String hash, LoadedModule made) {
        LoadedModule other = modules.putIfAbsent(hash, made);
        return other == null ? made : other;
    }

    private static String hash(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
