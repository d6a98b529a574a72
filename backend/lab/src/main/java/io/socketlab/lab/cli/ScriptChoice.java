package io.socketlab.lab.cli;

import io.socketlab.lab.model.Lab;
import io.socketlab.lab.script.Source;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A lab, a script for it, and a seed, as a command line names them. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ScriptChoice {

    @Parameters(paramLabel = "LAB", description = "id of a lab, or its folder")
    private String lab;

    @Option(names = "--script", paramLabel = "FILE", description = "the script")
    private @Nullable Path script;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "which of the lab's variants; ${DEFAULT-VALUE}")
    private long seed;

    Lab lab() {
        return Labs.find(lab);
    }

    boolean hasScript() {
        return script != null;
    }

    /** What errors call the script. */
    Path file() {
        return script == null ? Path.of("no script") : script;
    }

    /** The script; empty if there is none. */
    String text() {
        return script == null ? "" : ScriptFile.read(script);
    }

    Source source() {
        return Source.of(file().toString(), text());
    }

    /** One of the lab's pool. */
    long seed(Lab of) {
        checkSeed(of, seed);
        return seed;
    }

    /**
     * @throws UsageException if the lab's pool has no such seed
     */
    static void checkSeed(Lab of, long seed) {
        int pool = of.variants().pool();
        if (seed >= 1 && seed <= pool) return;
        throw new UsageException(
                "--seed is " + seed + "; lab " + of.id() + " has the seeds 1 to " + pool);
    }
}
