package io.socketlab.kernel.syscall;

import io.socketlab.kernel.trace.TraceEvent.HostStalled;
import io.socketlab.kernel.trace.TraceEvent.TaskStarted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The processes of a host and their tasks. The first process is there from the beginning; its tasks
 * are numbered from 1, and the first of them has 1. Whatever fork(2) and pthread_create(3) make
 * gets the next process number, as on Linux, where threads and processes share one series.
 */
public final class ProcessTable {

    /** The number of a host's first process. */
    public static final int FIRST_PID = 100;

    private static final int FIRST_TASK = 1;

    /** Of all processes together: kernel.threads-max. */
    private static final int MOST_TASKS = 4096;

    private final SyscallEnvironment environment;
    private final Map<Integer, UserProcess> processes = new TreeMap<>();
    private final List<@Nullable Task> tasks = new ArrayList<>();
    private final Map<Integer, Task> daemons = new TreeMap<>();
    private final OpenFiles openFiles = new OpenFiles();
    private final Optional<Scheduler> scheduler;
    private final CallFaults faults = new CallFaults();
    private final Stall stall;
    private UserProcess first;
    private int mostTasks = MOST_TASKS;
    private int nextPid = FIRST_PID;

    public ProcessTable(SyscallEnvironment environment) {
        this.environment = environment;
        this.scheduler =
                environment
                        .cpu()
                        .map(cpu ->
                                new Scheduler(
                                        cpu,
                                        environment.host(),
                                        environment.loop(),
                                        environment.trace()));
        this.stall = new Stall(environment.loop());
        this.first = startFirst();
    }

    private UserProcess startFirst() {
        var process = new UserProcess(this, takePid(), FIRST_TASK);
        processes.put(process.pid(), process);
        put(new Task(FIRST_TASK, process));
        return process;
    }

    SyscallEnvironment environment() {
        return environment;
    }

    /** How task {@code number} comes by processor time. */
    CpuTime cpuOf(int number, CostCounter costs) {
        CpuTime cpu =
                scheduler
                        .<CpuTime>map(s -> new ScheduledCpu(number, s, costs))
                        .orElseGet(() -> new UnlimitedCpu(environment.loop()));
        return new StallableCpu(cpu, stall);
    }

    OpenFiles openFiles() {
        return openFiles;
    }

    /** Whether fs.file-max allows of so many more open files; ENFILE otherwise. */
    boolean hasRoomForFiles(int more) {
        return openFiles.count() + more <= environment.sysctls().number("fs.file-max");
    }

    /** The process that is there from the beginning, or that has been started in its place. */
    public UserProcess first() {
        return first;
    }

    /** What is to go wrong with calls. */
    public CallFaults faults() {
        return faults;
    }

    /**
     * No task gets on for {@code nanos} from now, as after SIGSTOP: neither to its next call nor
     * out of the one that it is in.
     */
    public void stall(long nanos) {
        stall.start(nanos);
        var trace = environment.trace();
        if (!trace.isOn()) return;
        trace.emit(new HostStalled(trace.stamp(environment.host()), stall.until()));
    }

    /** All processes end where they are; whoever looks sees that in the crash of the host. */
    public void crash() {
        for (UserProcess process : processes()) process.vanish();
        daemons.values().forEach(task -> task.process().vanish());
        daemons.clear();
        faults.clear();
        stall.end();
    }

    /**
     * Starts the host's program again, after its first process has ended.
     *
     * @throws IllegalStateException if it has not
     */
    public void restart() {
        if (!first.isOver()) throw new IllegalStateException("process " + first.pid() + " runs");
        tasks.replaceAll(task -> task != null && task.process().equals(first) ? null : task);
        first = startFirst();
        tellStarted(FIRST_TASK, first, 0);
    }

    /**
     * Starts another program, beside what runs: the only task of a new process, with its number.
     */
    public Task spawn() {
        int pid = takePid();
        return spawn(pid, pid);
    }

    /**
     * Likewise, but with a number of its own for the task, as the first process has.
     *
     * @param number of no task that there is or was
     */
    public Task spawn(int number) {
        if (find(number).isPresent()) {
            throw new IllegalArgumentException("there is a task " + number);
        }
        return spawn(takePid(), number);
    }

    private Task spawn(int pid, int number) {
        var process = new UserProcess(this, pid, number);
        processes.put(pid, process);
        Task task = put(new Task(number, process));
        tellStarted(number, process, 0);
        return task;
    }

    /** The task of that number, if there is or was one. */
    public Optional<Task> find(int number) {
        return number < 1 || number >= tasks.size()
                ? Optional.empty()
                : Optional.ofNullable(tasks.get(number));
    }

    /** The same; where there is none, a new thread of the first process. */
    public Task task(int number) {
        if (number < 1) throw new IllegalArgumentException("tasks are counted from 1");
        return find(number).orElseGet(() -> put(new Task(number, first)));
    }

    /**
     * The task of a program that serves by itself, and that no other process here knows of.
     *
     * @param number of the task and of its process; the same number gives the same task
     */
    public Task daemon(int number) {
        return daemons.computeIfAbsent(
                number,
                n -> {
                    var task = new Task(n, new UserProcess(this, n, n));
                    task.process().add(task);
                    return task;
                });
    }

    /** Every task there is or was, by number; no daemon's. */
    public List<Task> tasks() {
        var all = new ArrayList<Task>();
        for (Task task : tasks) if (task != null) all.add(task);
        return all;
    }

    private Task put(Task task) {
        while (tasks.size() <= task.number()) tasks.add(null);
        tasks.set(task.number(), task);
        task.process().add(task);
        return task;
    }

    private int takePid() {
        while (find(nextPid).isPresent()) nextPid++;
        return nextPid++;
    }

    /** By its number; zombies are among them. */
    Optional<UserProcess> process(int pid) {
        return Optional.ofNullable(processes.get(pid));
    }

    /** The process that a number of kill(2) means: its own, or one of its threads'. */
    Optional<UserProcess> processOf(int pid) {
        UserProcess process = processes.get(pid);
        if (process != null) return Optional.of(process);
        if (pid < FIRST_PID) return Optional.empty();
        return find(pid).filter(task -> !task.isOver()).map(Task::process);
    }

    Collection<UserProcess> processes() {
        return List.copyOf(processes.values());
    }

    /**
     * How many processes and threads there may be from now on; for more fork(2) and
     * pthread_create(3) fail with EAGAIN. RLIMIT_NPROC.
     */
    public void mostTasks(int most) {
        mostTasks = Math.min(most, MOST_TASKS);
    }

    /** Whether there may be another process or thread; a zombie counts until it is waited for. */
    boolean hasRoomForTask() {
        return processes.values().stream().mapToInt(p -> Math.max(1, p.threads().size())).sum()
                < mostTasks;
    }

    /** fork(2): a process like that of {@code caller}, with one task that goes on where it is. */
    UserProcess fork(Task caller) {
        int pid = takePid();
        var child = new UserProcess(caller.process(), pid);
        processes.put(pid, child);
        Task task = put(new Task(pid, child));
        task.signals().inherit(caller.signals());
        tellStarted(pid, child, caller.number());
        child.tellDescriptors();
        return child;
    }

    /** pthread_create(3): another task of the same process. */
    Task startThread(Task caller) {
        int number = takePid();
        Task task = put(new Task(number, caller.process()));
        task.signals().block(caller.signals().blocked());
        tellStarted(number, caller.process(), caller.number());
        return task;
    }

    private void tellStarted(int task, UserProcess process, int by) {
        var trace = environment.trace();
        if (!trace.isOn()) return;
        trace.emit(
                new TaskStarted(
                        trace.stamp(environment.host()),
                        task,
                        process.number(),
                        process.pid(),
                        by));
    }

    /** Nothing is left of it: its parent has been told, or has no interest. */
    void remove(UserProcess process) {
        processes.remove(process.pid());
    }
}
