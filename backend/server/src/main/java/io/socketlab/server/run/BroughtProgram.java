package io.socketlab.server.run;

import io.socketlab.lab.run.ProgramRunner;
import io.socketlab.sandbox.compile.Sources;
import io.socketlab.server.web.ProblemException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A C program as a request brings it: its source, the module that a compiler made of it, or both.
 */
public final class BroughtProgram {

    private final String title;
    private final Map<String, String> files;
    private final byte[] module;

    /**
     * @param source if it is one file; null if it is several, or not known
     * @param sources by name; null if it is one file, or they are not known
     * @param wasm null if it is still to be compiled
     * @throws ProblemException if its files cannot be those of a program
     */
    public BroughtProgram(
            String title,
            @Nullable String source,
            @Nullable Map<String, String> sources,
            byte @Nullable [] wasm) {
        this.title = title;
        this.files = files(title, source, sources);
        this.module = wasm == null ? new byte[0] : wasm;
    }

    private static Map<String, String> files(
            String title, @Nullable String source, @Nullable Map<String, String> sources) {
        if (sources != null && !sources.isEmpty()) return checked(title, sources);
        if (source == null || source.isBlank()) return Map.of();
        // an option is no file's name
        return checked(title, Map.of((title.startsWith("-") ? "main" : title) + ".c", source));
    }

    private static Map<String, String> checked(String title, Map<String, String> sources) {
        try {
            return new Sources(sources).files();
        } catch (IllegalArgumentException e) {
            throw invalid("Field 'sources' of " + title + ": " + e.getMessage());
        }
    }

    /** Its files by name, none if they are not known. */
    public Map<String, String> files() {
        return files;
    }

    /** Its files in one text, for whoever reads it; empty if they are not known. */
    String text() {
        return files.isEmpty() ? "" : new Sources(files).text();
    }

    /** What it was compiled to, of no octet if it was not. */
    public byte[] module() {
        return module;
    }

    /**
     * Looks whether it can be run, once it is compiled where it has to be.
     *
     * @param compiles whether this server has a compiler
     * @throws ProblemException if it cannot
     */
    public void check(boolean compiles) {
        if (module.length == 0) {
            if (files.isEmpty()) {
                throw invalid(
                        "%s: expected its 'source', its 'sources' or 'wasm'.".formatted(title));
            }
            if (!compiles) throw noCompiler();
            return;
        }
        letIn(module);
    }

    /**
     * Looks whether a module of it is one that may run.
     *
     * @throws ProblemException if it is not
     */
    void letIn(byte[] wasm) {
        Optional<String> refused = ProgramRunner.refusal(wasm);
        if (refused.isEmpty()) return;
        throw new ProblemException(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "program-refused",
                "Program refused",
                title + ": " + refused.get());
    }

    private ProblemException noCompiler() {
        return new ProblemException(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "no-compiler",
                "No compiler",
                "%s: this server compiles no programs. Compile it, and hand in 'wasm' with the source beside it; GET /api/v1/sysroot has headers, library and flags."
                        .formatted(title));
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(HttpStatus.BAD_REQUEST, "invalid-body", "Invalid body", detail);
    }
}
