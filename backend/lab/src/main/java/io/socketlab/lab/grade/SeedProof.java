package io.socketlab.lab.grade;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.kernel.trace.TraceEvent.CallEntered;
import io.socketlab.kernel.trace.TraceEvent.CallReturned;
import io.socketlab.lab.capture.Capture;
import io.socketlab.lab.capture.FrameLog;
import io.socketlab.lab.check.Verdict;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabException.Problem;
import io.socketlab.lab.model.Limits;
import io.socketlab.lab.model.Mistake;
import io.socketlab.lab.model.Places;
import io.socketlab.lab.model.Prediction;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.ProgramRunner;
import io.socketlab.lab.run.ScriptReader;
import io.socketlab.lab.run.ScriptResult;
import io.socketlab.lab.run.ScriptRunner;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs all that is in a lab's folder with the parameters of one seed. */
final class SeedProof {

    /** A run that used more than this share of a limit has too little room. */
    private static final int SLACK = 2;

    /** The first seeds are run again and captured: all go by the same code, and that is dear. */
    private static final long CAPTURED = 2;

    /** A descriptor that is not there or no socket, an address that is not the host's. */
    private static final Set<String> NEVER_MEANT = Set.of("EBADF", "ENOTSOCK", "EADDRNOTAVAIL");

    private final Lab lab;
    private final long seed;
    private final Places places;
    private final Function<Capture, List<String>> captures;

    private final List<Found> found = new ArrayList<>();
    private final Map<String, Integer> calls = new LinkedHashMap<>();
    private final List<Long> gradings = new ArrayList<>();
    private int runs;

    /**
     * Something that is wrong.
     *
     * @param detail what differs from seed to seed
     */
    record Found(Problem problem, String detail) {}

    /** A run that has been judged. */
    private record Judged(LabRun run, ResultDocument result) {}

    private SeedProof(Lab lab, long seed, Places places, Function<Capture, List<String>> captures) {
        this.lab = lab;
        this.seed = seed;
        this.places = places;
        this.captures = captures;
    }

    /**
     * @param captures what is wrong with a run that has been captured
     */
    static SeedProof of(
            Lab lab, long seed, Places places, Function<Capture, List<String>> captures) {
        var proof = new SeedProof(lab, seed, places, captures);
        try {
            new ScriptReader(lab, lab.parameters(seed)).readPeers();
            proof.scripts();
        } catch (ScriptException e) {
            proof.unreadable(e);
        } catch (IllegalArgumentException e) {
            String message = "hosts and links make no network";
            proof.problem(places.problem(message, "topology"), String.valueOf(e.getMessage()));
        }
        return proof;
    }

    List<Found> found() {
        return found;
    }

    int runs() {
        return runs;
    }

    /** How many calls the student has to make, by the solution's file. */
    Map<String, Integer> calls() {
        return calls;
    }

    /** Nanoseconds that each grading took, run and verdict. */
    List<Long> gradings() {
        return gradings;
    }

    private void problem(Problem problem, String detail) {
        found.add(new Found(problem, detail));
    }

    private void problem(String message, String... path) {
        problem(places.problem(message, path), "");
    }

    private void unreadable(ScriptException e) {
        problem(new Problem(e.file(), e.line(), e.column(), e.problem()), "");
    }

    private void scripts() {
        for (String path : lab.solutions()) {
            grade(path).ifPresent(judged -> solution(path, judged));
        }
        for (Mistake mistake : lab.mistakes()) {
            for (String path : mistake.mutants()) {
                grade(path).ifPresent(judged -> mutant(mistake, path, judged));
            }
        }
        lab.student()
                .starter()
                .ifPresent(path -> grade(path).ifPresent(judged -> starter(path, judged.result)));
    }

    private Source source(String path) {
        String text = lab.files().read(path).orElse("");
        return Source.of(lab.files().name() + "/" + path, text);
    }

    private Optional<Judged> grade(String path) {
        runs++;
        long start = System.nanoTime();
        try {
            LabRun run = LabRun.start(lab, seed);
            ScriptResult result = run(run, path);
            ResultDocument document = ScriptGrader.grade(lab, run, result);
            gradings.add(System.nanoTime() - start);
            return Optional.of(new Judged(run, document));
        } catch (ScriptException e) {
            unreadable(e);
            return Optional.empty();
        }
    }

    private ScriptResult run(LabRun run, String path) {
        Source source = source(path);
        return ProgramThread.with(Stream.of(source.text()), () -> ScriptRunner.run(run, source));
    }

    // ---- solutions

    private void solution(String path, Judged judged) {
        ResultDocument result = judged.result;
        boolean failed = false;
        for (ResultDocument.Test test : result.tests()) {
            if (test.status() == Verdict.PASS) continue;
            failed = true;
            String message = "%s: the check %s is %s".formatted(path, test.id(), test.status());
            problem(graded(test.id(), message), test.output());
        }
        asTheScriptSays(path, result);
        for (var mistake : result.mistakes()) {
            if (mistake.severity().equalsIgnoreCase("warn")) continue;
            problem(path + " shows this mistake", "mistakes", mistake.id(), "when");
        }
        if (!failed && result.score() < lab.maxScore()) {
            String message = path + " does not earn all of " + lab.maxScore() + " points";
            problem(places.problem(message, "scoring"), "" + result.score());
        }
        peers(judged.run);
        new HaltProof(lab, seed, path).of(judged.run.events()).forEach(this::problem);
        again(path, judged.run);
        limits(path, judged.run);
        List<String> driven = lab.student().hosts();
        calls.put(
                path,
                (int)
                        judged.run.events().stream()
                                .filter(e -> e instanceof CallEntered)
                                .filter(e -> driven.contains(e.stamp().host()))
                                .count());
    }

    /** What nobody can mean to do: nobody reads what the calls of peers return. */
    private void peers(LabRun run) {
        if (lab.peers().isEmpty()) return;
        for (TraceEvent event : run.events()) {
            if (!(event instanceof CallReturned call)) continue;
            String errno = call.errno();
            boolean meant = errno == null || !NEVER_MEANT.contains(errno);
            if (meant || lab.student().hosts().contains(call.stamp().host())) continue;
            String message = "a peer makes a call that cannot succeed";
            String what = "%s: %s".formatted(call.stamp().host(), call.text());
            problem(places.problem(message, "peers"), what);
            return;
        }
    }

    private void problem(HaltProof.Wrong wrong) {
        problem(places.problem(wrong.message(), "predictions", wrong.id(), wrong.key()), "");
    }

    private Problem graded(String id, String message) {
        boolean predicted = lab.predictions().stream().map(Prediction::id).anyMatch(id::equals);
        return places.problem(message, predicted ? "predictions" : "checks", id);
    }

    /** With the first seeds the script again, and with all the inputs that it made. */
    private void again(String path, LabRun first) {
        if (seed <= CAPTURED) {
            runs++;
            FrameLog frames = FrameLog.unlimited();
            LabRun second = LabRun.captured(lab, seed, frames);
            run(second, path);
            captured(path, Capture.of(second, frames));
            if (!isSame(second.events(), first.events())) {
                problem(at(path, 1, "two runs of the same seed give two traces"), "");
            }
        }
        runs++;
        LabRun replayed =
                ProgramThread.with(
                        first.inputs().stream(), () -> LabRun.replay(lab, seed, first.inputs()));
        ProgramRunner.stop(replayed);
        if (!isSame(replayed.events(), first.events())) {
            problem(at(path, 1, "a replay of the input log gives another trace"), "");
        }
    }

    private void captured(String path, Capture capture) {
        captures.apply(capture).stream()
                .findFirst()
                .ifPresent(wrong -> problem(at(path, 1, "its capture is wrong"), wrong));
    }

    /** Whether two traces have the same hash: without one, which would take as long as the runs. */
    private static boolean isSame(List<TraceEvent> a, List<TraceEvent> b) {
        if (a.size() != b.size()) return false;
        for (int i = 0; i < a.size(); i++) {
            boolean same =
                    Arrays.equals(octets(a.get(i)), octets(b.get(i)))
                            && withoutOctets(a.get(i)).equals(withoutOctets(b.get(i)));
            if (!same) return false;
        }
        return true;
    }

    private static byte @Nullable [] octets(TraceEvent event) {
        return switch (event) {
            case CallEntered call -> call.data();
            case CallReturned call -> call.data();
            default -> null;
        };
    }

    /** An array is equal to itself alone, and so is a record that has one. */
    private static TraceEvent withoutOctets(TraceEvent event) {
        return switch (event) {
            case CallEntered e ->
                    new CallEntered(
                            e.stamp(), e.task(), e.call(), e.name(), e.fd(), e.text(), null,
                            e.place());
            case CallReturned e ->
                    new CallReturned(
                            e.stamp(),
                            e.task(),
                            e.call(),
                            e.name(),
                            e.fd(),
                            e.result(),
                            e.errno(),
                            e.text(),
                            null,
                            e.toKernel(),
                            e.toUser());
            default -> event;
        };
    }

    private void limits(String path, LabRun run) {
        Limits limits = lab.stack().limits();
        if ((long) run.events().size() * SLACK > limits.events()) {
            String message = path + " needs more than half of " + limits.events() + " events";
            problem(places.problem(message, "stack", "limits", "events"), "" + run.events().size());
        }
        if (run.now() > limits.virtualNanos() / SLACK) {
            problem(
                    places.problem(
                            path + " needs more than half of the virtual time",
                            "stack",
                            "limits",
                            "virtual"),
                    run.now() + " of " + limits.virtualNanos() + " ns");
        }
    }

    // ---- wrong answers

    private void mutant(Mistake mistake, String path, Judged judged) {
        ResultDocument result = judged.result;
        new HaltProof(lab, seed, path).ofWrongAnswer(judged.run.events()).forEach(this::problem);
        boolean shown = result.mistakes().stream().anyMatch(m -> m.id().equals(mistake.id()));
        if (!shown) problem(path + " does not show this mistake", "mistakes", mistake.id(), "when");
        fails(mistake, path, result);
        asTheScriptSays(path, result);
        if (result.verdict() == Verdict.PASS) {
            problem(path + " passes", "mistakes", mistake.id(), "mutant");
        }
    }

    /** What is blocked is not failed: it says nothing about the mistake. */
    private void fails(Mistake mistake, String path, ResultDocument result) {
        Set<String> wanted = Set.copyOf(mistake.fails());
        judged(path, result);
        for (ResultDocument.Test test : result.tests()) {
            if (test.status() == Verdict.ERROR) continue; // told already
            boolean failed = test.status() != Verdict.PASS && test.status() != Verdict.BLOCKED;
            if (failed == wanted.contains(test.id())) continue;
            String check = path + ": the check " + test.id() + " is " + test.status();
            problem(
                    check + (failed ? ", and the mistake does not name it" : ", and is to fail"),
                    "mistakes",
                    mistake.id(),
                    "fails");
        }
    }

    /** What we cannot judge is no failure of whoever handed it in. */
    private void judged(String path, ResultDocument result) {
        for (ResultDocument.Test test : result.tests()) {
            if (test.status() != Verdict.ERROR) continue;
            String message = "%s: the check %s cannot be judged".formatted(path, test.id());
            problem(graded(test.id(), message), test.actual());
        }
    }

    private void starter(String path, ResultDocument result) {
        judged(path, result);
        if (result.verdict() == Verdict.PASS) {
            problem(path + " passes as it is", "student", "starter");
        }
        int declared = lab.scoring().starter();
        if (result.score() != declared) {
            String message = path + " does not earn the " + declared + " points of scoring.starter";
            problem(places.problem(message, "student", "starter"), "" + result.score());
        }
    }

    /** Each line that went otherwise; of those that were never made the first, for it says why. */
    private void asTheScriptSays(String path, ResultDocument result) {
        boolean told = false;
        for (var difference : result.script()) {
            boolean made = !difference.actual().startsWith(ScriptResult.NEVER_MADE);
            if (!made && told) continue;
            told |= !made;
            problem(
                    at(path, difference.line(), "not as the script says"),
                    "expected " + difference.expected() + ", actual " + difference.actual());
        }
    }

    private Problem at(String path, int line, String message) {
        String text = lab.files().read(path).orElse("");
        String written = text.lines().skip(line - 1L).findFirst().orElse("");
        int column = written.length() - written.stripLeading().length() + 1;
        return new Problem(lab.files().name() + "/" + path, line, column, message);
    }
}
