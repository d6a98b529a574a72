package io.socketlab.sandbox.compile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Where a compiler sees nothing of this machine but itself: clang reads any file that a source
 * names ({@code #include}, {@code .incbin}, inline assembly), so there must be none. It is a root
 * of its own made by bubblewrap, bwrap(1), that holds programs and libraries of the machine
 * read-only and the work; no network, no other process, no environment, no capability.
 */
final class Jail {

    /** Of the clock on the wall, which are more where the machine has other things to do. */
    private static final int WALL_SECONDS = 30;

    /** What is left behind by timeout(1) and its victim is waited for so long. */
    private static final int GRACE_SECONDS = 5;

    private static final int TIMED_OUT = 124;
    private static final int KILLED = 137;

    /** As much is read of what is printed. */
    private static final int MOST_PRINTED = 64 << 10;

    /**
     * dash has no limit for memory by another name than -v, in KB; -f is in blocks of 512. Benches
     * and grading go first.
     */
    private static final String LIMITS =
            """
            ulimit -c 0; ulimit -v 2000000; ulimit -f 16384
            exec nice -n 10 timeout -k 1 %d "$@"
            """
                    .formatted(WALL_SECONDS);

    private final String bubblewrap;
    private final Path library;
    private final Path yard;
    private final Path printed;

    /**
     * @param bubblewrap bwrap(1)
     * @param library read there as {@code /library}
     * @param yard written there as {@code /yard}, where commands begin
     * @param printed a file outside, for what commands print
     */
    Jail(Path bubblewrap, Path library, Path yard, Path printed) {
        this.bubblewrap = bubblewrap.toString();
        this.library = library;
        this.yard = yard;
        this.printed = printed;
    }

    /**
     * How a command ended.
     *
     * @param status 0 if all went well
     * @param printed the beginning of what it said
     */
    record Ended(int status, String printed) {}

    /**
     * Runs a command within.
     *
     * @throws CompilerFailedException if there is no jail to be had, or it took too long
     */
    Ended run(List<String> command) throws InterruptedException {
        try {
            long begin = System.nanoTime();
            Process process = start(command);
            try {
                if (!process.waitFor(WALL_SECONDS + GRACE_SECONDS, TimeUnit.SECONDS)) {
                    throw tooLong();
                }
            } finally {
                // bubblewrap and what is in it die with their parent
                if (process.isAlive()) process.destroyForcibly();
            }
            return ended(process.exitValue(), System.nanoTime() - begin);
        } catch (IOException e) {
            throw new CompilerFailedException("The compiler could not be started.", e);
        }
    }

    private Ended ended(int status, long nanos) throws IOException {
        String text = printed();
        // what is beyond its processor time is killed, too, and that is its own fault
        boolean isOver = nanos >= TimeUnit.SECONDS.toNanos(WALL_SECONDS);
        if (status == TIMED_OUT || status == KILLED && isOver) throw tooLong();
        if (status != 0 && text.startsWith("bwrap: ")) {
            throw new CompilerFailedException(
                    "bubblewrap could not make a jail: " + text.lines().findFirst().orElse(""));
        }
        return new Ended(status, text);
    }

    private static CompilerFailedException tooLong() {
        return new CompilerFailedException(
                "Compiling took longer than %d s.".formatted(WALL_SECONDS));
    }

    private Process start(List<String> command) throws IOException {
        var all = new ArrayList<>(List.of("/bin/sh", "-c", LIMITS, "jail"));
        all.addAll(root());
        all.add("--");
        all.addAll(command);
        var builder = new ProcessBuilder(all).redirectInput(Path.of("/dev/null").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        return builder.redirectErrorStream(true).redirectOutput(printed.toFile()).start();
    }

    /** Debian's folders; of headers none but WebAssembly's. */
    private List<String> root() {
        return List.of(
                bubblewrap,
                "--unshare-all",
                "--die-with-parent",
                "--new-session",
                "--clearenv",
                "--cap-drop",
                "ALL",
                "--ro-bind",
                "/usr/bin",
                "/usr/bin",
                "--ro-bind",
                "/usr/lib",
                "/usr/lib",
                "--ro-bind",
                "/usr/include/wasm32-wasi",
                "/usr/include/wasm32-wasi",
                "--symlink",
                "usr/bin",
                "/bin",
                "--symlink",
                "usr/lib",
                "/lib",
                "--ro-bind-try",
                "/lib64",
                "/lib64",
                "--ro-bind",
                library.toString(),
                "/library",
                "--bind",
                yard.toString(),
                "/yard",
                "--chdir",
                "/yard",
                "--dev",
                "/dev",
                "--setenv",
                "PATH",
                "/usr/bin",
                "--setenv",
                "TMPDIR",
                "/yard");
    }

    private String printed() throws IOException {
        try (InputStream in = Files.newInputStream(printed)) {
            return new String(in.readNBytes(MOST_PRINTED), StandardCharsets.UTF_8);
        }
    }
}
