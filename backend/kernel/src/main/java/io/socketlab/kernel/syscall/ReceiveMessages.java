package io.socketlab.kernel.syscall;

import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.syscall.Syscall.ReceivedMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * recvmmsg(2): receives one message after the other. The timeout is looked at after each of them
 * only, so that the call waits for ever where none comes; an error after the first is kept for the
 * next call. net/socket.c, do_recvmmsg().
 */
final class ReceiveMessages extends HeldCall<ReceivedMessages> {

    /** Makes ready to receive one message. */
    @FunctionalInterface
    interface Receiver {
        PreparedCall<Received> prepare(Syscall.Room room, int flags);
    }

    private final Socket socket;
    private final Syscall.RecvMmsg call;
    private final EventLoop loop;
    private final Receiver receiver;
    private final List<Received> messages = new ArrayList<>();
    private PreparedCall<Received> current;
    private long deadline;
    private long left;
    private boolean waitsAnew;

    ReceiveMessages(
            OpenFile file,
            Socket socket,
            Syscall.RecvMmsg call,
            EventLoop loop,
            Receiver receiver) {
        super(file, 0);
        this.socket = socket;
        this.call = call;
        this.loop = loop;
        this.receiver = receiver;
        this.left = call.timeoutNanos();
        this.current = call.rooms().isEmpty() ? SyscallTable.failing(Errno.EAGAIN) : receiverOf(0);
    }

    /** MSG_WAITFORONE: behind the first message it does not wait. */
    private PreparedCall<Received> receiverOf(int i) {
        int flags = call.flags() & ~MessageFlags.MSG_WAITFORONE;
        if (flags != call.flags() && i > 0) flags |= MessageFlags.MSG_DONTWAIT;
        return receiver.prepare(call.rooms().get(i), flags);
    }

    @Override
    public Outcome<ReceivedMessages> attempt(boolean resumed) {
        if (!resumed) {
            deadline = left < 0 ? 0 : saturated(loop.now(), left);
            Optional<Errno> error = pendingError();
            if (error.isPresent()) return new Failed<>(error.get());
        }
        waitsAnew = false;
        boolean again = resumed;
        while (messages.size() < call.rooms().size()) {
            Outcome<Received> outcome = current.attempt(again);
            if (outcome instanceof Blocked<Received>(var on, int events, String reason)) {
                return new Blocked<>(on, events, reason);
            }
            if (!(outcome instanceof Done<Received>(Received message))) return end(outcome);
            received(message);
            if (isTimeUp() || (message.flags() & MessageFlags.MSG_OOB) != 0) break;
            waitsAnew = true;
            again = false;
        }
        return new Done<>(soFar());
    }

    private static long saturated(long now, long delay) {
        return delay > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + delay;
    }

    /** What went wrong before comes first, even where no message is asked for. */
    private Optional<Errno> pendingError() {
        boolean ofQueue = (call.flags() & MessageFlags.MSG_ERRQUEUE) != 0;
        return ofQueue ? Optional.empty() : socket.options().takeError();
    }

    private void received(Received message) {
        messages.add(message);
        if (messages.size() == call.rooms().size()) return;
        current.release();
        current = receiverOf(messages.size());
    }

    private boolean isTimeUp() {
        if (call.timeoutNanos() < 0) return false;
        left = Math.max(deadline - loop.now(), 0);
        return left == 0;
    }

    private ReceivedMessages soFar() {
        return new ReceivedMessages(messages, left);
    }

    /** The message at hand does not come: those before it count. */
    private Outcome<ReceivedMessages> end(Outcome<Received> outcome) {
        return switch (outcome) {
            case Done<Received>(Received part) -> {
                messages.add(part);
                yield new Done<>(soFar());
            }
            case Failed<Received>(Errno errno) -> {
                if (messages.isEmpty()) yield new Failed<>(errno);
                if (errno != Errno.EAGAIN) socket.options().error(errno);
                yield new Done<>(soFar());
            }
            case Blocked<Received> _ -> throw new IllegalStateException("it still waits");
        };
    }

    @Override
    public boolean isNonBlocking() {
        return current.isNonBlocking();
    }

    @Override
    public Outcome<ReceivedMessages> wouldBlock() {
        return end(current.wouldBlock());
    }

    @Override
    public Outcome<ReceivedMessages> interrupted() {
        return end(current.interrupted());
    }

    @Override
    public boolean isRestartable() {
        return current.isRestartable();
    }

    /** SO_RCVTIMEO, for each message anew. */
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
