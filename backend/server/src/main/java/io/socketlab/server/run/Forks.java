package io.socketlab.server.run;

import io.socketlab.lab.diff.SideBySide;
import io.socketlab.lab.grade.Comparison;
import io.socketlab.lab.grade.Engine;
import io.socketlab.server.web.DatabaseTime;
import io.socketlab.server.web.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** Runs that go another way than the one they begin as. docs/decisions/0007. */
@Service
class Forks {

    private static final int MOST_BRANCHES = 200;
    private static final int ATTEMPTS = 5;

    private final RunStore store;
    private final BenchRegistry benches;
    private final Clock clock;

    Forks(RunStore store, BenchRegistry benches, Clock clock) {
        this.store = store;
        this.benches = benches;
        this.clock = clock;
    }

    /**
     * A run that begins as {@code parent} does, up to an event and on to the end of what the kernel
     * does in that breath.
     *
     * @param seq the event's number; 0 for a run of the same seed from its start
     * @throws ProblemException if there is no such event, or the parent cannot be gone on with
     */
    Run fork(Run parent, int seq, String name) {
        String called = name(name);
        World.Beginning beginning =
                benches.bench(parent).with(world -> benches.compute(() -> beginning(world, seq)));
        for (int i = 0; i < ATTEMPTS; i++) {
            List<Run> family = store.family(parent);
            if (family.size() >= MOST_BRANCHES) {
                throw problem(
                        HttpStatus.CONFLICT,
                        "too-many-forks",
                        "An attempt has at most %d branches. Start over for another attempt."
                                .formatted(MOST_BRANCHES));
            }
            int number = family.stream().mapToInt(r -> r.branch().number()).max().orElse(0) + 1;
            var branch = new Branch(number, Optional.of(parent.id()), beginning.lastSeq(), called);
            Run fork = parent.forked(UUID.randomUUID(), Engine.version(), branch, now());
            try {
                store.add(fork, beginning.log());
                return fork;
            } catch (DuplicateKeyException e) {
                // two at once: the other one has this number
            }
        }
        throw new IllegalStateException("no fork of " + parent.id() + " could be made");
    }

    /**
     * The same, and puts a line into it: what is to be otherwise.
     *
     * @throws ProblemException if the line is refused; then there is no fork
     */
    Run fork(Run parent, int seq, String name, String line) {
        Run fork = fork(parent, seq, name);
        InputOutcome outcome = benches.bench(fork).input("fork-line", line);
        if (!(outcome instanceof InputOutcome.Refused refused)) return fork;
        store.remove(fork.id());
        throw problem(HttpStatus.UNPROCESSABLE_CONTENT, "line-refused", refused.detail());
    }

    private World.Beginning beginning(World world, int seq) {
        if (world.readOnly().isPresent()) {
            throw problem(HttpStatus.CONFLICT, "run-is-read-only", world.readOnly().get());
        }
        if (seq < 0 || seq > world.events().size()) {
            throw problem(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "unknown-event",
                    "expected an event from 0 to %d, found %d"
                            .formatted(world.events().size(), seq));
        }
        return world.beginning(seq, now());
    }

    private static ProblemException problem(HttpStatus status, String type, String detail) {
        return new ProblemException(status, type, "Not forked", detail);
    }

    private static String name(String wanted) {
        String name = wanted.strip();
        boolean printable = name.chars().noneMatch(Character::isISOControl);
        if (name.length() <= Branch.LONGEST_NAME && printable) return name;
        throw problem(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "bad-name",
                "expected a name of at most %d characters in one line"
                        .formatted(Branch.LONGEST_NAME));
    }

    private Instant now() {
        return DatabaseTime.now(clock);
    }

    /**
     * Calls a branch otherwise.
     *
     * @throws ProblemException if the name is too long
     */
    void rename(Run run, String name) {
        store.rename(run.id(), name(name));
    }

    /**
     * Where two runs of one lab and seed first part.
     *
     * @throws ProblemException if they are not of one lab and seed
     */
    Comparison compare(Run run, Run other) {
        Comparison.Recorded reference = recorded(run, other);
        return benches.bench(run)
                .with(world -> benches.compute(() -> world.recorded().beside(reference)));
    }

    /**
     * Two runs of one lab and seed in two columns.
     *
     * @throws ProblemException if they are not of one lab and seed
     */
    SideBySide sideBySide(Run run, Run other) {
        Comparison.Recorded reference = recorded(run, other);
        return benches.bench(run)
                .with(world ->
                        benches.compute(() ->
                                SideBySide.of(world.recorded().events(), reference.events())));
    }

    private Comparison.Recorded recorded(Run run, Run other) {
        if (run.labId().equals(other.labId()) && run.seed() == other.seed()) {
            return benches.bench(other).with(World::recorded);
        }
        throw new ProblemException(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "not-comparable",
                "Not comparable",
                "expected two runs of the same lab and seed");
    }
}
