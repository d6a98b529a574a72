package io.socketlab.kernel.poll;

/**
 * A change to what a kqueue watches, or an event that it tells of: struct kevent. Constants have
 * FreeBSD's values. kqueue(2), sys/event.h.
 *
 * @param ident a descriptor, or what the filter takes for one
 * @param filter one of EVFILT_…
 * @param flags EV_…
 * @param fflags NOTE_…, or the socket's error behind EV_EOF
 * @param data octets or connections, expirations of a timer; errno behind EV_ERROR
 * @param udata what the program gave, and gets back
 */
public record Kevent(long ident, int filter, int flags, int fflags, long data, long udata) {

    public static final int EVFILT_READ = -1;
    public static final int EVFILT_WRITE = -2;
    public static final int EVFILT_AIO = -3;
    public static final int EVFILT_VNODE = -4;
    public static final int EVFILT_PROC = -5;
    public static final int EVFILT_SIGNAL = -6;
    public static final int EVFILT_TIMER = -7;
    public static final int EVFILT_USER = -11;

    /** EVFILT_SYSCOUNT: filters are numbered down to minus this. */
    public static final int FILTERS = 13;

    public static final int EV_ADD = 0x0001;
    public static final int EV_DELETE = 0x0002;
    public static final int EV_ENABLE = 0x0004;
    public static final int EV_DISABLE = 0x0008;
    public static final int EV_ONESHOT = 0x0010;
    public static final int EV_CLEAR = 0x0020;
    public static final int EV_RECEIPT = 0x0040;
    public static final int EV_DISPATCH = 0x0080;
    public static final int EV_ERROR = 0x4000;
    public static final int EV_EOF = 0x8000;

    /** EV_SYSFLAGS: what a program cannot set. */
    static final int SYSTEM_FLAGS = 0xF000;

    public static final int NOTE_LOWAT = 0x0001;

    public static final int NOTE_SECONDS = 0x0001;
    public static final int NOTE_MSECONDS = 0x0002;
    public static final int NOTE_USECONDS = 0x0004;
    public static final int NOTE_NSECONDS = 0x0008;
    public static final int NOTE_ABSTIME = 0x0010;

    public static final int NOTE_FFNOP = 0;
    public static final int NOTE_FFAND = 0x4000_0000;
    public static final int NOTE_FFOR = 0x8000_0000;
    public static final int NOTE_FFCOPY = 0xC000_0000;
    public static final int NOTE_FFCTRLMASK = 0xC000_0000;
    public static final int NOTE_FFLAGSMASK = 0x00FF_FFFF;
    public static final int NOTE_TRIGGER = 0x0100_0000;

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    Kevent withoutSystemFlags() {
        return has(SYSTEM_FLAGS)
                ? new Kevent(ident, filter, flags & ~SYSTEM_FLAGS, fflags, data, udata)
                : this;
    }

    /** {@code EVFILT_READ}. */
    public String filterName() {
        return KeventText.filter(filter);
    }

    /** {@code EV_CLEAR|EV_EOF}; {@code 0} for none. */
    public String flagNames() {
        return KeventText.flags(flags);
    }

    /** {@code NOTE_LOWAT}, or the error behind EV_EOF. */
    public String noteNames() {
        return KeventText.notes(this);
    }

    /** {@code {ident=3, filter=EVFILT_READ, flags=EV_ADD, fflags=0, data=0, udata=0}}. */
    @Override
    public String toString() {
        return KeventText.of(this);
    }

    /** What is told of a change: that it could not be made, or with 0 for errno that it was. */
    public Kevent receipt(int errno) {
        return new Kevent(ident, filter, EV_ERROR, fflags, errno, udata);
    }
}
