package io.socketlab.lab.grade;

import io.socketlab.lab.check.Verdict;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.run.StopSign;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Grades one answer with several seeds of a lab: other addresses, ports, sizes, delays, and with
 * them other segments and other partial reads. Who has solved the lab has solved it for each of
 * them, so the worst of the results is the result, and says how many there were and which failed.
 * Seeds are graded on all processors, and the result does not depend on which is done first.
 */
public final class ManySeeds {

    /** So many of those that failed are named. */
    private static final int MOST_NAMED = 16;

    private final Lab lab;
    private final List<Long> seeds;

    /**
     * @param first the seed that comes first; those after it follow, around the end of the pool
     * @param many how many; no more than the pool has are taken
     */
    public ManySeeds(Lab lab, long first, int many) {
        this.lab = lab;
        int pool = lab.variants().pool();
        this.seeds =
                IntStream.range(0, Math.min(many, pool))
                        .mapToObj(i -> (first - 1 + i) % pool + 1)
                        .toList();
    }

    /** The worst result; of several that are as bad, that of the seed that comes first. */
    public ResultDocument grade(Answer answer) {
        Grading grading = grading(answer);
        ResultDocument first = grading.grade(seeds.getFirst(), true);
        if (!first.gradable()) return first; // what cannot be read, or our fault
        var results = new ArrayList<ResultDocument>(List.of(first));
        StopSign sign = StopSign.here();
        results.addAll(
                seeds.subList(1, seeds.size()).parallelStream()
                        .map(seed -> sign.over(() -> grading.grade(seed, false)))
                        .toList());
        Optional<ResultDocument> failure =
                results.stream().filter(result -> !result.gradable()).findFirst();
        if (failure.isPresent()) return failure.get();
        ResultDocument worst =
                results.stream()
                        .min(
                                Comparator.comparingDouble(ResultDocument::score)
                                        .thenComparing(ManySeeds::passes))
                        .orElseThrow();
        if (worst.seedId() != first.seedId()) worst = grading.grade(worst.seedId(), true);
        ResultDocument said =
                seeds.size() == 1 ? worst : worst.withMessage(message(results, worst));
        return answer instanceof Answer.Programs(ProgramAnswer programs)
                ? new AnswerGrader(lab, worst.seedId()).probed(said, programs)
                : said;
    }

    /** Grades with one seed. */
    @FunctionalInterface
    private interface Grading {

        /**
         * @param hashes whether the result has the hash of its trace: of all seeds' but one nobody
         *     reads it
         */
        ResultDocument grade(long seed, boolean hashes);
    }

    private Grading grading(Answer answer) {
        if (answer instanceof Answer.Programs(ProgramAnswer programs)) {
            ProgramAnswer.Ready ready = programs.in(lab);
            return (seed, hashes) -> new AnswerGrader(lab, seed, hashes).grade(ready);
        }
        return (seed, hashes) -> new AnswerGrader(lab, seed, hashes).grade(answer);
    }

    private static boolean passes(ResultDocument result) {
        return result.verdict() == Verdict.PASS;
    }

    private String message(List<ResultDocument> results, ResultDocument worst) {
        List<Long> failed =
                results.stream()
                        .filter(result -> !passes(result))
                        .map(ResultDocument::seedId)
                        .toList();
        if (failed.isEmpty())
            return join(worst.message(), "passed with all " + seeds.size() + " seeds");
        String named =
                failed.stream()
                        .limit(MOST_NAMED)
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "));
        String more = failed.size() > MOST_NAMED ? " and others" : "";
        return join(
                worst.message(),
                "graded with %d seeds, of which this is the worst, seed %d; %d passed, not passed: %s%s"
                        .formatted(
                                seeds.size(),
                                worst.seedId(),
                                seeds.size() - failed.size(),
                                named,
                                more));
    }

    private static String join(String a, String b) {
        return a.isEmpty() ? b : a + "; " + b;
    }
}
