package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.MessageFlags;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.socket.Reception;
import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.socket.Transmission;
import io.socketlab.kernel.wait.EventMask;

/** sendfile(2) and splice(2): from one file to another, past the program. fs/splice.c. */
final class SpliceCalls {

    private final UserProcess process;

    SpliceCalls(UserProcess process) {
        this.process = process;
    }

    PreparedCall<Integer> sendFile(Syscall.SendFile call) {
        OpenFile from = process.fds().get(call.from());
        OpenFile to = process.fds().get(call.fd());
        if (from == null || !from.isReadable() || to == null || !to.isWritable()) {
            return SyscallTable.failing(Errno.EBADF);
        }
        if (call.count() < 0) return SyscallTable.failing(Errno.EINVAL);
        if (!(from.object() instanceof FileTree.Octets octets)) {
            return SyscallTable.failing(Errno.EINVAL);
        }
        if (call.offset().isPresent() && call.offset().get() < 0) {
            return SyscallTable.failing(Errno.EINVAL);
        }
        long at = call.offset().orElse(octets.offset());
        byte[] data = octets.octets(at, call.count());
        if (data.length == 0) return _ -> new Done<>(0);
        if (!(to.object() instanceof Socket socket)) return SyscallTable.failing(Errno.EINVAL);
        var sending = new TransferCalls.SendCall(to, socket, new Transmission(data, 0, null));
        return call.offset().isPresent() ? sending : new Advancing(sending, octets, at);
    }

    /** Moves the file's offset on by what was sent. */
    private record Advancing(PreparedCall<Integer> sending, FileTree.Octets file, long from)
            implements PreparedCall<Integer> {

        @Override
        public Outcome<Integer> attempt(boolean resumed) {
            return advanced(sending.attempt(resumed));
        }

        private Outcome<Integer> advanced(Outcome<Integer> outcome) {
            if (outcome instanceof Done<Integer>(Integer sent)) file.seek(from + sent);
            return outcome;
        }

        @Override
        public boolean isNonBlocking() {
            return sending.isNonBlocking();
        }

        @Override
        public Outcome<Integer> wouldBlock() {
            return advanced(sending.wouldBlock());
        }

        @Override
        public Outcome<Integer> interrupted() {
            return advanced(sending.interrupted());
        }

        @Override
        public int raises(Outcome<Integer> outcome) {
            return sending.raises(outcome);
        }

        @Override
        public long timeout() {
            return sending.timeout();
        }

        @Override
        public void release() {
            sending.release();
        }
    }

    PreparedCall<Integer> splice(Syscall.Splice call) {
        OpenFile from = process.fds().get(call.fd());
        OpenFile to = process.fds().get(call.to());
        if (from == null || !from.isReadable() || to == null || !to.isWritable()) {
            return SyscallTable.failing(Errno.EBADF);
        }
        int known =
                Syscall.Splice.SPLICE_F_MOVE
                        | Syscall.Splice.SPLICE_F_NONBLOCK
                        | Syscall.Splice.SPLICE_F_MORE;
        if ((call.flags() & ~known) != 0) return SyscallTable.failing(Errno.EINVAL);
        if (call.count() == 0) return _ -> new Done<>(0);
        if (call.count() < 0) return SyscallTable.failing(Errno.EINVAL); // rw_verify_area()
        if (to.object() instanceof Pipe.End end && from.object() instanceof Socket socket) {
            return new IntoPipe(from, socket, end.pipe(), call);
        }
        if (from.object() instanceof Pipe.End end && to.object() instanceof Socket socket) {
            return new OutOfPipe(to, socket, end.pipe(), call);
        }
        return SyscallTable.failing(Errno.EINVAL);
    }

    /** Between a pipe and the socket that is held open. */
    private abstract static class PipeTransfer extends HeldCall<Integer> {

        final Socket socket;
        final Pipe pipe;
        final Syscall.Splice call;

        PipeTransfer(OpenFile file, Socket socket, Pipe pipe, Syscall.Splice call) {
            super(file, 0);
            this.socket = socket;
            this.pipe = pipe;
            this.call = call;
        }

        @Override
        public boolean isNonBlocking() {
            return super.isNonBlocking() || (call.flags() & Syscall.Splice.SPLICE_F_NONBLOCK) != 0;
        }
    }

    /** From a socket into a pipe. */
    private static final class IntoPipe extends PipeTransfer {

        IntoPipe(OpenFile from, Socket socket, Pipe pipe, Syscall.Splice call) {
            super(from, socket, pipe, call);
        }

        @Override
        public Outcome<Integer> attempt(boolean resumed) {
            if (!pipe.hasReader()) return new Failed<>(Errno.EPIPE);
            int count = Math.min(call.count(), pipe.room());
            if (count == 0) {
                return new Blocked<>(pipe.writing(), EventMask.OUT, "room in the pipe");
            }
            return switch (socket.receive(Reception.forPipe(count))) {
                case Done<Received>(Received received) -> {
                    pipe.put(received.data(), 0, received.data().length);
                    if (received.data().length > 0) {
                        pipe.reading().waitQueue().wake(EventMask.IN | EventMask.RDNORM);
                    }
                    yield new Done<>(received.data().length);
                }
                case Failed<Received>(Errno errno) -> new Failed<>(errno);
                case Blocked<Received>(var on, int events, String reason) ->
                        new Blocked<>(on, events, reason);
            };
        }
    }

    /** From a pipe to a socket. */
    private static final class OutOfPipe extends PipeTransfer {

        OutOfPipe(OpenFile to, Socket socket, Pipe pipe, Syscall.Splice call) {
            super(to, socket, pipe, call);
        }

        @Override
        public Outcome<Integer> attempt(boolean resumed) {
            if (pipe.length() == 0) {
                if (!pipe.hasWriter()) return new Done<>(0);
                return new Blocked<>(pipe.reading(), EventMask.IN, "octets in the pipe");
            }
            byte[] data = pipe.peek(Math.min(call.count(), pipe.length()));
            boolean more = (call.flags() & Syscall.Splice.SPLICE_F_MORE) != 0;
            var out = new Transmission(data, more ? MessageFlags.MSG_MORE : 0, null);
            Outcome<Integer> outcome = socket.send(out);
            pipe.drop(out.taken());
            return out.taken() > 0 ? new Done<>(out.taken()) : outcome;
        }
    }
}
