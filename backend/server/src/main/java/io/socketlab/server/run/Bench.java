package io.socketlab.server.run;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.grade.ResultDocument;
import io.socketlab.lab.remark.Remark;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.Reply;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.server.run.InputOutcome.Accepted;
import io.socketlab.server.run.InputOutcome.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * A run that can be gone on with. One thread at a time is in it. Its world may leave memory at any
 * time between two uses and is rebuilt from the log at the next.
 */
public final class Bench {

    private static final Logger LOG = LoggerFactory.getLogger(Bench.class);

    /** So long who only looks waits for who uses it. */
    private static final long PEEK_MILLIS = 100;

    private final Run run;
    private final BenchRegistry registry;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<BenchListener> listeners = new CopyOnWriteArrayList<>();
    private @Nullable World world;
    private volatile boolean live;
    private volatile long lastUsed;

    Bench(Run run, BenchRegistry registry) {
        this.run = run;
        this.registry = registry;
    }

    public Run run() {
        return run;
    }

    /**
     * Puts a line in: does it, stores it, and only then accepts it. The same client id again is the
     * same line again, which is accepted again and not done twice.
     *
     * @throws BenchUnavailableException if the bench cannot be rebuilt
     */
    public InputOutcome input(String clientId, String line) {
        return with(world -> {
            Optional<World.Done> before = world.done(clientId);
            if (before.isPresent()) return again(before.get(), line);
            Optional<Refused> objection = registry.objection(world, line);
            return objection.isPresent() ? objection.get() : doInput(world, clientId, line);
        });
    }

    private static InputOutcome again(World.Done done, String line) {
        if (LabRun.isSameInput(line, done.line())) return done.accepted();
        return Refused.because(
                "this id has been used",
                "Another line was put in under the same id: " + done.line());
    }

    private InputOutcome doInput(World world, String clientId, String line) {
        Reply reply;
        try {
            reply = registry.compute(() -> world.execute(line));
        } catch (ScriptException e) {
            return new Refused("not understood", e.problem(), OptionalInt.of(e.column()));
        } catch (RuntimeException e) {
            LOG.error("run {}: {} failed", run.id(), line, e);
            forget();
            return Refused.because(
                    "SocketLab failed",
                    "This line made the simulation fail, which is our fault. The run is as it was"
                            + " before it.");
        }
        return store(world, clientId, reply);
    }

    private InputOutcome store(World world, String clientId, Reply reply) {
        var input =
                new LoggedInput(
                        world.inputs() + 1,
                        reply.line(),
                        clientId,
                        world.traceHash(),
                        Instant.now());
        try {
            registry.store().append(run.id(), input);
        } catch (DataAccessException | TransactionException e) {
            LOG.error("run {}: input {} could not be stored", run.id(), input.n(), e);
            forget();
            return Refused.because(
                    "not stored",
                    "This line could not be saved, so it was undone. The run is as it was before"
                            + " it; try again.");
        }
        Accepted accepted = world.logged(clientId, reply.line(), reply);
        listeners.forEach(BenchListener::advanced);
        return accepted;
    }

    public BenchState state() {
        return with(World::state);
    }

    /** The events from number {@code from} to {@code to}, as far as there are such. */
    public List<TraceEvent> events(int from, int to) {
        return with(world -> {
            List<TraceEvent> all = world.events();
            int end = Math.min(to, all.size());
            int start = Math.max(from, 1) - 1;
            return start >= end ? List.of() : List.copyOf(all.subList(start, end));
        });
    }

    /**
     * What there is to say of a run as it stands.
     *
     * @param tests what the checks that the student may see come to
     * @param remarks what C programs did that they hardly meant
     */
    public record Judgement(List<ResultDocument.Test> tests, List<Remark> remarks) {

        private static final Judgement NONE = new Judgement(List.of(), List.of());

        public Judgement {
            tests = List.copyOf(tests);
            remarks = List.copyOf(remarks);
        }
    }

    /** Of the run as it stands; in an exam nothing. */
    public Judgement judge() {
        if (registry.hidesChecks(run)) return Judgement.NONE;
        ResultDocument result = with(world -> registry.compute(world::grade)).forStudent(false);
        return new Judgement(result.tests(), result.remarks());
    }

    /** Uses the world while nobody else does; rebuilds it before if need be. */
    <R> R with(Function<World, R> use) {
        lock.lock();
        try {
            lastUsed = registry.nanoTime();
            World there = world;
            if (there == null) {
                there = registry.rebuild(run);
                world = there;
                live = true;
                registry.makeRoom(this);
            }
            return use.apply(there);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Looks at the world where it is, between two lines, if it is in memory: it is not brought
     * there for this, and does not stay longer for it.
     */
    <R> Optional<R> peek(Function<World, R> use) {
        try {
            if (!lock.tryLock(PEEK_MILLIS, TimeUnit.MILLISECONDS)) return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(world).map(use);
        } finally {
            lock.unlock();
        }
    }

    public void listen(BenchListener listener) {
        listeners.add(listener);
    }

    public void unlisten(BenchListener listener) {
        listeners.remove(listener);
    }

    boolean hasListeners() {
        return !listeners.isEmpty();
    }

    boolean isLive() {
        return live;
    }

    long lastUsed() {
        return lastUsed;
    }

    void touch() {
        lastUsed = registry.nanoTime();
    }

    /** Lets the world go, unless somebody is using it. */
    void evict() {
        if (!lock.tryLock()) return;
        try {
            forget();
        } finally {
            lock.unlock();
        }
    }

    private void forget() {
        world = null;
        live = false;
    }
}
