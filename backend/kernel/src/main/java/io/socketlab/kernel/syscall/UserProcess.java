package io.socketlab.kernel.syscall;

import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.sim.Timer;
import io.socketlab.kernel.sysctl.Sysctls;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.FdClosed;
import io.socketlab.kernel.trace.TraceEvent.FdFlagsSet;
import io.socketlab.kernel.trace.TraceEvent.FdOpened;
import io.socketlab.kernel.trace.TraceEvent.ProcessExited;
import io.socketlab.kernel.trace.TraceEvent.SignalGenerated;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wait.Pollable;
import io.socketlab.kernel.wait.WaitQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of one program share: its descriptors, what it does about signals, its children.
 */
public final class UserProcess {

    /** Virtual nanoseconds: no timer expires later. Linux has KTIME_MAX. */
    private static final long END_OF_TIME = Long.MAX_VALUE / 2;

    private final ProcessTable table;
    private final int pid;
    private final int number;
    private final FileDescriptors fds;
    private final SignalActions actions;
    private final SyscallTable calls;
    private final List<Task> threads = new ArrayList<>();
    private final List<UserProcess> children = new ArrayList<>();
    private final Parent waiting = new Parent();
    private @Nullable UserProcess parent;
    private @Nullable Timer alarm;

    /** Nanoseconds from one expiry to the next; 0 for once. */
    private long alarmInterval;

    private boolean over;
    private int status;
    private List<Runnable> whenOver = List.of();

    /** What wait(2) waits on. */
    private static final class Parent implements Pollable {

        private final WaitQueue waitQueue = new WaitQueue();

        @Override
        public int readiness() {
            return 0;
        }

        @Override
        public WaitQueue waitQueue() {
            return waitQueue;
        }
    }

    /**
     * A program as a shell starts it.
     *
     * @param number of its first task
     */
    UserProcess(ProcessTable table, int pid, int number) {
        this(table, pid, number, new FileDescriptors(), new SignalActions());
    }

    /** The child that fork(2) makes of {@code parent}. */
    UserProcess(UserProcess parent, int pid) {
        this(parent.table, pid, pid, parent.fds.copy(), parent.actions.copy());
        this.parent = parent;
        parent.children.add(this);
    }

    private UserProcess(
            ProcessTable table, int pid, int number, FileDescriptors fds, SignalActions actions) {
        this.table = table;
        this.pid = pid;
        this.number = number;
        this.fds = fds;
        this.actions = actions;
        this.calls = new SyscallTable(this);
    }

    /** getpid(2). */
    public int pid() {
        return pid;
    }

    /** Of its first task. */
    int number() {
        return number;
    }

    /** The name of its host. */
    public String host() {
        return environment().host();
    }

    public FileDescriptors fds() {
        return fds;
    }

    Abi abi() {
        return environment().abi();
    }

    ProcessTable table() {
        return table;
    }

    private SyscallEnvironment environment() {
        return table.environment();
    }

    SocketFactory sockets() {
        return environment().sockets();
    }

    Sysctls sysctls() {
        return environment().sysctls();
    }

    FileTree files() {
        return environment().files();
    }

    EventLoop loop() {
        return environment().loop();
    }

    Trace trace() {
        return environment().trace();
    }

    IntSupplier callNumbers() {
        return environment().callNumbers();
    }

    /** Of all tasks of its host. */
    CostCounter hostCosts() {
        return environment().costs();
    }

    SyscallTable calls() {
        return calls;
    }

    void add(Task task) {
        threads.add(task);
    }

    /** Its tasks that have not ended. */
    List<Task> threads() {
        return List.copyOf(threads);
    }

    // ---- descriptors

    /**
     * Gives it a standard input, output and error. What it and its children write there is in the
     * trace.
     *
     * @param input all that there is to read; then comes the end of the file
     * @param most octets of output that are kept, of both streams together
     * @param reader is given the stream, {@code stdout} or {@code stderr}, and what is printed
     */
    public void standardStreams(byte[] input, int most, BiConsumer<String, String> reader) {
        var terminal = new Terminal(input, most, reader);
        fds.standardStreams(
                file(terminal.input(), Syscall.Fcntl.O_RDONLY),
                file(terminal.output("stdout"), Syscall.Fcntl.O_WRONLY),
                file(terminal.output("stderr"), Syscall.Fcntl.O_WRONLY));
        tellDescriptors();
    }

    private OpenFile file(Pollable object, int flags) {
        return new OpenFile(object, flags, table.openFiles());
    }

    /** A number refers to {@code file} from now on. */
    void tellOpened(int fd, OpenFile file) {
        Trace trace = trace();
        if (!trace.isOn()) return;
        trace.emit(
                new FdOpened(
                        trace.stamp(host()),
                        number,
                        fd,
                        file.socketNumber(),
                        file.number(),
                        file.kind(),
                        Symbols.statusFlags(file.statusFlags()),
                        fds.closesOnExec(fd)));
    }

    /** The flags of {@code file}, or of this number for it, are others now. */
    void tellFlags(int fd, OpenFile file) {
        Trace trace = trace();
        if (!trace.isOn()) return;
        trace.emit(
                new FdFlagsSet(
                        trace.stamp(host()),
                        number,
                        fd,
                        file.number(),
                        Symbols.statusFlags(file.statusFlags()),
                        fds.closesOnExec(fd)));
    }

    void tellClosed(int fd, OpenFile file) {
        Trace trace = trace();
        if (!trace.isOn()) return;
        trace.emit(new FdClosed(trace.stamp(host()), number, fd, file.socketNumber()));
    }

    /** Those that it has from its parent. */
    void tellDescriptors() {
        for (int fd : fds.numbers()) {
            OpenFile file = fds.get(fd);
            if (file != null) tellOpened(fd, file);
        }
    }

    /** Frees the number; the file is closed if nothing else refers to it, and nobody waits. */
    void closeDescriptor(int fd) {
        OpenFile file = fds.get(fd);
        if (file == null) return;
        fds.remove(fd);
        tellClosed(fd, file);
        if (file.release()) file.close(false);
    }

    // ---- signals

    SignalActions actions() {
        return actions;
    }

    /** What it does about a signal from now on, as sigaction(2) sets it. */
    public void action(Signal signal, SignalAction action) {
        actions.set(signal.number(), action);
    }

    /** How often the handler of {@code signal} has run. */
    public int timesHandled(Signal signal) {
        return actions.timesHandled(signal.number());
    }

    /**
     * A signal for the process: some task that does not block it takes it. kernel/signal.c,
     * send_signal_locked(), complete_signal().
     *
     * @param from the task that sends it, 0 for the kernel
     */
    void signal(int signal, int from) {
        if (over) return;
        boolean blocked = threads.getFirst().signals().blocks(signal);
        boolean ignored = actions.get(signal).ignores(signal) && !blocked;
        tellGenerated(signal, number, from, ignored);
        if (ignored) return;
        actions.addPending(signal);
        for (Task task : threads()) {
            if (task.signals().blocks(signal)) continue;
            task.noticeSignal();
            return;
        }
    }

    void tellGenerated(int signal, int task, int from, boolean ignored) {
        Trace trace = trace();
        if (!trace.isOn()) return;
        trace.emit(
                new SignalGenerated(trace.stamp(host()), task, Signal.name(signal), from, ignored));
    }

    /**
     * alarm(2).
     *
     * @param nanos until SIGALRM; 0 for never
     * @return nanoseconds that an earlier one had left
     */
    long alarm(long nanos) {
        return realTimer(new Syscall.ITimer(nanos, 0)).value();
    }

    /** getitimer(2) of ITIMER_REAL, as it is now. */
    Syscall.ITimer realTimer() {
        if (alarm == null || !alarm.isRunning()) return new Syscall.ITimer(0, alarmInterval);
        return new Syscall.ITimer(alarm.deadline() - loop().now(), alarmInterval);
    }

    /** setitimer(2) of ITIMER_REAL; answers what was there. */
    Syscall.ITimer realTimer(Syscall.ITimer wanted) {
        Syscall.ITimer before = realTimer();
        if (alarm == null) alarm = new Timer(loop(), this::expire);
        startAlarm(alarm, wanted.value());
        alarmInterval = wanted.value() == 0 ? 0 : wanted.interval();
        return before;
    }

    /** it_real_fn(): the next time is reckoned from this one, however late the signal is taken. */
    private void expire() {
        if (alarm != null) startAlarm(alarm, alarmInterval);
        signal(Signal.SIGALRM.number(), 0);
    }

    private void startAlarm(Timer timer, long nanos) {
        long most = END_OF_TIME - loop().now();
        if (nanos == 0 || most <= 0) timer.stop();
        else timer.start(Math.min(nanos, most));
    }

    // ---- its end

    /**
     * Does {@code what} when it has ended, by itself or not: whoever runs its program is to stop.
     */
    public void whenOver(Runnable what) {
        var all = new ArrayList<>(whenOver);
        all.add(what);
        whenOver = all;
    }

    private void tellOver() {
        List<Runnable> told = whenOver;
        whenOver = List.of();
        told.forEach(Runnable::run);
    }

    /** Whether it has ended. */
    public boolean isOver() {
        return over;
    }

    /** As wait(2) tells it. */
    int status() {
        return status;
    }

    /** One of its tasks has ended; with the last the process does. */
    void threadExited(Task task) {
        threads.remove(task);
        if (threads.isEmpty()) exit(0, task.number());
    }

    /** exit_group(2). */
    void exit(int code, int by) {
        end((code & 0xFF) << 8, by, null);
    }

    /** A signal has ended it. */
    void kill(int signal, int by) {
        end(signal, by, Signal.name(signal));
    }

    private void end(int waitStatus, int by, @Nullable String signal) {
        if (over) return;
        over = true;
        status = waitStatus;
        Trace trace = trace();
        if (trace.isOn()) {
            trace.emit(
                    new ProcessExited(
                            trace.stamp(host()), by, number, waitStatus >> 8 & 0xFF, signal));
        }
        if (alarm != null) alarm.stop();
        // the one that has the CPU last: it is not to go to another that ends as well
        threads.stream().filter(t -> t.number() != by).forEach(Task::abandonCall);
        threads.forEach(Task::abandonCall);
        threads.clear();
        fds.numbers().forEach(this::closeDescriptor);
        for (UserProcess child : children) child.orphaned();
        children.clear();
        tellParent();
        tellOver();
    }

    /** The power is gone: it ends, and there is nobody whom it could tell. */
    void vanish() {
        if (over) return;
        over = true;
        if (alarm != null) alarm.stop();
        threads.forEach(Task::abandonCall);
        threads.clear();
        fds.numbers().forEach(this::closeDescriptor);
        children.clear();
        table.remove(this);
        tellOver();
    }

    /** Its parent has ended: init takes it over, and never asks. */
    private void orphaned() {
        parent = null;
        if (over) table.remove(this);
    }

    /** do_notify_parent(). */
    private void tellParent() {
        if (parent == null) {
            table.remove(this);
            return;
        }
        SignalAction action = parent.actions.get(Signal.SIGCHLD.number());
        if (action.kind() == SignalAction.Kind.SIG_IGN || action.has(SignalAction.SA_NOCLDWAIT)) {
            parent.reap(this);
        }
        parent.waiting.waitQueue.wakeAll(EventMask.IN);
        parent.signal(Signal.SIGCHLD.number(), 0);
    }

    // ---- its children

    int parentPid() {
        return parent == null ? 1 : parent.pid;
    }

    /** In the order in which they were made. */
    List<UserProcess> children() {
        return children;
    }

    /** wait(2) has told of a child: nothing is left of it. */
    void reap(UserProcess child) {
        children.remove(child);
        table.remove(child);
    }

    /** Woken when one of its children ends. */
    Pollable childEnds() {
        return waiting;
    }
}
