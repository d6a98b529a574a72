package io.socketlab.lab.run;

import io.socketlab.kernel.host.NetworkSpec;
import io.socketlab.kernel.libc.GetAddrInfo;
import io.socketlab.kernel.libc.GetHostByName;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.syscall.Invocation;
import io.socketlab.kernel.syscall.ProcessTable;
import io.socketlab.lab.command.Command;
import io.socketlab.lab.command.CommandException;
import io.socketlab.lab.command.Shell;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.expr.Spelling;
import io.socketlab.lab.fault.Disturbance;
import io.socketlab.lab.fault.Wires;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.Student;
import io.socketlab.lab.script.AddressBook;
import io.socketlab.lab.script.BoundCall;
import io.socketlab.lab.script.Call;
import io.socketlab.lab.script.CallBinder;
import io.socketlab.lab.script.CallCatalogue;
import io.socketlab.lab.script.LineWords;
import io.socketlab.lab.script.Position;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import io.socketlab.lab.script.Step.CallStep;
import io.socketlab.lab.script.Step.ProgramStep;
import io.socketlab.lab.script.Step.ShellStep;
import io.socketlab.lab.script.Who;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is in the hands of whoever drives a run. */
final class Hands {

    /** Tasks that come to be by being named are numbered up to this. */
    static final int MAX_THREADS = 16;

    /** A call that can be made. */
    record Planned(Who who, Call call, BoundCall<?> bound) {

        /** As an input line. */
        String line() {
            return who + ": " + call;
        }
    }

    /**
     * A shell command that can be run.
     *
     * @param host whose shell it is
     * @param text as it was written
     */
    record PlannedCommand(String host, String text, Command command) {

        /** As an input line. */
        String line() {
            return host + ": " + text;
        }
    }

    private final FoundNames names;
    private final List<String> driven;
    private final List<String> calls;
    private final Wires wires;

    /** Names that the script that is being read looks for. */
    private final List<String> sought = new ArrayList<>();

    /**
     * @param driven the hosts whose calls they make
     * @param calls the calls that they may use; all of them if there is none
     * @param wires what they may do to the network
     */
    Hands(FoundNames names, List<String> driven, List<String> calls, Wires wires) {
        this.names = names;
        this.driven = List.copyOf(driven);
        this.calls = List.copyOf(calls);
        this.wires = wires;
    }

    /** What a lab puts into the student's hands. */
    static Hands ofStudent(
            Lab lab, Parameters parameters, AddressBook addresses, NetworkSpec network) {
        Student student = lab.student();
        List<String> named = student.hosts();
        List<String> driven =
                lab.topology().hosts().stream()
                        .filter(plan -> named.isEmpty() || named.contains(plan.name()))
                        .flatMap(plan -> LabNetwork.names(plan, parameters).stream())
                        .toList();
        return new Hands(
                new FoundNames(addresses),
                driven,
                student.syscalls(),
                Wires.of(network, student.faults()));
    }

    /**
     * Checks that a compiled program may be started. It may make any call, so a lab that lists
     * those it allows has none.
     *
     * @throws ScriptException if the lab does, or the host is not in these hands
     */
    void check(Source source, Control.Exec exec) {
        Who who = check(source, exec.who());
        if (who.task() > MAX_THREADS) {
            throw error(
                    source,
                    who.position(),
                    "expected a host, or a number from 2 to "
                            + MAX_THREADS
                            + " for the program's task, found "
                            + who);
        }
        if (calls.isEmpty()) return;
        throw error(
                source,
                exec.position(),
                "expected calls that this lab allows, one by one: "
                        + String.join(", ", calls)
                        + "; a program could make others");
    }

    List<String> driven() {
        return driven;
    }

    /** A call has returned: if it looked for a name, that can be written from now on. */
    void found(String host, Invocation<?> invocation, Outcome<?> outcome) {
        names.found(host, invocation, outcome);
    }

    /**
     * Makes out who will make which call, before those in front of it have been made: a name that
     * they look for may stand in it.
     *
     * @throws ScriptException if it cannot be made here
     */
    Planned foresee(Source source, CallStep step) {
        Planned planned = plan(source, step, names.foreseen(caller(source, step).host(), sought));
        if (planned.bound.invocation() instanceof GetAddrInfo function) {
            function.request().node().ifPresent(sought::add);
        } else if (planned.bound.invocation() instanceof GetHostByName function) {
            sought.add(function.node());
        }
        return planned;
    }

    /**
     * Makes out who makes which call.
     *
     * @throws ScriptException if it cannot be made here
     */
    Planned plan(Source source, CallStep step) {
        return plan(source, step, names.of(caller(source, step).host()));
    }

    private Who caller(Source source, CallStep step) {
        String name = step.call().name();
        if (step.who().isEmpty() && CallCatalogue.find(name).isEmpty()) {
            var words = new ArrayList<>(CallCatalogue.names());
            words.add("quiet");
            throw error(
                    source,
                    step.position(),
                    "expected a call, found '" + name + "'" + Spelling.hint(name, words));
        }
        return caller(source, step.position(), step.who());
    }

    private Who caller(Source source, Position at, Optional<Who> written) {
        return written.map(w -> check(source, w)).orElseGet(() -> onlyHost(source, at));
    }

    /**
     * Answers whose program it is.
     *
     * @throws ScriptException if it is not in these hands, or makes a call that this lab has not
     */
    Who check(Source source, ProgramStep program) {
        Who who = caller(source, program.position(), program.who());
        program.calls().forEach(call -> checkAllowed(source, call.position(), call.call()));
        return who;
    }

    private Planned plan(Source source, CallStep step, AddressBook book) {
        Who who = caller(source, step);
        Call call = step.call();
        checkAllowed(source, call.position(), call.name());
        return new Planned(who, call, new CallBinder(source, book).bind(call));
    }

    private void checkAllowed(Source source, Position at, String call) {
        boolean known = CallCatalogue.find(call).isPresent();
        if (!known || calls.isEmpty() || calls.contains(call)) return;
        throw error(
                source,
                at,
                "expected one of this lab's calls, "
                        + String.join(", ", calls)
                        + ", found '"
                        + call
                        + "'");
    }

    /**
     * Makes out what a shell command means, and on which host it is run.
     *
     * @throws ScriptException if it cannot be run here
     */
    PlannedCommand plan(Source source, ShellStep step) {
        Who who = caller(source, step.position(), step.who());
        try {
            return new PlannedCommand(who.host(), step.command(), Shell.read(step.command()));
        } catch (CommandException e) {
            Position start = step.commandAt();
            var at = new Position(start.line(), start.column() + e.offset());
            throw error(source, at, e.problem());
        }
    }

    /**
     * Answers {@code who}.
     *
     * @throws ScriptException if there is no such host, or it is not in these hands
     */
    Who check(Source source, Who who) {
        if (!driven.contains(who.host())) {
            String near = Spelling.hint(who.host(), driven);
            String reason =
                    names.hosts().contains(who.host())
                            ? ", which somebody else drives in this lab"
                            : near;
            throw error(
                    source,
                    who.position(),
                    "expected " + drivenText() + ", found '" + who.host() + "'" + reason);
        }
        if (who.task() > MAX_THREADS && who.task() <= ProcessTable.FIRST_PID) {
            throw error(
                    source,
                    who.position(),
                    "expected a task from 1 to "
                            + MAX_THREADS
                            + ", or the number that fork() returned, found "
                            + who.task());
        }
        return who;
    }

    /**
     * Checks that a disturbance may be had in this lab.
     *
     * @throws ScriptException if there is no such host, or the lab has no such fault
     */
    void check(LineWords words, Disturbance disturbance) {
        wires.check(words, disturbance);
    }

    private Who onlyHost(Source source, Position at) {
        if (driven.size() == 1) return new Who(at, driven.getFirst(), 1);
        String example =
                Optional.of(driven).filter(d -> !d.isEmpty()).map(List::getFirst).orElse("client");
        throw error(
                source,
                at,
                "expected whose call it is, "
                        + drivenText()
                        + ", as in "
                        + example
                        + ": listen(3, 5)");
    }

    private String drivenText() {
        return driven.size() == 1
                ? "host " + driven.getFirst()
                : "one of the hosts " + String.join(", ", driven);
    }

    private static ScriptException error(Source source, Position at, String problem) {
        return new ScriptException(source.file(), at, problem);
    }
}
