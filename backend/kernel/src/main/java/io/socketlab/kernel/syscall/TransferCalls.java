package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.socket.Reception;
import io.socketlab.kernel.socket.Transmission;
import java.util.Arrays;
import java.util.Optional;

/** The calls that move octets between a program's buffer and a socket's. */
final class TransferCalls {

    private final UserProcess process;

    TransferCalls(UserProcess process) {
        this.process = process;
    }

    PreparedCall<Integer> write(Syscall.Write call) {
        return send(call.fd(), new Transmission(call.data(), 0, null));
    }

    PreparedCall<Integer> send(Syscall.Send call) {
        return send(call.fd(), new Transmission(call.data(), call.flags(), call.to().orElse(null)));
    }

    private PreparedCall<Integer> send(int fd, Transmission out) {
        OpenFile file = process.fds().get(fd);
        if (file == null) return SyscallTable.failing(Errno.EBADF);
        return new HeldCall<Integer>(file, out.flags()) {

            @Override
            public Outcome<Integer> attempt(boolean resumed) {
                Outcome<Integer> outcome = socket().send(out);
                if (!(outcome instanceof Blocked<Integer>)) out.end();
                if (outcome instanceof Failed<Integer>(Errno errno) && out.taken() > 0) {
                    // what was taken is taken; the error is the next call's
                    if (errno != Errno.EPIPE) socket().options().error(errno);
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
            public long timeout() {
                return orForever(socket().options().sendTimeout());
            }

            @Override
            public void release() {
                out.end();
                super.release();
            }
        };
    }

    PreparedCall<Received> read(Syscall.Read call) {
        return receive(call.fd(), call.count(), 0);
    }

    PreparedCall<Received> recv(Syscall.Recv call) {
        return receive(call.fd(), call.count(), call.flags());
    }

    private PreparedCall<Received> receive(int fd, int count, int flags) {
        OpenFile file = process.fds().get(fd);
        if (file == null) return SyscallTable.failing(Errno.EBADF);
        if (count < 0) return SyscallTable.failing(Errno.EFAULT); // a huge size_t
        var in = new Reception(count, flags);
        return new HeldCall<Received>(file, flags) {

            @Override
            public Outcome<Received> attempt(boolean resumed) {
                return socket().receive(in);
            }

            @Override
            public Outcome<Received> wouldBlock() {
                return in.filled() > 0 ? new Done<>(soFar()) : super.wouldBlock();
            }

            @Override
            public Outcome<Received> interrupted() {
                return in.filled() > 0 ? new Done<>(soFar()) : super.interrupted();
            }

            private Received soFar() {
                byte[] data = Arrays.copyOf(in.buffer(), in.filled());
                return new Received(data, data.length, Optional.empty(), 0);
            }

            @Override
            public long timeout() {
                return orForever(socket().options().receiveTimeout());
            }
        };
    }
}
