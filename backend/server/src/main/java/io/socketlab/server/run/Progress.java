package io.socketlab.server.run;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.check.Verdict;
import io.socketlab.lab.grade.ResultDocument;
import io.socketlab.lab.model.Lab;
import io.socketlab.server.lab.Labs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * How far a run is, for whoever looks at many. A run that has not moved is looked at once; one that
 * has is done anew beside its bench, so that looking changes nothing for the student.
 */
@Service
public class Progress {

    private static final int REMEMBERED = 5000;

    private final RunStore store;
    private final BenchRegistry benches;
    private final ProgramStore programs;
    private final Labs labs;
    private final Cache<UUID, Seen> seen = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    Progress(RunStore store, BenchRegistry benches, ProgramStore programs, Labs labs) {
        this.store = store;
        this.benches = benches;
        this.programs = programs;
        this.labs = labs;
    }

    private record Seen(Instant updated, View view) {}

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

    /** How far a run is; empty if it cannot be done anew. */
    public Optional<View> of(Run run) {
        Seen before = seen.getIfPresent(run.id());
        if (before != null && before.updated.equals(run.updated())) return Optional.of(before.view);
        Optional<View> view =
                labs.find(run.labId(), run.labRevision()).flatMap(lab -> view(run, lab));
        view.ifPresent(v -> seen.put(run.id(), new Seen(run.updated(), v)));
        return view;
    }

    private Optional<View> view(Run run, Lab lab) {
        List<LoggedInput> log = store.inputs(run.id());
        Lab own = lab.with(name -> programs.wasm(run.accountId(), name));
        try {
            return Optional.of(benches.compute(() -> view(World.replay(own, run, log), log)));
        } catch (IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static View view(World world, List<LoggedInput> log) {
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
                        .toList();
        return new View(
                passed,
                tests.size(),
                task,
                log.isEmpty() ? "" : log.getLast().line(),
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
