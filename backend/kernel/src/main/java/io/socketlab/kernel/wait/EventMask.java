package io.socketlab.kernel.wait;

import java.util.StringJoiner;

/** The bits of poll(2) and epoll_ctl(2), with Linux's values. A mask is an {@code int} of them. */
public final class EventMask {

    public static final int IN = 0x001;
    public static final int PRI = 0x002;
    public static final int OUT = 0x004;
    public static final int ERR = 0x008;
    public static final int HUP = 0x010;
    public static final int NVAL = 0x020;
    public static final int RDNORM = 0x040;
    public static final int RDBAND = 0x080;
    public static final int WRNORM = 0x100;
    public static final int WRBAND = 0x200;

    /** POLLMSG, which no file reports: here it tells waiters that urgent data is announced. */
    public static final int MSG = 0x400;

    public static final int RDHUP = 0x2000;

    /** How epoll(7) is to tell of a file, not what: level- or edge-triggered, once, to one. */
    public static final int EXCLUSIVE = 1 << 28;

    public static final int WAKEUP = 1 << 29;
    public static final int ONESHOT = 1 << 30;
    public static final int ET = 1 << 31;

    private static final int[] BITS = {
        IN, PRI, OUT, ERR, HUP, NVAL, RDNORM, RDBAND, WRNORM, WRBAND, RDHUP, EXCLUSIVE, WAKEUP,
        ONESHOT, ET
    };
    private static final String[] NAMES = {
        "IN",
        "PRI",
        "OUT",
        "ERR",
        "HUP",
        "NVAL",
        "RDNORM",
        "RDBAND",
        "WRNORM",
        "WRBAND",
        "RDHUP",
        "EXCLUSIVE",
        "WAKEUP",
        "ONESHOT",
        "ET"
    };

    /** How many of them are epoll's alone; the last. */
    private static final int HOW = 4;

    /** What comes with new data: sock_def_readable(). */
    public static final int READABLE = IN | PRI | RDNORM | RDBAND;

    /** What comes with new room: sk_stream_write_space(). */
    public static final int WRITABLE = OUT | WRNORM | WRBAND;

    private EventMask() {}

    /** As a program would write it: {@code POLLIN|POLLRDHUP}; {@code 0} for none. */
    public static String toString(int mask) {
        return names("POLL", mask, BITS.length - HOW);
    }

    /** Likewise for epoll_ctl(2): {@code EPOLLIN|EPOLLET}. */
    public static String toEpollString(int mask) {
        return names("EPOLL", mask, BITS.length);
    }

    private static String names(String prefix, int mask, int count) {
        if (mask == 0) return "0";
        var names = new StringJoiner("|");
        for (int i = 0; i < count; i++) {
            if ((mask & BITS[i]) != 0) names.add(prefix + NAMES[i]);
        }
        return names.toString();
    }
}
