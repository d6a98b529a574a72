package io.socketlab.lab.bench;

import io.socketlab.kernel.syscall.KernelMemory;
import io.socketlab.kernel.trace.Cost;
import io.socketlab.kernel.trace.TraceSink;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one descriptor that is ready costs among many that are registered, for each way to wait: in
 * processor time of this simulator, and in what the simulated server's kernel counts; and the
 * memory that this kernel holds while the server waits.
 */
final class ReadinessBench {

    /** In a round. */
    static final int REQUESTS = 200;

    private static final int WARM_REQUESTS = 2_000;
    private static final int DIGITS = 4;
    private static final int[] REGISTERED = {10, 100, 1_000, 10_000, 50_000};

    private ReadinessBench() {}

    /** For each model, by the number of connections, up to {@code plan.n()}. */
    static Map<String, Object> models(Plan plan, @Nullable TraceSink sink) {
        for (WaitingServer.Model model : WaitingServer.Model.values()) {
            // so that the first to be measured is not the one that the JVM interprets
            new ReadinessRun(model, REGISTERED[0], plan.seed(), plan.cpus(), sink)
                    .requests(WARM_REQUESTS);
        }
        Map<String, Object> models = new LinkedHashMap<>();
        for (WaitingServer.Model model : WaitingServer.Model.values()) {
            Map<String, Object> bySize = new LinkedHashMap<>();
            for (int connections : sizes(Math.min(plan.n(), model.most()))) {
                bySize.put(String.valueOf(connections), measure(model, connections, plan, sink));
            }
            models.put(model.name().toLowerCase(Locale.ROOT), bySize);
        }
        return models;
    }

    private static Set<Integer> sizes(long most) {
        var sizes = new TreeSet<Integer>();
        for (int size : REGISTERED) if (size <= most) sizes.add(size);
        sizes.add((int) most);
        return sizes;
    }

    private static Map<String, Object> measure(
            WaitingServer.Model model, int connections, Plan plan, @Nullable TraceSink sink) {
        var run = new ReadinessRun(model, connections, plan.seed(), plan.cpus(), sink);
        run.requests(1); // all are registered now, and the server has begun to wait
        long[] before = costs(run);
        Rounds rounds =
                Rounds.of(
                        plan,
                        _ -> {
                            run.requests(REQUESTS);
                            return REQUESTS;
                        });
        long[] after = costs(run);
        double requests = (double) REQUESTS * (plan.warmup() + plan.rounds());
        Map<String, Object> report = new LinkedHashMap<>();
        report.put(
                "cpuMicroseconds",
                Numbers.rounded(1e6 / rounds.median(Rounds.Round::perThreadSecond), DIGITS));
        for (Cost cost : Cost.values()) {
            double each = (after[cost.ordinal()] - before[cost.ordinal()]) / requests;
            report.put(cost.traceName(), Numbers.rounded(each, DIGITS));
        }
        putMemory(report, run.memory(), connections);
        return report;
    }

    private static void putMemory(
            Map<String, Object> report, KernelMemory memory, int connections) {
        report.put("kernelStackBytes", memory.kernelStacks());
        report.put("openFileBytes", memory.openFiles());
        report.put("registrationBytes", memory.registrations());
        report.put("pollTableBytes", memory.pollTables());
        double each = (double) memory.total() / connections;
        report.put("kernelBytesPerConnection", Numbers.rounded(each, DIGITS));
    }

    private static long[] costs(ReadinessRun run) {
        var costs = new long[Cost.values().length];
        for (Cost cost : Cost.values()) costs[cost.ordinal()] = run.cost(cost);
        return costs;
    }
}
