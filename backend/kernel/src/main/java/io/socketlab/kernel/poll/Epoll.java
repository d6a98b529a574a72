package io.socketlab.kernel.poll;

import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wait.Pollable;
import io.socketlab.kernel.wait.WaitQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An interest list and a ready list. epoll(7), fs/eventpoll.c: a file comes onto the ready list
 * when it wakes its waiters, and whether it is really ready is looked up when the list is read.
 * Edge- and level-triggered differ in one thing: a level-triggered file goes back to the end of the
 * list each time it has been reported.
 */
public final class Epoll implements Pollable {

    /** What is watched: an open file by one of its numbers, for dup(2) makes several. */
    public record Key(Object file, int fd) {}

    /** What epoll_wait(2) tells of a file: the events, and the data given to epoll_ctl(2). */
    public record Ready(int events, long data) {}

    private static final int ALWAYS = EventMask.ERR | EventMask.HUP;
    private static final int HOW =
            EventMask.ET | EventMask.ONESHOT | EventMask.EXCLUSIVE | EventMask.WAKEUP;
    private static final int MAX_NESTING = 4;

    private final Map<Key, Interest> interests = new LinkedHashMap<>();
    private final ArrayDeque<Interest> ready = new ArrayDeque<>();
    private final WaitQueue sleepers = new WaitQueue();
    private final WaitQueue waitQueue = new WaitQueue();

    /** One entry of the interest list. */
    private final class Interest implements WaitQueue.Waiter {

        private final Pollable file;
        private int events;
        private long data;
        private boolean queued;

        Interest(Pollable file, int events, long data) {
            this.file = file;
            this.events = events;
            this.data = data;
        }

        int revents() {
            return file.readiness() & events;
        }

        /** ep_poll_callback(). */
        @Override
        public boolean wake(int woken) {
            boolean exclusive = (events & EventMask.EXCLUSIVE) != 0;
            boolean disabled = (events & ~HOW) == 0; // EPOLLONESHOT has fired
            if (disabled || (woken & events) == 0) return !exclusive;
            boolean awakened = enqueue(this);
            return !exclusive || awakened;
        }
    }

    /**
     * EPOLL_CTL_ADD.
     *
     * @return false if it is watched already: EEXIST
     */
    public boolean add(Key key, Pollable file, int events, long data) {
        if (interests.containsKey(key)) return false;
        var interest = new Interest(file, events | ALWAYS, data);
        interests.put(key, interest);
        if ((events & EventMask.EXCLUSIVE) != 0) file.waitQueue().addExclusive(interest, -1);
        else file.waitQueue().add(interest, -1);
        if (interest.revents() != 0) enqueue(interest);
        return true;
    }

    /** EPOLL_CTL_MOD; the file must be watched. */
    public void modify(Key key, int events, long data) {
        Interest interest = interests.get(key);
        if (interest == null) throw new IllegalArgumentException("not watched: " + key.fd());
        interest.events = events | ALWAYS;
        interest.data = data;
        if (interest.revents() != 0) enqueue(interest);
    }

    /** EPOLL_CTL_DEL. */
    public void remove(Key key) {
        Interest interest = interests.remove(key);
        if (interest != null) drop(interest);
    }

    private void drop(Interest interest) {
        interest.file.waitQueue().remove(interest);
        if (interest.queued) ready.removeFirstOccurrence(interest);
    }

    /** The last number of {@code file} has been closed: it is watched no more. */
    public void forget(Object file) {
        List<Key> keys = interests.keySet().stream().filter(k -> k.file().equals(file)).toList();
        keys.forEach(this::remove);
    }

    /** This instance is closed. */
    public void clear() {
        interests.values().forEach(this::drop);
        interests.clear();
    }

    public boolean watches(Key key) {
        return interests.containsKey(key);
    }

    /** With which EPOLL… bits a file is watched; 0 if it is not. */
    public int events(Key key) {
        Interest interest = interests.get(key);
        return interest == null ? 0 : interest.events;
    }

    /** Files on the interest list. */
    public int interests() {
        return interests.size();
    }

    /** Files on the ready list. */
    public int readyListLength() {
        return ready.size();
    }

    private boolean enqueue(Interest interest) {
        if (!interest.queued) {
            interest.queued = true;
            ready.add(interest);
        }
        boolean awakened = sleepers.wake(EventMask.IN) > 0;
        waitQueue.wake(EventMask.IN | EventMask.RDNORM);
        return awakened;
    }

    /** What epoll_wait(2) finds: the first {@code max} on the ready list that are ready. */
    public List<Ready> take(int max) {
        var result = new ArrayList<Ready>();
        for (int left = ready.size(); left > 0 && result.size() < max; left--) {
            Interest interest = ready.remove();
            interest.queued = false;
            int revents = interest.revents();
            if (revents == 0) continue;
            result.add(new Ready(revents, interest.data));
            if ((interest.events & EventMask.ONESHOT) != 0) {
                interest.events &= HOW;
            } else if ((interest.events & EventMask.ET) == 0) {
                interest.queued = true;
                ready.add(interest);
            }
        }
        // What is left is for another that waits.
        if (!ready.isEmpty()) sleepers.wake(EventMask.IN);
        return result;
    }

    /**
     * Whether watching {@code other} would close a circle, or make a chain of more than five:
     * ELOOP.
     */
    public boolean mayNotWatch(Epoll other) {
        return other.reaches(this, 0) || other.depth() > MAX_NESTING - 1;
    }

    private boolean reaches(@Nullable Object target, int depth) {
        if (equals(target)) return true;
        if (depth > MAX_NESTING) return true;
        for (Epoll inner : nested()) if (inner.reaches(target, depth + 1)) return true;
        return false;
    }

    private int depth() {
        int deepest = 0;
        for (Epoll inner : nested()) deepest = Math.max(deepest, 1 + inner.depth());
        return deepest;
    }

    private Collection<Epoll> nested() {
        return interests.values().stream()
                .map(i -> i.file)
                .filter(Epoll.class::isInstance)
                .map(Epoll.class::cast)
                .toList();
    }

    /** Who sleeps in epoll_wait(2); those that watch this instance are in {@link #waitQueue()}. */
    public Pollable sleepers() {
        return new Pollable() {

            @Override
            public int readiness() {
                return Epoll.this.readiness();
            }

            @Override
            public WaitQueue waitQueue() {
                return sleepers;
            }
        };
    }

    /** IN if something on the ready list is ready; what is not is taken off. */
    @Override
    public int readiness() {
        while (!ready.isEmpty()) {
            Interest first = ready.getFirst();
            if (first.revents() != 0) return EventMask.IN | EventMask.RDNORM;
            ready.removeFirst();
            first.queued = false;
        }
        return 0;
    }

    @Override
    public WaitQueue waitQueue() {
        return waitQueue;
    }
}
