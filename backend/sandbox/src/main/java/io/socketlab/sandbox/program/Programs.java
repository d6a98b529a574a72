package io.socketlab.sandbox.program;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.syscall.Task;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The programs of one run. It is the run's, and used by its thread alone. When the run is closed,
 * or nobody has it any more, the threads of programs that still wait end.
 */
public final class Programs implements AutoCloseable {

    /** Octets that one program prints at most; what is more is left out, and said so. */
    public static final int MOST_OUTPUT = 64 * 1024;

    /** Processes and threads that a host has at most once a program has been started on it. */
    public static final int MOST_TASKS = 64;

    private static final Cleaner CLEANER = Cleaner.create();

    /** Told of what programs do besides calls. */
    public interface Listener {

        /**
         * @param task of the program that was started, though a child of it may have printed
         * @param stream {@code stdout} or {@code stderr}
         */
        void printed(Host host, Task task, String stream, String text);

        /**
         * @param message what it did, and where
         */
        void died(Host host, Task task, String message);
    }

    /** Stops what a run has left behind; knows nothing of the run. */
    private static final class Threads implements Runnable {

        private final Set<Turns<Answer, Request>> alive = ConcurrentHashMap.newKeySet();

        @Override
        public void run() {
            alive.forEach(Turns::stop);
            alive.clear();
        }
    }

    /** Virtual nanoseconds. */
    private static final long LONG = 10_000_000_000L;

    /** Events, a fraction of a millisecond of them. */
    private static final int MOST_AHEAD = 200;

    private final EventLoop loop;
    private final Listener listener;
    private final Allowance allowance = new Allowance();
    private final Threads threads = new Threads();
    private final Cleaner.Cleanable cleanable;
    private final List<RunningProgram> running = new ArrayList<>();
    private final Map<String, StringBuilder> output = new HashMap<>();
    private long lastTurn;
    private @Nullable BooleanSupplier driver;

    /** Events that threads of programs have run since the loop's thread had the turn. */
    private int stepsAhead;

    /** Instructions that had been run then. */
    private long spentBefore;

    public Programs(EventLoop loop, Listener listener) {
        this.loop = loop;
        this.listener = listener;
        this.cleanable = CLEANER.register(this, threads);
    }

    /**
     * Starts a program on a task that makes no call now. It runs at once, to its first call.
     *
     * @param arguments argv, its name the first
     * @param input all that it finds on its standard input; then comes the end of the file
     */
    public void start(Host host, Task task, Code code, List<String> arguments, byte[] input) {
        var start = new Context.Start(host.name(), arguments);
        var group = new Siblings(loop, code, start, allowance.ofProcess());
        host.processes().mostTasks(MOST_TASKS);
        task.process()
                .standardStreams(
                        input, MOST_OUTPUT, (stream, text) -> printed(host, task, stream, text));
        begin(new RunningProgram(this, host, task, group, new Runner.Beginning.Main()));
    }

    /**
     * Lets programs, when they have the turn, run the loop themselves.
     *
     * @param step runs the next event, just as whoever drives the loop would; false if that would
     *     run none now. Null: they may not any more
     */
    public void drivenBy(@Nullable BooleanSupplier step) {
        driver = step;
    }

    /** The loop's thread gives the turn to a program's. */
    void handOver() {
        stepsAhead = 0;
        spentBefore = allowance.spent();
    }

    /** Whether it does not have to have it back: not for so long that others would wait for it. */
    boolean mayGoAhead() {
        return driver != null
                && stepsAhead < MOST_AHEAD
                && allowance.spent() - spentBefore < Runner.QUANTUM;
    }

    /**
     * Runs the next event; answers whether it may, and there was one. A program can wait for long
     * while others' packets go on: then, too, the loop's thread has the turn back.
     */
    boolean step() {
        return driver != null && stepsAhead++ < MOST_AHEAD && driver.getAsBoolean();
    }

    void begin(RunningProgram program) {
        running.add(program);
        program.begin();
    }

    EventLoop loop() {
        return loop;
    }

    void add(Turns<Answer, Request> turns) {
        threads.alive.add(turns);
    }

    /** The threads of programs that have not come to their end. */
    List<Turns<Answer, Request>> waiting() {
        return List.copyOf(threads.alive);
    }

    void ended(RunningProgram program, Turns<Answer, Request> turns) {
        threads.alive.remove(turns);
        running.remove(program);
    }

    /** What a task's program has printed so far, both streams in their order. */
    public String output(Host host, Task task) {
        StringBuilder text = output.get(key(host, task));
        return text == null ? "" : text.toString();
    }

    private static String key(Host host, Task task) {
        return host.name() + " " + task.pid();
    }

    private void printed(Host host, Task task, String stream, String text) {
        output.computeIfAbsent(key(host, task), _ -> new StringBuilder()).append(text);
        listener.printed(host, task, stream, text);
    }

    void died(Host host, Task task, String message) {
        listener.died(host, task, message);
    }

    /** Where each program stands that has not ended: {@code server in recv(4, ...) at line}. */
    public List<String> standing() {
        return running.stream().map(program -> program.standing().inFull()).toList();
    }

    /**
     * Those that wait for one another: where nothing is under way any more, or no program has gone
     * on for 10 s, as where both ends only send and the kernels go on asking for room.
     */
    public List<Deadlock> deadlocks() {
        boolean idle = loop.isIdle();
        if (!idle && loop.now() - lastTurn < LONG) return List.of();
        return Deadlock.among(running.stream().map(RunningProgram::standing).toList(), idle);
    }

    /** A program goes on now. */
    void turn() {
        lastTurn = loop.now();
    }

    /** Instructions that all of them have run so far, with what calls count for. */
    public long instructions() {
        return allowance.spent();
    }

    /** Whether a program has not come to its end. */
    public boolean areRunning() {
        return !running.isEmpty();
    }

    @Override
    public void close() {
        running.clear();
        cleanable.clean();
    }
}
