package io.socketlab.lab.run;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.host.Network;
import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.syscall.Task;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.expr.Spelling;
import io.socketlab.lab.expr.Value;
import io.socketlab.lab.fault.Wires;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabReader;
import io.socketlab.lab.model.Topology.HostPlan;
import io.socketlab.lab.run.Hands.Planned;
import io.socketlab.lab.run.Hands.PlannedCommand;
import io.socketlab.lab.script.AddressBook;
import io.socketlab.lab.script.Position;
import io.socketlab.lab.script.Script;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import io.socketlab.lab.script.Step;
import io.socketlab.lab.script.Step.CallStep;
import io.socketlab.lab.script.Step.ExecStep;
import io.socketlab.lab.script.Step.ProgramStep;
import io.socketlab.lab.script.Step.ShellStep;
import io.socketlab.lab.script.Timing;
import io.socketlab.lab.script.Who;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The hosts that nobody drives: they make the calls that the lab's {@code peers} say, as events of
 * the run. Each task goes on by itself: a step is made when the one before it of the same task has
 * returned, or as long after that as its time says, or at its time since the start of the run.
 */
public final class Peers {

    private static final String ALL = "[*]";
    private static final String NUMBER = "i";

    private final Map<String, Peer> peers = new LinkedHashMap<>();

    /** A task and what it does. */
    private record Peer(Who who, List<Move> moves) {}

    /**
     * A step that has been planned.
     *
     * @param delay nanoseconds after the step before, or -1 if {@code at} counts
     * @param at nanoseconds since the start of the run
     */
    private record Move(long delay, long at, Action action) {}

    /** What a step does. */
    @FunctionalInterface
    private interface Action {
        void begin(Scene scene, Task task, Runnable onEnd);
    }

    /** Where it does it. */
    private record Scene(EventLoop loop, Host host, Shells shells) {}

    private Peers() {}

    /**
     * Reads the lab's {@code peers}.
     *
     * @throws ScriptException if something in it cannot be understood or done
     */
    static Peers of(Lab lab, Parameters parameters, AddressBook hosts) {
        var peers = new Peers();
        if (lab.peers().isEmpty()) return peers;
        Source source = Source.of(lab.files().name() + "/" + LabReader.FILE, lab.peers().get());
        Set<String> known = known(lab, parameters);
        if (plans(lab).isEmpty()) nobodyDrives(source.with(parameters::fill));
        for (HostPlan plan : plans(lab)) {
            List<String> names = LabNetwork.names(plan, parameters);
            for (int i = 0; i < names.size(); i++) {
                Parameters numbered = parameters.with(NUMBER, new Value.Int(i + 1));
                peers.add(names.get(i), plan, source.with(numbered::fill), hosts, known);
            }
        }
        return peers;
    }

    /** Of a lab whose hosts are all the student's. */
    private static void nobodyDrives(Source source) {
        for (Step step : Script.lab(source).steps()) who(source, step, Set.of());
    }

    private static List<HostPlan> plans(Lab lab) {
        List<String> driven = lab.student().hosts();
        return lab.topology().hosts().stream()
                .filter(plan -> !driven.isEmpty() && !driven.contains(plan.name()))
                .toList();
    }

    private static Set<String> known(Lab lab, Parameters parameters) {
        var known = new LinkedHashSet<String>();
        for (HostPlan plan : plans(lab)) {
            if (plan.count().isPresent()) known.add(plan.name() + ALL);
            known.addAll(LabNetwork.names(plan, parameters));
        }
        return known;
    }

    private void add(
            String name, HostPlan plan, Source source, AddressBook hosts, Set<String> known) {
        var hands = new Hands(new FoundNames(hosts), List.of(name), List.of(), Wires.UNTOUCHED);
        for (Step step : Script.lab(source).steps()) {
            Who who = who(source, step, known);
            if (!who.host().equals(name) && !who.host().equals(plan.name() + ALL)) continue;
            if (who.task() > Hands.MAX_THREADS) {
                throw error(
                        source,
                        who.position(),
                        "expected a task from 1 to "
                                + Hands.MAX_THREADS
                                + "; peers do not name processes that they fork");
            }
            var own = new Who(who.position(), name, who.task());
            peers.computeIfAbsent(own.toString(), _ -> new Peer(own, new ArrayList<>()))
                    .moves()
                    .add(move(step, action(source, step, own, hands)));
        }
    }

    private static Action action(Source source, Step step, Who own, Hands hands) {
        if (step instanceof ProgramStep program) {
            var peer = new PeerProgram(source, program, own, hands);
            return (scene, task, onEnd) -> peer.begin(scene.loop(), task, onEnd);
        }
        if (step instanceof ShellStep(var at, var time, _, var commandAt, var command)) {
            var written = new ShellStep(at, time, Optional.of(own), commandAt, command);
            PlannedCommand planned = hands.plan(source, written);
            return (scene, _, onEnd) -> {
                scene.shells().run(scene.host(), planned);
                onEnd.run();
            };
        }
        var call =
                new CallStep(
                        step.position(),
                        step.time(),
                        Optional.of(own),
                        ((CallStep) step).call(),
                        Optional.empty());
        Planned planned = hands.plan(source, call);
        if (planned.bound().invocation() instanceof Syscall<?> syscall) {
            return (_, task, onEnd) -> task.call(syscall, _ -> onEnd.run());
        }
        throw error(source, step.position(), "expected a system call; peers look for no names");
    }

    private static Who who(Source source, Step step, Set<String> known) {
        Optional<Who> written =
                switch (step) {
                    case CallStep call -> call.who();
                    case ProgramStep program -> program.who();
                    case ShellStep command -> command.who();
                    case Step _ ->
                            throw error(
                                    source,
                                    step.position(),
                                    step instanceof ExecStep
                                            ? "expected a call; peers start no compiled programs"
                                            : "expected a call; peers do not wait for quiet()");
                };
        if (step instanceof CallStep call && call.expected().isPresent()) {
            throw error(
                    source,
                    call.expected().get().position(),
                    "expected a call without its result: nobody compares those of peers");
        }
        boolean named = written.map(who -> known.contains(who.host())).orElse(false);
        if (!named) {
            throw error(
                    source,
                    written.map(Who::position).orElse(step.position()),
                    "expected a host that the student does not drive, "
                            + (known.isEmpty()
                                    ? "and there is none: all are the student's"
                                    : "one of " + String.join(", ", known))
                            + written.map(who -> Spelling.hint(who.host(), known)).orElse(""));
        }
        return written.orElseThrow();
    }

    private static Move move(Step step, Action action) {
        return switch (step.time().orElse(null)) {
            case Timing.At at -> new Move(-1, at.nanos(), action);
            case Timing.After after -> new Move(after.nanos(), 0, action);
            case null, default -> new Move(0, 0, action);
        };
    }

    private static ScriptException error(Source source, Position at, String problem) {
        return new ScriptException(source.file(), at, problem);
    }

    /** From the beginning of the run on. */
    void start(Network network, Shells shells) {
        for (Peer peer : peers.values()) {
            Host host = network.host(peer.who().host());
            var scene = new Scene(network.loop(), host, shells);
            next(scene, host.task(peer.who().task()), new ArrayDeque<>(peer.moves()));
        }
    }

    private static void next(Scene scene, Task task, Deque<Move> steps) {
        Move move = steps.poll();
        if (move == null) return;
        long now = scene.loop().now();
        long delay = move.delay() >= 0 ? move.delay() : Math.max(0, move.at() - now);
        scene.loop()
                .after(
                        delay,
                        () -> {
                            if (task.isOver()) return; // a signal has ended its program
                            move.action().begin(scene, task, () -> next(scene, task, steps));
                        });
    }
}
