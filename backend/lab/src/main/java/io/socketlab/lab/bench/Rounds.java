package io.socketlab.lab.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Does the same work again and again and keeps what it cost. The first rounds of a JVM are slower,
 * because it interprets and compiles: they are run, told of, and not counted.
 */
final class Rounds {

    /**
     * One round.
     *
     * @param done how much work it did, in the bench's unit
     */
    record Round(Cpu cpu, double done) {
        double perThreadSecond() {
            return done / cpu.threadSeconds();
        }

        double perProcessSecond() {
            return done / cpu.processSeconds();
        }
    }

    /** Does the work of one round; answers how much it was. */
    @FunctionalInterface
    interface Work {
        double round(long seed);
    }

    private final List<Round> cold = new ArrayList<>();
    private final List<Round> counted = new ArrayList<>();

    private Rounds() {}

    static Rounds of(Plan plan, Work work) {
        return inTurn(plan, List.of(work)).getFirst();
    }

    /** Several works that take turns, so that none has a warmer JVM or a quieter machine. */
    static List<Rounds> inTurn(Plan plan, List<Work> works) {
        List<Rounds> all = works.stream().map(_ -> new Rounds()).toList();
        for (int i = 0; i < plan.warmup() + plan.rounds(); i++) {
            for (int w = 0; w < works.size(); w++) {
                Rounds rounds = all.get(w);
                Round round = measure(plan.seed() + i, works.get(w));
                (i < plan.warmup() ? rounds.cold : rounds.counted).add(round);
            }
        }
        return all;
    }

    private static Round measure(long seed, Work work) {
        Cpu before = Cpu.now();
        double done = work.round(seed);
        return new Round(Cpu.since(before), done);
    }

    double median(ToDoubleFunction<Round> figure) {
        return Numbers.median(counted.stream().mapToDouble(figure).toArray());
    }

    /** The rounds' costs, for the report. */
    void tell(Map<String, Object> report) {
        report.put("cpuSeconds", seconds(median(r -> r.cpu.threadSeconds())));
        report.put("processCpuSeconds", seconds(median(r -> r.cpu.processSeconds())));
        report.put("rounds", counted.stream().map(Rounds::told).toList());
        report.put("warmup", cold.stream().map(Rounds::told).toList());
    }

    private static Map<String, Object> told(Round round) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("cpuSeconds", seconds(round.cpu.threadSeconds()));
        told.put("processCpuSeconds", seconds(round.cpu.processSeconds()));
        return told;
    }

    private static double seconds(double value) {
        return Numbers.rounded(value, 4);
    }
}
