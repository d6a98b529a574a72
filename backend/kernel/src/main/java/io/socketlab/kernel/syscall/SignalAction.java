package io.socketlab.kernel.syscall;

/**
 * What a process does about a signal: sigaction(2).
 *
 * @param flags SA_… bits; SA_RESTART, SA_NOCLDWAIT, SA_NODEFER and SA_RESETHAND mean something here
 * @param mask sa_mask: what its handler is not to be interrupted by, as Linux's sigset_t
 */
public record SignalAction(Kind kind, int flags, long mask) {

    /** sa_handler. What a handler does is the program's affair; here it is counted. */
    public enum Kind {
        SIG_DFL,
        SIG_IGN,
        HANDLER
    }

    public static final int SA_NOCLDSTOP = 1;
    public static final int SA_NOCLDWAIT = 2;
    public static final int SA_SIGINFO = 4;
    public static final int SA_RESTART = 0x1000_0000;
    public static final int SA_NODEFER = 0x4000_0000;
    public static final int SA_RESETHAND = 0x8000_0000;

    public static final SignalAction DEFAULT = new SignalAction(Kind.SIG_DFL, 0);
    public static final SignalAction IGNORE = new SignalAction(Kind.SIG_IGN, 0);

    /** Its handler may be interrupted by every signal but its own. */
    public SignalAction(Kind kind, int flags) {
        this(kind, flags, 0);
    }

    /** What is blocked besides while its handler runs. sigaction(2), kernel/signal.c. */
    long blockedInHandler(int signal) {
        return has(SA_NODEFER) ? mask : mask | Signal.bit(signal);
    }

    boolean restarts() {
        return has(SA_RESTART);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Whether {@code signal} has no effect at all. */
    boolean ignores(int signal) {
        return kind == Kind.SIG_IGN || kind == Kind.SIG_DFL && Signal.isIgnoredByDefault(signal);
    }
}
