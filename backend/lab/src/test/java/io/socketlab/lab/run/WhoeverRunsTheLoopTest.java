package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabFiles;
import io.socketlab.lab.model.LabReader;
import io.socketlab.lab.run.StopSign.StoppedException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * While {@code run} goes on, threads of programs run the loop; while {@code step} does, its own
 * thread alone. What comes of it is the same, also where it comes to a halt in the midst.
 */
class WhoeverRunsTheLoopTest {

    private static final LabCatalogue LABS =
            LabCatalogue.ofClassPath(WhoeverRunsTheLoopTest.class.getClassLoader());
    private static final String SOLUTION = "solution/in_c.pkt";
    private static final String LAB = "x2-level-or-edge";

    private record Changed(LabFiles original, String yaml) implements LabFiles {
        @Override
        public String name() {
            return original.name();
        }

        @Override
        public Optional<String> read(String path) {
            return path.equals("lab.yaml") ? Optional.of(yaml) : original.read(path);
        }

        @Override
        public Optional<byte[]> program(String name) {
            return original.program(name);
        }

        @Override
        public Optional<byte[]> answer(String name) {
            return original.answer(name);
        }

        @Override
        public List<String> list(String folder) {
            return original.list(folder);
        }
    }

    static Stream<Lab> labsInC() {
        return LABS.all().stream().filter(lab -> lab.files().read(SOLUTION).isPresent());
    }

    private static Lab lab() {
        return LABS.find(LAB).orElseThrow();
    }

    /** X2 with another limit of events. */
    private static Lab limited(int events) {
        String yaml = lab().files().read("lab.yaml").orElseThrow();
        String changed = yaml.replaceFirst("limits: \\{events: \\d+", "limits: {events: " + events);
        assertThat(changed).isNotEqualTo(yaml);
        return LabReader.read(new Changed(lab().files(), changed));
    }

    /** A run whose programs stand where they first wait. */
    private static LabRun started(Lab lab) {
        LabRun run = LabRun.start(lab.withAnswers(), 1);
        run.skipMoments();
        lab.files()
                .read(SOLUTION)
                .orElseThrow()
                .lines()
                .filter(line -> line.startsWith("exec "))
                .map(run.parameters()::fill)
                .forEach(run::input);
        return run;
    }

    /** The same line again and again, to the end of the run. */
    private static LabRun toItsEnd(LabRun run, String line) {
        while (run.nextAt().isPresent() && !run.limitReached()) {
            int before = run.events().size();
            run.input(line);
            boolean calls = line.equals("step call") && run.events().size() == before;
            if (calls && !run.limitReached()) run.input("run"); // no call is waiting
        }
        return run;
    }

    @ParameterizedTest
    @MethodSource("labsInC")
    void aTraceIsOneHoweverItIsRun(Lab lab) {
        LabRun single = toItsEnd(started(lab), "step");
        String hash = single.traceHash();

        for (String line : List.of("run", "run 3ms", "step call", "step 7")) {
            LabRun run = toItsEnd(started(lab), line);
            assertThat(run.events()).as(line).hasSameSizeAs(single.events());
            assertThat(run.traceHash()).as(line).isEqualTo(hash);
            assertThat(run.limitMessage()).as(line).isEqualTo(single.limitMessage());
            assertThat(run.programs().instructions()).isEqualTo(single.programs().instructions());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {90, 91, 92, 93, 94, 110, 150, 151, 152, 203})
    void soIsOneThatReachesItsLimitOfEvents(int events) {
        LabRun single = toItsEnd(started(limited(events)), "step");
        LabRun run = toItsEnd(started(limited(events)), "run");

        assertThat(single.limitReached()).isTrue();
        assertThat(run.limitMessage()).isEqualTo(single.limitMessage());
        assertThat(run.traceHash()).isEqualTo(single.traceHash());
        assertThat(run.now()).isEqualTo(single.now());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 21, 22, 23, 24, 60, 90})
    void aStopSignIsSeenBeforeTheSameEvent(int number) {
        List<TraceEvent> single = stoppedAt(number, "step");
        List<TraceEvent> run = stoppedAt(number, "run");

        assertThat(run.toString()).isEqualTo(single.toString());
    }

    /** What has happened when a run stopped whose sign was raised at one of its events. */
    private static List<TraceEvent> stoppedAt(int number, String line) {
        var sign = new StopSign();
        int[] seen = {0};
        LabRun run = sign.over(() -> started(lab()));
        run.onEvent(_ -> {
            if (++seen[0] == number) sign.raise();
        });
        assertThatThrownBy(() -> toItsEnd(run, line)).isInstanceOf(StoppedException.class);
        assertThatThrownBy(() -> run.input(line)).isInstanceOf(StoppedException.class);
        assertThat(seen[0]).isGreaterThanOrEqualTo(number);
        List<TraceEvent> events = List.copyOf(run.events());
        run.programs().stop();
        return events;
    }

    @Test
    void anInterruptIsKeptForWhoeverRunsItAndChangesNothing() {
        Thread own = Thread.currentThread();
        int[] seen = {0};
        LabRun run = started(lab());
        run.onEvent(_ -> {
            if (++seen[0] % 20 == 0) own.interrupt();
        });

        toItsEnd(run, "run");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(run.traceHash()).isEqualTo(toItsEnd(started(lab()), "step").traceHash());
    }

    /**
     * A listener's or the kernel's, on whichever thread: it comes out, and no program is blamed.
     */
    @ParameterizedTest
    @ValueSource(ints = {20, 21, 22, 23, 24, 40, 41, 42})
    void aFailureComesOut(int number) {
        for (Throwable wrong :
                List.of(new IllegalStateException("wrong"), new StackOverflowError("too deep"))) {
            for (String line : List.of("step", "run")) {
                LabRun run = started(lab());
                run.onEvent(failing(number, wrong)::accept);
                assertThatThrownBy(() -> toItsEnd(run, line)).isSameAs(wrong);
                assertThat(run.events()).noneMatch(TraceEvent.ProgramFaulted.class::isInstance);
                run.programs().stop();
            }
        }
    }

    private static Consumer<TraceEvent> failing(int number, Throwable wrong) {
        int[] seen = {0};
        return _ -> {
            if (++seen[0] != number) return;
            if (wrong instanceof Error error) throw error;
            throw (RuntimeException) wrong;
        };
    }
}
