package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.wait.EventMask;

/**
 * A call that asks each of several files, and then all of them again whenever one has woken it and
 * when its time is over. do_poll() and do_select(), which have this loop in common.
 */
abstract class ScanCall<R> implements PreparedCall<R> {

    private final Task caller;
    private final WatchedFiles files;
    private final long timeout;
    private final Rule rule;
    private final int walked;
    private Scan scan = Scan.NONE;

    /**
     * @param timeout nanoseconds, negative for ever
     * @param walked entries or bits that each scan goes through
     */
    ScanCall(Task caller, WatchedFiles files, long timeout, Rule rule, int walked) {
        this.caller = caller;
        this.files = files;
        this.timeout = timeout;
        this.rule = rule;
        this.walked = walked;
    }

    WatchedFiles files() {
        return files;
    }

    /**
     * What the call gives back of the last scan.
     *
     * @param ready entries that have something to tell
     */
    abstract Outcome<R> result(int ready);

    private int looked(int ready) {
        scan = new Scan(rule, walked, files.asked(), ready, files.looks());
        return ready;
    }

    @Override
    public Outcome<R> attempt(boolean resumed) {
        boolean once = resumed || timeout == 0;
        int ready = looked(once ? files.scan() : files.scanAndWatch());
        if (ready > 0) return result(ready);
        return new Blocked<>(files.watched(), EventMask.IN, "an event on one of the descriptors");
    }

    @Override
    public Scan scan() {
        Scan last = scan;
        scan = Scan.NONE;
        return last;
    }

    @Override
    public boolean isNonBlocking() {
        return timeout == 0 && !isInterrupted();
    }

    private boolean isInterrupted() {
        return caller.process().abi().interruptsLook() && caller.hasSignal();
    }

    @Override
    public Outcome<R> wouldBlock() {
        return result(0);
    }

    @Override
    public Outcome<R> timedOut() {
        return result(looked(files.scan()));
    }

    @Override
    public long timeout() {
        return timeout < 0 ? FOREVER : timeout;
    }

    /** Octets of what it keeps of the program's sets or array, besides what is on its stack. */
    abstract long copied();

    @Override
    public final long memory() {
        return copied() + PollTable.entries(files.asked());
    }

    @Override
    public void release() {
        files.release();
    }
}
