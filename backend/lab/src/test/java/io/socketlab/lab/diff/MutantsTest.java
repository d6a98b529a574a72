package io.socketlab.lab.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.grade.Comparison;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.Mistake;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.ScriptRunner;
import io.socketlab.lab.script.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The comparison of a wrong answer with the nearest solution names a place that is not behind the
 * mistake. Where that was planted shows in the texts of the two scripts: at the first line in which
 * they differ. A line inside a program may be gone through many times before it matters; runs of
 * one seed are the same to the last event up to then.
 */
@Execution(ExecutionMode.CONCURRENT)
class MutantsTest {

    /** {@code -Pproof} has more. */
    private static final int SEEDS = Integer.getInteger("socketlab.mutants.seeds", 1);

    private static final Pattern LINE =
            Pattern.compile("(\\+?[0-9.]+\\w*\\s+)?(\\w+)(?:\\.(\\d+))?:\\s*(\\w+\\(.*)");

    private final LabCatalogue labs = LabCatalogue.ofClassPath(getClass().getClassLoader());

    /**
     * A line of a script.
     *
     * @param task whose call it is, empty for what is none
     * @param number which call of that task
     */
    private record Planned(String task, int number, String text, boolean inProgram) {}

    @TestFactory
    Stream<DynamicTest> theDivergenceIsNotBehindTheMistake() {
        return labs.all().stream()
                .map(Lab::withAnswers)
                .flatMap(lab ->
                        lab.mistakes().stream()
                                .map(Mistake::mutants)
                                .flatMap(List::stream)
                                .distinct()
                                .map(path ->
                                        dynamicTest(
                                                lab.id() + "/" + path,
                                                () -> assertFound(lab, path))));
    }

    private static void assertFound(Lab lab, String path) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Comparison comparison =
                    Comparison.withSolutions(lab, seed, source(lab, path)).orElseThrow();
            assertThat(comparison.isSame()).as("seed " + seed + ": something differs").isFalse();
            if (comparison.divergence().isEmpty()) continue; // what was said beforehand differs
            Divergence found = comparison.divergence().get();
            long at = planted(lab, seed, path, comparison.reference());
            assertThat(at).as("the mistake matters somewhere").isLessThan(Long.MAX_VALUE);
            assertThat(earliest(found))
                    .as("seed %d: %s, beside %s", seed, found, comparison.reference())
                    .isLessThanOrEqualTo(at);
        }
    }

    private static Source source(Lab lab, String path) {
        return Source.of(path, lab.files().read(path).orElseThrow());
    }

    /** When, in whichever of the runs it is earlier. */
    private static long earliest(Divergence d) {
        return Stream.of(d.because(), d.ours(), d.reference())
                .flatMap(Optional::stream)
                .mapToLong(Divergence.Line::at)
                .min()
                .orElseThrow();
    }

    /** When the mistake that the texts show matters, in whichever run it is later. */
    private static long planted(Lab lab, long seed, String path, String reference) {
        List<Planned> ours = lines(lab, seed, path);
        List<Planned> theirs = lines(lab, seed, reference);
        int same = 0;
        while (same < ours.size()
                && same < theirs.size()
                && ours.get(same).equals(theirs.get(same))) {
            same++;
        }
        long at =
                Math.max(
                        when(lab, seed, path, ours.subList(same, ours.size())),
                        when(lab, seed, reference, theirs.subList(same, theirs.size())));
        boolean elsewhere =
                isInProgram(ours, same) || isInProgram(theirs, same) || at == Long.MAX_VALUE;
        return elsewhere ? parting(calls(lab, seed, path), calls(lab, seed, reference)) : at;
    }

    private static boolean isInProgram(List<Planned> lines, int i) {
        return i < lines.size() && lines.get(i).inProgram();
    }

    /** When a call is first made that the other run does not make, in whichever it is later. */
    private static long parting(
            List<TraceEvent.CallEntered> ours, List<TraceEvent.CallEntered> theirs) {
        int same = 0;
        while (same < Math.min(ours.size(), theirs.size())
                && call(ours.get(same)).equals(call(theirs.get(same)))) {
            same++;
        }
        int parting = same;
        return Stream.of(ours, theirs)
                .filter(calls -> calls.size() > parting)
                .mapToLong(calls -> calls.get(parting).stamp().at())
                .max()
                .orElse(Long.MAX_VALUE);
    }

    /** Of the student's hosts, without those that print. */
    private static List<TraceEvent.CallEntered> calls(Lab lab, long seed, String path) {
        return events(lab, seed, path).stream()
                .filter(event -> lab.student().hosts().contains(event.stamp().host()))
                .filter(TraceEvent.CallEntered.class::isInstance)
                .map(TraceEvent.CallEntered.class::cast)
                .filter(call -> call.fd() != 1 && call.fd() != 2)
                .toList();
    }

    private static String call(TraceEvent.CallEntered e) {
        return "%d %s.%d %s".formatted(e.stamp().at(), e.stamp().host(), e.task(), e.text());
    }

    private static List<Planned> lines(Lab lab, long seed, String path) {
        var lines = new ArrayList<Planned>();
        Map<String, Integer> numbers = new HashMap<>();
        int depth = 0;
        for (String written : lab.file(path, seed).orElseThrow().lines().toList()) {
            String line = written.replaceFirst("//.*", "").strip();
            boolean inProgram = depth > 0 || line.startsWith("exec ");
            depth += line.replaceAll("[^{]", "").length() - line.replaceAll("[^}]", "").length();
            Matcher m = LINE.matcher(line);
            if (m.matches() && !inProgram) {
                String task = m.group(2) + "." + (m.group(3) == null ? "1" : m.group(3));
                String text = line.replaceFirst("\\)\\s*=[^)]*$", ")");
                lines.add(new Planned(task, numbers.merge(task, 1, Integer::sum), text, false));
            } else if (!line.isEmpty() && !line.startsWith("predict(")) {
                lines.add(new Planned("", 0, line, inProgram));
            }
        }
        return lines;
    }

    /** When the first call of these lines is made; never, if there is none. */
    private static long when(Lab lab, long seed, String path, List<Planned> lines) {
        return lines.stream()
                .filter(line -> !line.task().isEmpty())
                .findFirst()
                .map(line -> when(lab, seed, path, line))
                .orElse(Long.MAX_VALUE);
    }

    private static long when(Lab lab, long seed, String path, Planned call) {
        return events(lab, seed, path).stream()
                .filter(TraceEvent.CallEntered.class::isInstance)
                .map(TraceEvent.CallEntered.class::cast)
                .filter(e -> (e.stamp().host() + "." + e.task()).equals(call.task()))
                .skip(call.number() - 1)
                .mapToLong(e -> e.stamp().at())
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    private static List<TraceEvent> events(Lab lab, long seed, String path) {
        LabRun run = LabRun.start(lab, seed);
        ScriptRunner.run(run, source(lab, path));
        return run.events();
    }
}
