package io.socketlab.kernel.poll;

import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wait.Pollable;
import io.socketlab.kernel.wait.WaitQueue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What poll(2) watches: readiness is looked up afresh, entry by entry, at every scan. */
public final class PollSet implements Pollable, WaitQueue.Waiter {

    /**
     * One entry of the array.
     *
     * @param file null where the descriptor is not open
     * @param ignored its descriptor is negative: skipped, as poll(2) says
     */
    public record Entry(@Nullable Pollable file, int events, boolean ignored) {}

    private static final int ALWAYS = EventMask.ERR | EventMask.HUP;

    private final List<Entry> entries;
    private final WaitQueue waitQueue = new WaitQueue();
    private boolean watching;

    public PollSet(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** {@code revents} of each entry, now. */
    public int[] scan() {
        return entries.stream().mapToInt(PollSet::revents).toArray();
    }

    private static int revents(Entry entry) {
        if (entry.ignored) return 0;
        Pollable file = entry.file;
        return file == null ? EventMask.NVAL : file.readiness() & (entry.events | ALWAYS);
    }

    /** From now on whatever happens to one of the files wakes who waits here. */
    public void watch() {
        if (watching) return;
        watching = true;
        for (Entry entry : entries) {
            if (entry.file != null && !entry.ignored) {
                entry.file.waitQueue().add(this, entry.events | ALWAYS);
            }
        }
    }

    public void unwatch() {
        if (!watching) return;
        watching = false;
        for (Entry entry : entries) {
            if (entry.file != null) entry.file.waitQueue().remove(this);
        }
    }

    @Override
    public boolean wake(int events) {
        return waitQueue.wake(EventMask.IN) > 0;
    }

    /** IN if any entry has something to report. */
    @Override
    public int readiness() {
        for (Entry entry : entries) if (revents(entry) != 0) return EventMask.IN;
        return 0;
    }

    @Override
    public WaitQueue waitQueue() {
        return waitQueue;
    }
}
