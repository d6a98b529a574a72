package io.socketlab.lab.run;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.host.Network;
import io.socketlab.kernel.host.NetworkSpec;
import io.socketlab.kernel.link.PacketTap;
import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.syscall.Invocation;
import io.socketlab.kernel.syscall.LibraryFunction;
import io.socketlab.kernel.syscall.ProcessTable;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.syscall.Task;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.kernel.trace.TraceSink;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.expr.Value;
import io.socketlab.lab.fault.Disturbance;
import io.socketlab.lab.fault.Disturber;
import io.socketlab.lab.fault.Whereabouts;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.Limits;
import io.socketlab.lab.model.Prediction;
import io.socketlab.lab.run.Hands.Planned;
import io.socketlab.lab.run.Hands.PlannedCommand;
import io.socketlab.lab.script.AddressBook;
import io.socketlab.lab.script.LineWords;
import io.socketlab.lab.script.Parser;
import io.socketlab.lab.script.Position;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import io.socketlab.lab.script.Step;
import io.socketlab.lab.script.Step.CallStep;
import io.socketlab.lab.script.Step.ShellStep;
import io.socketlab.lab.script.Who;
import io.socketlab.lab.trace.TraceHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A run of a lab. It is a function of the lab, the seed and the lines that were put in: the same
 * lines make the same trace. One thread at a time.
 */
public final class LabRun {

    private final Lab lab;
    private final long seed;
    private final Parameters parameters;
    private final List<TraceEvent> events = new ArrayList<>();
    private final TaskBoard board = new TaskBoard();
    private final Map<String, Outcome<?>> outcomes = new LinkedHashMap<>();
    private final List<String> inputs = new ArrayList<>();
    private final Answers answers;
    private final Halts halts;
    private final FreeTasks free;
    private final int eventsAtStart;
    private final TraceHash hash = new TraceHash();
    private final Network network;
    private final EventLoop loop;
    private final Hands hands;
    private final Shells shells;
    private final Disturber disturber;
    private final LabPrograms programs;
    private final Driver driver;
    private TraceSink listener = _ -> {};
    private Runnable between = () -> {};
    private long octets;

    private LabRun(Lab lab, long seed, @Nullable PacketTap tap) {
        this.lab = lab;
        this.seed = seed;
        this.parameters = lab.parameters(seed);
        this.answers = new Answers(lab.predictions(), parameters, this::show);
        this.halts = answers.halts();
        LabNetwork planned = LabNetwork.of(lab, parameters);
        NetworkSpec spec = planned.spec(seed);
        this.network = Network.build(spec, this::record);
        this.free = new FreeTasks(network, board);
        planned.queue(network);
        if (tap != null) network.tap(tap);
        this.loop = network.loop();
        AddressBook addresses = LabNetwork.addresses(network);
        this.hands = Hands.ofStudent(lab, parameters, addresses, spec);
        this.shells = new Shells(network, addresses);
        this.disturber = new Disturber(network, new Whereabouts(events));
        this.programs = new LabPrograms(network, lab.files(), arguments());
        this.driver = new Driver(loop, events, halts, board, programs, limits());
        Peers.of(lab, parameters, addresses).start(network, shells);
        NameServices.start(network, lab, parameters);
        this.eventsAtStart = events.size();
    }

    /**
     * The beginning of a run: hosts and links are there, nothing has happened yet.
     *
     * @throws IllegalArgumentException if with this seed the lab makes no network
     */
    public static LabRun start(Lab lab, long seed) {
        return new LabRun(lab, seed, null);
    }

    /**
     * The beginning of a run whose frames are captured; it goes as it would without.
     *
     * @param tap sees every frame of every host
     * @throws IllegalArgumentException if with this seed the lab makes no network
     */
    public static LabRun captured(Lab lab, long seed, PacketTap tap) {
        return new LabRun(lab, seed, tap);
    }

    /**
     * A run as it was left: starts one and puts in the lines.
     *
     * @throws ScriptException if one of them is refused, which means that lab or engine have
     *     changed
     */
    public static LabRun replay(Lab lab, long seed, List<String> inputs) {
        LabRun run = start(lab, seed);
        inputs.forEach(run::input);
        return run;
    }

    /** What programs get as their arguments where a line has none, by their task. */
    private Map<String, String> arguments() {
        var filled = new LinkedHashMap<>(lab.student().programs());
        filled.replaceAll((_, template) -> parameters.fill(template));
        return filled;
    }

    private void record(TraceEvent event) {
        events.add(event);
        halts.accept(event);
    }

    private void show(TraceEvent event) {
        board.accept(event);
        listener.accept(event);
    }

    /**
     * Puts in a line: a call ({@code client: listen(3, 5)}), a shell command ({@code client: ss
     * -tin}), or how far to run ({@code step}, {@code step 5}, {@code step call}, {@code step call
     * until 2s}, {@code run}, {@code run 2s}, {@code run until 1.5s}, {@code interrupt client},
     * {@code start server}), what is to go wrong ({@code drop client}; {@link
     * io.socketlab.lab.fault.DisturbanceReader}), a question ({@code cost}), or what will happen
     * ({@code predict peak 4}, {@code skip peak}, {@code reveal peak}).
     *
     * @throws ScriptException if it cannot be understood or done; then nothing has changed
     */
    public Reply input(String line) {
        driver.checkStop();
        Source source = Console.source(line);
        if (limitReached()) {
            throw Console.error(
                    new Position(1, 1), "expected no more: " + limitMessage().orElse(""));
        }
        int first = halts.shownEvents() + 1;
        Optional<Control> control =
                answers.allowed(ControlReader.read(source)).map(c -> foreseen(source, c));
        Optional<String> text = control.isPresent() ? run(source, control.get()) : step(source);
        String logged = line.strip();
        if (control.isPresent() && control.get() instanceof Control.RunUntilEvent until) {
            logged = until.line();
        }
        inputs.add(logged);
        Optional<String> said = limitReached() ? limitMessage() : text;
        return new Reply(first, halts.shownEvents(), logged, said);
    }

    /** As {@link #input} of its line, of a call that has been planned just now. */
    void input(Planned planned) {
        driver.checkStop();
        long moved = octets + MovedOctets.of(planned.bound().invocation());
        boolean mayBeMade = !limitReached() && !halts.isAsking() && isFree(planned.who());
        if (!mayBeMade || moved > MovedOctets.MOST) {
            input(planned.line()); // which says what is wrong
            return;
        }
        octets = moved;
        make(planned.who(), planned.bound().invocation());
        driver.checkLimits();
        inputs.add(planned.line());
    }

    /** Whether {@code logged} is what the log got for {@code line}. */
    public static boolean isSameInput(String line, String logged) {
        return logged.equals(line.strip()) || Control.RunUntilEvent.isLogOf(line, logged);
    }

    /** What the log gets does not look ahead: a replay would, and each in it again. */
    private Control foreseen(Source source, Control control) {
        List<String> names = network.hosts().stream().map(Host::name).toList();
        return new Foresight(parameters, names, this::ahead)
                .foreseen(source, control, answers, events.size());
    }

    private List<TraceEvent> ahead() {
        LabRun other = start(lab, seed);
        other.between(between);
        inputs.forEach(other::input);
        other.halts.passAll();
        while (other.driver.runNext()) {}
        return other.events();
    }

    private Optional<String> step(Source source) {
        Step step = Parser.line(source);
        if (step.time().isPresent()) {
            throw Console.error(
                    step.time().get().position(),
                    "expected a call without a time; to let time pass: run 50ms");
        }
        if (step instanceof ShellStep command)
            return shell(hands.plan(source, command), command.position());
        return call(source, (CallStep) step);
    }

    /** Runs a command, which takes no time. */
    private Optional<String> shell(PlannedCommand planned, Position at) {
        checkUp(at, planned.host());
        String output = shells.run(network.host(planned.host()), planned);
        driver.checkLimits();
        return Optional.of(output);
    }

    private Optional<String> call(Source source, CallStep step) {
        if (step.expected().isPresent()) {
            throw Console.error(
                    step.expected().get().position(),
                    "expected a call without its result; that is for scripts");
        }
        Planned planned = hands.plan(source, step);
        Who who = planned.who();
        free.check(step.position(), who);
        long moved = octets + MovedOctets.of(planned.bound().invocation());
        MovedOctets.check(source, step, moved);
        octets = moved;
        make(who, planned.bound().invocation());
        driver.checkLimits();
        return board.lastLine(who);
    }

    /** Whether the task could make a call now. */
    boolean isFree(Who who) {
        return free.is(who);
    }

    /** What all calls so far have handed over and got, and what those that wait ask for. */
    long octets() {
        return octets;
    }

    private <R> void make(Who who, Invocation<R> invocation) {
        outcomes.remove(who.toString());
        Consumer<Outcome<R>> onReturn =
                outcome -> {
                    octets -= MovedOctets.unread(invocation, outcome);
                    outcomes.put(who.toString(), outcome);
                    hands.found(who.host(), invocation, outcome);
                };
        switch (invocation) {
            case Syscall<R> call -> task(who).call(call, onReturn);
            case LibraryFunction<R> function ->
                    task(who).run(function, network.host(who.host()).library(), onReturn);
        }
    }

    private Task task(Who who) {
        return network.host(who.host()).task(who.task());
    }

    private Optional<String> run(Source source, Control control) {
        return switch (control) {
            case Control.Step(var times) -> driver.step(times);
            case Control.StepCall(var until) -> driver.stepCall(until);
            case Control.Run _ -> driver.runUntilQuiet();
            case Control.RunFor(var nanos) -> driver.runUntil(loop.now() + nanos);
            case Control.RunUntil(var at) -> driver.runUntil(at);
            case Control.RunUntilEvent(int seq, _) -> driver.runUntilEvent(seq);
            case Control.RunUntilTrue _, Control.Reveal _ ->
                    throw new IllegalStateException(source.text() + " was not looked for");
            case Control.Interrupt(var who) -> interrupt(source, who);
            case Control.Start(var at, var host) -> startAgain(source, at, host);
            case Control.Exec exec -> exec(source, exec);
            case Control.Disturb(var words, var disturbance) -> disturb(words, disturbance);
            case Control.Costs(var host) -> Optional.of(CostTable.of(network, source, host));
            case Control.Predict predict -> Optional.of(answers.predict(predict, hasBegun()));
            case Control.Skip skip -> Optional.of(answers.skip(skip, hasBegun()));
        };
    }

    private Optional<String> interrupt(Source source, Who who) {
        hands.check(source, who);
        if (!board.isBlocked(who)) {
            throw Console.error(
                    who.position(), "expected a task that is waiting in a call, found " + who);
        }
        task(who).interrupt();
        driver.checkLimits();
        return board.lastLine(who);
    }

    private Optional<String> disturb(LineWords words, Disturbance disturbance) {
        hands.check(words, disturbance);
        disturber.checkPossible(words, disturbance);
        String what = disturber.disturb(disturbance);
        driver.checkLimits();
        return Optional.of(what);
    }

    /**
     * Lets the run halt at no moment that is not answered yet, as where nobody is there to be
     * asked. It goes into the log.
     */
    void skipMoments() {
        if (hasBegun()) return;
        answers.awaited().forEach(id -> input("skip " + id));
    }

    /** What the run has halted to ask; empty if it has not. Until then nothing goes on. */
    public Optional<Prediction> asked() {
        return halts.asked();
    }

    /** What is not asked, by the predictions' ids. */
    public Set<String> skipped() {
        return answers.skipped();
    }

    /** Whether something has happened: predictions are no longer taken then. */
    public boolean hasBegun() {
        return events.size() > eventsAtStart;
    }

    /** What was said beforehand, by the predictions' ids. */
    public Map<String, Value> predictions() {
        return answers.said();
    }

    private void checkUp(Position at, String host) {
        if (!network.host(host).isDown()) return;
        throw Console.error(
                at, "expected a host that is up; " + host + " is down (boot " + host + ")");
    }

    private Optional<String> startAgain(Source source, Position at, String host) {
        hands.check(source, new Who(at, host, 1));
        checkUp(at, host);
        ProcessTable processes = network.host(host).processes();
        if (!processes.first().isOver()) {
            throw Console.error(at, "expected a host whose program has ended, found " + host);
        }
        processes.restart();
        driver.checkLimits();
        return Optional.of(host + " runs as process " + processes.first().pid());
    }

    private Optional<String> exec(Source source, Control.Exec exec) {
        hands.check(source, exec);
        checkUp(exec.who().position(), exec.who().host());
        String said = programs.start(source, exec);
        driver.checkLimits();
        driver.runUntil(loop.now()); // until it waits: a program's own work takes no time
        return Optional.of(said);
    }

    /** The compiled programs that run in it. */
    LabPrograms programs() {
        return programs;
    }

    /** What has happened, growing; up to the moment where something is asked. */
    public List<TraceEvent> events() {
        return halts.shown(events);
    }

    /** Tells {@code listener} every event from now on, as it happens. */
    public void onEvent(TraceSink listener) {
        this.listener = listener;
    }

    /**
     * Does something between events of the loop from now on, as whoever runs it may have to let
     * others go on: a line can take seconds. Where programs' threads run the loop, a few hundred
     * events may come before it is done again. It is not told what has happened, and changes
     * nothing of that.
     */
    public void between(Runnable between) {
        this.between = between;
        driver.between(between);
    }

    /**
     * The lines that were put in. Put into a new run of the same lab and seed they make this one.
     */
    public List<String> inputs() {
        return Collections.unmodifiableList(inputs);
    }

    /** Virtual nanoseconds since the start. */
    public long now() {
        return loop.now();
    }

    /** When the next event is due; empty if nothing is under way, or something is asked. */
    public OptionalLong nextAt() {
        return driver.nextAt();
    }

    /** Whether nothing is under way: no event is due within half a second. */
    boolean isQuiet() {
        return driver.isQuiet();
    }

    /** Whether the run has come to an end because it has reached a limit of its lab. */
    public boolean limitReached() {
        return driver.limitReached();
    }

    /** Which limit was reached, in a sentence. */
    public Optional<String> limitMessage() {
        return driver.limitMessage();
    }

    Limits limits() {
        return lab.stack().limits();
    }

    /** SHA-256 over the JSON lines of the trace so far, in hexadecimal. */
    public String traceHash() {
        return hash.of(events());
    }

    public Lab lab() {
        return lab;
    }

    public long seed() {
        return seed;
    }

    /** The lab's parameters as the seed made them. */
    public Parameters parameters() {
        return parameters;
    }

    public List<RunHost> hosts() {
        return network.hosts().stream()
                .map(h ->
                        new RunHost(
                                h.name(),
                                h.address().toString(),
                                hands.driven().contains(h.name())))
                .toList();
    }

    /** The network cards of all hosts. */
    public List<RunInterface> interfaces() {
        return network.hosts().stream()
                .flatMap(host -> host.nics().stream().map(nic -> RunInterface.of(host, nic)))
                .toList();
    }

    /** The tasks that have made a call, each with what it is waiting for. */
    public List<TaskSummary> tasks() {
        return board.summaries();
    }

    Hands hands() {
        return hands;
    }

    TaskBoard board() {
        return board;
    }

    /** How the task's last call ended; empty while it is waiting. */
    Optional<Outcome<?>> outcome(Who who) {
        return Optional.ofNullable(outcomes.get(who.toString()));
    }
}
