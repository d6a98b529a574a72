package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.Outcome;

/**
 * A call that waits with another signal mask, which is put back when it is over: at once, or after
 * the handlers of the signals that have interrupted it. So no signal can come between the change of
 * the mask and the wait. kernel/signal.c, set_user_sigmask(), restore_saved_sigmask_unless().
 */
final class MaskedCall<R> implements PreparedCall<R> {

    private final TaskSignals signals;
    private final long mask;
    private final PreparedCall<R> call;
    private long saved;
    private boolean isChanged;

    MaskedCall(TaskSignals signals, long mask, PreparedCall<R> call) {
        this.signals = signals;
        this.mask = mask;
        this.call = call;
    }

    @Override
    public Outcome<R> attempt(boolean resumed) {
        if (!isChanged) {
            isChanged = true;
            saved = signals.blocked();
            signals.block(mask);
        }
        return call.attempt(resumed);
    }

    @Override
    public void release() {
        if (isChanged) signals.block(saved);
        isChanged = false;
        call.release();
    }

    @Override
    public long memory() {
        return call.memory();
    }

    @Override
    public Scan scan() {
        return call.scan();
    }

    @Override
    public boolean isNonBlocking() {
        return call.isNonBlocking();
    }

    @Override
    public boolean isExclusive() {
        return call.isExclusive();
    }

    @Override
    public boolean isLastComeFirst() {
        return call.isLastComeFirst();
    }

    @Override
    public Outcome<R> wouldBlock() {
        return call.wouldBlock();
    }

    @Override
    public Outcome<R> interrupted() {
        return call.interrupted();
    }

    @Override
    public long timeout() {
        return call.timeout();
    }

    @Override
    public Outcome<R> timedOut() {
        return call.timedOut();
    }
}
