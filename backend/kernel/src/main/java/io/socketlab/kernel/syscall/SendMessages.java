package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.syscall.Syscall.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * sendmmsg(2): sends one message after the other, and has failed only if none could be sent. What
 * went wrong with a later one is not told: the program meets it when it sends that one again.
 * net/socket.c, __sys_sendmmsg().
 */
final class SendMessages extends HeldCall<Sent> {

    private final int count;
    private final IntFunction<PreparedCall<Integer>> message;
    private final List<Integer> lengths = new ArrayList<>();
    private PreparedCall<Integer> current;
    private int signal;
    private boolean waitsAnew;

    /**
     * @param count how many messages there are
     * @param message makes ready to send one of them
     */
    SendMessages(OpenFile file, int count, IntFunction<PreparedCall<Integer>> message) {
        super(file, 0);
        this.count = count;
        this.message = message;
        this.current = count == 0 ? SyscallTable.failing(Errno.EAGAIN) : message.apply(0);
    }

    @Override
    public Outcome<Sent> attempt(boolean resumed) {
        waitsAnew = false;
        boolean again = resumed;
        while (lengths.size() < count) {
            Outcome<Integer> outcome = current.attempt(again);
            if (outcome instanceof Blocked<Integer>(var on, int events, String reason)) {
                return new Blocked<>(on, events, reason);
            }
            signal = current.raises(outcome);
            if (!(outcome instanceof Done<Integer>(Integer length))) return end(outcome);
            sent(length);
            waitsAnew = true;
            again = false;
        }
        return new Done<>(new Sent(lengths));
    }

    private void sent(int length) {
        lengths.add(length);
        if (lengths.size() == count) return;
        current.release();
        current = message.apply(lengths.size());
    }

    /** The message at hand comes to no better end: those before it count. */
    private Outcome<Sent> end(Outcome<Integer> outcome) {
        return switch (outcome) {
            case Done<Integer>(Integer taken) -> {
                lengths.add(taken);
                yield new Done<>(new Sent(lengths));
            }
            case Failed<Integer>(Errno errno) ->
                    lengths.isEmpty() ? new Failed<>(errno) : new Done<>(new Sent(lengths));
            case Blocked<Integer> _ -> throw new IllegalStateException("it still waits");
        };
    }

    @Override
    public boolean isNonBlocking() {
        return current.isNonBlocking();
    }

    @Override
    public Outcome<Sent> wouldBlock() {
        return end(current.wouldBlock());
    }

    @Override
    public Outcome<Sent> interrupted() {
        return end(current.interrupted());
    }

    @Override
    public boolean isRestartable() {
        return current.isRestartable();
    }

    /** Of the message that failed, though the call may have succeeded: SIGPIPE. */
    @Override
    public int raises(Outcome<Sent> outcome) {
        return signal;
    }

    @Override
    public long timeout() {
        return current.timeout();
    }

    @Override
    public boolean waitsAnew() {
        return waitsAnew;
    }

    @Override
    public void release() {
        current.release();
        super.release();
    }
}
