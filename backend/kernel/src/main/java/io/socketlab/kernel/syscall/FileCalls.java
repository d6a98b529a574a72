package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.trace.TraceEvent.FdClosed;

/** The calls about descriptors whatever they refer to. */
final class FileCalls {

    private final UserProcess process;

    FileCalls(UserProcess process) {
        this.process = process;
    }

    /**
     * close(2). The number is free at once; the socket closes with the last reference, and with
     * SO_LINGER that may have to be waited for.
     */
    PreparedCall<Integer> close(Syscall.Close call) {
        OpenFile file = process.fds().get(call.fd());
        if (file == null) return SyscallTable.failing(Errno.EBADF);
        return new PreparedCall<>() {

            private boolean last;

            @Override
            public Outcome<Integer> attempt(boolean resumed) {
                if (!resumed) {
                    process.fds().remove(call.fd());
                    var trace = process.trace();
                    if (trace.isOn()) {
                        trace.emit(
                                new FdClosed(
                                        trace.stamp(process.host()),
                                        1,
                                        call.fd(),
                                        file.socket().number()));
                    }
                    last = file.release();
                }
                return last ? file.socket().close(resumed) : new Done<>(0);
            }

            @Override
            public boolean isNonBlocking() {
                return file.isNonBlocking();
            }

            @Override
            public Outcome<Integer> wouldBlock() {
                return new Done<>(0); // it goes on in the background
            }

            @Override
            public long timeout() {
                var linger = file.socket().options().linger();
                return linger.on() ? linger.seconds() * 1_000_000_000L : FOREVER;
            }
        };
    }

    PreparedCall<Integer> fcntl(Syscall.Fcntl call) {
        OpenFile file = process.fds().get(call.fd());
        if (file == null) return SyscallTable.failing(Errno.EBADF);
        return _ -> {
            if (call.flags().isEmpty()) {
                return new Done<>(
                        Syscall.Fcntl.O_RDWR
                                | (file.isNonBlocking() ? Syscall.Fcntl.O_NONBLOCK : 0));
            }
            file.nonBlocking((call.flags().get() & Syscall.Fcntl.O_NONBLOCK) != 0);
            return new Done<>(0);
        };
    }

    /** Answers the count that the call stores. */
    PreparedCall<Integer> ioctl(Syscall.Ioctl call) {
        OpenFile file = process.fds().get(call.fd());
        if (file == null) return SyscallTable.failing(Errno.EBADF);
        Socket socket = file.socket();
        return _ -> {
            if (call.request() == Syscall.Ioctl.FIONREAD) {
                return new Done<>(socket.readableOctets());
            }
            if (call.request() == Syscall.Ioctl.SIOCOUTQ) return new Done<>(socket.unsentOctets());
            return new Failed<>(Errno.ENOTTY);
        };
    }
}
