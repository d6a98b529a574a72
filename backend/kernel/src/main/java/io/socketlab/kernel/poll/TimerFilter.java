package io.socketlab.kernel.poll;

import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.sim.Timer;
import io.socketlab.kernel.socket.Errno;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * EVFILT_TIMER: expires again and again, or once, and tells how often it has expired since it was
 * last told. filt_timerattach() and on. Of expirations that nobody is told of only the first is an
 * event of the run; the rest are reckoned.
 */
final class TimerFilter implements Filter {

    private static final int UNITS =
            Kevent.NOTE_SECONDS
                    | Kevent.NOTE_MSECONDS
                    | Kevent.NOTE_USECONDS
                    | Kevent.NOTE_NSECONDS;

    private final EventLoop loop;
    private @Nullable Timer timer;

    /** Between two expirations, nanoseconds; 0 if there is but one. */
    private long period;

    /** The next expiration that has not been counted. */
    private long next;

    private boolean expired;

    TimerFilter(EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public Optional<Errno> attach(Knote note) {
        timer = new Timer(loop, note::touch);
        Optional<Errno> refused = start(note);
        if (refused.isEmpty() && !isAbsolute(note)) note.set(Kevent.EV_CLEAR);
        return refused;
    }

    private static boolean isAbsolute(Knote note) {
        return (note.wantedFflags() & Kevent.NOTE_ABSTIME) != 0;
    }

    /** filt_timervalidate() and filt_timerstart(). */
    private Optional<Errno> start(Knote note) {
        long amount = note.wantedData();
        if (amount < 0 || (note.wantedFflags() & ~(UNITS | Kevent.NOTE_ABSTIME)) != 0) {
            return Optional.of(Errno.EINVAL);
        }
        if (amount == 0 && !note.has(Kevent.EV_ONESHOT)) amount = 1;
        long unit = unit(note.wantedFflags() & UNITS);
        if (unit == 0) return Optional.of(Errno.EINVAL);
        // as SBT_MAX: later than any run ends, and still a time
        long nanos = amount > Long.MAX_VALUE / 4 / unit ? Long.MAX_VALUE / 4 : amount * unit;
        expired = false;
        period = isAbsolute(note) || note.has(Kevent.EV_ONESHOT) ? 0 : nanos;
        next = isAbsolute(note) ? Math.max(nanos, loop.now()) : loop.now() + nanos;
        timer().startAt(next);
        return Optional.empty();
    }

    private Timer timer() {
        if (timer == null) throw new IllegalStateException("a timer that is not attached");
        return timer;
    }

    /** Nanoseconds; 0 where several are asked for. */
    private static long unit(int note) {
        return switch (note) {
            case Kevent.NOTE_SECONDS -> 1_000_000_000L;
            case 0, Kevent.NOTE_MSECONDS -> 1_000_000L;
            case Kevent.NOTE_USECONDS -> 1_000L;
            case Kevent.NOTE_NSECONDS -> 1L;
            default -> 0L;
        };
    }

    @Override
    public void detach(Knote note) {
        timer().stop();
    }

    @Override
    public boolean event(Knote note) {
        long now = loop.now();
        if (now >= next && !(period == 0 && expired)) {
            expired = true;
            long times = period == 0 ? 1 : 1 + (now - next) / period;
            next += times * period;
            note.data(note.data() + times);
        }
        return note.data() != 0;
    }

    /** filt_timertouch(): new terms begin anew, and what has not been told is forgotten. */
    @Override
    public void changed(Knote note, Kevent change) {
        if (!change.has(Kevent.EV_ADD)) return;
        timer().stop();
        note.forget();
        note.wants(change.fflags(), change.data());
        Optional<Errno> refused = start(note);
        if (refused.isEmpty()) return;
        note.set(Kevent.EV_ERROR);
        note.data(refused.get().number());
    }

    @Override
    public Kevent told(Knote note) {
        Kevent event = note.event();
        if (!note.has(Kevent.EV_CLEAR)) return event;
        note.clear();
        if (period > 0) timer().startAt(next);
        return event;
    }
}
