package io.socketlab.lab.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A lab's files, and beside them the compiled programs that somebody has brought. */
public final class SubmittedPrograms implements LabFiles {

    /** How much of a SHA-256 a name tells: 48 bits. */
    private static final int DIGITS = 12;

    private final LabFiles files;
    private final Function<String, Optional<byte[]>> programs;

    /**
     * @param programs finds one by its name, {@link #name}
     */
    SubmittedPrograms(LabFiles files, Function<String, Optional<byte[]>> programs) {
        this.files = files;
        this.programs = programs;
    }

    /** What a program is called in the lines of a run: {@code server@3f2a9c107d4e}. */
    public static String name(String title, byte[] wasm) {
        return title + "@" + sha256(wasm).substring(0, DIGITS);
    }

    private static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JVM has it
        }
    }

    @Override
    public String name() {
        return files.name();
    }

    @Override
    public Optional<String> read(String path) {
        return files.read(path);
    }

    @Override
    public List<String> list(String folder) {
        return files.list(folder);
    }

    @Override
    public Optional<byte[]> program(String name) {
        return programs.apply(name).or(() -> files.program(name));
    }

    @Override
    public Optional<byte[]> image(String path) {
        return files.image(path);
    }

    @Override
    public Optional<byte[]> answer(String name) {
        return files.answer(name);
    }
}
