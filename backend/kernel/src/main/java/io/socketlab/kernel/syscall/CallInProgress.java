package io.socketlab.kernel.syscall;

import io.socketlab.kernel.sim.Timer;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.trace.Cost;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Stamp;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.CallBlocked;
import io.socketlab.kernel.trace.TraceEvent.CallReturned;
import io.socketlab.kernel.trace.TraceEvent.ReadinessScanned;
import io.socketlab.kernel.trace.TraceEvent.TaskWoken;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wait.Pollable;
import io.socketlab.kernel.wait.WaitQueue;
import java.util.Optional;
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

    /** Whose queue it stands in, from the attempt that found nothing. */
    private @Nullable Pollable waitsOn;

    /** Whether it has given up its CPU, and nothing has made it runnable since. */
    private boolean asleep;

    // what is to be done when it has a CPU
    private boolean woken;
    private boolean timeIsUp;
    private boolean interrupted;

    private @Nullable Outcome<R> outcome;
    private long toKernel;
    private long toUser;

    /** The event that it goes on for: its entry, and later what woke it last. */
    private int cause;

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
        this.prepared = process.table().faults().prepare(task, call, callNumber);
    }

    Syscall<R> call() {
        return call;
    }

    /** Octets that the kernel holds for it besides its stack. */
    long memory() {
        return prepared.memory();
    }

    /** What it waits for, in a few words. */
    String reason() {
        return reason;
    }

    /**
     * @param late nanoseconds that it is kept from beginning
     */
    void begin(long late) {
        cause = trace.cause();
        if (late == 0) {
            task.cpu().enter(this::enter);
            return;
        }
        reason = "its turn: its program is slow";
        process.loop()
                .after(
                        late,
                        () -> {
                            if (isCurrent()) task.cpu().enter(this::enter);
                        });
    }

    private void enter() {
        int before = trace.because(cause);
        attempt(false);
        trace.because(before);
    }

    private void attempt(boolean resumed) {
        Outcome<R> found = prepared.attempt(resumed);
        if (task.isOver()) return;
        countScan();
        if (!(found instanceof Blocked<R>(Pollable on, int events, String waitsFor))) {
            finish(found);
        } else if (prepared.isNonBlocking()) {
            finish(prepared.wouldBlock());
        } else if (task.hasSignal()) {
            interruptBySignal();
        } else {
            reason = waitsFor;
            enqueue(on, events | EventMask.ERR | EventMask.HUP);
            boolean begins = !resumed || prepared.waitsAnew();
            if (begins && prepared.timeout() >= 0) startTimeout(prepared.timeout());
            task.cpu().work(() -> goOn(events));
        }
    }

    /** From now on it can be woken, even if it is not asleep yet: prepare_to_wait(). */
    private void enqueue(Pollable on, int events) {
        waitsOn = on;
        if (!prepared.isExclusive()) on.waitQueue().add(this, events);
        else if (prepared.isLastComeFirst()) on.waitQueue().addExclusiveFirst(this, events);
        else on.waitQueue().addExclusive(this, events);
    }

    /**
     * With what has come meanwhile. An event goes first: what has come in time is found, even if
     * the time is up by now.
     *
     * @param awaited what it would sleep for
     */
    private void goOn(int awaited) {
        if (!isCurrent()) return;
        int before = trace.because(cause);
        if (woken) {
            woken = false;
            attempt(true);
        } else if (interrupted) {
            finish(prepared.interrupted());
        } else if (timeIsUp) {
            Outcome<R> last = prepared.timedOut();
            countScan();
            finish(last);
        } else {
            sleep(awaited);
        }
        trace.because(before);
    }

    private void sleep(int awaited) {
        asleep = true;
        task.costs().add(Cost.VOLUNTARY_SWITCHES, 1);
        if (trace.isOn()) {
            trace.emit(
                    new CallBlocked(
                            trace.stamp(process.host(), Rule.CALL_BLOCKS),
                            task.number(),
                            callNumber,
                            call.fd(),
                            awaited,
                            reason));
        }
        task.cpu().sleep();
        cause = wokenBy;
    }

    /** Called from the midst of whatever happened: the attempt itself comes after that is over. */
    @Override
    public boolean wake(int events) {
        leaveQueue();
        woken = true;
        if (!asleep) return true; // it has not yet gone, or is on its way back
        asleep = false;
        task.costs().add(Cost.WAKE_UPS, 1);
        if (trace.isOn()) {
            wokenBy =
                    trace.emit(
                            new TaskWoken(
                                    trace.stamp(process.host()),
                                    task.number(),
                                    callNumber,
                                    events));
            cause = wokenBy;
        }
        task.cpu().wake(() -> goOn(0));
        return true;
    }

    /** A signal does not end the wait by itself: what is ready by then comes first. */
    void wakeBySignal() {
        if (waitsOn != null) wake(0);
    }

    private boolean isCurrent() {
        return task.isIn(this);
    }

    private void startTimeout(long delay) {
        stopTimeout();
        if (delay > Long.MAX_VALUE - process.loop().now()) return; // beyond the end of time
        timeout = new Timer(process.loop(), this::timedOut);
        timeout.start(delay);
    }

    private void timedOut() {
        timeIsUp = true;
        stopSleeping();
    }

    /** Its program is to go on, whatever else there is. */
    void interrupt() {
        interrupted = true;
        stopSleeping();
    }

    private void stopSleeping() {
        if (!asleep) return;
        asleep = false;
        task.cpu().expire(() -> goOn(0));
    }

    /**
     * signal(7): the call is over. It has failed with EINTR, or is to be made again after the
     * handler, which is what ERESTARTSYS says.
     */
    private void interruptBySignal() {
        Outcome<R> end = prepared.interrupted();
        boolean mayRestart =
                end instanceof Failed<R>(Errno errno)
                        && errno == Errno.EINTR
                        && prepared.isRestartable();
        Task.Interruption interruption = task.deliverSignals(callNumber);
        if (task.isOver()) return;
        if (!mayRestart || interruption == Task.Interruption.FAILS) finish(end);
        else if (interruption == Task.Interruption.NONE) attemptAnew();
        else finish(new Failed<>(Errno.ERESTARTSYS));
    }

    /** No handler has run, and its program sees nothing: its descriptor is looked up again. */
    private void attemptAnew() {
        stopTimeout();
        timeIsUp = false;
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
        if (outcome == null) letGo();
    }

    private void letGo() {
        leaveQueue();
        stopTimeout();
        prepared.release();
    }

    private void finish(Outcome<R> result) {
        letGo();
        outcome = result;
        toKernel = CopiedOctets.toKernel(call, result);
        toUser = CopiedOctets.toUser(call, result);
        task.costs().add(Cost.TO_KERNEL, toKernel);
        task.costs().add(Cost.TO_USER, toUser);
        task.cpu().copied(toKernel + toUser);
        task.cpu().leave(this::leave);
    }

    private void leave() {
        Outcome<R> result = outcome;
        if (result == null) throw new IllegalStateException(text + " returns without a result");
        int before = trace.because(cause);
        if (trace.isOn()) tellReturned(result);
        int signal = prepared.raises(result);
        if (signal != 0) task.signal(signal);
        task.returned();
        if (task.hasSignal()) task.deliverSignals(0);
        if (task.isOver()) {
            trace.because(before);
            return;
        }
        // where no program runs handlers, nothing is between the call and the same call again
        if (isToBeMadeAgain(result) && !task.runsHandlers()) task.call(call, onReturn);
        else onReturn.accept(result);
        trace.because(before);
    }

    private static boolean isToBeMadeAgain(Outcome<?> result) {
        return result instanceof Failed<?>(Errno errno) && errno == Errno.ERESTARTSYS;
    }

    private void tellReturned(Outcome<R> result) {
        CallText.Return returned = CallText.returned(call, text, result);
        trace.emit(
                new CallReturned(
                        stamp(result),
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

    /** Of a call that has failed it says why. */
    private Stamp stamp(Outcome<R> result) {
        Rule rule =
                result instanceof Failed<R>(Errno errno)
                        ? FailureRules.of(call, errno, process.abi())
                        : null;
        if (rule == null) return trace.stamp(process.host());
        return refusal(rule)
                .map(why -> trace.stamp(process.host(), rule, why))
                .orElseGet(() -> trace.stamp(process.host(), rule));
    }

    private Optional<String> refusal(Rule rule) {
        boolean inUse = rule == Rule.ADDRESS_IN_USE || rule == Rule.ADDRESS_IN_USE_FREEBSD;
        if (!inUse) return Optional.empty();
        return process.fds().socket(call.fd()).flatMap(Socket::refusal);
    }

    private void countScan() {
        Scan scan = prepared.scan();
        if (scan.walked() == 0) return;
        task.costs().add(Cost.SCANNED, scan.scanned());
        task.cpu().scanned(scan.scanned());
        if (!trace.isOn()) return;
        trace.emit(
                new ReadinessScanned(
                        trace.stamp(process.host(), scan.rule()),
                        task.number(),
                        callNumber,
                        scan.walked(),
                        scan.scanned(),
                        scan.ready(),
                        scan.looks().first(),
                        scan.looks().leftOut()));
    }
}
