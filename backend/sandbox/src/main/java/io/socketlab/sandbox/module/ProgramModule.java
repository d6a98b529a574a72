package io.socketlab.sandbox.module;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A compiled program that has been let in, with its bounds built in. What its globals are called
 * and mean is here; running it is not.
 */
public final class ProgramModule {

    /** Name of the global with the instructions that it may still run, 64 bits. */
    public static final String FUEL = Instrumenter.FUEL;

    /** Name of the global with the place in the sources where it is; {@link #place}. */
    public static final String PLACE = Instrumenter.PLACE;

    /** Name of the global with how many calls it is in. */
    public static final String DEPTH = Instrumenter.DEPTH;

    /** How deep calls may go before the program is stopped. */
    public static final int DEEPEST = Instrumenter.DEEPEST;

    /** Octets that a module has at most. */
    public static final int LARGEST = ModuleLoader.LARGEST;

    /** Pages of 64 KiB that its memory has at most. */
    public static final int MOST_PAGES = ModuleLoader.MOST_PAGES;

    private final byte[] octets;
    private final List<String> files;
    private final Set<String> imports;
    private final String hash;

    private ProgramModule(ModuleLoader.Loaded loaded, String hash) {
        this.octets = loaded.octets();
        this.files = loaded.files();
        this.imports = loaded.imports();
        this.hash = hash;
    }

    /**
     * Lets a module in.
     *
     * @param allowed the functions it may import, by {@code module.name}: letters of their
     *     parameters and results, {@code iil:i} with i for 32 bits, l for 64, f and d for floating
     *     point
     * @throws ModuleException if it is not let in
     */
    public static ProgramModule of(byte[] wasm, Map<String, String> allowed) {
        return new ProgramModule(ModuleLoader.load(wasm, allowed), sha256(wasm));
    }

    /** As it is run; not to be changed. */
    public byte[] octets() {
        return octets;
    }

    /** SHA-256 of what was let in, in hexadecimal. */
    public String hash() {
        return hash;
    }

    /** Whether it imports {@code kernel.name}. */
    public boolean uses(String name) {
        return imports.contains("kernel." + name);
    }

    /**
     * Where in the sources a value of {@link #PLACE} is, {@code server.c:41}; empty before the
     * first line, or where nothing is known of lines.
     */
    public Optional<String> place(int value) {
        int file = value / LineTable.LINES;
        int line = value % LineTable.LINES;
        if (value <= 0 || line == 0 || file >= files.size()) return Optional.empty();
        return Optional.of(files.get(file) + ":" + line);
    }

    private static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JVM has it
        }
    }
}
