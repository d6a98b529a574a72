package io.socketlab.lab.grade;

import io.socketlab.lab.check.Verdict;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabException;
import io.socketlab.lab.model.Limits;
import io.socketlab.lab.model.Mistake;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.ScriptReader;
import io.socketlab.lab.run.ScriptRunner;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import io.socketlab.lab.statement.StatementCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Proves a lab before students get it: its solutions earn every point and its wrong answers fail as
 * they say, for every seed; its starter earns nothing; the same inputs give the same trace; its
 * statement names checks and parameters that there are.
 */
public final class Verifier {

    private static final String SOLUTIONS = "solution";
    private static final String MUTANTS = "mutants";

    /** A run that used more than this share of a limit has too little room. */
    private static final int SLACK = 2;

    private final Lab lab;
    private final long seeds;

    /** What is wrong, and for how many seeds; in the order in which it was found. */
    private final Map<String, Long> found = new HashMap<>();

    private final List<Problem> order = new ArrayList<>();

    private record Problem(String text, String detail) {}

    private int runs;

    private Verifier(Lab lab, long seeds) {
        this.lab = lab;
        this.seeds = Math.min(seeds, lab.variants().pool());
    }

    /**
     * What came of it.
     *
     * @param seeds how many seeds were tried
     * @param runs how many runs that made
     * @param problems what is wrong, a line each; none if the lab is proven
     */
    public record Report(String lab, long seeds, int runs, List<String> problems) {
        public Report {
            problems = List.copyOf(problems);
        }

        public boolean isProven() {
            return problems.isEmpty();
        }
    }

    /**
     * @param seeds how many seeds of the lab's pool to try, from 1 on
     */
    public static Report verify(Lab lab, long seeds) {
        var verifier = new Verifier(lab, seeds);
        verifier.statements();
        verifier.files();
        for (long seed = 1; seed <= verifier.seeds; seed++) verifier.seed(seed);
        return new Report(lab.id(), verifier.seeds, verifier.runs, verifier.problems());
    }

    private List<String> problems() {
        return order.stream()
                .map(p -> {
                    long count = found.getOrDefault(p.text, 1L);
                    String times = count > 1 ? " (for " + count + " seeds)" : "";
                    return p.text + times + (p.detail.isEmpty() ? "" : ": " + p.detail);
                })
                .toList();
    }

    private void problem(String text) {
        problem(text, "");
    }

    /**
     * @param detail what differs from seed to seed: told of the first only
     */
    private void problem(String text, String detail) {
        if (found.merge(text, 1L, Long::sum) == 1) order.add(new Problem(text, detail));
    }

    // ---- what no run is needed for

    private void statements() {
        var all = new ArrayList<LabException.Problem>(StatementCheck.mistakes(lab));
        all.addAll(StatementCheck.omissions(lab));
        all.forEach(p -> problem(p.toString()));
    }

    private void files() {
        if (lab.files().list(SOLUTIONS).isEmpty()) problem("there is no solution/");
        Set<String> declared = new HashSet<>();
        for (Mistake mistake : lab.mistakes()) mistake.mutant().ifPresent(declared::add);
        for (String path : lab.files().list(MUTANTS)) {
            if (!declared.contains(path)) problem(path + ": no mistake of lab.yaml has this file");
        }
    }

    // ---- runs

    private void seed(long seed) {
        try {
            new ScriptReader(lab, lab.parameters(seed)).readPeers();
        } catch (ScriptException e) {
            problem(String.valueOf(e.getMessage()));
            return;
        }
        for (String path : lab.files().list(SOLUTIONS)) solution(path, seed);
        for (Mistake mistake : lab.mistakes()) {
            mistake.mutant().ifPresent(path -> mutant(mistake, path, seed));
        }
        starter(seed);
    }

    private void solution(String path, long seed) {
        Optional<ResultDocument> graded = grade(path, seed);
        if (graded.isEmpty()) return;
        ResultDocument result = graded.get();
        for (ResultDocument.Test test : result.tests()) {
            if (test.status() != Verdict.PASS) {
                problem(
                        path
                                + ": check "
                                + test.id()
                                + " is "
                                + test.status()
                                + ": "
                                + test.output());
            }
        }
        asTheScriptSays(path, result);
        for (var mistake : result.mistakes()) {
            if (!mistake.severity().equalsIgnoreCase("warn")) {
                problem(path + ": shows the mistake " + mistake.id());
            }
        }
        if (result.score() < lab.maxScore()) {
            problem(
                    path + ": does not earn all of " + lab.maxScore() + " points",
                    "" + result.score());
        }
        again(path, seed, result.traceHash());
    }

    /** The same inputs again, and not a limit nearly reached. */
    private void again(String path, long seed, String hash) {
        LabRun run = run(path, seed);
        if (!run.traceHash().equals(hash)) {
            problem(path + ": two runs of the same seed gave two traces");
        }
        runs++;
        LabRun replayed = LabRun.replay(lab, seed, run.inputs());
        if (!replayed.traceHash().equals(hash)) {
            problem(path + ": a replay of the input log gave another trace");
        }
        Limits limits = lab.stack().limits();
        if ((long) run.events().size() * SLACK > limits.events()) {
            problem(
                    path + ": more than half of the limit of " + limits.events() + " events",
                    "" + run.events().size());
        }
        if (run.now() > limits.virtualNanos() / SLACK) {
            problem(
                    path + ": more than half of the limit of virtual time",
                    run.now() + " of " + limits.virtualNanos() + " ns");
        }
    }

    private LabRun run(String path, long seed) {
        runs++;
        LabRun run = LabRun.start(lab, seed);
        String script = lab.file(path, seed).orElse("");
        ScriptRunner.run(run, Source.of(path, script));
        return run;
    }

    private void mutant(Mistake mistake, String path, long seed) {
        Optional<ResultDocument> graded = grade(path, seed);
        if (graded.isEmpty()) return;
        ResultDocument result = graded.get();
        boolean shown = result.mistakes().stream().anyMatch(m -> m.id().equals(mistake.id()));
        if (!shown) problem(path + ": does not show the mistake " + mistake.id());
        fails(path, Set.copyOf(mistake.fails()), result);
        asTheScriptSays(path, result);
        if (result.verdict() == Verdict.PASS) problem(path + ": passes");
    }

    /** What is blocked is not failed: it says nothing about the mistake. */
    private void fails(String path, Set<String> wanted, ResultDocument result) {
        for (ResultDocument.Test test : result.tests()) {
            boolean failed = test.status() != Verdict.PASS && test.status() != Verdict.BLOCKED;
            if (failed == wanted.contains(test.id())) continue;
            String check = path + ": the check " + test.id() + " is " + test.status();
            problem(check + (failed ? ", and the mistake does not name it" : ", and is to fail"));
        }
    }

    private void asTheScriptSays(String path, ResultDocument result) {
        for (var difference : result.script()) {
            problem(
                    path + ":" + difference.line() + ": not as the script says",
                    "expected " + difference.expected() + ", actual " + difference.actual());
        }
    }

    private void starter(long seed) {
        Optional<String> path = lab.student().starter();
        if (path.isEmpty()) return;
        Optional<ResultDocument> graded = grade(path.get(), seed);
        if (graded.isEmpty()) return;
        ResultDocument result = graded.get();
        if (result.verdict() == Verdict.PASS) problem(path.get() + ": passes as it is");
        int declared = lab.scoring().starter();
        if (result.score() != declared) {
            problem(
                    path.get() + ": does not earn the " + declared + " points of scoring.starter",
                    "" + result.score());
        }
    }

    private Optional<ResultDocument> grade(String path, long seed) {
        Optional<String> script = lab.file(path, seed);
        if (script.isEmpty()) {
            problem(path + ": there is no such file");
            return Optional.empty();
        }
        runs++;
        try {
            return Optional.of(ScriptGrader.grade(lab, seed, path, script.get()));
        } catch (ScriptException e) {
            problem(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
