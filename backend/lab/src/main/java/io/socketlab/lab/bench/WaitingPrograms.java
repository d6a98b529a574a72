package io.socketlab.lab.bench;

import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.ProgramRunner;
import io.socketlab.lab.run.TaskSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What programs hold that wait in recv(2): two in each run, one at either end of a connection, with
 * the run's network and its trace, as a bench has them that somebody has left.
 */
final class WaitingPrograms {

    private static final int IN_A_RUN = 2;
    private static final double MEGA = 1e6;

    private final BenchLab bench;

    WaitingPrograms(BenchLab bench) {
        this.bench = bench;
    }

    /**
     * @param programs how many, an even number
     */
    Map<String, Object> measure(int programs) {
        run(); // what is made once for all
        List<LabRun> runs = new ArrayList<>();
        long before = Heap.used();
        long nanos =
                Times.nanos(() -> {
                    while (runs.size() * IN_A_RUN < programs) runs.add(run());
                });
        long heap = Heap.used() - before;
        Map<String, Object> told = new LinkedHashMap<>();
        int all = runs.size() * IN_A_RUN;
        told.put("programs", all);
        told.put("seconds", Numbers.rounded(nanos / 1e9, 4));
        told.put("heapMegabytes", Numbers.rounded(heap / MEGA, 4));
        told.put("heapBytesPerProgram", Numbers.rounded((double) heap / all, 4));
        resident()
                .ifPresent(
                        octets -> told.put("residentMegabytes", Numbers.rounded(octets / MEGA, 4)));
        told.put("javaThreads", Thread.getAllStackTraces().size());
        long end = Times.nanos(() -> runs.forEach(ProgramRunner::stop));
        told.put("secondsToEnd", Numbers.rounded(end / 1e9, 4));
        return told;
    }

    private LabRun run() {
        LabRun run = LabRun.start(bench.lab(), 1);
        run.input(BenchLab.exec("server", "waits", "7777"));
        run.input(BenchLab.exec("client", "waits", "10.0.0.2 7777"));
        run.input("run");
        long waiting = run.tasks().stream().filter(TaskSummary::isBlocked).count();
        if (waiting != IN_A_RUN) throw new IllegalStateException("waiting: " + run.tasks());
        return run;
    }

    /** Of the process, where the system tells. */
    private static OptionalLong resident() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
