package io.socketlab.sandbox.compile;

import io.socketlab.sandbox.compile.Message.Severity;
import io.socketlab.sandbox.sysroot.Sysroot;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** This machine's clang, locked in a {@link Jail}. It is given the flags and the library of all. */
public final class JailedClang implements CCompiler {

    private static final String OUT = "a.wasm";
    private static final int MOST_OCTETS = 1 << 20;

    /** Of processor, for all that is done for a program. */
    private static final int CPU_SECONDS = 10;

    private static final int DIGITS = 12;

    private static final Pattern VERSION = Pattern.compile("clang version ([0-9][0-9.]*)");

    private static final Sources PROBE =
            new Sources(
                    Map.of(
                            "probe.c",
                            """
                            #include <stdio.h>
                            #include <sys/socket.h>
                            int main(void) { return printf("%d\\n", socket(AF_INET, SOCK_STREAM, 0)) < 0; }
                            """));

    /**
     * Compiles each file to an object and links them; all files are compiled though one is wrong,
     * so that one is told of all mistakes. Objects first: a compiler that also links names them by
     * chance, and the names end up in what is made. Each step may use what processor time those
     * before it have left: what they have used is told by times(1p) in seconds and a fraction, and
     * added up in hundredths.
     */
    private static final String STEPS =
            """
            budget=$1 left=$1 wrong=
            shift
            step() {
                status=0
                (ulimit -t "$left"; exec clang -fno-crash-diagnostics "$@") || wrong=yes status=$?
                times >spent
                { read -r _; read -r user system; } <spent
                used=0
                for time in "$user" "$system"; do
                    minutes=${time%%m*} seconds=${time#*m} fraction=${time#*.}
                    hundredths=1${fraction%"${fraction#??}"} # so that 08 is not octal
                    used=$((used + minutes * 6000 + ${seconds%%.*} * 100 + hundredths - 100))
                done
                rest=$((budget * 100 - used))
                [ "$rest" -gt 50 ] || exit 2 # what is killed for its time may have been seen to use a little less
                [ "$status" != 137 ] || exit 3
                left=$(((rest + 99) / 100))
            }
            objects=
            for source; do
                object=${source%.c}.o objects="$objects ${source%.c}.o"
                step @/library/compile -c "$source" -o "$object"
            done
            [ -z "$wrong" ] || exit 1
            step @/library/link /library/lib/start.o $objects -o a.wasm -L/library/lib -lkernel
            [ -z "$wrong" ]
            """;

    /** That a step was killed by somebody else: by a machine that has no memory left. */
    private static final int KILLED = 3;

    /** What strerror(3) has for ENOSPC. */
    private static final String NO_ROOM = "No space left on device";

    private static final String TOO_MUCH =
            "the compiler gave it up: it may use %d s of processor, 2 GB of memory and files of 8 MB, and a program has %d octets at most"
                    .formatted(CPU_SECONDS, MOST_OCTETS);

    private final Path bubblewrap;
    private final Map<String, byte[]> library;
    private final int cpuSeconds;
    private final String name;

    private JailedClang(Path bubblewrap, Sysroot sysroot, int cpuSeconds)
            throws NoCompilerException {
        this.bubblewrap = bubblewrap;
        this.cpuSeconds = cpuSeconds;
        this.library = library(sysroot);
        try {
            this.name = identify();
            if (compile(PROBE) instanceof Compilation.Refused(List<Message> messages)) {
                throw new NoCompilerException(
                        "clang cannot compile for WebAssembly: " + messages.getFirst().text());
            }
        } catch (CompilerFailedException e) {
            throw new NoCompilerException(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoCompilerException("it was interrupted when it was looked for");
        }
    }

    /**
     * This machine's, tried out.
     *
     * @throws NoCompilerException if it has none that can be locked in
     */
    public static JailedClang find() throws NoCompilerException {
        return find(Optional.ofNullable(System.getenv("PATH")).orElse(""), CPU_SECONDS);
    }

    /**
     * @param path folders with a colon between
     * @param cpuSeconds of processor for a program
     */
    static JailedClang find(String path, int cpuSeconds) throws NoCompilerException {
        Path bubblewrap = executable(path, "bwrap", "bubblewrap (bwrap)");
        executable(path, "clang", "clang");
        executable(path, "wasm-ld", "lld (wasm-ld)");
        return new JailedClang(bubblewrap, Sysroot.load(), cpuSeconds);
    }

    private static Path executable(String path, String name, String what)
            throws NoCompilerException {
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new NoCompilerException("there is no " + what));
    }

    /** What lies in the jail's {@code /library}, by path. */
    private static Map<String, byte[]> library(Sysroot sysroot) {
        var files = new TreeMap<>(sysroot.files());
        files.put(
                "compile",
                flags(
                        sysroot.compile(),
                        "-ffile-prefix-map=/library=.",
                        "-isystem",
                        "/library/include"));
        files.put("link", flags(sysroot.link(), "--target=wasm32-wasi"));
        return files;
    }

    /** As clang reads them from a file. */
    private static byte[] flags(List<String> flags, String... more) {
        return Stream.concat(flags.stream(), Stream.of(more))
                .map(flag -> '"' + flag + "\"\n")
                .reduce("", String::concat)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String name() {
        return name;
    }

    /** Of the versions, the flags, our library and the machine's: all that a module is made of. */
    private String identify() throws InterruptedException, NoCompilerException {
        String versions = ask("clang", "--version") + ask("wasm-ld", "--version");
        MessageDigest digest = sha256();
        digest.update(versions.getBytes(StandardCharsets.UTF_8));
        for (var file : library.entrySet()) {
            digest.update((file.getKey() + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(file.getValue());
        }
        String target = "--target=wasm32-wasi";
        digest.update(machineFile(ask("clang", target, "-print-file-name=libc.a"), "wasi-libc"));
        digest.update(machineFile(ask("clang", target, "-print-libgcc-file-name"), "libclang-rt"));
        Matcher version = VERSION.matcher(versions);
        String hash = HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        return "clang " + (version.find() ? version.group(1) + " " : "") + "(" + hash + ")";
    }

    private String ask(String... command) throws InterruptedException {
        try (var work = new Work(Map.of())) {
            return work.jail(bubblewrap).run(List.of(command)).printed();
        } catch (IOException e) {
            throw new CompilerFailedException("The compiler could not be asked.", e);
        }
    }

    /** A library that clang has found in a folder that the jail shares with the machine. */
    private static byte[] machineFile(String answer, String what) throws NoCompilerException {
        Path file = Path.of(answer.strip());
        try {
            if (file.isAbsolute()) return Files.readAllBytes(file);
        } catch (IOException e) {
            // then it is not there
        }
        throw new NoCompilerException("there is no " + what + " for WebAssembly");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JVM has it
        }
    }

    @Override
    public Compilation compile(Sources sources) throws InterruptedException {
        try (var work = new Work(library)) {
            for (var file : sources.files().entrySet()) {
                Files.writeString(work.yard().resolve(file.getKey()), file.getValue());
            }
            List<String> command =
                    new ArrayList<>(
                            List.of("sh", "-c", STEPS, "steps", Integer.toString(cpuSeconds)));
            command.addAll(sources.compiled());
            Jail.Ended ended = work.jail(bubblewrap).run(command);
            return compilation(ended, work.yard().resolve(OUT));
        } catch (IOException e) {
            throw new CompilerFailedException("There was no room to compile it.", e);
        }
    }

    private static Compilation compilation(Jail.Ended ended, Path out) throws IOException {
        if (ended.status() == KILLED || ended.printed().contains(NO_ROOM)) {
            throw new CompilerFailedException("The compiler had no room to work in.");
        }
        List<Message> messages = Message.read(ended.printed());
        if (ended.status() == 0) {
            Optional<byte[]> wasm = module(out);
            if (wasm.isPresent()) return new Compilation.Made(wasm.get(), messages);
        }
        if (messages.stream().anyMatch(Message::isError)) return new Compilation.Refused(messages);
        List<Message> all = new ArrayList<>(messages);
        all.add(new Message(Severity.ERROR, "", 0, 0, TOO_MUCH));
        return new Compilation.Refused(all);
    }

    /** What was linked; empty if it is too large, or not there. */
    private static Optional<byte[]> module(Path out) throws IOException {
        // it lies where somebody else's program may have been at work
        if (!Files.isRegularFile(out, LinkOption.NOFOLLOW_LINKS)) return Optional.empty();
        try {
            byte[] module = DebugSections.without(Files.readAllBytes(out));
            return module.length <= MOST_OCTETS ? Optional.of(module) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Folders for a compilation, which go with it. */
    private static final class Work implements AutoCloseable {

        private final Path folder;

        Work(Map<String, byte[]> library) throws IOException {
            folder = Files.createTempDirectory("socketlab-compile");
            try {
                Files.createDirectory(yard());
                Files.createDirectory(library());
                for (var file : library.entrySet()) {
                    Path path = library().resolve(file.getKey());
                    Files.createDirectories(Optional.ofNullable(path.getParent()).orElseThrow());
                    Files.write(path, file.getValue());
                }
            } catch (IOException | RuntimeException e) {
                close();
                throw e;
            }
        }

        private Path library() {
            return folder.resolve("library");
        }

        Path yard() {
            return folder.resolve("yard");
        }

        Jail jail(Path bubblewrap) {
            return new Jail(bubblewrap, library(), yard(), folder.resolve("printed"));
        }

        @Override
        public void close() throws IOException {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (UncheckedIOException e) {
                throw Optional.ofNullable(e.getCause()).orElseThrow();
            }
        }
    }
}
