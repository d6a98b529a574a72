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
    public static final int RDHUP = 0x2000;

    private static final int[] BITS = {
        IN, PRI, OUT, ERR, HUP, NVAL, RDNORM, RDBAND, WRNORM, WRBAND, RDHUP
    };
    private static final String[] NAMES = {
        "IN", "PRI", "OUT", "ERR", "HUP", "NVAL", "RDNORM", "RDBAND", "WRNORM", "WRBAND", "RDHUP"
    };

    private EventMask() {}

    /** As a program would write it: {@code POLLIN|POLLRDHUP}; {@code 0} for none. */
    public static String toString(int mask) {
        if (mask == 0) return "0";
        var names = new StringJoiner("|");
        for (int i = 0; i < BITS.length; i++) {
            if ((mask & BITS[i]) != 0) names.add("POLL" + NAMES[i]);
        }
        return names.toString();
    }
}
