package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wait.Pollable;

/**
 * Whose system calls a program makes: which of them there are, and where poll(2) and select(2)
 * differ. That of Linux, or of FreeBSD (sys/kern/sys_generic.c).
 */
public enum Abi {
    LINUX,
    FREEBSD;

    /** What select(2) takes for readable, writable, exceptional: fs/select.c, POLLIN_SET and on. */
    private static final int[] LINUX_SELECT = {
        EventMask.IN | EventMask.RDNORM | EventMask.RDBAND | EventMask.HUP | EventMask.ERR,
        EventMask.OUT | EventMask.WRNORM | EventMask.WRBAND | EventMask.ERR,
        EventMask.PRI
    };

    /** FreeBSD's select_flags[]. */
    private static final int[] FREEBSD_SELECT = {
        EventMask.RDNORM | EventMask.HUP | EventMask.ERR,
        EventMask.WRNORM | EventMask.HUP | EventMask.ERR,
        EventMask.RDBAND | EventMask.ERR
    };

    /** Whether the kernel has this call; ENOSYS otherwise. */
    boolean has(Syscall<?> call) {
        return switch (call) {
            case Syscall.EpollCreate _,
                    Syscall.EpollCreate1 _,
                    Syscall.EpollCtl _,
                    Syscall.EpollWait _,
                    Syscall.EpollPwait2 _ ->
                    this == LINUX;
            case Syscall.Masked<?>(var inner, _) -> has(inner);
            case Syscall.Kqueue _, Syscall.Kevent _ -> this == FREEBSD;
            default -> true;
        };
    }

    /** Whether programs without privileges can have sockets for echo requests. icmp(7). */
    boolean hasPingSockets() {
        return this == LINUX;
    }

    /** Whether there is this socket option; ENOPROTOOPT otherwise. */
    boolean has(SocketOption option) {
        return option != SocketOption.SO_REUSEPORT_LB || this == FREEBSD;
    }

    /** What poll(2) and select(2) ask. */
    Pollable polled(Pollable file) {
        return this == FREEBSD && file instanceof Socket socket ? new FreeBsdSocket(socket) : file;
    }

    /**
     * The events of one of select(2)'s sets.
     *
     * @param set 0 for reading, 1 for writing, 2 for the exceptional
     */
    int selectEvents(int set) {
        return (this == LINUX ? LINUX_SELECT : FREEBSD_SELECT)[set];
    }

    /** How many bits of its sets select(2) looks at, of the {@code count} that it is given. */
    int selectable(int count, FileDescriptors fds) {
        return Math.min(count, this == LINUX ? fds.tableSize() : fds.highest() + 1);
    }

    /**
     * Whether a bit in a set beyond those that can be looked at is an error: FreeBSD's
     * select_check_badfd(). Linux does not see it.
     */
    boolean refusesBeyondTable() {
        return this == FREEBSD;
    }

    /**
     * Whether poll(2) and select(2) that only look fail with EINTR where a signal is pending and
     * nothing is ready: fs/select.c, do_poll(). FreeBSD's do not come to wait.
     */
    boolean interruptsLook() {
        return this == LINUX;
    }

    /** Whether select(2) writes the time that is left into its timeout. */
    boolean tellsTimeLeft() {
        return this == LINUX;
    }
}
