package io.socketlab.kernel.poll;

import io.socketlab.kernel.socket.Errno;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** How an event is written: as truss(1) does, with the members' names. */
final class KeventText {

    private static final Map<Integer, String> FILTERS = new LinkedHashMap<>();
    private static final Map<Integer, String> FLAGS = new LinkedHashMap<>();
    private static final Map<Integer, String> TIMER_NOTES = new LinkedHashMap<>();

    static {
        FILTERS.put(Kevent.EVFILT_READ, "EVFILT_READ");
        FILTERS.put(Kevent.EVFILT_WRITE, "EVFILT_WRITE");
        FILTERS.put(Kevent.EVFILT_AIO, "EVFILT_AIO");
        FILTERS.put(Kevent.EVFILT_VNODE, "EVFILT_VNODE");
        FILTERS.put(Kevent.EVFILT_PROC, "EVFILT_PROC");
        FILTERS.put(Kevent.EVFILT_SIGNAL, "EVFILT_SIGNAL");
        FILTERS.put(Kevent.EVFILT_TIMER, "EVFILT_TIMER");
        FILTERS.put(Kevent.EVFILT_USER, "EVFILT_USER");
        FLAGS.put(Kevent.EV_ADD, "EV_ADD");
        FLAGS.put(Kevent.EV_DELETE, "EV_DELETE");
        FLAGS.put(Kevent.EV_ENABLE, "EV_ENABLE");
        FLAGS.put(Kevent.EV_DISABLE, "EV_DISABLE");
        FLAGS.put(Kevent.EV_ONESHOT, "EV_ONESHOT");
        FLAGS.put(Kevent.EV_CLEAR, "EV_CLEAR");
        FLAGS.put(Kevent.EV_RECEIPT, "EV_RECEIPT");
        FLAGS.put(Kevent.EV_DISPATCH, "EV_DISPATCH");
        FLAGS.put(Kevent.EV_ERROR, "EV_ERROR");
        FLAGS.put(Kevent.EV_EOF, "EV_EOF");
        TIMER_NOTES.put(Kevent.NOTE_SECONDS, "NOTE_SECONDS");
        TIMER_NOTES.put(Kevent.NOTE_MSECONDS, "NOTE_MSECONDS");
        TIMER_NOTES.put(Kevent.NOTE_USECONDS, "NOTE_USECONDS");
        TIMER_NOTES.put(Kevent.NOTE_NSECONDS, "NOTE_NSECONDS");
        TIMER_NOTES.put(Kevent.NOTE_ABSTIME, "NOTE_ABSTIME");
    }

    private KeventText() {}

    static String of(Kevent event) {
        return "{ident="
                + event.ident()
                + ", filter="
                + filter(event.filter())
                + ", flags="
                + flags(event.flags())
                + ", fflags="
                + notes(event)
                + ", data="
                + (event.has(Kevent.EV_ERROR) ? errno(event.data()) : event.data())
                + ", udata="
                + event.udata()
                + "}";
    }

    static String filter(int number) {
        return FILTERS.getOrDefault(number, String.valueOf(number));
    }

    static String flags(int bits) {
        return names(bits, FLAGS);
    }

    static String notes(Kevent event) {
        if (event.filter() == Kevent.EVFILT_TIMER) return names(event.fflags(), TIMER_NOTES);
        if (event.filter() == Kevent.EVFILT_USER) return userNotes(event.fflags());
        if (event.has(Kevent.EV_EOF)) return errno(event.fflags());
        return event.fflags() == Kevent.NOTE_LOWAT ? "NOTE_LOWAT" : String.valueOf(event.fflags());
    }

    private static String userNotes(int fflags) {
        var names = new StringJoiner("|");
        switch (fflags & Kevent.NOTE_FFCTRLMASK) {
            case Kevent.NOTE_FFAND -> names.add("NOTE_FFAND");
            case Kevent.NOTE_FFOR -> names.add("NOTE_FFOR");
            case Kevent.NOTE_FFCOPY -> names.add("NOTE_FFCOPY");
            default -> {}
        }
        if ((fflags & Kevent.NOTE_TRIGGER) != 0) names.add("NOTE_TRIGGER");
        int own = fflags & Kevent.NOTE_FFLAGSMASK;
        if (own != 0 || names.length() == 0) names.add(String.valueOf(own));
        return names.toString();
    }

    private static String errno(long number) {
        // a program may put any number into a change of its own
        for (Errno errno : Errno.values()) if (errno.number() == number) return errno.name();
        return Long.toString(number);
    }

    private static String names(int bits, Map<Integer, String> known) {
        var names = new StringJoiner("|");
        names.setEmptyValue("0");
        int rest = bits;
        for (Map.Entry<Integer, String> name : known.entrySet()) {
            if ((bits & name.getKey()) == 0) continue;
            names.add(name.getValue());
            rest &= ~name.getKey();
        }
        if (rest != 0) names.add("0x" + Integer.toHexString(rest));
        return names.toString();
    }
}
