package io.socketlab.kernel.syscall;

import io.socketlab.kernel.poll.PollSet;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Outcome.Blocked;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Outcome.Failed;
import java.util.Collection;
import java.util.List;

/** The calls that send signals and say what is to become of them. kernel/signal.c. */
final class SignalCalls {

    private static final long SECOND = 1_000_000_000L;

    private final UserProcess process;

    SignalCalls(UserProcess process) {
        this.process = process;
    }

    PreparedCall<Integer> kill(Task caller, Syscall.Kill call) {
        int signal = call.signal();
        if (signal != 0 && !Signal.isValid(signal)) return SyscallTable.failing(Errno.EINVAL);
        return _ -> {
            Collection<UserProcess> targets = targets(call.pid());
            if (targets.isEmpty()) return new Failed<>(Errno.ESRCH);
            if (signal != 0) targets.forEach(target -> target.signal(signal, caller.number()));
            return new Done<>(0);
        };
    }

    /**
     * All processes of a host are of one process group, which 0 means; -1 leaves out the caller.
     */
    private Collection<UserProcess> targets(int pid) {
        if (pid > 0) return process.table().processOf(pid).stream().toList();
        if (pid == 0) return process.table().processes();
        if (pid != -1) return List.of();
        return process.table().processes().stream().filter(p -> !p.equals(process)).toList();
    }

    PreparedCall<Integer> action(Syscall.SigAction call) {
        int signal = call.signal();
        boolean asksForDefault = call.action().kind() == SignalAction.Kind.SIG_DFL;
        if (!Signal.isValid(signal) || Signal.isKill(signal) && !asksForDefault) {
            return SyscallTable.failing(Errno.EINVAL);
        }
        return _ -> {
            process.actions().set(signal, call.action());
            return new Done<>(0);
        };
    }

    /** What is no longer blocked comes when the call returns. */
    PreparedCall<Integer> mask(Task caller, Syscall.SigProcMask call) {
        TaskSignals signals = caller.signals();
        long set = call.set();
        return _ -> {
            switch (call.how()) {
                case Syscall.SigProcMask.SIG_BLOCK -> signals.block(signals.blocked() | set);
                case Syscall.SigProcMask.SIG_UNBLOCK -> signals.block(signals.blocked() & ~set);
                case Syscall.SigProcMask.SIG_SETMASK -> signals.block(set);
                default -> {
                    return new Failed<>(Errno.EINVAL);
                }
            }
            return new Done<>(0);
        };
    }

    /** What it has blocked is no longer, and what waited for that comes when the call returns. */
    PreparedCall<Integer> handlerReturns(Task caller) {
        return _ -> {
            caller.signals().leaveHandler();
            return new Done<>(0);
        };
    }

    /** Until a signal has been caught; its end is EINTR. */
    PreparedCall<Integer> pause() {
        var nothing = new PollSet(0);
        return _ -> new Blocked<>(nothing, 0, "a signal");
    }

    /** Gives the seconds that an earlier one had left, rounded, but never 0: alarm_setitimer(). */
    PreparedCall<Integer> alarm(Syscall.Alarm call) {
        return _ -> {
            long left = process.alarm(Integer.toUnsignedLong(call.seconds()) * SECOND);
            long seconds = (left + SECOND / 2) / SECOND;
            return new Done<>((int) (left > 0 ? Math.max(1, seconds) : 0));
        };
    }

    /** The timer is the one of alarm(2). do_setitimer(). */
    PreparedCall<Syscall.ITimer> setITimer(Syscall.SetITimer call) {
        return _ -> new Done<>(process.realTimer(call.timer()));
    }

    PreparedCall<Syscall.ITimer> getITimer() {
        return _ -> new Done<>(process.realTimer());
    }
}
