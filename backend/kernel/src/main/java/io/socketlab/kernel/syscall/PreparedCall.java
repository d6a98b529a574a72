package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Failed;

/** A call whose descriptor has been looked up: what waiting, and not waiting, means for it. */
interface PreparedCall<R> {

    /** Nanoseconds of {@link #timeout()} that mean for ever. */
    long FOREVER = -1;

    /**
     * @param resumed it has been attempted before, and has waited
     */
    Outcome<R> attempt(boolean resumed);

    /**
     * What it has looked at since this was last asked; {@link Scan#NONE} for what waits for one
     * thing alone.
     */
    default Scan scan() {
        return Scan.NONE;
    }

    /** Whether its caller will not wait. */
    default boolean isNonBlocking() {
        return false;
    }

    /** Of several such calls that wait for the same, one is woken at a time. */
    default boolean isExclusive() {
        return false;
    }

    /** Of such, whether the one that came last is woken first: ep_poll() queues at the head. */
    default boolean isLastComeFirst() {
        return false;
    }

    /** What a caller gets who will not wait. */
    default Outcome<R> wouldBlock() {
        return new Failed<>(Errno.EAGAIN);
    }

    /** A signal came while it waited. signal(7). */
    default Outcome<R> interrupted() {
        return new Failed<>(Errno.EINTR);
    }

    /**
     * Whether a handler with SA_RESTART has it made again where it would fail with EINTR: the list
     * of signal(7).
     */
    default boolean isRestartable() {
        return false;
    }

    /** The signal that its outcome raises for its caller, 0 for none: SIGPIPE. */
    default int raises(Outcome<R> outcome) {
        return 0;
    }

    /** How long it waits at most, in nanoseconds. */
    default long timeout() {
        return FOREVER;
    }

    /** Whether that time begins anew: since it last waited it has had what it waited for. */
    default boolean waitsAnew() {
        return false;
    }

    default Outcome<R> timedOut() {
        return wouldBlock();
    }

    /** Octets that the kernel holds for it besides its stack while it waits. */
    default long memory() {
        return 0;
    }

    /** It is over: gives back what it holds. */
    default void release() {}
}
