package io.socketlab.kernel.poll;

import io.socketlab.kernel.socket.Errno;
import java.util.Optional;

/** EVFILT_USER: an event that the program sets off itself. filt_usertouch(). */
final class UserFilter implements Filter {

    private boolean triggered;

    /** NOTE_TRIGGER does nothing yet: filt_userattach() looks for it where it is not. */
    @Override
    public Optional<Errno> attach(Knote note) {
        return Optional.empty();
    }

    @Override
    public void detach(Knote note) {}

    @Override
    public boolean event(Knote note) {
        return triggered;
    }

    @Override
    public void changed(Knote note, Kevent change) {
        if ((change.fflags() & Kevent.NOTE_TRIGGER) != 0) triggered = true;
        int given = change.fflags() & Kevent.NOTE_FFLAGSMASK;
        int flags =
                switch (change.fflags() & Kevent.NOTE_FFCTRLMASK) {
                    case Kevent.NOTE_FFAND -> note.wantedFflags() & given;
                    case Kevent.NOTE_FFOR -> note.wantedFflags() | given;
                    case Kevent.NOTE_FFCOPY -> given;
                    default -> note.wantedFflags();
                };
        note.wants(flags, change.data());
        if (change.has(Kevent.EV_CLEAR)) clear(note);
    }

    private void clear(Knote note) {
        triggered = false;
        note.clear();
    }

    @Override
    public Kevent told(Knote note) {
        Kevent event = note.event();
        var told =
                new Kevent(
                        event.ident(),
                        event.filter(),
                        event.flags(),
                        note.wantedFflags(),
                        note.wantedData(),
                        event.udata());
        if (note.has(Kevent.EV_CLEAR)) clear(note);
        return told;
    }
}
