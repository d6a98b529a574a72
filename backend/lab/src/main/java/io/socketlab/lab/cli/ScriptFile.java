package io.socketlab.lab.cli;

import io.socketlab.lab.model.Lab;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A script named on the command line. */
final class ScriptFile {

    private ScriptFile() {}

    static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new UsageException(file + " is not UTF-8 text");
        } catch (IOException e) {
            throw new UsageException(file + " cannot be read");
        }
    }

    /** A seed of the lab's pool. */
    static long seed(Lab lab, long seed) {
        int pool = lab.variants().pool();
        if (seed < 1 || seed > pool) {
            throw new UsageException(
                    "--seed is " + seed + "; lab " + lab.id() + " has the seeds 1 to " + pool);
        }
        return seed;
    }
}
