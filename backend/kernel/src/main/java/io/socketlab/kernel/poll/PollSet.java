package io.socketlab.kernel.poll;

import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wait.Pollable;
import io.socketlab.kernel.wait.WaitQueue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The array of a poll(2), or what a select(2) makes of its sets: readiness is looked up afresh,
 * entry by entry, at every scan. fs/select.c, do_poll() and do_select().
 */
public final class PollSet implements Pollable, WaitQueue.Waiter {

    private static final int ALWAYS = EventMask.ERR | EventMask.HUP | EventMask.NVAL;

    /** What a descriptor refers to that is not open. */
    private static final Pollable NOT_OPEN =
            new Pollable() {

                @Override
                public int readiness() {
                    return EventMask.NVAL;
                }

                @Override
                public WaitQueue waitQueue() {
                    return new WaitQueue(); // it is ready: nobody will wait for it
                }
            };

    private final WaitQueue waitQueue = new WaitQueue();
    private @Nullable Pollable[] files;
    private int[] events;
    private int[] revents;
    private int size;

    /** Of the first so many, those that are files have this in their wait queues. */
    private int watched;

    /**
     * @param expected how many entries there will be
     */
    public PollSet(int expected) {
        files = new Pollable[expected];
        events = new int[expected];
        revents = new int[expected];
    }

    /**
     * Another entry.
     *
     * @param wanted as {@link EventMask} bits; errors and hanging up are always told
     */
    public void add(Pollable file, int wanted) {
        put(file, wanted | ALWAYS);
    }

    /** An entry whose descriptor is not open: POLLNVAL. */
    public void addNotOpen() {
        put(NOT_OPEN, ALWAYS);
    }

    /** An entry whose descriptor is negative: poll(2) passes it over. */
    public void addIgnored() {
        put(null, 0);
    }

    private void put(@Nullable Pollable file, int wanted) {
        if (size == files.length) {
            int more = Math.max(4, 2 * size);
            files = Arrays.copyOf(files, more);
            events = Arrays.copyOf(events, more);
            revents = Arrays.copyOf(revents, more);
        }
        files[size] = file;
        events[size++] = wanted;
    }

    /** How many entries there are. */
    public int size() {
        return size;
    }

    /** Asks every file how it is, and answers how many entries have something to tell. */
    public int scan() {
        return scan(false);
    }

    /**
     * Likewise, and as long as none has anything to tell, begins to watch: from now on whatever
     * happens to one of the files wakes who waits here. One pass does both, as in do_poll().
     */
    public int scanAndWatch() {
        return scan(true);
    }

    private int scan(boolean watch) {
        int ready = 0;
        for (int i = 0; i < size; i++) {
            Pollable file = files[i];
            revents[i] = file == null ? 0 : file.readiness() & events[i];
            if (revents[i] != 0) ready++;
            if (!watch || ready > 0) continue;
            if (file != null) file.waitQueue().add(this, events[i]);
            watched = i + 1;
        }
        return ready;
    }

    /** What entry {@code i} asks for, without what is always told. */
    public int events(int i) {
        return events[i] & ~ALWAYS;
    }

    /** What the last scan found of entry {@code i}. */
    public int revents(int i) {
        return revents[i];
    }

    /** Whatever happens to the files is of no interest any more. */
    public void unwatch() {
        for (int i = 0; i < watched; i++) {
            Pollable file = files[i];
            if (file != null) file.waitQueue().remove(this);
        }
        watched = 0;
    }

    @Override
    public boolean wake(int woken) {
        return waitQueue.wake(EventMask.IN) > 0;
    }

    /** IN if any entry has something to tell. */
    @Override
    public int readiness() {
        return scan() > 0 ? EventMask.IN : 0;
    }

    @Override
    public WaitQueue waitQueue() {
        return waitQueue;
    }
}
