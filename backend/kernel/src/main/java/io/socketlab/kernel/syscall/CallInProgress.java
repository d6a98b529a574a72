package io.socketlab.kernel.syscall;

import io.socketlab.kernel.sim.Timer;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.trace.Cost;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.CallBlocked;
import io.socketlab.kernel.trace.TraceEvent.CallReturned;
import io.socketlab.kernel.trace.TraceEvent.ReadinessScanned;
import io.socketlab.kernel.trace.TraceEvent.TaskWoken;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wait.Pollable;
import io.socketlab.kernel.wait.WaitQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call between its entry and its return: attempted, asleep, and attempted again, until there is
 * an outcome for its program.
 */
final class CallInProgress<R> implements WaitQueue.Waiter {

    private final Task task;
    private final UserProcess process;
    private final Trace trace;
    private final Syscall<R> call;
    private final int callNumber;

    /** As the trace has it; empty if there is none. */
    private final String text;

    private final Consumer<Outcome<R>> onReturn;
    private PreparedCall<R> prepared;
    private @Nullable Timer timeout;
    private String reason = "";

    /** While it sleeps. */
    private @Nullable Pollable waitsOn;

    private int wokenBy;

    CallInProgress(
            Task task,
            Syscall<R> call,
            int callNumber,
            String text,
            Consumer<Outcome<R>> onReturn) {
        this.task = task;
        this.process = task.process();
        this.trace = process.trace();
        this.call = call;
        this.callNumber = callNumber;
        this.text = text;
        this.onReturn = onReturn;
        this.prepared = process.calls().prepare(task, call);
    }

    Syscall<R> call() {
        return call;
    }

    /** What it waits for, in a few words. */
    String reason() {
        return reason;
    }

    void begin() {
        attempt(false);
    }

    private void attempt(boolean resumed) {
        Outcome<R> outcome = prepared.attempt(resumed);
        if (task.isOver()) return;
        countScan();
        if (!(outcome instanceof Blocked<R>(Pollable on, int events, String waitsFor))) {
            finish(outcome);
        } else if (prepared.isNonBlocking()) {
            finish(prepared.wouldBlock());
        } else if (task.hasSignal()) {
            interruptBySignal();
        } else {
            reason = waitsFor;
            sleep(on, events);
            if (!resumed && prepared.timeout() >= 0) startTimeout(prepared.timeout());
        }
    }

    private void sleep(Pollable on, int events) {
        task.costs().add(Cost.VOLUNTARY_SWITCHES, 1);
        if (trace.isOn()) {
            trace.emit(
                    new CallBlocked(
                            trace.stamp(process.host(), Rule.CALL_BLOCKS),
                            task.number(),
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
    }

    /** Called from the midst of whatever happened: the attempt itself comes after that is over. */
    @Override
    public boolean wake(int events) {
        leaveQueue();
        task.costs().add(Cost.WAKE_UPS, 1);
        if (trace.isOn()) {
            wokenBy =
                    trace.emit(
                            new TaskWoken(
                                    trace.stamp(process.host()),
                                    task.number(),
                                    callNumber,
                                    events));
        }
        process.loop().defer(this::resume);
        return true;
    }

    /** A signal does not end the wait by itself: what is ready by then comes first. */
    void wakeBySignal() {
        if (waitsOn != null) wake(0);
    }

    private void resume() {
        if (!isCurrent()) return; // the timeout was first
        trace.because(wokenBy);
        attempt(true);
        trace.because(0);
    }

    private boolean isCurrent() {
        return task.isIn(this);
    }

    private void startTimeout(long delay) {
        if (delay > Long.MAX_VALUE - process.loop().now()) return; // beyond the end of time
        timeout = new Timer(process.loop(), this::timedOut);
        timeout.start(delay);
    }

    private void timedOut() {
        leaveQueue();
        trace.because(wokenBy);
        Outcome<R> outcome = prepared.timedOut();
        countScan();
        finish(outcome);
        trace.because(0);
    }

    /** Its program is to go on, whatever else there is. */
    void interrupt() {
        leaveQueue();
        finish(prepared.interrupted());
    }

    /** signal(7): the handler runs, and then the call is made again or fails with EINTR. */
    private void interruptBySignal() {
        Outcome<R> outcome = prepared.interrupted();
        boolean mayRestart =
                outcome instanceof Failed<R>(Errno errno)
                        && errno == Errno.EINTR
                        && prepared.isRestartable();
        boolean restarts = task.deliverSignals(callNumber);
        if (task.isOver()) return;
        if (mayRestart && restarts) restart();
        else finish(outcome);
    }

    /** As if the program made it anew: its descriptor is looked up again. */
    private void restart() {
        stopTimeout();
        prepared.release();
        prepared = process.calls().prepare(task, call);
        attempt(false);
    }

    private void leaveQueue() {
        if (waitsOn != null) waitsOn.waitQueue().remove(this);
        waitsOn = null;
    }

    private void stopTimeout() {
        if (timeout != null) timeout.stop();
    }

    /** Its task ends: it gives back what it holds, and does not return. */
    void abandon() {
        leaveQueue();
        stopTimeout();
        prepared.release();
    }

    private void finish(Outcome<R> outcome) {
        stopTimeout();
        prepared.release();
        long toKernel = CopiedOctets.toKernel(call, outcome);
        long toUser = CopiedOctets.toUser(call, outcome);
        task.costs().add(Cost.TO_KERNEL, toKernel);
        task.costs().add(Cost.TO_USER, toUser);
        if (trace.isOn()) tellReturned(outcome, toKernel, toUser);
        int signal = prepared.raises(outcome);
        if (signal != 0) task.signal(signal);
        task.returned();
        if (task.hasSignal()) task.deliverSignals(0);
        if (!task.isOver()) onReturn.accept(outcome);
    }

    private void tellReturned(Outcome<R> outcome, long toKernel, long toUser) {
        CallText.Return returned = CallText.returned(call, text, outcome);
        trace.emit(
                new CallReturned(
                        trace.stamp(process.host()),
                        task.number(),
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

    private void countScan() {
        Scan scan = prepared.scan();
        if (scan.walked() == 0) return;
        task.costs().add(Cost.SCANNED, scan.scanned());
        if (!trace.isOn()) return;
        trace.emit(
                new ReadinessScanned(
                        trace.stamp(process.host(), scan.rule()),
                        task.number(),
                        callNumber,
                        scan.walked(),
                        scan.scanned(),
                        scan.ready()));
    }
}
