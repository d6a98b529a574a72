package io.socketlab.kernel.syscall;

import io.socketlab.kernel.poll.Kevent;
import io.socketlab.kernel.poll.Kqueue;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.KnoteChanged;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Tells the trace what becomes of the knotes of one kqueue. */
final class KqueueTrace implements Kqueue.Observer {

    private record Key(long ident, int filter) {}

    private record Told(Kevent note, State state) {}

    private final UserProcess process;
    private final int number;
    private final Map<Key, Told> told = new LinkedHashMap<>();

    /** The event for which filters look when it is over. */
    private int touchedBy;

    /**
     * @param file the open file that the kqueue is
     */
    KqueueTrace(UserProcess process, OpenFile file) {
        this.process = process;
        this.number = file.number();
    }

    @Override
    public void touched() {
        touchedBy = process.trace().cause();
    }

    @Override
    public void knote(Kevent note, State state) {
        var key = new Key(note.ident(), note.filter());
        var now = new Told(note, state);
        Told last = state == State.GONE ? told.remove(key) : told.put(key, now);
        if (now.equals(last)) return;
        Trace trace = process.trace();
        int before = trace.cause();
        if (before == 0) trace.because(touchedBy);
        trace.emit(
                new KnoteChanged(
                        trace.stamp(process.host()),
                        number,
                        note.ident(),
                        note.filterName(),
                        note.flagNames(),
                        note.noteNames(),
                        note.data(),
                        state.name().toLowerCase(Locale.ROOT)));
        trace.because(before);
    }
}
