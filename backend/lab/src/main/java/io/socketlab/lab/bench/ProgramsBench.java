package io.socketlab.lab.bench;

import io.socketlab.lab.check.Verdict;
import io.socketlab.lab.grade.Answer;
import io.socketlab.lab.grade.AnswerGrader;
import io.socketlab.lab.grade.ManySeeds;
import io.socketlab.lab.grade.ProgramAnswer;
import io.socketlab.lab.grade.ResultDocument;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.run.LabRun;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What C programs cost, in elapsed time, which is what somebody waits for, and in processor time of
 * the whole process, for a program has a thread of its own.
 */
final class ProgramsBench {

    private static final int SEEDS = 64;
    private static final int MOST_GRADINGS = 200;
    private static final int MOST_EDITS = 40;
    private static final String REPLACED = "usage:";

    /** Rounds in one of the warmup: for half a minute one of two processors only compiles. */
    private static final int CHAT_WARMUP = 10;

    /** Rounds with many seeds in one of the warmup: by then nothing more is compiled. */
    private static final int SEEDS_WARMUP = 8;

    private final BenchLab bench = new BenchLab();
    private final Plan plan;
    private final int gradings;
    private final int edits;
    private int edited;

    /**
     * @param plan few programs that wait are few gradings in a round, too
     */
    ProgramsBench(Plan plan) {
        this.plan = plan;
        this.gradings = (int) Math.min(plan.n(), MOST_GRADINGS);
        this.edits = (int) Math.min(plan.n(), MOST_EDITS);
    }

    /** All of it. */
    Map<String, Object> measure(Collection<Lab> labs) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("chat", chat());
        report.put("edited", edited());
        report.put("seeds", seeds(labs));
        report.put("probed", new ProbedPrograms(bench, plan).measure(labs));
        report.put("waiting", new WaitingPrograms(bench).measure(Math.toIntExact(plan.n())));
        report.put("spinning", new SpinningPrograms(bench).measure(gradings));
        return report;
    }

    /** Four processes on two hosts, graded. */
    private Map<String, Object> chat() {
        Answer answer = answer(bench.wasm("chat_server"));
        long first = Times.nanos(() -> grade(answer, 1));
        Times.of(
                plan.warmup() * CHAT_WARMUP * gradings,
                i -> Times.nanos(() -> grade(answer, seed(i))));
        Times warm =
                Times.of(plan.rounds() * gradings, i -> Times.nanos(() -> grade(answer, seed(i))));
        Map<String, Object> told = warm.told();
        told.put("firstMilliseconds", Numbers.rounded(first / 1e6, 4));
        return told;
    }

    private long seed(int i) {
        return i % SEEDS + 1L;
    }

    /** A program that nobody has seen before: until it waits, and until it is graded. */
    private Map<String, Object> edited() {
        Times.of(plan.warmup() * edits, _ -> start(edit()));
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("started", Times.of(plan.rounds() * edits, _ -> start(edit())).told());
        told.put(
                "graded",
                Times.of(
                                plan.rounds() * edits,
                                i -> {
                                    Answer answer = answer(edit());
                                    return Times.nanos(() -> grade(answer, seed(i)));
                                })
                        .told());
        return told;
    }

    /** The server, with other words in it each time. */
    private byte[] edit() {
        byte[] wasm = bench.wasm("chat_server");
        String text = new String(wasm, StandardCharsets.ISO_8859_1);
        int at = text.lastIndexOf(REPLACED);
        if (at < 0) throw new IllegalStateException("there is no \"" + REPLACED + "\" in it");
        byte[] word = "%06d".formatted(edited++).getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(word, 0, wasm, at, word.length);
        return wasm;
    }

    private long start(byte[] server) {
        ProgramAnswer chat = bench.chat(server);
        LabRun run = LabRun.start(chat.lab(bench.lab()), 1);
        String line = chat.lines(run.parameters()).getFirst();
        return Times.nanos(() -> run.input(line));
    }

    private Answer answer(byte[] server) {
        return new Answer.Programs(bench.chat(server));
    }

    private void grade(Answer answer, long seed) {
        checkPassed(new AnswerGrader(bench.lab(), seed).grade(answer));
    }

    /** One submission with as many seeds as a pool usually has: the chat, and each lab in C. */
    private Map<String, Object> seeds(Collection<Lab> labs) {
        Map<String, Object> told = new LinkedHashMap<>();
        Answer chat = answer(bench.wasm("chat_server"));
        told.put("chat", seeds(bench.lab(), chat));
        for (Lab lab : labs) {
            LabSolution.of(lab).ifPresent(in -> told.put(lab.id(), seeds(in.lab(), in.answer())));
        }
        return told;
    }

    private Map<String, Object> seeds(Lab lab, Answer answer) {
        long first = Times.nanos(() -> manySeeds(lab, answer));
        Times.of(plan.warmup() * SEEDS_WARMUP, _ -> Times.nanos(() -> manySeeds(lab, answer)));
        Map<String, Object> told =
                Times.of(plan.rounds(), _ -> Times.nanos(() -> manySeeds(lab, answer))).told();
        told.put("firstMilliseconds", Numbers.rounded(first / 1e6, 4));
        return told;
    }

    private static void manySeeds(Lab lab, Answer answer) {
        checkPassed(new ManySeeds(lab, 1, SEEDS).grade(answer));
    }

    static void checkPassed(ResultDocument result) {
        if (result.verdict() == Verdict.PASS) return;
        throw new IllegalStateException(
                "expected to pass, found %s with seed %d of %s: %s %s"
                        .formatted(
                                result.verdict(),
                                result.seedId(),
                                result.lab().id(),
                                result.message(),
                                result.tests()));
    }
}
