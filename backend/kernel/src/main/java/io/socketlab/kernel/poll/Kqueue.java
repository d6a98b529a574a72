package io.socketlab.kernel.poll;

import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wait.Pollable;
import io.socketlab.kernel.wait.WaitQueue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A queue of events. kqueue(2), FreeBSD's sys/kern/kern_event.c: a knote comes into the queue when
 * its filter finds that its event has happened, and the filter looks again before it is told.
 */
public final class Kqueue implements Pollable {

    /** Takes what kevent(2) tells. */
    @FunctionalInterface
    public interface Report {
        void event(Kevent event);

        /**
         * A knote in the queue was looked at.
         *
         * @param told whether its event is told
         */
        default void looked(long ident, int filter, boolean told) {}
    }

    /** Is told how knotes change. */
    public interface Observer {

        /** What a knote waits for. */
        enum State {
            IDLE,
            QUEUED,
            DISABLED,
            GONE
        }

        /** Something has happened to what a knote watches: its filter will look. */
        void touched();

        /**
         * A knote may have changed.
         *
         * @param note as it stands
         */
        void knote(Kevent note, State state);
    }

    private record Key(long ident, int filter) {}

    private final EventLoop loop;
    private final Map<Key, Knote> knotes = new LinkedHashMap<>();
    private final ReadyList<Knote> queue = new ReadyList<>();
    private final LinkedHashSet<Knote> touched = new LinkedHashSet<>();
    private final WaitQueue sleepers = new WaitQueue();
    private final WaitQueue waitQueue = new WaitQueue();
    private int lookedAt;
    private boolean closed;
    private @Nullable Observer observer;

    public Kqueue(EventLoop loop) {
        this.loop = loop;
    }

    /** {@code observer} is told what changes from now on. */
    public void observedBy(Observer observer) {
        this.observer = observer;
    }

    private void tellAbout(Knote note) {
        if (observer == null) return;
        Observer.State state =
                note.isDisabled()
                        ? Observer.State.DISABLED
                        : note.link().isListed() ? Observer.State.QUEUED : Observer.State.IDLE;
        observer.knote(note.standing(), state);
    }

    /**
     * kqueue_register(): makes one change.
     *
     * @param filter the filter that a new knote would have
     * @return why it cannot be made
     */
    public Optional<Errno> register(Kevent change, Supplier<Filter> filter) {
        var key = new Key(change.ident(), change.filter());
        Knote note = knotes.get(key);
        if (note == null) {
            if (!change.has(Kevent.EV_ADD)) return Optional.of(Errno.ENOENT);
            return add(key, change.withoutSystemFlags(), filter.get());
        }
        if (change.has(Kevent.EV_DELETE)) {
            drop(key, note);
            return Optional.empty();
        }
        if (change.has(Kevent.EV_ENABLE)) note.disabled(false);
        else if (change.has(Kevent.EV_DISABLE)) note.disabled(true);
        note.udata(change.udata());
        note.filter().changed(note, change);
        look(note);
        return Optional.empty();
    }

    private Optional<Errno> add(Key key, Kevent change, Filter filter) {
        var note = new Knote(this, filter, change);
        Optional<Errno> refused = filter.attach(note);
        if (refused.isPresent()) return refused;
        knotes.put(key, note);
        look(note);
        return Optional.empty();
    }

    /** Lets the filter of a knote that is enabled decide; what is active then is queued. */
    private void look(Knote note) {
        if (!note.isDisabled()) {
            lookedAt++;
            if (note.filter().event(note)) note.active(true);
        }
        if (note.isActive()) enqueue(note);
        tellAbout(note);
    }

    private void enqueue(Knote note) {
        if (note.isDisabled() || note.link().isListed()) return;
        queue.add(note.link());
        sleepers.wakeAll(EventMask.IN); // wakeup(): whoever sleeps on it, in turn
        waitQueue.wake(EventMask.IN | EventMask.RDNORM);
    }

    /** An event that was not told is forgotten. */
    void deactivate(Knote note) {
        queue.remove(note.link());
        note.active(false);
        tellAbout(note);
    }

    private void drop(Key key, Knote note) {
        knotes.remove(key);
        touched.remove(note);
        queue.remove(note.link());
        note.filter().detach(note);
        if (observer != null) observer.knote(note.standing(), Observer.State.GONE);
    }

    /** knote_fdclose(): the number is closed, whatever else refers to the same file. */
    public void forget(int fd) {
        if (knotes.isEmpty()) return;
        forget(fd, Kevent.EVFILT_READ);
        forget(fd, Kevent.EVFILT_WRITE);
    }

    private void forget(int fd, int filter) {
        var key = new Key(fd, filter);
        Knote note = knotes.get(key);
        if (note != null) drop(key, note);
    }

    /** It is closed itself. */
    public void close() {
        closed = true;
        for (Map.Entry<Key, Knote> entry : List.copyOf(knotes.entrySet())) {
            drop(entry.getKey(), entry.getValue());
        }
    }

    public boolean isClosed() {
        return closed;
    }

    /**
     * knote(): something has happened to what {@code note} watches. The filter looks when whatever
     * happened is over.
     */
    void touched(Knote note) {
        if (touched.isEmpty()) loop.defer(this::lookAtTouched);
        touched.add(note);
        if (observer != null) observer.touched();
    }

    private void lookAtTouched() {
        if (touched.isEmpty()) return;
        List<Knote> notes = new ArrayList<>(touched);
        touched.clear();
        for (Knote note : notes) {
            if (note.filter().event(note)) {
                note.active(true);
                enqueue(note);
            }
            tellAbout(note);
        }
    }

    /**
     * kqueue_scan(): what kevent(2) tells, at most {@code max} events.
     *
     * @return how many
     */
    public int take(int max, Report report) {
        lookAtTouched();
        int count = 0;
        for (int left = queue.size(); left > 0 && count < max; left--) {
            Knote note = queue.first();
            queue.remove(note.link());
            lookedAt++;
            Kevent event = note.isDisabled() ? null : tell(note);
            report.looked(note.ident(), note.filterNumber(), event != null);
            if (!note.has(Kevent.EV_ONESHOT)) tellAbout(note);
            if (event == null) continue;
            report.event(event);
            count++;
        }
        return count;
    }

    private @Nullable Kevent tell(Knote note) {
        if (note.has(Kevent.EV_ONESHOT)) { // as it was when it happened
            Kevent event = note.event();
            drop(new Key(event.ident(), event.filter()), note);
            return event;
        }
        if (!note.filter().event(note)) {
            note.active(false);
            return null;
        }
        Kevent event = note.filter().told(note);
        if (note.has(Kevent.EV_CLEAR) || note.has(Kevent.EV_DISPATCH)) {
            if (note.has(Kevent.EV_DISPATCH)) note.disabled(true);
            note.active(false);
        } else {
            queue.add(note.link());
        }
        return event;
    }

    /** How often filters have looked for a call since this was last asked. */
    public int lookedAt() {
        int looks = lookedAt;
        lookedAt = 0;
        return looks;
    }

    /** Knotes. */
    public int size() {
        return knotes.size();
    }

    /** kq_count: knotes in the queue, which EVFILT_READ tells of a kqueue. */
    public int queued() {
        lookAtTouched();
        return queue.size();
    }

    /** Who sleeps in kevent(2); those that watch this kqueue are in {@link #waitQueue()}. */
    public Pollable sleepers() {
        return new Pollable() {

            @Override
            public int readiness() {
                return Kqueue.this.readiness();
            }

            @Override
            public WaitQueue waitQueue() {
                return sleepers;
            }
        };
    }

    /** kqueue_poll(). */
    @Override
    public int readiness() {
        return queued() > 0 ? EventMask.IN | EventMask.RDNORM : 0;
    }

    @Override
    public WaitQueue waitQueue() {
        return waitQueue;
    }
}
