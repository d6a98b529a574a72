package io.socketlab.lab.cli;

import io.socketlab.lab.grade.BrokenSourceException;
import io.socketlab.lab.grade.ProgramAnswer;
import io.socketlab.sandbox.compile.CCompiler;
import io.socketlab.sandbox.compile.CompilerFailedException;
import io.socketlab.sandbox.compile.JailedClang;
import io.socketlab.sandbox.compile.NoCompilerException;
import io.socketlab.sandbox.compile.Sources;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/** This machine's compiler, for the command line. */
final class LocalCompiler {

    private LocalCompiler() {}

    /** The last part of a path. */
    static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /**
     * Reads the files of a program.
     *
     * @throws UsageException if one cannot be read, or they are not what can be compiled together
     */
    static Sources read(List<Path> files) {
        var texts = new TreeMap<String, String>();
        for (Path file : files) {
            try {
                // what is no UTF-8 may be in a comment, and clang says of the rest what it has to
                String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                if (texts.put(name(file), text) != null) {
                    throw new UsageException("two files of a program are called " + name(file));
                }
            } catch (IOException e) {
                throw new UsageException(file + " cannot be read");
            }
        }
        try {
            return new Sources(texts);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * @throws UsageException if there is no compiler on this machine, or it fails
     */
    static CCompiler find() {
        try {
            return JailedClang.find();
        } catch (NoCompilerException e) {
            throw new UsageException(
                    "programs are not compiled on this machine: %s. On Debian: %s. A .wasm needs no compiler."
                            .formatted(e.getMessage(), NoCompilerException.PACKAGES));
        }
    }

    /**
     * The same with its programs compiled.
     *
     * @param warnings is told what the compiler says of them
     * @throws UsageException if there is no compiler on this machine, or it fails
     * @throws BrokenSourceException if one cannot be compiled
     */
    static ProgramAnswer compiled(ProgramAnswer answer, PrintWriter warnings) {
        try {
            return answer.compiled(find(), (_, message) -> warnings.println(message.written()));
        } catch (CompilerFailedException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UsageException("compiling was interrupted");
        }
    }
}
