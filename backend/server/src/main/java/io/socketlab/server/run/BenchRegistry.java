package io.socketlab.server.run;

import io.socketlab.lab.grade.ResultDocument;
import io.socketlab.lab.model.Lab;
import io.socketlab.server.lab.Labs;
import io.socketlab.server.run.InputOutcome.Refused;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** The benches in memory. Everything here can be lost at any time: the input logs are the truth. */
@Service
public class BenchRegistry {

    private final RunStore store;
    private final Labs labs;
    private final ProgramStore programs;
    private final BenchProperties limits;
    private final LongSupplier nanoTime;
    private final Predicate<Run> hidesChecks;
    private final Map<UUID, Bench> benches = new ConcurrentHashMap<>();

    private final Processors processors =
            new Processors(Runtime.getRuntime().availableProcessors(), System::nanoTime);

    @Autowired
    BenchRegistry(
            RunStore store,
            Labs labs,
            ProgramStore programs,
            BenchProperties limits,
            RunRules rules) {
        this(store, labs, programs, limits, System::nanoTime, run -> isExam(rules, run));
    }

    BenchRegistry(
            RunStore store,
            Labs labs,
            ProgramStore programs,
            BenchProperties limits,
            LongSupplier nanoTime,
            Predicate<Run> hidesChecks) {
        this.store = store;
        this.labs = labs;
        this.programs = programs;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.hidesChecks = hidesChecks;
    }

    private static boolean isExam(RunRules rules, Run run) {
        return run.assignment().isPresent()
                && rules.terms(run).filter(RunRules.Terms::hidesScores).isPresent();
    }

    /** Whether whoever works on a run is not to know what its checks say. */
    boolean hidesChecks(Run run) {
        return hidesChecks.test(run);
    }

    /** The one bench of a run. */
    public Bench bench(Run run) {
        return benches.compute(
                run.id(),
                (_, there) -> {
                    Bench bench = there == null ? new Bench(run, this) : there;
                    bench.touch();
                    return bench;
                });
    }

    /** The bench of a run, if somebody has used it lately. */
    Optional<Bench> there(UUID run) {
        return Optional.ofNullable(benches.get(run));
    }

    /** Lets go of what has not been used for a while. */
    @Scheduled(fixedDelayString = "${socketlab.bench.sweep:1m}")
    void sweep() {
        long now = nanoTime.getAsLong();
        benches.values().stream().filter(bench -> isIdle(bench, now)).forEach(Bench::evict);
        benches.values().removeIf(b -> isIdle(b, now) && !b.isLive() && !b.hasListeners());
    }

    private boolean isIdle(Bench bench, long now) {
        return now - bench.lastUsed() >= limits.idle().toNanos();
    }

    /** How many benches are in memory. */
    long live() {
        return benches.values().stream().filter(Bench::isLive).count();
    }

    /** Evicts those that were not used for longest while there are too many. */
    void makeRoom(Bench forThis) {
        long tooMany = live() - limits.live();
        if (tooMany <= 0) return;
        benches.values().stream()
                .filter(bench -> bench != forThis && bench.isLive())
                .sorted(Comparator.comparingLong(Bench::lastUsed))
                .limit(tooMany)
                .forEach(Bench::evict);
    }

    /** Why a line is not even tried. */
    Optional<Refused> objection(World world, String line) {
        if (world.readOnly().isPresent()) {
            return Optional.of(Refused.because("this run is read-only", world.readOnly().get()));
        }
        if (world.inputs() >= limits.maxInputs()) {
            return Optional.of(
                    Refused.because(
                            "the run is full",
                            "A run takes at most %d lines. Start over to go on."
                                    .formatted(limits.maxInputs())));
        }
        if (line.length() > limits.maxLine()) {
            return Optional.of(
                    Refused.because(
                            "the line is too long",
                            "expected at most %d characters, found %d"
                                    .formatted(limits.maxLine(), line.length())));
        }
        if (line.chars().anyMatch(c -> c != '\t' && Character.isISOControl(c))) {
            return Optional.of(
                    Refused.because(
                            "not understood", "expected one line without control characters"));
        }
        return Optional.empty();
    }

    World rebuild(Run run) {
        Lab lab =
                labs.find(run.labId(), run.labRevision())
                        .orElseThrow(() ->
                                new BenchUnavailableException(
                                        "The lab of this run, %s, is not here any more."
                                                .formatted(run.labId())));
        var log = store.inputs(run.id());
        try {
            Lab own = lab.with(name -> programs.wasm(run.accountId(), name));
            return compute(() -> replay(own, run, log));
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new BenchUnavailableException(
                    "This run cannot be rebuilt, which is our fault. Start over to go on.", e);
        }
    }

    /** Within {@link #compute}. */
    World replay(Lab lab, Run run, List<LoggedInput> log) {
        return World.replay(lab, run, log, processors::pause);
    }

    /** Judges a run as it stands. */
    ResultDocument grade(Run run, World world) {
        return compute(world::grade).withPrograms(programs.started(run.accountId(), world.lines()));
    }

    <R> R compute(Supplier<R> work) {
        return processors.compute(work);
    }

    RunStore store() {
        return store;
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }
}
