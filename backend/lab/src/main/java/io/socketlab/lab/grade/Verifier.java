package io.socketlab.lab.grade;

import io.socketlab.lab.capture.Capture;
import io.socketlab.lab.capture.CaptureProof;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabException.Problem;
import io.socketlab.lab.model.LabFiles;
import io.socketlab.lab.model.Mistake;
import io.socketlab.lab.model.Places;
import io.socketlab.lab.model.Prediction;
import io.socketlab.lab.run.StopSign;
import io.socketlab.lab.statement.StatementCheck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * Proves a lab before students get it: its solutions earn every point and its wrong answers fail as
 * they say, for every seed; its starter earns nothing; the same inputs give the same trace; no seed
 * makes it much longer than another; its statement names checks and parameters that there are.
 */
public final class Verifier {

    private static final List<String> ANSWERS = List.of("solution", "mutants");
    private static final String SOURCE = ".c";

    /** The seed with the most calls may need so many times as many as the one with the fewest. */
    private static final int SPREAD = 2;

    private final Lab lab;
    private final Places places;

    /** What is wrong, in the order in which it was found. */
    private final Map<Problem, Count> problems = new LinkedHashMap<>();

    /** For how many seeds something is wrong, and what is said of the first. */
    private record Count(long seeds, String detail) {}

    private final Function<Capture, List<String>> captures;
    private final StopSign sign = StopSign.here();
    private final List<ForkJoinTask<SeedProof>> proofs;

    private Verifier(Lab lab, long seeds, Function<Capture, List<String>> captures) {
        this.captures = captures;
        this.lab = lab.withAnswers();
        this.places = new Places(lab.files());
        this.proofs =
                LongStream.rangeClosed(1, Math.min(seeds, lab.variants().pool()))
                        .mapToObj(seed -> ForkJoinTask.adapt(() -> proof(seed)))
                        .toList();
    }

    private SeedProof proof(long seed) {
        return sign.over(() -> SeedProof.of(lab, seed, places, captures));
    }

    /**
     * What came of it.
     *
     * @param seeds how many seeds were tried
     * @param runs how many runs that made
     * @param gradingNanos how long it takes to grade a script, run and verdict: the median
     * @param problems what is wrong, each with file, line and column; none if the lab is proven
     */
    public record Report(
            String lab, long seeds, int runs, long gradingNanos, List<String> problems) {
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
        return verify(List.of(lab), seeds).getFirst();
    }

    /**
     * As {@link #verify(Lab, long)} does with each, on all processors.
     *
     * @return a report for each lab, in their order
     */
    public static List<Report> verify(List<Lab> labs, long seeds) {
        return verify(labs, seeds, CaptureProof::of);
    }

    /**
     * @param captures what is wrong with a run that has been captured
     */
    static List<Report> verify(
            List<Lab> labs, long seeds, Function<Capture, List<String>> captures) {
        List<Verifier> verifiers =
                labs.stream().map(lab -> new Verifier(lab, seeds, captures)).toList();
        ForkJoinTask.invokeAll(oneSeedAfterTheOther(verifiers));
        return verifiers.stream().map(Verifier::report).toList();
    }

    /**
     * All labs with the first seed, then all with the second: what is compiled while it runs has
     * then seen every kind of lab, and need not be compiled anew with each.
     */
    private static List<ForkJoinTask<SeedProof>> oneSeedAfterTheOther(List<Verifier> verifiers) {
        var all = new ArrayList<ForkJoinTask<SeedProof>>();
        int most = verifiers.stream().mapToInt(v -> v.proofs.size()).max().orElse(0);
        for (int i = 0; i < most; i++) {
            for (Verifier verifier : verifiers) {
                if (i < verifier.proofs.size()) all.add(verifier.proofs.get(i));
            }
        }
        return all;
    }

    private Report report() {
        StatementCheck.mistakes(lab).forEach(p -> problem(p, ""));
        StatementCheck.omissions(lab).forEach(p -> problem(p, ""));
        files();
        List<SeedProof> proven = proofs.stream().map(ForkJoinTask::join).toList();
        for (SeedProof proof : proven) {
            proof.found().forEach(found -> problem(found.problem(), found.detail()));
        }
        spread(proven);
        int runs = proven.stream().mapToInt(SeedProof::runs).sum();
        return new Report(lab.id(), proven.size(), runs, median(proven), texts());
    }

    private void problem(Problem problem, String detail) {
        problems.merge(
                problem, new Count(1, detail), (old, _) -> new Count(old.seeds + 1, old.detail));
    }

    private List<String> texts() {
        return problems.entrySet().stream()
                .map(e -> {
                    Count count = e.getValue();
                    String times = count.seeds > 1 ? " (for " + count.seeds + " seeds)" : "";
                    String detail = count.detail.isEmpty() ? "" : ": " + count.detail;
                    return e.getKey() + times + detail;
                })
                .toList();
    }

    private void files() {
        if (lab.checks().isEmpty()) {
            problem(places.problem("expected a check; there is none", "checks"), "");
        }
        if (lab.solutions().isEmpty()) {
            problem(places.problem("expected a script in solution/; there is none"), "");
        }
        long halts = lab.predictions().stream().filter(Prediction::halts).count();
        if (halts > lab.about().minutes()) {
            String message =
                    "expected at most one prediction with 'halt' a minute, not %d in %d minutes"
                            .formatted(halts, lab.about().minutes());
            problem(places.problem(message, "predictions"), "");
        }
        Set<String> declared = new HashSet<>();
        for (Mistake mistake : lab.mistakes()) {
            declared.addAll(mistake.mutants());
            if (mistake.mutants().isEmpty()) {
                String message =
                        "expected a wrong answer that shows this mistake, as in mutant: mutants/it.pkt";
                problem(places.problem(message, "mistakes", mistake.id()), "");
            }
        }
        for (String path : lab.mutants()) {
            if (declared.contains(path)) continue;
            String file = lab.files().name() + "/" + path;
            problem(new Problem(file, 1, 1, "no mistake of lab.yaml has this file"), "");
        }
        for (String folder : ANSWERS) lab.files().list(folder).forEach(this::program);
    }

    /** Whoever reads an answer can read what it was compiled of. */
    private void program(String path) {
        if (path.endsWith(SOURCE)) {
            String stem = path.substring(0, path.length() - SOURCE.length());
            if (lab.files().list(folder(path)).contains(stem + LabFiles.WASM)) return;
            String message = "expected its program beside it, " + stem + LabFiles.WASM;
            problem(new Problem(lab.files().name() + "/" + path, 1, 1, message), "");
        }
        if (!path.endsWith(LabFiles.WASM)) return;
        String stem = path.substring(0, path.length() - LabFiles.WASM.length());
        if (lab.files().read(stem + SOURCE).isPresent()) return;
        String message = "expected its source beside it, " + stem + SOURCE;
        problem(new Problem(lab.files().name() + "/" + path, 1, 1, message), "");
    }

    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    /** Whoever draws one seed has about as much to do as whoever draws another. */
    private void spread(List<SeedProof> proofs) {
        for (String path : lab.solutions()) {
            int most = 0;
            int fewest = Integer.MAX_VALUE;
            for (SeedProof proof : proofs) {
                Integer calls = proof.calls().get(path);
                if (calls == null) return; // told already
                most = Math.max(most, calls);
                fewest = Math.min(fewest, calls);
            }
            if (most <= (long) SPREAD * fewest) continue;
            String message = path + " makes more than twice as many calls with one seed as with";
            problem(
                    places.problem(message + " another", "params"),
                    "from " + fewest + " to " + most);
        }
    }

    private static long median(List<SeedProof> proofs) {
        long[] sorted =
                proofs.stream()
                        .flatMap(proof -> proof.gradings().stream())
                        .mapToLong(Long::longValue)
                        .sorted()
                        .toArray();
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }
}
