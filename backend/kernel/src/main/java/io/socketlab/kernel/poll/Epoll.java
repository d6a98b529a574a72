package io.socketlab.kernel.poll;

import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wait.Pollable;
import io.socketlab.kernel.wait.WaitQueue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An interest list and a ready list. epoll(7), fs/eventpoll.c: a file comes onto the ready list
 * when it wakes its waiters, and whether it is really ready is looked up when the list is read.
 * Edge- and level-triggered differ in one thing: a level-triggered file goes back to the end of the
 * list each time it has been reported. Nothing here takes longer because more is watched.
 */
public final class Epoll implements Pollable {

    /** What is watched, as the call layer has it: struct file. */
    public interface File {

        Pollable object();

        /** {@code watch} ends when the last number of this file is closed. */
        void watchedBy(Watch watch);

        /** It has ended otherwise. */
        void noLongerWatchedBy(Watch watch);

        /** By which it can be told from others. */
        int number();
    }

    /** Takes what epoll_wait(2) tells of a file: the events, and the data given to epoll_ctl(2). */
    @FunctionalInterface
    public interface Report {
        void ready(int events, long data);

        /**
         * Something on the ready list was asked how it is.
         *
         * @param fd the number by which it is watched
         * @param found what there was of the events for which it is watched
         */
        default void looked(int fd, int events, int found) {}
    }

    /** Is told how the two lists change. */
    public interface Observer {

        /** What has become of an entry of the interest list. */
        enum Change {
            ADDED,
            MODIFIED,
            DISARMED,
            REMOVED
        }

        void interest(Change change, int fd, File file, int events, long data);

        void readyList();
    }

    /** Takes entries of the ready list. */
    @FunctionalInterface
    public interface Listed {
        void entry(int fd, File file);
    }

    /** An open file by one of its numbers, for dup(2) makes several. */
    private record Key(File file, int fd) {}

    private static final int ALWAYS = EventMask.ERR | EventMask.HUP;
    private static final int HOW =
            EventMask.ET | EventMask.ONESHOT | EventMask.EXCLUSIVE | EventMask.WAKEUP;
    private static final int MAX_NESTING = 4;

    private final Map<Key, Watch> interests = new LinkedHashMap<>();
    private final ReadyList<Watch> ready = new ReadyList<>();

    private final WaitQueue sleepers = new WaitQueue();
    private final WaitQueue waitQueue = new WaitQueue();

    /** Those that this one watches. */
    private final List<Epoll> nested = new ArrayList<>();

    private int lookedAt;
    private @Nullable Observer observer;

    /** One entry of the interest list: struct epitem. */
    public final class Watch implements WaitQueue.Waiter {

        private final Key key;
        private final Pollable object;
        private final ReadyList.Link<Watch> link = new ReadyList.Link<>(this);
        private int events;
        private long data;

        private Watch(Key key, int events, long data) {
            this.key = key;
            this.object = key.file.object();
            this.events = events;
            this.data = data;
        }

        private int revents() {
            return object.readiness() & events;
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

        /** The file is watched no more: its last number has been closed. */
        public void end() {
            interests.remove(key);
            object.waitQueue().remove(this);
            tell(Observer.Change.REMOVED, this);
            if (link.isListed()) {
                ready.remove(link);
                tellReady();
            }
            if (object instanceof Epoll inner) nested.remove(inner);
        }
    }

    /** {@code observer} is told what changes from now on. */
    public void observedBy(Observer observer) {
        this.observer = observer;
    }

    private void tell(Observer.Change change, Watch watch) {
        if (observer == null) return;
        observer.interest(change, watch.key.fd, watch.key.file, watch.events, watch.data);
    }

    private void tellReady() {
        if (observer != null) observer.readyList();
    }

    /** The first {@code limit} on the ready list. */
    public void ready(int limit, Listed listed) {
        ready.forFirst(limit, watch -> listed.entry(watch.key.fd, watch.key.file));
    }

    /**
     * EPOLL_CTL_ADD.
     *
     * @return false if it is watched already: EEXIST
     */
    public boolean add(File file, int fd, int events, long data) {
        var watch = new Watch(new Key(file, fd), events | ALWAYS, data);
        if (interests.putIfAbsent(watch.key, watch) != null) return false;
        file.watchedBy(watch);
        if (watch.object instanceof Epoll inner) nested.add(inner);
        if ((events & EventMask.EXCLUSIVE) != 0) watch.object.waitQueue().addExclusive(watch, -1);
        else watch.object.waitQueue().add(watch, -1);
        tell(Observer.Change.ADDED, watch);
        if (watch.revents() != 0) enqueue(watch);
        return true;
    }

    /** EPOLL_CTL_MOD; the file must be watched. */
    public void modify(File file, int fd, int events, long data) {
        Watch watch = find(file, fd);
        if (watch == null) throw new IllegalArgumentException("not watched: " + fd);
        watch.events = events | ALWAYS;
        watch.data = data;
        tell(Observer.Change.MODIFIED, watch);
        if (watch.revents() != 0) enqueue(watch);
    }

    /**
     * EPOLL_CTL_DEL.
     *
     * @return false if it is not watched: ENOENT
     */
    public boolean remove(File file, int fd) {
        Watch watch = find(file, fd);
        if (watch == null) return false;
        watch.end();
        file.noLongerWatchedBy(watch);
        return true;
    }

    /** This instance is closed. */
    public void clear() {
        for (Watch watch : List.copyOf(interests.values())) remove(watch.key.file, watch.key.fd);
    }

    private @Nullable Watch find(File file, int fd) {
        return interests.get(new Key(file, fd));
    }

    public boolean watches(File file, int fd) {
        return find(file, fd) != null;
    }

    /** With which EPOLL… bits a file is watched; 0 if it is not. */
    public int events(File file, int fd) {
        Watch watch = find(file, fd);
        return watch == null ? 0 : watch.events;
    }

    /** Files on the interest list. */
    public int interests() {
        return interests.size();
    }

    /** Files on the ready list. */
    public int readyListLength() {
        return ready.size();
    }

    private boolean enqueue(Watch watch) {
        if (!watch.link.isListed()) {
            ready.add(watch.link);
            tellReady();
        }
        boolean awakened = sleepers.wake(EventMask.IN) > 0;
        waitQueue.wake(EventMask.IN | EventMask.RDNORM);
        return awakened;
    }

    /**
     * What epoll_wait(2) finds: the first {@code max} on the ready list that are ready.
     *
     * @return how many
     */
    public int take(int max, Report report) {
        int count = 0;
        lookedAt = 0;
        for (int left = ready.size(); left > 0 && count < max; left--) {
            Watch watch = ready.first();
            ready.remove(watch.link);
            lookedAt++;
            int revents = watch.revents();
            report.looked(watch.key.fd, watch.events, revents);
            if (revents == 0) continue;
            count++;
            report.ready(revents, watch.data);
            if ((watch.events & EventMask.ONESHOT) != 0) disarm(watch);
            else if ((watch.events & EventMask.ET) == 0) ready.add(watch.link);
        }
        if (lookedAt > 0) tellReady();
        // What is left is for another that waits.
        if (!ready.isEmpty()) sleepers.wake(EventMask.IN);
        return count;
    }

    private void disarm(Watch watch) {
        watch.events &= HOW;
        tell(Observer.Change.DISARMED, watch);
    }

    /** How many entries of the ready list the last {@link #take} asked how they are. */
    public int lookedAt() {
        return lookedAt;
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
        for (Epoll inner : nested) if (inner.reaches(target, depth + 1)) return true;
        return false;
    }

    private int depth() {
        int deepest = 0;
        for (Epoll inner : nested) deepest = Math.max(deepest, 1 + inner.depth());
        return deepest;
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
            Watch first = ready.first();
            if (first.revents() != 0) return EventMask.IN | EventMask.RDNORM;
            ready.remove(first.link);
            tellReady();
        }
        return 0;
    }

    @Override
    public WaitQueue waitQueue() {
        return waitQueue;
    }
}
