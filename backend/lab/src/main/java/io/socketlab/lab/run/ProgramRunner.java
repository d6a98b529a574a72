package io.socketlab.lab.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs compiled programs in a run of a lab to their end. */
public final class ProgramRunner {

    private static final long NANOS = 1_000_000_000L;

    private ProgramRunner() {}

    /** Why a program is not let in; empty if it is. */
    public static Optional<String> refusal(byte[] wasm) {
        return LabPrograms.refusal(wasm);
    }

    /**
     * Starts programs, as far as the limits of the lab allow.
     *
     * @param lines {@code exec server echo_server@3f2a9c107d4e 7777}
     */
    public static void start(LabRun run, List<String> lines) {
        lines.stream().takeWhile(_ -> !run.limitReached()).forEach(run::input);
    }

    /**
     * Lets time pass until nothing is under way, or a limit of the lab is reached. Programs that
     * wait then are left: no thread of theirs stays behind.
     */
    public static void finish(LabRun run) {
        if (run.programs().areRunning() && !run.limitReached()) {
            run.input("run until " + run.limits().virtualNanos() / NANOS + "s");
        }
        run.programs().finish();
    }

    /** Ends the threads of programs in a run that nobody wants any more. */
    public static void stop(LabRun run) {
        run.programs().stop();
    }

    /** What the programs have printed. */
    public static String printed(LabRun run) {
        return run.programs().printed();
    }

    /**
     * What there is to say of how they ended: what they died of, and whether some wait for ever.
     */
    public static List<String> remarks(LabRun run) {
        List<String> remarks = new ArrayList<>(run.programs().deaths());
        Optional<String> deadlock = run.programs().deadlock();
        deadlock.ifPresent(remarks::add);
        return remarks;
    }
}
