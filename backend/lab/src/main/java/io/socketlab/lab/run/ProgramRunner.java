package io.socketlab.lab.run;

import io.socketlab.kernel.syscall.CallFault;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.remark.Remark;
import io.socketlab.lab.remark.Remarks;
import io.socketlab.sandbox.program.Deadlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Runs compiled programs in a run of a lab to their end. */
public final class ProgramRunner {

    private static final long NANOS = 1_000_000_000L;
    private static final Predicate<String> SAYS = line -> line.startsWith("predict ");

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
        lines.stream().filter(SAYS).forEach(run::input);
        run.skipMoments();
        lines.stream()
                .filter(SAYS.negate())
                .takeWhile(_ -> !run.limitReached())
                .forEach(run::input);
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
     * From now on something goes wrong with calls of a host's programs, whatever the lab allows.
     *
     * @param turns which calls
     */
    public static void befall(LabRun run, String host, CallFault.Turns turns, CallFault fault) {
        run.programs().befall(host, turns, fault);
    }

    /** Instructions that the programs have run so far, with what their calls count for. */
    public static long instructions(LabRun run) {
        return run.programs().instructions();
    }

    /** What C programs did that they hardly meant, and whether some wait for one another. */
    public static List<Remark> remarks(LabRun run) {
        List<Remark> remarks = new ArrayList<>(Remarks.of(run.events()));
        for (Deadlock one : run.programs().deadlocks()) remarks.add(remark(one, run.events()));
        return remarks;
    }

    private static Remark remark(Deadlock deadlock, List<TraceEvent> events) {
        List<Remark.Related> ends =
                deadlock.ends().stream()
                        .map(end ->
                                new Remark.Related(
                                        end.host(),
                                        end.place(),
                                        end.words(),
                                        lastCall(events, end.host(), end.task())))
                        .toList();
        Remark.Related first = ends.getFirst();
        return new Remark(
                "deadlock",
                first.host(),
                first.place(),
                deadlock.sentence(),
                deadlock.lesson(),
                first.event(),
                ends.subList(1, ends.size()));
    }

    private static int lastCall(List<TraceEvent> events, String host, int task) {
        for (TraceEvent event : events.reversed()) {
            boolean made = event instanceof TraceEvent.CallEntered e && e.task() == task;
            if (made && event.stamp().host().equals(host)) return event.stamp().seq();
        }
        return 0;
    }

    /** Where the programs wait, if nothing more can happen. */
    public static Optional<String> standing(LabRun run) {
        return run.programs().deadlock();
    }
}
