package io.socketlab.lab.run;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.host.Network;
import io.socketlab.kernel.syscall.CallFault;
import io.socketlab.kernel.syscall.ProcessTable;
import io.socketlab.kernel.syscall.Task;
import io.socketlab.kernel.trace.Cost;
import io.socketlab.lab.model.LabFiles;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import io.socketlab.lab.script.Who;
import io.socketlab.sandbox.engine.ChicoryEngine;
import io.socketlab.sandbox.module.ModuleException;
import io.socketlab.sandbox.module.ProgramModule;
import io.socketlab.sandbox.program.Code;
import io.socketlab.sandbox.program.CodeCache;
import io.socketlab.sandbox.program.Deadlock;
import io.socketlab.sandbox.program.Programs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The compiled programs of a run: {@code exec server echo_server 7777}. */
final class LabPrograms implements Programs.Listener {

    /** Instructions after which a program is worth compiling. */
    private static final long HEAVY = 5_000_000;

    /** Octets of programs that are kept ready. */
    private static final long MOST_KEPT = 8L << 20;

    private static final CodeCache PROGRAMS =
            new CodeCache(new ChicoryEngine(ProgramModule.MOST_PAGES, HEAVY), MOST_KEPT);

    private final Network network;
    private final LabFiles files;
    private final Map<String, String> arguments;
    private CodeCache codes = PROGRAMS;
    private final StringBuilder printed = new StringBuilder();
    private @Nullable Programs programs;
    private Optional<String> deadlock = Optional.empty();
    private List<Deadlock> deadlocks = List.of();
    private boolean over;

    /**
     * @param arguments what programs get as their arguments where a line has none, by their task
     */
    LabPrograms(Network network, LabFiles files, Map<String, String> arguments) {
        this.network = network;
        this.files = files;
        this.arguments = Map.copyOf(arguments);
    }

    /**
     * From now on programs come from there, and so from its engine. Nothing of a run depends on it.
     */
    void use(CodeCache others) {
        codes = others;
    }

    /**
     * Starts a program: on the host's first task if nothing has run on that, else as a process of
     * its own, whose task has the first number from 2 on that is free.
     *
     * @return what there is to say of it
     * @throws ScriptException if there is no such program, or it is not let in
     */
    String start(Source source, Control.Exec exec) {
        Code code = code(codes, files, source, exec);
        Host host = network.host(exec.who().host());
        Task task = task(source, exec.who(), host.processes());
        List<String> arguments = new ArrayList<>(List.of(exec.program().replaceFirst("@.*", "")));
        arguments.addAll(exec.arguments().isEmpty() ? usual(exec.who(), task) : exec.arguments());
        int before = printed.length();
        all().start(host, task, code, arguments, exec.input());
        String said = printed.substring(before);
        return "%s runs %s as process %d%s"
                .formatted(
                        exec.who(), exec.program(), task.pid(), said.isEmpty() ? "" : "\n" + said);
    }

    /** What the lab gives a program on that task. */
    private List<String> usual(Who who, Task task) {
        var as = new Who(who.position(), who.host(), task.number());
        String arguments = this.arguments.getOrDefault(as.toString(), "");
        return arguments.isBlank() ? List.of() : List.of(arguments.strip().split("\\s+"));
    }

    private static Task task(Source source, Who who, ProcessTable processes) {
        if (who.task() > 1) {
            if (processes.find(who.task()).isEmpty()) return processes.spawn(who.task());
            throw new ScriptException(
                    source.file(),
                    who.position(),
                    "expected a number that no task has yet, found " + who);
        }
        if (processes.first().isOver()) processes.restart();
        Task first = processes.task(1);
        boolean isFresh = first.costs().get(Cost.CALLS) == 0 && first.descriptors().isEmpty();
        if (isFresh && !first.isBlocked()) return first;
        return IntStream.rangeClosed(2, Hands.MAX_THREADS)
                .filter(number -> processes.find(number).isEmpty())
                .mapToObj(processes::spawn)
                .findFirst()
                .orElseGet(processes::spawn);
    }

    /**
     * The program that a line starts.
     *
     * @throws ScriptException if there is none, or it is not let in
     */
    static Code code(LabFiles files, Source source, Control.Exec exec) {
        return code(PROGRAMS, files, source, exec);
    }

    private static Code code(CodeCache codes, LabFiles files, Source source, Control.Exec exec) {
        String name = exec.program();
        byte[] wasm =
                files.program(name)
                        .orElseThrow(() ->
                                new ScriptException(
                                        source.file(),
                                        exec.position(),
                                        "expected a compiled program that is there, found "
                                                + name));
        try {
            return codes.get(wasm);
        } catch (ModuleException e) {
            throw new ScriptException(source.file(), exec.position(), name + ": " + e.getMessage());
        }
    }

    /** Why a program is not let in; empty if it is. */
    static Optional<String> refusal(byte[] wasm) {
        try {
            PROGRAMS.get(wasm);
            return Optional.empty();
        } catch (ModuleException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Programs all() {
        if (programs == null) programs = new Programs(network.loop(), this);
        return programs;
    }

    @Override
    public void printed(Host host, Task task, String stream, String text) {
        printed.append(text);
    }

    @Override
    public void died(Host host, Task task, String message) {} // the trace says so

    /** As {@link Programs#drivenBy}, if there are any. */
    void drivenBy(@Nullable BooleanSupplier step) {
        if (programs != null) programs.drivenBy(step);
    }

    /** What all programs have printed so far. */
    String printed() {
        return printed.toString();
    }

    /** From now on something goes wrong with calls of a host. */
    void befall(String host, CallFault.Turns turns, CallFault fault) {
        network.host(host).processes().faults().add(turns, fault);
    }

    long instructions() {
        return programs == null ? 0 : programs.instructions();
    }

    /** Who waits for whom, now or where the run was over. */
    List<Deadlock> deadlocks() {
        return over || programs == null ? deadlocks : programs.deadlocks();
    }

    /** Whether one has not come to its end. */
    boolean areRunning() {
        return programs != null && programs.areRunning();
    }

    /** Where programs stood at the end if all of them waited for one another, for ever. */
    Optional<String> deadlock() {
        return deadlock;
    }

    /** The run is over: no program goes on from here, and their threads end. */
    void finish() {
        if (programs == null || over) return;
        deadlocks = programs.deadlocks();
        over = true;
        if (network.loop().isIdle() && programs.areRunning()) {
            deadlock =
                    Optional.of(
                            "Nothing more will happen: " + String.join("; ", programs.standing()));
        }
        programs.close();
    }

    /** Their threads end, wherever they are. */
    void stop() {
        if (programs != null) programs.close();
    }
}
