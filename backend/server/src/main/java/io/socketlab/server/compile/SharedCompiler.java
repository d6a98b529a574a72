package io.socketlab.server.compile;

import io.socketlab.sandbox.compile.CCompiler;
import io.socketlab.sandbox.compile.Compilation;
import io.socketlab.sandbox.compile.CompilerFailedException;
import io.socketlab.sandbox.compile.Sources;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * One compiler for everybody. The same is compiled once, however many hand it in; few things are
 * compiled at a time, in the order in which they came; and of one account one, so that whoever
 * hands in what takes long keeps a place from nobody else.
 */
final class SharedCompiler {

    /** Accounts of the same number, by chance, wait for one another. */
    private static final int ACCOUNTS = 256;

    private final CCompiler compiler;
    private final CompilationStore store;
    private final Semaphore places;
    private final Semaphore[] accounts =
            IntStream.range(0, ACCOUNTS)
                    .mapToObj(_ -> new Semaphore(1, true))
                    .toArray(Semaphore[]::new);
    private final Map<String, CompletableFuture<Compilation>> underWay = new ConcurrentHashMap<>();

    /**
     * @param atOnce how many things are compiled at a time
     */
    SharedCompiler(CCompiler compiler, CompilationStore store, int atOnce) {
        this.compiler = compiler;
        this.store = store;
        this.places = new Semaphore(atOnce, true);
    }

    /**
     * The compiler as an account has it.
     *
     * @param patience how long it waits for its turn; after that it fails
     */
    CCompiler of(UUID account, Duration patience) {
        return new CCompiler() {
            @Override
            public String name() {
                return compiler.name();
            }

            @Override
            public Compilation compile(Sources sources) throws InterruptedException {
                return shared(account, sources, patience);
            }
        };
    }

    private Compilation shared(UUID account, Sources sources, Duration patience)
            throws InterruptedException {
        String digest = digest(sources);
        while (true) {
            var kept = store.find(digest);
            if (kept.isPresent()) return kept.get();
            var mine = new CompletableFuture<Compilation>();
            var theirs = underWay.putIfAbsent(digest, mine);
            if (theirs == null) {
                try {
                    return first(digest, mine, () -> inTurn(account, sources, patience));
                } finally {
                    underWay.remove(digest);
                    mine.cancel(false); // for those who wait, if it came to nothing
                }
            }
            var done = await(theirs);
            if (done.isPresent()) return done.get();
        }
    }

    private interface Compiling {
        Compilation now() throws InterruptedException;
    }

    private Compilation first(
            String digest, CompletableFuture<Compilation> told, Compiling compiling)
            throws InterruptedException {
        // it may have been done since it was looked for
        var kept = store.find(digest);
        Compilation compilation = kept.isPresent() ? kept.get() : compiling.now();
        if (kept.isEmpty()) store.add(digest, compilation);
        told.complete(compilation);
        return compilation;
    }

    /** What came of it for somebody else; empty if they failed, which another need not. */
    private static Optional<Compilation> await(CompletableFuture<Compilation> theirs)
            throws InterruptedException {
        try {
            return Optional.of(theirs.get());
        } catch (ExecutionException | CancellationException e) {
            return Optional.empty();
        }
    }

    private Compilation inTurn(UUID account, Sources sources, Duration patience)
            throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        Semaphore own = accounts[Math.floorMod(account.hashCode(), ACCOUNTS)];
        acquire(own, end);
        try {
            acquire(places, end);
            try {
                return compiler.compile(sources);
            } finally {
                places.release();
            }
        } finally {
            own.release();
        }
    }

    private static void acquire(Semaphore turn, long end) throws InterruptedException {
        if (turn.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) return;
        throw new CompilerFailedException("Too much is being compiled just now.");
    }

    /** Of all that a module is made of. No file's name or text can be taken for another's. */
    private String digest(Sources sources) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, compiler.name());
            sources.files()
                    .forEach((name, text) -> {
                        add(digest, name);
                        add(digest, text);
                    });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JVM has it
        }
    }

    private static void add(MessageDigest digest, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        digest.update((octets.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(octets);
    }
}
