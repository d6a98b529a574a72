package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import io.socketlab.kernel.wait.EventMask;
import java.util.List;

/** The calls that make processes and tasks, and that end them. kernel/fork.c, kernel/exit.c. */
final class ProcessCalls {

    private final UserProcess process;

    ProcessCalls(UserProcess process) {
        this.process = process;
    }

    PreparedCall<Integer> fork(Task caller) {
        return _ ->
                process.table().hasRoomForTask()
                        ? new Done<>(process.table().fork(caller).pid())
                        : new Failed<>(Errno.EAGAIN);
    }

    PreparedCall<Integer> startThread(Task caller) {
        return _ ->
                process.table().hasRoomForTask()
                        ? new Done<>(process.table().startThread(caller).number())
                        : new Failed<>(Errno.EAGAIN);
    }

    PreparedCall<Integer> exitThread(Task caller) {
        return _ -> {
            caller.exit();
            return new Done<>(0);
        };
    }

    PreparedCall<Integer> exit(Task caller, Syscall.Exit call) {
        return _ -> {
            process.exit(call.status(), caller.number());
            return new Done<>(0);
        };
    }

    PreparedCall<Integer> pid() {
        return _ -> new Done<>(process.pid());
    }

    PreparedCall<Integer> parentPid() {
        return _ -> new Done<>(process.parentPid());
    }

    PreparedCall<Syscall.Waited> await(Syscall.WaitPid call) {
        int known =
                Syscall.WaitPid.WNOHANG | Syscall.WaitPid.WUNTRACED | Syscall.WaitPid.WCONTINUED;
        if ((call.options() & ~known) != 0) return SyscallTable.failing(Errno.EINVAL);
        return new PreparedCall<>() {

            @Override
            public Outcome<Syscall.Waited> attempt(boolean resumed) {
                List<UserProcess> awaited =
                        process.children().stream().filter(c -> isMeant(c, call.pid())).toList();
                if (awaited.isEmpty()) return new Failed<>(Errno.ECHILD);
                for (UserProcess child : awaited) {
                    if (!child.isOver()) continue;
                    process.reap(child);
                    return new Done<>(new Syscall.Waited(child.pid(), child.status()));
                }
                return new Blocked<>(process.childEnds(), EventMask.IN, "a child to end");
            }

            @Override
            public boolean isNonBlocking() {
                return (call.options() & Syscall.WaitPid.WNOHANG) != 0;
            }

            @Override
            public Outcome<Syscall.Waited> wouldBlock() {
                return new Done<>(new Syscall.Waited(0, 0));
            }

            @Override
            public boolean isRestartable() {
                return true;
            }
        };
    }

    /** All processes of a host are of one process group, which 0 means. */
    private static boolean isMeant(UserProcess child, int pid) {
        return pid == -1 || pid == 0 || child.pid() == pid;
    }

    PreparedCall<Syscall.Rlimit> limit() {
        FileDescriptors fds = process.fds();
        return _ -> new Done<>(new Syscall.Rlimit(fds.limit(), fds.hardLimit()));
    }

    /** do_prlimit(): a program without privileges lowers its hard limit, and never raises it. */
    PreparedCall<Integer> limit(Syscall.SetRlimit call) {
        FileDescriptors fds = process.fds();
        Syscall.Rlimit limit = call.limit();
        return _ -> {
            if (limit.soft() > limit.hard()) return new Failed<>(Errno.EINVAL);
            if (limit.hard() > fds.hardLimit()) return new Failed<>(Errno.EPERM);
            fds.limit((int) limit.soft());
            fds.hardLimit((int) limit.hard());
            return new Done<>(0);
        };
    }
}
