package io.socketlab.server.run;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.check.Verdict;
import io.socketlab.lab.grade.ResultDocument;
import io.socketlab.lab.model.Lab;
import io.socketlab.server.lab.Labs;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Service;

/**
 * How far a run is, for whoever looks at many. A run that has not moved is looked at once; one that
 * has is looked at in memory between two lines of its student's, or done anew if it is not there.
 */
@Service
public class Progress implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final int REMEMBERED = 5000;

    private final RunStore store;
    private final BenchRegistry benches;
    private final ProgramStore programs;
    private final Labs labs;
    private final Cache<UUID, Seen> seen = Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    private final Map<UUID, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

    /**
     * As many as can be simulated at once. Who types on a bench waits behind no more of them than
     * that, since benches take turns in the order in which they come.
     */
    private final ExecutorService replays =
            Executors.newFixedThreadPool(
                    Runtime.getRuntime().availableProcessors(),
                    Thread.ofPlatform().name("progress-", 0).daemon().factory());

    Progress(RunStore store, BenchRegistry benches, ProgramStore programs, Labs labs) {
        this.store = store;
        this.benches = benches;
        this.programs = programs;
        this.labs = labs;
    }

    /**
     * @param view empty if the run cannot be done anew, as long as it stays as it is
     */
    private record Seen(Instant updated, Optional<View> view) {}

    /**
     * @param passed of the checks that a student may see
     * @param of how many there are
     * @param task the first of them that is open, as the student reads it; empty if none is
     * @param lastLine what was put in last
     * @param lastError the last call that failed, as strace prints it; empty if none did
     * @param errors how many of the last calls failed alike, one behind the other
     * @param lastSeq the number of the last event
     */
    public record View(
            int passed,
            int of,
            String task,
            String lastLine,
            String lastError,
            int errors,
            int lastSeq) {

        public boolean isComplete() {
            return of > 0 && passed == of;
        }
    }

    /**
     * How far some runs are.
     *
     * @param views by the run's id, of those that can be done anew
     * @param missing those that took too long; they go on, and are there when they are next asked
     *     for
     */
    public record Views(Map<UUID, View> views, Set<UUID> missing) {
        public Views {
            views = Map.copyOf(views);
            missing = Set.copyOf(missing);
        }
    }

    /**
     * How far some runs are, as many at once as there are processors.
     *
     * @param atMost so long it is waited for those that are not known yet
     */
    public Views of(Collection<Run> runs, Duration atMost) {
        CompletableFuture<?>[] work =
                runs.stream()
                        .filter(run -> known(run).isEmpty())
                        .map(this::begin)
                        .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(work).get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.debug("{} runs take longer than {}", work.length, atMost);
        } catch (ExecutionException e) {
            LOG.warn("a run cannot be looked at", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Map<UUID, View> views = new HashMap<>();
        Set<UUID> missing = new HashSet<>();
        for (Run run : runs) {
            known(run)
                    .ifPresentOrElse(
                            s -> s.view.ifPresent(view -> views.put(run.id(), view)),
                            () -> missing.add(run.id()));
        }
        return new Views(views, missing);
    }

    private Optional<Seen> known(Run run) {
        return Optional.ofNullable(seen.getIfPresent(run.id()))
                .filter(before -> before.updated.equals(run.updated()));
    }

    /** Two who look at the same run share the work. */
    private CompletableFuture<Void> begin(Run run) {
        var mine = new CompletableFuture<Void>();
        CompletableFuture<Void> there = underWay.putIfAbsent(run.id(), mine);
        if (there != null) return there;
        replays.execute(() -> {
            try {
                Optional<View> view =
                        labs.find(run.labId(), run.labRevision()).flatMap(lab -> view(run, lab));
                seen.put(run.id(), new Seen(run.updated(), view));
                mine.complete(null);
            } catch (RuntimeException e) {
                mine.completeExceptionally(e);
            } finally {
                underWay.remove(run.id());
            }
        });
        return mine;
    }

    @Override
    public void destroy() {
        replays.shutdownNow();
    }

    private Optional<View> view(Run run, Lab lab) {
        Optional<View> inMemory =
                benches.there(run.id())
                        .flatMap(b -> b.peek(world -> benches.compute(() -> view(world))));
        if (inMemory.isPresent()) return inMemory;
        List<LoggedInput> log = store.inputs(run.id());
        Lab own = lab.with(name -> programs.wasm(run.accountId(), name));
        try {
            return Optional.of(benches.compute(() -> view(benches.replay(own, run, log))));
        } catch (IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static View view(World world) {
        List<String> lines = world.lines();
        List<ResultDocument.Test> tests = world.grade().forStudent(false).tests();
        int passed = (int) tests.stream().filter(t -> t.status() == Verdict.PASS).count();
        String task =
                tests.stream()
                        .filter(t -> t.status() != Verdict.PASS)
                        .map(ResultDocument.Test::name)
                        .findFirst()
                        .orElse("");
        List<TraceEvent.CallReturned> calls =
                world.events().stream()
                        .filter(TraceEvent.CallReturned.class::isInstance)
                        .map(TraceEvent.CallReturned.class::cast)
                        .filter(call -> !call.isMadeAgain())
                        .toList();
        return new View(
                passed,
                tests.size(),
                task,
                lines.isEmpty() ? "" : lines.getLast(),
                lastError(calls),
                alike(calls),
                world.events().size());
    }

    private static String lastError(List<TraceEvent.CallReturned> calls) {
        return calls.reversed().stream()
                .filter(c -> c.errno() != null)
                .map(TraceEvent.CallReturned::text)
                .findFirst()
                .orElse("");
    }

    /** How many of the last calls are one and the same that fails. */
    private static int alike(List<TraceEvent.CallReturned> calls) {
        int n = 0;
        for (TraceEvent.CallReturned call : calls.reversed()) {
            boolean same =
                    call.errno() != null
                            && call.name().equals(calls.getLast().name())
                            && call.errno().equals(calls.getLast().errno());
            if (!same) break;
            n++;
        }
        return n;
    }
}
