package io.socketlab.kernel.syscall;

import java.util.StringJoiner;

/** How the calls about processes and signals are written. */
final class ProcessText {

    private static final int EXIT_CODE_SHIFT = 8;

    private ProcessText() {}

    static String name(Syscall.ProcessCall<?> call) {
        return switch (call) {
            case Syscall.Fork _ -> "fork";
            case Syscall.PthreadCreate _ -> "pthread_create";
            case Syscall.PthreadExit _ -> "pthread_exit";
            case Syscall.Exit _ -> "exit";
            case Syscall.WaitPid _ -> "waitpid";
            case Syscall.GetPid _ -> "getpid";
            case Syscall.GetPpid _ -> "getppid";
            case Syscall.Kill _ -> "kill";
            case Syscall.SigAction _ -> "sigaction";
            case Syscall.SigProcMask _ -> "sigprocmask";
            case Syscall.SigReturn _ -> "sigreturn";
            case Syscall.Pause _ -> "pause";
            case Syscall.Alarm _ -> "alarm";
            case Syscall.SetITimer _ -> "setitimer";
            case Syscall.GetITimer _ -> "getitimer";
            case Syscall.GetRlimit _ -> "getrlimit";
            case Syscall.SetRlimit _ -> "setrlimit";
        };
    }

    /**
     * @param stored what the call has stored, empty if it has not returned
     */
    static String arguments(Syscall.ProcessCall<?> call, String stored) {
        return switch (call) {
            case Syscall.Fork _,
                    Syscall.PthreadCreate _,
                    Syscall.PthreadExit _,
                    Syscall.GetPid _,
                    Syscall.GetPpid _,
                    Syscall.SigReturn _,
                    Syscall.Pause _ ->
                    "";
            case Syscall.Exit(int status) -> Integer.toString(status);
            case Syscall.WaitPid(int pid, int options) ->
                    pid + ", " + (stored.isEmpty() ? "..." : stored) + ", " + waitOptions(options);
            case Syscall.Kill(int pid, int signal) -> pid + ", " + Signal.name(signal);
            case Syscall.SigAction(int signal, SignalAction action) ->
                    Signal.name(signal)
                            + ", {sa_handler="
                            + (action.kind() == SignalAction.Kind.HANDLER
                                    ? "handler"
                                    : action.kind())
                            + (action.mask() == 0 ? "" : ", sa_mask=" + set(action.mask()))
                            + ", sa_flags="
                            + actionFlags(action.flags())
                            + "}";
            case Syscall.SigProcMask(int how, long set) -> how(how) + ", " + set(set);
            case Syscall.Alarm(int seconds) -> Integer.toUnsignedString(seconds);
            case Syscall.SetITimer(Syscall.ITimer timer) ->
                    "ITIMER_REAL, " + timer(timer) + (stored.isEmpty() ? "" : ", " + stored);
            case Syscall.GetITimer _ -> "ITIMER_REAL, " + (stored.isEmpty() ? "..." : stored);
            case Syscall.GetRlimit _ -> "RLIMIT_NOFILE, " + (stored.isEmpty() ? "..." : stored);
            case Syscall.SetRlimit(Syscall.Rlimit limit) -> "RLIMIT_NOFILE, " + rlimit(limit);
        };
    }

    /** As strace(1) takes a status apart. */
    static String status(Syscall.Waited waited) {
        if (waited.pid() == 0) return "...";
        int signal = waited.status() & 0x7F;
        return signal == 0
                ? "[{WIFEXITED(s) && WEXITSTATUS(s) == "
                        + (waited.status() >> EXIT_CODE_SHIFT)
                        + "}]"
                : "[{WIFSIGNALED(s) && WTERMSIG(s) == " + Signal.name(signal) + "}]";
    }

    static String rlimit(Syscall.Rlimit limit) {
        return "{rlim_cur=" + limit.soft() + ", rlim_max=" + limit.hard() + "}";
    }

    static String timer(Syscall.ITimer timer) {
        return "{it_interval="
                + Symbols.seconds(timer.interval())
                + ", it_value="
                + Symbols.seconds(timer.value())
                + "}";
    }

    private static String how(int how) {
        return switch (how) {
            case Syscall.SigProcMask.SIG_BLOCK -> "SIG_BLOCK";
            case Syscall.SigProcMask.SIG_UNBLOCK -> "SIG_UNBLOCK";
            case Syscall.SigProcMask.SIG_SETMASK -> "SIG_SETMASK";
            default -> Integer.toString(how);
        };
    }

    /** {@code [SIGPIPE, SIGALRM]}. */
    static String set(long set) {
        var names = new StringJoiner(", ", "[", "]");
        for (int signal = 1; signal <= Signal.LAST; signal++) {
            if ((set & Signal.bit(signal)) != 0) names.add(Signal.name(signal));
        }
        return names.toString();
    }

    private static String waitOptions(int options) {
        var names = new StringJoiner("|");
        if ((options & Syscall.WaitPid.WNOHANG) != 0) names.add("WNOHANG");
        if ((options & Syscall.WaitPid.WUNTRACED) != 0) names.add("WUNTRACED");
        if ((options & Syscall.WaitPid.WCONTINUED) != 0) names.add("WCONTINUED");
        return rest(names, options & ~0xB);
    }

    private static String actionFlags(int flags) {
        var names = new StringJoiner("|");
        int rest = flag(names, flags, SignalAction.SA_NOCLDSTOP, "SA_NOCLDSTOP");
        rest = flag(names, rest, SignalAction.SA_NOCLDWAIT, "SA_NOCLDWAIT");
        rest = flag(names, rest, SignalAction.SA_SIGINFO, "SA_SIGINFO");
        rest = flag(names, rest, SignalAction.SA_RESTART, "SA_RESTART");
        rest = flag(names, rest, SignalAction.SA_NODEFER, "SA_NODEFER");
        rest = flag(names, rest, SignalAction.SA_RESETHAND, "SA_RESETHAND");
        return rest(names, rest);
    }

    private static int flag(StringJoiner names, int flags, int bit, String name) {
        if ((flags & bit) != 0) names.add(name);
        return flags & ~bit;
    }

    private static String rest(StringJoiner names, int rest) {
        if (rest != 0) names.add("0x" + Integer.toHexString(rest));
        return names.length() == 0 ? "0" : names.toString();
    }
}
