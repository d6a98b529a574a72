package io.socketlab.lab.bench;

import io.socketlab.lab.grade.Answer;
import io.socketlab.lab.grade.AnswerGrader;
import io.socketlab.lab.grade.ManySeeds;
import io.socketlab.lab.grade.ProgramAnswer;
import io.socketlab.lab.model.Lab;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What it costs to look how C programs take transfers that are cut short and calls that are
 * interrupted: each solution graded with one seed, without and with the runs that this takes.
 */
final class ProbedPrograms {

    private static final int MOST_GRADINGS = 10;

    private final BenchLab bench;
    private final Plan plan;
    private final int gradings;

    ProbedPrograms(BenchLab bench, Plan plan) {
        this.bench = bench;
        this.plan = plan;
        this.gradings = (int) Math.min(plan.n(), MOST_GRADINGS);
    }

    /** The chat, and each lab in C. */
    Map<String, Object> measure(Collection<Lab> labs) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("chat", measure(bench.lab(), bench.chat(bench.wasm("chat_server"))));
        for (Lab lab : labs) {
            LabSolution.of(lab)
                    .ifPresent(in -> told.put(lab.id(), measure(in.lab(), in.programs())));
        }
        return told;
    }

    private Map<String, Object> measure(Lab lab, ProgramAnswer programs) {
        var answer = new Answer.Programs(programs);
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("without", times(seed -> without(lab, answer, seed)));
        told.put("with", times(seed -> with(lab, answer, seed)));
        return told;
    }

    /** A grading with a seed of the pool. */
    private interface Grading {
        void with(long seed);
    }

    private Map<String, Object> times(Grading grading) {
        for (int i = 0; i < plan.warmup() * gradings; i++) grading.with(i + 1L);
        return Times.of(plan.rounds() * gradings, i -> Times.nanos(() -> grading.with(i + 1L)))
                .told();
    }

    private static void without(Lab lab, Answer answer, long seed) {
        ProgramsBench.checkPassed(new AnswerGrader(lab, seed(lab, seed)).grade(answer));
    }

    private static void with(Lab lab, Answer answer, long seed) {
        ProgramsBench.checkPassed(new ManySeeds(lab, seed(lab, seed), 1).grade(answer));
    }

    private static long seed(Lab lab, long number) {
        return (number - 1) % lab.variants().pool() + 1;
    }
}
