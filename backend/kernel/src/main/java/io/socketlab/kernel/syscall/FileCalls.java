package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.wait.Pollable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The calls about descriptors whatever they refer to. */
final class FileCalls {

    private final UserProcess process;

    FileCalls(UserProcess process) {
        this.process = process;
    }

    /** Why a call cannot have another file: EMFILE, ENFILE; null if it can. */
    @Nullable Errno shortage() {
        if (!process.fds().hasRoom()) return Errno.EMFILE;
        return process.table().hasRoomForFiles(1) ? null : Errno.ENFILE;
    }

    /** Gives a new file the lowest number. There must be room. */
    int install(OpenFile file, boolean closeOnExec) {
        return installFrom(file, 0, closeOnExec);
    }

    private int installFrom(OpenFile file, int lowest, boolean closeOnExec) {
        int fd = process.fds().open(file, lowest);
        process.fds().closesOnExec(fd, closeOnExec);
        process.tellOpened(fd, file);
        return fd;
    }

    /** Gives a new file the number that was reserved for it. */
    void install(int fd, OpenFile file, boolean closeOnExec) {
        process.fds().put(fd, file);
        process.fds().closesOnExec(fd, closeOnExec);
        process.tellOpened(fd, file);
    }

    /**
     * An open file, which counts for fs.file-max.
     *
     * @param flags O_RDONLY, O_WRONLY or O_RDWR, and O_NONBLOCK
     */
    OpenFile newFile(Pollable object, int flags) {
        return new OpenFile(object, flags, process.table().openFiles());
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
                    process.tellClosed(call.fd(), file);
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
            public Outcome<Integer> interrupted() {
                return new Done<>(0); // likewise
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
            file.async((call.flags().get() & Syscall.Fcntl.O_ASYNC) != 0);
            process.tellFlags(call.fd(), file);
            return new Done<>(0);
        };
    }

    PreparedCall<Integer> fcntl(Syscall.FcntlNumber call) {
        OpenFile file = process.fds().get(call.fd());
        if (file == null) return SyscallTable.failing(Errno.EBADF);
        int argument = call.argument();
        return _ ->
                switch (call.command()) {
                    case Syscall.FcntlNumber.F_GETFD ->
                            new Done<>(process.fds().closesOnExec(call.fd()) ? 1 : 0);
                    case Syscall.FcntlNumber.F_SETFD -> {
                        boolean on = (argument & Syscall.FcntlNumber.FD_CLOEXEC) != 0;
                        process.fds().closesOnExec(call.fd(), on);
                        process.tellFlags(call.fd(), file);
                        yield new Done<>(0);
                    }
                    case Syscall.FcntlNumber.F_GETOWN -> new Done<>(file.owner().pid());
                    case Syscall.FcntlNumber.F_SETOWN -> own(file, argument);
                    case Syscall.FcntlNumber.F_GETSIG -> new Done<>(file.owner().signal());
                    case Syscall.FcntlNumber.F_SETSIG -> {
                        if (argument < 0 || argument > Signal.LAST) {
                            yield new Failed<>(Errno.EINVAL);
                        }
                        file.owner().signal(argument);
                        yield new Done<>(0);
                    }
                    default -> new Failed<>(Errno.EINVAL);
                };
    }

    /** f_setown(): 0 for nobody; groups have no members here but all. */
    private Outcome<Integer> own(OpenFile file, int pid) {
        if (pid > 0 && process.table().processOf(pid).isEmpty()) return new Failed<>(Errno.ESRCH);
        file.owner().pid(pid, process.table());
        return new Done<>(0);
    }

    PreparedCall<Integer> dup(Syscall.Dup call) {
        return duplicate(call.fd(), 0, false);
    }

    /** F_DUPFD. */
    PreparedCall<Integer> dup(Syscall.FcntlDup call) {
        if (process.fds().get(call.fd()) == null) return SyscallTable.failing(Errno.EBADF);
        if (call.lowest() < 0 || call.lowest() >= process.fds().limit()) {
            return SyscallTable.failing(Errno.EINVAL);
        }
        return duplicate(call.fd(), call.lowest(), call.closeOnExec());
    }

    private PreparedCall<Integer> duplicate(int fd, int lowest, boolean closeOnExec) {
        OpenFile file = process.fds().get(fd);
        if (file == null) return SyscallTable.failing(Errno.EBADF);
        return _ ->
                process.fds().hasRoom(lowest)
                        ? new Done<>(installFrom(file, lowest, closeOnExec))
                        : new Failed<>(Errno.EMFILE);
    }

    /** dup2(2): what the number referred to is closed without a word. */
    PreparedCall<Integer> dup2(Syscall.Dup2 call) {
        OpenFile file = process.fds().get(call.fd());
        int wanted = call.newFd();
        if (file != null && wanted == call.fd()) return _ -> new Done<>(wanted);
        return replace(file, wanted, false);
    }

    /** dup3(2): the same, but not for one number twice. */
    PreparedCall<Integer> dup3(Syscall.Dup3 call) {
        if ((call.flags() & ~Syscall.Fcntl.O_CLOEXEC) != 0 || call.fd() == call.newFd()) {
            return SyscallTable.failing(Errno.EINVAL);
        }
        return replace(process.fds().get(call.fd()), call.newFd(), call.flags() != 0);
    }

    private PreparedCall<Integer> replace(
            @Nullable OpenFile file, int wanted, boolean closeOnExec) {
        if (file == null || wanted < 0 || wanted >= process.fds().limit()) {
            return SyscallTable.failing(Errno.EBADF);
        }
        return _ -> {
            OpenFile before = process.fds().get(wanted);
            if (before != null) {
                process.fds().remove(wanted);
                process.tellClosed(wanted, before);
            }
            install(wanted, file, closeOnExec);
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
            if (!process.table().hasRoomForFiles(2)) return new Failed<>(Errno.ENFILE);
            if (!process.fds().hasRoomFor(2)) return new Failed<>(Errno.EMFILE);
            var pipe = new Pipe();
            int status = flags & Syscall.Fcntl.O_NONBLOCK;
            boolean closes = (flags & Syscall.Fcntl.O_CLOEXEC) != 0;
            int reading = install(newFile(pipe.reading(), Syscall.Fcntl.O_RDONLY | status), closes);
            int writing = install(newFile(pipe.writing(), Syscall.Fcntl.O_WRONLY | status), closes);
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
            Errno shortage = shortage();
            if (shortage != null) return new Failed<>(shortage);
            if ((call.flags() & Syscall.Fcntl.O_TRUNC) != 0) {
                process.files().write(call.path(), new byte[0]);
            }
            return new Done<>(
                    install(
                            newFile(file.get(), call.flags()),
                            (call.flags() & Syscall.Fcntl.O_CLOEXEC) != 0));
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
                    case Terminal.Input input when call.request() == Syscall.Ioctl.FIONREAD ->
                            new Done<>(input.length());
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
