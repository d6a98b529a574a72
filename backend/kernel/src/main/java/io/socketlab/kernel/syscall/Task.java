package io.socketlab.kernel.syscall;

import io.socketlab.kernel.sim.Timer;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.socket.TcpInfo;
import io.socketlab.kernel.trace.Cost;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.CallBlocked;
import io.socketlab.kernel.trace.TraceEvent.CallEntered;
import io.socketlab.kernel.trace.TraceEvent.CallReturned;
import io.socketlab.kernel.trace.TraceEvent.FunctionEntered;
import io.socketlab.kernel.trace.TraceEvent.FunctionReturned;
import io.socketlab.kernel.trace.TraceEvent.ReadinessScanned;
import io.socketlab.kernel.trace.TraceEvent.TaskWoken;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wait.Pollable;
import io.socketlab.kernel.wait.WaitQueue;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A thread of a simulated program. It makes one call at a time; while a call waits, the task is an
 * entry in a wait queue and nothing else.
 */
public final class Task implements LibraryFunction.Caller {

    private final int number;
    private final UserProcess process;
    private final SyscallTable table;
    private final Trace trace;
    private final CostCounter costs;
    private @Nullable InProgress<?> current;

    public Task(int number, UserProcess process) {
        this.number = number;
        this.process = process;
        this.table = process.table();
        this.trace = process.trace();
        this.costs = new CostCounter(process.hostCosts());
    }

    public int number() {
        return number;
    }

    /** What its calls have cost. */
    public CostCounter costs() {
        return costs;
    }

    public boolean isBlocked() {
        return current != null;
    }

    /** What TCP_INFO would tell of {@code fd}, without a call; empty if it is no stream socket. */
    public Optional<TcpInfo> tcpInfo(int fd) {
        OpenFile file = process.fds().get(fd);
        Socket socket = file == null ? null : file.socket();
        return socket == null ? Optional.empty() : socket.tcpInfo();
    }

    /** The call that waits, as a script writes it. */
    public Optional<String> blockedCall() {
        return current == null ? Optional.empty() : Optional.of(CallText.of(current.call));
    }

    /** What it waits for, in a few words. */
    public Optional<String> waitsFor() {
        return current == null ? Optional.empty() : Optional.of(current.reason);
    }

    /**
     * Makes a call. {@code onReturn} gets {@code Done} or {@code Failed}: at once, or when the wait
     * is over.
     *
     * @throws IllegalStateException if the task is still in a call
     */
    @Override
    public <R> void call(Syscall<R> call, Consumer<Outcome<R>> onReturn) {
        if (current != null) {
            throw new IllegalStateException(
                    "task " + number + " is in " + CallText.of(current.call));
        }
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
                                    CallText.data(call))));
        }
        new InProgress<>(call, callNumber, text, onReturn).attempt(false);
        trace.because(before);
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
                                    function.text())));
        }
        function.begin(
                this,
                environment,
                value -> {
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
     * A signal arrives: a call that waits gives up, with EINTR or what it has so far. signal(7).
     */
    public void interrupt() {
        InProgress<?> waiting = current;
        if (waiting != null) waiting.interrupt();
    }

    /** A call between its entry and its return. */
    private final class InProgress<R> implements WaitQueue.Waiter {

        private final Syscall<R> call;
        private final int callNumber;

        /** As the trace has it; empty if there is none. */
        private final String text;

        private final PreparedCall<R> prepared;
        private final Consumer<Outcome<R>> onReturn;
        private @Nullable Timer timeout;
        private String reason = "";
        private @Nullable Pollable waitsOn;
        private int wokenBy;

        InProgress(Syscall<R> call, int callNumber, String text, Consumer<Outcome<R>> onReturn) {
            this.call = call;
            this.callNumber = callNumber;
            this.text = text;
            this.prepared = table.prepare(call);
            this.onReturn = onReturn;
        }

        void attempt(boolean resumed) {
            Outcome<R> outcome = prepared.attempt(resumed);
            countScan();
            if (!(outcome instanceof Blocked<R>(Pollable on, int events, String waitsFor))) {
                finish(outcome);
            } else if (prepared.isNonBlocking()) {
                finish(prepared.wouldBlock());
            } else {
                reason = waitsFor;
                sleep(on, events);
                if (!resumed && prepared.timeout() >= 0) startTimeout(prepared.timeout());
            }
        }

        private void sleep(Pollable on, int events) {
            costs.add(Cost.VOLUNTARY_SWITCHES, 1);
            if (trace.isOn()) {
                trace.emit(
                        new CallBlocked(
                                trace.stamp(process.host(), Rule.CALL_BLOCKS),
                                number,
                                callNumber,
                                call.fd(),
                                events,
                                reason));
            }
            waitsOn = on;
            int wanted = events | EventMask.ERR | EventMask.HUP;
            if (!prepared.isExclusive()) on.waitQueue().add(this, wanted);
            else if (prepared.isLastComeFirst()) on.waitQueue().addExclusiveFirst(this, wanted);
            else on.waitQueue().addExclusive(this, wanted);
            current = this;
        }

        /**
         * Called from the midst of whatever happened: the attempt itself comes after that is over.
         */
        @Override
        public boolean wake(int events) {
            leaveQueue();
            costs.add(Cost.WAKE_UPS, 1);
            if (trace.isOn()) {
                wokenBy =
                        trace.emit(
                                new TaskWoken(
                                        trace.stamp(process.host()), number, callNumber, events));
            }
            process.loop().defer(this::resume);
            return true;
        }

        private void resume() {
            if (current != this) return; // a signal or the timeout was first
            trace.because(wokenBy);
            current = null;
            attempt(true);
            trace.because(0);
        }

        private void startTimeout(long delay) {
            if (delay > Long.MAX_VALUE - process.loop().now()) return; // beyond the end of time
            timeout = new Timer(process.loop(), this::timedOut);
            timeout.start(delay);
        }

        private void timedOut() {
            leaveQueue();
            current = null;
            trace.because(wokenBy);
            Outcome<R> outcome = prepared.timedOut();
            countScan();
            finish(outcome);
            trace.because(0);
        }

        void interrupt() {
            leaveQueue();
            current = null;
            finish(prepared.interrupted());
        }

        private void leaveQueue() {
            if (waitsOn != null) waitsOn.waitQueue().remove(this);
            waitsOn = null;
        }

        private void finish(Outcome<R> outcome) {
            if (timeout != null) timeout.stop();
            prepared.release();
            long toKernel = CopiedOctets.toKernel(call, outcome);
            long toUser = CopiedOctets.toUser(call, outcome);
            costs.add(Cost.TO_KERNEL, toKernel);
            costs.add(Cost.TO_USER, toUser);
            if (trace.isOn()) {
                CallText.Return returned = CallText.returned(call, text, outcome);
                trace.emit(
                        new CallReturned(
                                trace.stamp(process.host()),
                                number,
                                callNumber,
                                CallText.name(call),
                                call.fd(),
                                returned.result(),
                                returned.errno(),
                                returned.text(),
                                returned.data(),
                                toKernel,
                                toUser));
            }
            onReturn.accept(outcome);
        }

        private void countScan() {
            Scan scan = prepared.scan();
            if (scan.walked() == 0) return;
            costs.add(Cost.SCANNED, scan.scanned());
            if (!trace.isOn()) return;
            trace.emit(
                    new ReadinessScanned(
                            trace.stamp(process.host(), scan.rule()),
                            number,
                            callNumber,
                            scan.walked(),
                            scan.scanned(),
                            scan.ready()));
        }
    }
}
