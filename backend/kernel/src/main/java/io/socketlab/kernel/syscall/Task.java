package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.socket.TcpInfo;
import io.socketlab.kernel.trace.Cost;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.CallEntered;
import io.socketlab.kernel.trace.TraceEvent.FunctionEntered;
import io.socketlab.kernel.trace.TraceEvent.FunctionReturned;
import io.socketlab.kernel.trace.TraceEvent.ProgramFaulted;
import io.socketlab.kernel.trace.TraceEvent.SignalDelivered;
import io.socketlab.kernel.trace.TraceEvent.TaskExited;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A thread of a simulated program. It makes one call at a time; while a call waits, the task is an
 * entry in a wait queue and nothing else. Between its calls it is in its program, where signals
 * reach it at once.
 */
public final class Task implements LibraryFunction.Caller {

    /** Octets of kernel memory that each task has for its stack: THREAD_SIZE of x86-64. */
    public static final int KERNEL_STACK = 16 * 1024;

    private final int number;
    private final UserProcess process;
    private final Trace trace;
    private final CostCounter costs;
    private final CpuTime cpu;
    private @Nullable TaskSignals signals;
    private @Nullable CallInProgress<?> current;
    private @Nullable IntConsumer handlers;
    private @Nullable String place;

    /** Whether it is in a function of the library, which sees to its calls by itself. */
    private boolean inFunction;

    private boolean exited;

    Task(int number, UserProcess process) {
        this.number = number;
        this.process = process;
        this.trace = process.trace();
        this.costs = new CostCounter(process.hostCosts());
        this.cpu = process.table().cpuOf(number, costs);
    }

    public int number() {
        return number;
    }

    public UserProcess process() {
        return process;
    }

    /** The number of its process, as getpid(2) tells it. */
    public int pid() {
        return process.pid();
    }

    /** The descriptors that its process has open. */
    public List<Integer> descriptors() {
        return process.fds().numbers();
    }

    /** What its calls have cost. */
    public CostCounter costs() {
        return costs;
    }

    CpuTime cpu() {
        return cpu;
    }

    /** Whether it waits in a call. */
    public boolean isBlocked() {
        return current != null;
    }

    /** Whether it has ended, by itself or with its process: it makes no more calls. */
    public boolean isOver() {
        return exited || process.isOver();
    }

    /** What TCP_INFO would tell of {@code fd}, without a call; empty if it is no stream socket. */
    public Optional<TcpInfo> tcpInfo(int fd) {
        OpenFile file = process.fds().get(fd);
        Socket socket = file == null ? null : file.socket();
        return socket == null ? Optional.empty() : socket.tcpInfo();
    }

    /** The call that waits, as a script writes it. */
    public Optional<String> blockedCall() {
        return current == null ? Optional.empty() : Optional.of(CallText.of(current.call()));
    }

    /** The call that waits. */
    public Optional<Syscall<?>> waitingCall() {
        return current == null ? Optional.empty() : Optional.of(current.call());
    }

    /** Octets that the kernel holds for the call that waits, besides its stack. */
    long callMemory() {
        return current == null ? 0 : current.memory();
    }

    /** What it waits for, in a few words. */
    public Optional<String> waitsFor() {
        return current == null ? Optional.empty() : Optional.of(current.reason());
    }

    /**
     * Its program has come to this place of its source, {@code server.c:41}; the calls that it
     * makes from now on are made there.
     */
    public void at(String line) {
        place = line;
    }

    /** Where its program is; null if that is not known. */
    @Nullable String place() {
        return place;
    }

    /**
     * Makes a call. {@code onReturn} gets {@code Done} or {@code Failed}: at once, or when the wait
     * is over; never, if the task ends in it.
     *
     * @throws IllegalStateException if the task is still in a call, or has ended
     */
    @Override
    public <R> void call(Syscall<R> call, Consumer<Outcome<R>> onReturn) {
        if (current != null) {
            throw new IllegalStateException(
                    "task " + number + " is in " + CallText.of(current.call()));
        }
        if (isOver()) throw new IllegalStateException("task " + number + " has ended");
        int callNumber = process.callNumbers().getAsInt();
        costs.add(Cost.CALLS, 1);
        int before = trace.cause();
        String text = "";
        if (trace.isOn()) {
            text = CallText.of(call);
            trace.because(
                    trace.emit(
                            new CallEntered(
                                    trace.stamp(process.host()),
                                    number,
                                    callNumber,
                                    CallText.name(call),
                                    call.fd(),
                                    text,
                                    CallText.data(call),
                                    place)));
        }
        CallFaults faults = process.table().faults();
        long late = faults.delay(this, call, callNumber);
        var inProgress = new CallInProgress<>(this, call, callNumber, text, onReturn);
        current = inProgress;
        inProgress.begin(late);
        trace.because(before);
    }

    /** Whether {@code call} is the one that it is in. */
    @SuppressWarnings("ReferenceEquality") // the very call
    boolean isIn(CallInProgress<?> call) {
        return current == call;
    }

    /** Its call is over. */
    void returned() {
        current = null;
    }

    /**
     * Runs a function of the C library, whose calls are this task's. {@code onReturn} gets what it
     * gives back when it is over.
     */
    public <R> void run(
            LibraryFunction<R> function,
            LibraryEnvironment environment,
            Consumer<Outcome<R>> onReturn) {
        int functionNumber = process.callNumbers().getAsInt();
        int before = trace.cause();
        if (trace.isOn()) {
            trace.because(
                    trace.emit(
                            new FunctionEntered(
                                    trace.stamp(process.host()),
                                    number,
                                    functionNumber,
                                    function.name(),
                                    function.text(),
                                    place)));
        }
        inFunction = true;
        function.begin(
                this,
                environment,
                value -> {
                    inFunction = false;
                    if (trace.isOn()) {
                        trace.emit(
                                new FunctionReturned(
                                        trace.stamp(process.host()),
                                        number,
                                        functionNumber,
                                        function.name(),
                                        function.result(value),
                                        function.text(value)));
                    }
                    onReturn.accept(new Outcome.Done<>(value));
                });
        trace.because(before);
    }

    /**
     * Goes on with {@code next} when what happens now is over: for programs that go round for ever.
     */
    public void later(Runnable next) {
        process.loop().defer(next);
    }

    /**
     * A signal arrives whose handler does not restart calls: a call that waits gives up, with EINTR
     * or what it has so far. signal(7).
     */
    public void interrupt() {
        CallInProgress<?> waiting = current;
        if (waiting != null) waiting.interrupt();
    }

    // ---- signals

    TaskSignals signals() {
        if (signals == null) signals = new TaskSignals();
        return signals;
    }

    boolean hasSignal() {
        return signals == null
                ? process.actions().pending() != 0
                : signals.hasDeliverable(process.actions());
    }

    /**
     * A signal for this task and no other of its process: what it does brought it about, as with
     * SIGPIPE.
     */
    void signal(int signal) {
        boolean ignored =
                process.actions().get(signal).ignores(signal) && !signals().blocks(signal);
        process.tellGenerated(signal, number, number, ignored);
        if (ignored) return;
        signals().addPending(signal);
        noticeSignal();
    }

    /** What it blocks, as Linux's sigset_t. */
    public long blockedSignals() {
        return signals == null ? 0 : signals.blocked();
    }

    /**
     * Tells {@code program} from now on each signal whose handler it is to run, as it is taken. Of
     * several the one that was told last is to run first, and each ends with {@link
     * Syscall.SigReturn}. What a handler with SA_RESTART interrupts, the program makes again itself
     * when it is told of ERESTARTSYS.
     */
    public void onHandler(IntConsumer program) {
        handlers = program;
    }

    /**
     * Its program has done what ends it, wherever it is: the trap of a processor, or abort(3). No
     * handler runs, for there is nothing that it could go back to. force_sig(), with the action
     * reset as for a signal that is blocked.
     *
     * @param message what it did
     */
    public void fault(Signal signal, String message) {
        int before = trace.cause();
        if (trace.isOn()) {
            trace.because(
                    trace.emit(
                            new ProgramFaulted(
                                    trace.stamp(process.host()),
                                    number,
                                    signal.name(),
                                    message,
                                    place)));
        }
        process.tellGenerated(signal.number(), number, 0, false);
        tellDelivered(signal.number(), false, 0);
        process.kill(signal.number(), number);
        trace.because(before);
    }

    /** Whether its call has been made by a program that runs handlers, and can make it again. */
    boolean runsHandlers() {
        return handlers != null && !inFunction;
    }

    /** There may be a signal for it: in its program it takes it at once, in a call it is woken. */
    void noticeSignal() {
        if (current == null) deliverSignals(0);
        else current.wakeBySignal();
    }

    /** What signals mean for the call that waits as they come. */
    enum Interruption {
        /** No handler runs: it goes on. */
        NONE,

        /** It is made again when the handlers have run, if it is one of those. */
        RESTARTS,

        /** It fails with EINTR. */
        FAILS
    }

    /**
     * Takes every signal that it does not block: get_signal().
     *
     * @param call that was interrupted by it, 0 if none was
     * @return what becomes of an interrupted call: the first handler decides
     */
    Interruption deliverSignals(int call) {
        var interruption = Interruption.NONE;
        while (hasSignal() && !isOver()) {
            int signal = signals().take(process.actions());
            SignalAction action = process.actions().get(signal);
            if (action.ignores(signal)) continue; // the action was changed meanwhile
            boolean handled = action.kind() == SignalAction.Kind.HANDLER;
            tellDelivered(signal, handled, call);
            if (!handled) {
                process.kill(signal, number);
                return Interruption.FAILS;
            }
            if (interruption == Interruption.NONE) {
                interruption = action.restarts() ? Interruption.RESTARTS : Interruption.FAILS;
            }
            process.actions().handled(signal);
            if (handlers == null) continue;
            signals().enterHandler(action.blockedInHandler(signal));
            handlers.accept(signal);
        }
        return interruption;
    }

    private void tellDelivered(int signal, boolean handled, int call) {
        if (!trace.isOn()) return;
        trace.emit(
                new SignalDelivered(
                        trace.stamp(process.host()),
                        number,
                        Signal.name(signal),
                        handled ? "handler" : "terminate",
                        call));
    }

    // ---- its end

    /** pthread_exit(3). */
    void exit() {
        exited = true;
        if (trace.isOn()) trace.emit(new TaskExited(trace.stamp(process.host()), number));
        abandonCall();
        process.threadExited(this);
    }

    /** It ends, and the call that it is in never returns. */
    void abandonCall() {
        CallInProgress<?> abandoned = current;
        current = null;
        if (abandoned != null) abandoned.abandon();
        cpu.end();
    }
}
