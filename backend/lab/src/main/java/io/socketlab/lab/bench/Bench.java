package io.socketlab.lab.bench;

import io.socketlab.kernel.trace.TraceSink;
import io.socketlab.lab.model.Lab;
import java.lang.ref.Reference;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measures the simulated kernel on fixed work. Costs are processor time, medians over rounds: of
 * the thread that simulates ({@code cpuSeconds}), and of the whole process with the JVM's compiler
 * and collector ({@code processCpuSeconds}).
 */
public final class Bench {

    private static final int DIGITS = 4;
    private static final int FEW = 1_000;

    private final Plan plan;
    private final @Nullable Recorder recorder;
    private final Map<String, Object> report = new LinkedHashMap<>();

    private Bench(String name, Plan plan) {
        this.plan = plan;
        this.recorder = plan.trace() ? new Recorder() : null;
        report.put("bench", name);
        report.put("n", plan.n());
        report.put("seed", plan.seed());
        report.put("trace", plan.trace() ? "on" : "off");
        report.put("java", System.getProperty("java.vm.version"));
    }

    private @Nullable TraceSink sink() {
        return recorder;
    }

    private void put(String figure, double value) {
        report.put(figure, Numbers.rounded(value, DIGITS));
    }

    /** {@code plan.n()} octets over one connection. */
    public static Map<String, Object> bulk(Plan plan) {
        var bench = new Bench("bulk", plan);
        bench.report.put("loss", plan.loss());
        bench.report.put("windowOctets", BulkRun.windowOctets());
        long[] virtual = new long[1];
        long[] frames = new long[1];
        Rounds rounds =
                Rounds.of(
                        plan,
                        seed -> {
                            var run = new BulkRun(seed, plan.n(), plan.loss(), bench.sink());
                            frames[0] = run.run();
                            virtual[0] = run.virtualNanos();
                            return frames[0];
                        });
        bench.put("framesPerCpuSecond", rounds.median(Rounds.Round::perThreadSecond));
        bench.put("framesPerProcessCpuSecond", rounds.median(Rounds.Round::perProcessSecond));
        double megabits = plan.n() * 8 / 1e6;
        bench.put(
                "goodputMbitPerCpuSecond", rounds.median(r -> megabits / r.cpu().threadSeconds()));
        bench.put("goodputMbitPerVirtualSecond", megabits / (virtual[0] / 1e9));
        bench.report.put("frames", frames[0]);
        return bench.finish(rounds);
    }

    /** {@code plan.n()} worlds, one after the other. */
    public static Map<String, Object> worlds(Plan plan) {
        var bench = new Bench("worlds", plan);
        Payload payload = WorldRun.payload(plan.seed());
        long[] frames = new long[1];
        Rounds rounds =
                Rounds.of(
                        plan,
                        seed -> {
                            frames[0] = 0;
                            for (int i = 0; i < plan.n(); i++) {
                                frames[0] += new WorldRun(seed + i, payload, bench.sink()).run();
                            }
                            return plan.n();
                        });
        bench.put("worldsPerCpuSecond", rounds.median(Rounds.Round::perThreadSecond));
        bench.put("worldsPerProcessCpuSecond", rounds.median(Rounds.Round::perProcessSecond));
        bench.put("framesPerWorld", (double) frames[0] / plan.n());
        return bench.finish(rounds);
    }

    /** {@code plan.n()} connections, and a thousand as often as makes as many. */
    public static Map<String, Object> connections(Plan plan) {
        var bench = new Bench("connections", plan);
        int many = Math.toIntExact(plan.n());
        int few = Math.min(FEW, many);
        int times = Math.max(many / few, 1);
        long[] frames = new long[1];
        List<Rounds> inTurn =
                Rounds.inTurn(
                        plan,
                        List.of(
                                seed -> {
                                    frames[0] = bench.connections(seed, many);
                                    return many;
                                },
                                seed -> {
                                    for (int i = 0; i < times; i++) {
                                        bench.connections(seed + i, few);
                                    }
                                    return (double) few * times;
                                }));
        Rounds ofMany = inTurn.getFirst();
        Rounds ofFew = inTurn.getLast();
        double costOfMany = 1 / ofMany.median(Rounds.Round::perThreadSecond);
        double costOfFew = 1 / ofFew.median(Rounds.Round::perThreadSecond);
        bench.put("cpuSecondsPerConnection", costOfMany);
        Map<String, Object> costs = new LinkedHashMap<>();
        costs.put(String.valueOf(few), Numbers.rounded(costOfFew, DIGITS));
        costs.put(String.valueOf(many), Numbers.rounded(costOfMany, DIGITS));
        bench.report.put("cpuPerConnection", costs);
        bench.put("costRatio", costOfMany / costOfFew);
        bench.put("framesPerConnection", (double) frames[0] / many);
        bench.put("heapBytesPerConnection", bench.heapPerConnection(many, null));
        if (bench.recorder != null) {
            bench.put(
                    "heapBytesPerTracedConnection", bench.heapPerConnection(many, bench.recorder));
        }
        return bench.finish(ofMany);
    }

    /** Requests on one of up to {@code plan.n()} connections at a time, for each way to wait. */
    public static Map<String, Object> readiness(Plan plan) {
        var bench = new Bench("readiness", plan);
        bench.report.put("requests", ReadinessBench.REQUESTS);
        bench.report.put("cpus", plan.cpus());
        bench.report.put("perRequest", ReadinessBench.models(plan, bench.sink()));
        return bench.report;
    }

    /**
     * C programs: graded, edited, {@code plan.n()} of them waiting, and beside others that spin.
     *
     * @param labs whose solutions in C are graded
     */
    public static Map<String, Object> programs(Plan plan, Collection<Lab> labs) {
        var bench = new Bench("programs", plan);
        bench.report.putAll(new ProgramsBench(plan).measure(labs));
        return bench.report;
    }

    private long connections(long seed, int count) {
        var run = new ConnectionsRun(seed, count, sink());
        run.open();
        run.echo();
        return run.close();
    }

    /**
     * Both ends, idle, their buffers empty and nobody waiting at them.
     *
     * @param traced takes their trace, which is not kept: what is counted then is what the kernel
     *     keeps so that it tells changes only; null for no trace
     */
    private double heapPerConnection(int count, @Nullable Recorder traced) {
        if (recorder != null) recorder.clear();
        var run = new ConnectionsRun(plan.seed(), count, traced);
        long before = Heap.used();
        try {
            run.openIdle();
            if (recorder != null) recorder.clear();
            return (double) (Heap.used() - before) / count;
        } finally {
            Reference.reachabilityFence(run);
        }
    }

    private Map<String, Object> finish(Rounds rounds) {
        rounds.tell(report);
        if (recorder != null) report.put("events", recorder.events());
        return report;
    }
}
