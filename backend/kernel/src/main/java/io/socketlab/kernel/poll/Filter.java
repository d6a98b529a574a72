package io.socketlab.kernel.poll;

import io.socketlab.kernel.socket.Errno;
import java.util.Optional;

/**
 * Decides when a knote's event has happened, and what is told of it. FreeBSD's struct filterops.
 */
public interface Filter {

    /** f_attach: the knote is new. Answers why it cannot be. */
    Optional<Errno> attach(Knote note);

    /** f_detach: the knote is deleted. */
    void detach(Knote note);

    /** f_event: whether it has happened; sets the knote's data, fflags and EV_EOF. */
    boolean event(Knote note);

    /** f_touch with EVENT_REGISTER: a knote that is there is registered again. */
    default void changed(Knote note, Kevent change) {
        note.wants(change.fflags(), change.data());
    }

    /** f_touch with EVENT_PROCESS: what the program gets. */
    default Kevent told(Knote note) {
        Kevent event = note.event();
        if (note.has(Kevent.EV_CLEAR)) note.clear();
        return event;
    }
}
