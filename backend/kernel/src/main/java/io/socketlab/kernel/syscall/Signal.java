package io.socketlab.kernel.syscall;

import java.util.Optional;

/** The signals that a program here can meet, with Linux's numbers (x86-64). signal(7). */
public enum Signal {
    SIGHUP(1),
    SIGINT(2),
    SIGQUIT(3),
    SIGILL(4),
    SIGABRT(6),
    SIGFPE(8),
    SIGKILL(9),
    SIGUSR1(10),
    SIGSEGV(11),
    SIGUSR2(12),
    SIGPIPE(13),
    SIGALRM(14),
    SIGTERM(15),
    SIGCHLD(17),
    SIGCONT(18),
    SIGURG(23),
    SIGXCPU(24),
    SIGWINCH(28),
    SIGIO(29);

    /** _NSIG: signals are numbered from 1 to this. */
    static final int LAST = 64;

    /** SIGRTMIN as the kernel has it. */
    private static final int FIRST_REAL_TIME = 32;

    private final int number;

    Signal(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    static boolean isValid(int number) {
        return number >= 1 && number <= LAST;
    }

    /** Its bit in a signal set. */
    static long bit(int number) {
        return 1L << (number - 1);
    }

    /** Whether SIG_DFL does nothing about it; all others here end the process. */
    static boolean isIgnoredByDefault(int number) {
        return number == SIGCHLD.number
                || number == SIGCONT.number
                || number == SIGURG.number
                || number == SIGWINCH.number;
    }

    /** Neither caught, nor ignored, nor blocked. */
    static boolean isKill(int number) {
        return number == SIGKILL.number;
    }

    static Optional<Signal> of(int number) {
        for (Signal signal : values()) if (signal.number == number) return Optional.of(signal);
        return Optional.empty();
    }

    /** As strace(1) prints it: {@code SIGPIPE}, {@code SIGRT_3}. */
    public static String name(int number) {
        return of(number)
                .map(Enum::name)
                .orElse(
                        number >= FIRST_REAL_TIME && number <= LAST
                                ? "SIGRT_" + (number - FIRST_REAL_TIME)
                                : Integer.toString(number));
    }
}
