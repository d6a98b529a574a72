package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.trace.TraceEvent.FdClosed;
import io.socketlab.kernel.trace.TraceEvent.FdOpened;
import io.socketlab.kernel.wait.Pollable;
import java.util.Optional;

/** The calls about descriptors whatever they refer to. */
final class FileCalls {

    private final UserProcess process;

    FileCalls(UserProcess process) {
        this.process = process;
    }

    /** Gives a new file the lowest number. There must be room. */
    int install(OpenFile file) {
        return installFrom(file, 0);
    }

    private int installFrom(OpenFile file, int lowest) {
        int fd = process.fds().open(file, lowest);
        tellOpened(fd, file);
        return fd;
    }

    private void tellOpened(int fd, OpenFile file) {
        var trace = process.trace();
        if (!trace.isOn()) return;
        trace.emit(
                new FdOpened(
                        trace.stamp(process.host()), process.firstTask(), fd, file.socketNumber()));
    }

    private void tellClosed(int fd, OpenFile file) {
        var trace = process.trace();
        if (!trace.isOn()) return;
        trace.emit(
                new FdClosed(
                        trace.stamp(process.host()), process.firstTask(), fd, file.socketNumber()));
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
                    tellClosed(call.fd(), file);
                    last = file.release();
                }
                return last ? file.close(resumed) : new Done<>(0);
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
                Socket socket = file.socket();
                if (socket == null || !socket.options().linger().on()) return FOREVER;
                return socket.options().linger().seconds() * 1_000_000_000L;
            }
        };
    }

    PreparedCall<Integer> fcntl(Syscall.Fcntl call) {
        OpenFile file = process.fds().get(call.fd());
        if (file == null) return SyscallTable.failing(Errno.EBADF);
        return _ -> {
            if (call.flags().isEmpty()) return new Done<>(file.statusFlags());
            file.nonBlocking((call.flags().get() & Syscall.Fcntl.O_NONBLOCK) != 0);
            return new Done<>(0);
        };
    }

    PreparedCall<Integer> dup(Syscall.Dup call) {
        return duplicate(call.fd(), 0);
    }

    /** F_DUPFD. */
    PreparedCall<Integer> dup(Syscall.FcntlDup call) {
        if (process.fds().get(call.fd()) == null) return SyscallTable.failing(Errno.EBADF);
        if (call.lowest() < 0 || call.lowest() >= process.fds().limit()) {
            return SyscallTable.failing(Errno.EINVAL);
        }
        return duplicate(call.fd(), call.lowest());
    }

    private PreparedCall<Integer> duplicate(int fd, int lowest) {
        OpenFile file = process.fds().get(fd);
        if (file == null) return SyscallTable.failing(Errno.EBADF);
        return _ ->
                process.fds().hasRoom(lowest)
                        ? new Done<>(installFrom(file, lowest))
                        : new Failed<>(Errno.EMFILE);
    }

    /** dup2(2): what the number referred to is closed without a word. */
    PreparedCall<Integer> dup2(Syscall.Dup2 call) {
        OpenFile file = process.fds().get(call.fd());
        int wanted = call.newFd();
        if (file == null || wanted < 0 || wanted >= process.fds().limit()) {
            return SyscallTable.failing(Errno.EBADF);
        }
        return _ -> {
            OpenFile before = process.fds().get(wanted);
            if (wanted == call.fd()) return new Done<>(wanted);
            if (before != null) {
                process.fds().remove(wanted);
                tellClosed(wanted, before);
            }
            process.fds().put(wanted, file);
            tellOpened(wanted, file);
            if (before != null && before.release()) before.close(false);
            return new Done<>(wanted);
        };
    }

    PreparedCall<Syscall.PipeEnds> pipe(Syscall.Pipe call) {
        int flags = call.flags();
        if ((flags & ~(Syscall.Fcntl.O_NONBLOCK | Syscall.Fcntl.O_CLOEXEC)) != 0) {
            return SyscallTable.failing(Errno.EINVAL);
        }
        return _ -> {
            if (!process.fds().hasRoomFor(2)) return new Failed<>(Errno.EMFILE);
            var pipe = new Pipe();
            int status = flags & Syscall.Fcntl.O_NONBLOCK;
            int reading = install(new OpenFile(pipe.reading(), Syscall.Fcntl.O_RDONLY | status));
            int writing = install(new OpenFile(pipe.writing(), Syscall.Fcntl.O_WRONLY | status));
            return new Done<>(new Syscall.PipeEnds(reading, writing));
        };
    }

    PreparedCall<Integer> open(Syscall.Open call) {
        return _ -> {
            Optional<? extends Pollable> file = process.files().open(call.path());
            if (file.isEmpty() && (call.flags() & Syscall.Fcntl.O_CREAT) != 0) {
                process.files().write(call.path(), new byte[0]);
                file = process.files().open(call.path());
            }
            if (file.isEmpty()) return new Failed<>(Errno.ENOENT);
            if (!process.fds().hasRoom()) return new Failed<>(Errno.EMFILE);
            if ((call.flags() & Syscall.Fcntl.O_TRUNC) != 0) {
                process.files().write(call.path(), new byte[0]);
            }
            return new Done<>(install(new OpenFile(file.get(), call.flags())));
        };
    }

    /** Answers the count that the call stores. */
    PreparedCall<Integer> ioctl(Syscall.Ioctl call) {
        OpenFile file = process.fds().get(call.fd());
        if (file == null) return SyscallTable.failing(Errno.EBADF);
        return _ ->
                switch (file.object()) {
                    case Socket socket -> ask(socket, call.request());
                    case Pipe.End end when call.request() == Syscall.Ioctl.FIONREAD ->
                            new Done<>(end.pipe().length());
                    default -> new Failed<>(Errno.ENOTTY);
                };
    }

    private static Outcome<Integer> ask(Socket socket, long request) {
        if (request == Syscall.Ioctl.FIONREAD) return socket.readableOctets();
        if (request == Syscall.Ioctl.SIOCOUTQ) return socket.unacknowledgedOctets();
        if (request == Syscall.Ioctl.SIOCOUTQNSD) return socket.unsentOctets();
        if (request == Syscall.Ioctl.SIOCATMARK) return socket.isAtMark();
        return new Failed<>(Errno.ENOTTY);
    }
}
