package io.socketlab.lab.bench;

import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.ProgramRunner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a step of somebody's run takes while programs of other runs go in circles. Each step and
 * each of those runs has a virtual thread, as requests of a server have.
 */
final class SpinningPrograms {

    private static final int SPINNING = 2;
    private static final int STEPS_OF_A_RUN = 100;

    private final BenchLab bench;

    SpinningPrograms(BenchLab bench) {
        this.bench = bench;
    }

    /** Nobody waits for the end of a program that goes in circles. */
    private static final class Over extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @param steps how many
     */
    Map<String, Object> measure(int steps) {
        steps(steps); // so that the JVM does not interpret what is measured
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("alone", steps(steps).told());
        var over = new AtomicBoolean();
        List<Thread> spinning = new ArrayList<>();
        for (int i = 0; i < SPINNING; i++) {
            spinning.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                while (!over.get()) spin(over);
                            }));
        }
        try {
            told.put("besideSpinning", steps(steps).told());
        } finally {
            over.set(true);
            spinning.forEach(SpinningPrograms::join);
        }
        return told;
    }

    /** A program that runs until it has had all the instructions that it gets, or it is over. */
    private void spin(AtomicBoolean over) {
        LabRun run = LabRun.start(bench.lab(), 1);
        run.between(() -> {
            if (over.get()) throw new Over();
        });
        try {
            run.input(BenchLab.exec("server", "spins", ""));
        } catch (Over e) {
            ProgramRunner.stop(run);
        }
    }

    /** Steps of a chat, from asking for one until it is done. */
    private Times steps(int steps) {
        var run = new LabRun[1];
        return Times.of(
                steps,
                i -> {
                    if (i % STEPS_OF_A_RUN == 0) run[0] = chat();
                    return Times.nanos(
                            () -> join(Thread.ofVirtual().start(() -> run[0].input("step"))));
                });
    }

    private LabRun chat() {
        var chat = bench.chat(bench.wasm("chat_server"));
        LabRun run = LabRun.start(chat.lab(bench.lab()), 1);
        chat.lines(run.parameters()).forEach(run::input);
        return run;
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
