package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.ControlRoom;
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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The calls that move octets between a program's buffers and a socket's, a pipe's or a file's. */
final class TransferCalls {

    /** UIO_MAXIOV. */
    private static final int MAX_BUFFERS = 1024;

    /** MAX_RW_COUNT: no call moves more octets. */
    private static final int MOST = 0x7FFF_F000;

    private final UserProcess process;

    TransferCalls(UserProcess process) {
        this.process = process;
    }

    // ---- sending

    PreparedCall<Integer> write(Syscall.Write call) {
        return write(call.fd(), null, new Transmission(call.data(), 0, null));
    }

    PreparedCall<Integer> writeV(Syscall.WriteV call) {
        Errno wrong = call.iov().size() > MAX_BUFFERS ? Errno.EINVAL : null;
        var message = new Syscall.Message(call.iov(), Optional.empty(), List.of());
        return write(call.fd(), wrong, gathered(message, 0));
    }

    PreparedCall<Integer> send(Syscall.Send call) {
        return send(
                call.fd(),
                null,
                new Transmission(call.data(), call.flags(), call.to().orElse(null)));
    }

    PreparedCall<Integer> sendMsg(Syscall.SendMsg call) {
        Errno wrong = call.message().iov().size() > MAX_BUFFERS ? Errno.EMSGSIZE : null;
        return send(call.fd(), wrong, gathered(call.message(), call.flags()));
    }

    PreparedCall<Syscall.Sent> sendMmsg(Syscall.SendMmsg call) {
        OpenFile file = process.fds().get(call.fd());
        if (file == null) return SyscallTable.failing(Errno.EBADF);
        Socket socket = file.socket();
        if (socket == null) return SyscallTable.failing(Errno.ENOTSOCK);
        List<Syscall.Message> messages = call.messages();
        return new SendMessages(
                file,
                Math.min(messages.size(), MAX_BUFFERS),
                i -> {
                    Syscall.Message message = messages.get(i);
                    if (message.iov().size() > MAX_BUFFERS) {
                        return SyscallTable.failing(Errno.EMSGSIZE);
                    }
                    return new SendCall(file, socket, gathered(message, call.flags()));
                });
    }

    private static Transmission gathered(Syscall.Message message, int flags) {
        List<byte[]> iov = message.iov();
        int[] lengths = iov.stream().mapToInt(b -> b.length).toArray();
        var data = new byte[Arrays.stream(lengths).sum()];
        int at = 0;
        for (byte[] buffer : iov) {
            System.arraycopy(buffer, 0, data, at, buffer.length);
            at += buffer.length;
        }
        return new Transmission(data, lengths, flags, message.to().orElse(null), message.control());
    }

    /** A call whose buffer is at NULL. */
    @SuppressWarnings("unchecked") // the inner call's R
    <R> PreparedCall<R> atBadAddress(Syscall<R> call) {
        return (PreparedCall<R>)
                switch (call) {
                    case Syscall.Write w ->
                            write(w.fd(), null, Transmission.unreadable(w.data().length, 0, null));
                    case Syscall.Send s ->
                            send(
                                    s.fd(),
                                    null,
                                    Transmission.unreadable(
                                            s.data().length, s.flags(), s.to().orElse(null)));
                    case Syscall.Read r ->
                            read(
                                    r.fd(),
                                    r.count() < 0 ? Errno.EFAULT : null,
                                    Reception.unwritable(r.count(), 0));
                    case Syscall.Recv r ->
                            receive(r.fd(), null, Reception.unwritable(room(r), r.flags()));
                    default -> SyscallTable.failing(Errno.EFAULT);
                };
    }

    /**
     * @param wrong what a call with such buffers fails with, once its descriptor is found good
     */
    private PreparedCall<Integer> write(int fd, @Nullable Errno wrong, Transmission out) {
        OpenFile file = process.fds().get(fd);
        if (file == null || !file.isWritable()) return SyscallTable.failing(Errno.EBADF);
        if (wrong != null) return SyscallTable.failing(wrong);
        return switch (file.object()) {
            case Socket socket -> new SendCall(file, socket, out);
            case Pipe.End end -> new PipeWrite(file, end, out);
            case Terminal.Output output -> _ -> output.write(out, process);
            case FileTree.Octets octets ->
                    _ ->
                            octets.write(out.data())
                                    ? new Done<>(out.data().length)
                                    : new Failed<>(Errno.ENOSPC);
            default -> SyscallTable.failing(Errno.EINVAL);
        };
    }

    private PreparedCall<Integer> send(int fd, @Nullable Errno wrong, Transmission out) {
        OpenFile file = process.fds().get(fd);
        if (file == null) return SyscallTable.failing(Errno.EBADF);
        Socket socket = file.socket();
        if (socket == null) return SyscallTable.failing(Errno.ENOTSOCK);
        if (wrong != null) return SyscallTable.failing(wrong);
        return new SendCall(file, socket, out);
    }

    /** Sending on a socket; sendfile(2) and splice(2) do it as well. */
    static final class SendCall extends HeldCall<Integer> {

        private final Socket socket;
        private final Transmission out;

        SendCall(OpenFile file, Socket socket, Transmission out) {
            super(file, out.flags());
            this.socket = socket;
            this.out = out;
        }

        @Override
        public Outcome<Integer> attempt(boolean resumed) {
            Outcome<Integer> outcome = socket.send(out);
            if (!(outcome instanceof Blocked<Integer>)) out.end();
            if (outcome instanceof Failed<Integer>(Errno errno) && out.taken() > 0) {
                // what was taken is taken; the error is the next call's
                if (errno != Errno.EPIPE) socket.options().error(errno);
                return new Done<>(out.taken());
            }
            return outcome;
        }

        @Override
        public Outcome<Integer> wouldBlock() {
            if (out.taken() > 0) return new Done<>(out.taken());
            return new Failed<>(out.errnoOfUnwilling());
        }

        @Override
        public Outcome<Integer> interrupted() {
            return out.taken() > 0 ? new Done<>(out.taken()) : super.interrupted();
        }

        @Override
        public boolean isRestartable() {
            return timeout() == FOREVER;
        }

        /** sk_stream_error(): a stream's alone, for a datagram socket has no broken pipe. */
        @Override
        public int raises(Outcome<Integer> outcome) {
            boolean silent = (out.flags() & MessageFlags.MSG_NOSIGNAL) != 0;
            return !silent && socket.isStream() ? ofBrokenPipe(outcome) : 0;
        }

        @Override
        public void release() {
            out.end();
            socket.endOfSend(out);
            super.release();
        }

        @Override
        public long timeout() {
            return orForever(socket.options().sendTimeout());
        }
    }

    private static int ofBrokenPipe(Outcome<Integer> outcome) {
        return outcome instanceof Failed<Integer>(Errno errno) && errno == Errno.EPIPE
                ? Signal.SIGPIPE.number()
                : 0;
    }

    private static final class PipeWrite extends HeldCall<Integer> {

        private final Pipe.End end;
        private final Transmission out;

        PipeWrite(OpenFile file, Pipe.End end, Transmission out) {
            super(file, out.flags());
            this.end = end;
            this.out = out;
        }

        @Override
        public Outcome<Integer> attempt(boolean resumed) {
            Outcome<Integer> outcome = end.write(out);
            return outcome instanceof Failed<Integer> && out.taken() > 0
                    ? new Done<>(out.taken())
                    : outcome;
        }

        @Override
        public Outcome<Integer> wouldBlock() {
            return out.taken() > 0 ? new Done<>(out.taken()) : super.wouldBlock();
        }

        @Override
        public Outcome<Integer> interrupted() {
            return out.taken() > 0 ? new Done<>(out.taken()) : super.interrupted();
        }

        @Override
        public boolean isRestartable() {
            return true;
        }

        @Override
        public int raises(Outcome<Integer> outcome) {
            return ofBrokenPipe(outcome);
        }
    }

    // ---- receiving

    PreparedCall<Received> read(Syscall.Read call) {
        // a huge size_t reaches beyond what a program can have
        Errno wrong = call.count() < 0 ? Errno.EFAULT : null;
        return read(call.fd(), wrong, new Reception(Math.max(call.count(), 0), 0));
    }

    PreparedCall<Received> readV(Syscall.ReadV call) {
        Errno wrong = wrong(call.iov(), Errno.EINVAL);
        return read(call.fd(), wrong, new Reception(room(call.iov()), 0));
    }

    PreparedCall<Received> recv(Syscall.Recv call) {
        return receive(call.fd(), null, new Reception(room(call), call.flags()));
    }

    /** A huge size_t is cut short: import_ubuf(). */
    private static int room(Syscall.Recv call) {
        return call.count() < 0 ? MOST : call.count();
    }

    PreparedCall<Received> recvMsg(Syscall.RecvMsg call) {
        List<Integer> iov = call.room().iov();
        Errno wrong = wrong(iov, Errno.EMSGSIZE);
        return receive(
                call.fd(), wrong, new Reception(room(iov), call.flags()), call.room().control());
    }

    PreparedCall<Syscall.ReceivedMessages> recvMmsg(Syscall.RecvMmsg call) {
        if (call.timeoutNanos() < -1) return SyscallTable.failing(Errno.EINVAL);
        OpenFile file = process.fds().get(call.fd());
        if (file == null) return SyscallTable.failing(Errno.EBADF);
        Socket socket = file.socket();
        if (socket == null) return SyscallTable.failing(Errno.ENOTSOCK);
        return new ReceiveMessages(
                file,
                socket,
                call,
                process.loop(),
                (room, flags) -> {
                    Errno wrong = wrong(room.iov(), Errno.EMSGSIZE);
                    if (wrong != null) return SyscallTable.failing(wrong);
                    var in = new Reception(room(room.iov()), flags);
                    return new ReceiveCall(file, socket, in, room.control());
                });
    }

    /** Linux's import_iovec(): a length beyond SSIZE_MAX is none. */
    private static @Nullable Errno wrong(List<Integer> lengths, Errno tooMany) {
        if (lengths.size() > MAX_BUFFERS) return tooMany;
        for (int length : lengths) if (length < 0) return Errno.EINVAL;
        return null;
    }

    private static int room(List<Integer> lengths) {
        long sum = 0;
        for (int length : lengths) sum += Math.max(length, 0);
        return (int) Math.min(sum, MOST);
    }

    private PreparedCall<Received> read(int fd, @Nullable Errno wrong, Reception in) {
        OpenFile file = process.fds().get(fd);
        if (file == null || !file.isReadable()) return SyscallTable.failing(Errno.EBADF);
        if (wrong != null) return SyscallTable.failing(wrong);
        return switch (file.object()) {
            // sock_read_iter(): who has no room learns nothing of the socket
            case Socket _ when in.room() == 0 ->
                    _ -> new Done<>(new Received(new byte[0], 0, Optional.empty(), 0));
            case Socket socket -> new ReceiveCall(file, socket, in, ControlRoom.ENOUGH);
            case Pipe.End end -> new PipeRead(file, end, in);
            case Terminal.Input input -> _ -> input.read(in);
            case FileTree.Octets octets ->
                    _ -> {
                        byte[] data = octets.octets(octets.offset(), in.room());
                        octets.seek(octets.offset() + data.length);
                        return new Done<>(new Received(data, data.length, Optional.empty(), 0));
                    };
            default -> SyscallTable.failing(Errno.EINVAL);
        };
    }

    private PreparedCall<Received> receive(int fd, @Nullable Errno wrong, Reception in) {
        return receive(fd, wrong, in, ControlRoom.ENOUGH);
    }

    private PreparedCall<Received> receive(
            int fd, @Nullable Errno wrong, Reception in, ControlRoom control) {
        OpenFile file = process.fds().get(fd);
        if (file == null) return SyscallTable.failing(Errno.EBADF);
        Socket socket = file.socket();
        if (socket == null) return SyscallTable.failing(Errno.ENOTSOCK);
        if (wrong != null) return SyscallTable.failing(wrong);
        return new ReceiveCall(file, socket, in, control);
    }

    private static Received soFar(Reception in) {
        byte[] data = in.received();
        return new Received(data, data.length, Optional.empty(), 0);
    }

    static final class ReceiveCall extends HeldCall<Received> {

        private final Socket socket;
        private final Reception in;
        private final ControlRoom control;

        ReceiveCall(OpenFile file, Socket socket, Reception in, ControlRoom control) {
            super(file, in.flags());
            this.socket = socket;
            this.in = in;
            this.control = control;
            if (isNonBlocking()) in.dontWait();
        }

        @Override
        public Outcome<Received> attempt(boolean resumed) {
            Outcome<Received> outcome = socket.receive(in);
            file().readerWaits(outcome instanceof Blocked<Received> && !isNonBlocking());
            return outcome instanceof Done<Received>(Received received)
                    ? new Done<>(control.limit(received))
                    : outcome;
        }

        @Override
        public void release() {
            file().readerWaits(false);
            super.release();
        }

        @Override
        public Outcome<Received> wouldBlock() {
            return in.filled() > 0 ? new Done<>(soFar(in)) : super.wouldBlock();
        }

        @Override
        public Outcome<Received> interrupted() {
            return in.filled() > 0 ? new Done<>(soFar(in)) : super.interrupted();
        }

        @Override
        public boolean isRestartable() {
            return timeout() == FOREVER;
        }

        @Override
        public long timeout() {
            return orForever(socket.options().receiveTimeout());
        }
    }

    private static final class PipeRead extends HeldCall<Received> {

        private final Pipe.End end;
        private final Reception in;

        PipeRead(OpenFile file, Pipe.End end, Reception in) {
            super(file, 0);
            this.end = end;
            this.in = in;
        }

        @Override
        public boolean isRestartable() {
            return true;
        }

        @Override
        public Outcome<Received> attempt(boolean resumed) {
            return switch (end.read(in)) {
                case Done<Integer> _ -> new Done<>(soFar(in));
                case Failed<Integer>(Errno errno) -> new Failed<>(errno);
                case Blocked<Integer>(var on, int events, String reason) ->
                        new Blocked<>(on, events, reason);
            };
        }
    }
}
