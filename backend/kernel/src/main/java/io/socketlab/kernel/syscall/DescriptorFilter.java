package io.socketlab.kernel.syscall;

import io.socketlab.kernel.poll.Filter;
import io.socketlab.kernel.poll.Kevent;
import io.socketlab.kernel.poll.Knote;
import io.socketlab.kernel.poll.Kqueue;
import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wait.Pollable;
import io.socketlab.kernel.wait.WaitQueue;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * EVFILT_READ and EVFILT_WRITE: looks at a file when it wakes its waiters. What it looks for is for
 * each kind of file to say, which FreeBSD does in its fo_kqfilter.
 */
final class DescriptorFilter implements Filter, WaitQueue.Waiter {

    private static final int READING =
            EventMask.READABLE | EventMask.RDHUP | EventMask.HUP | EventMask.ERR;
    private static final int WRITING = EventMask.WRITABLE | EventMask.HUP | EventMask.ERR;

    private final Pollable file;
    private final int events;
    private final Predicate<Knote> look;
    private @Nullable Knote note;

    private DescriptorFilter(Pollable file, int events, Predicate<Knote> look) {
        this.file = file;
        this.events = events;
        this.look = look;
    }

    /**
     * @param number EVFILT_READ or EVFILT_WRITE
     * @return empty if the file has no such filter: EINVAL
     */
    static Optional<Filter> of(Pollable file, int number) {
        boolean reads = number == Kevent.EVFILT_READ;
        Predicate<Knote> look =
                switch (file) {
                    case Socket socket ->
                            reads
                                    ? note -> FreeBsdSocket.canRead(note, socket)
                                    : note -> FreeBsdSocket.canWrite(note, socket);
                    case Pipe.End end when reads == end.isReading() ->
                            reads ? note -> canRead(note, end) : note -> canWrite(note, end);
                    case Kqueue kqueue when reads -> note -> canRead(note, kqueue);
                    case FileTree.Octets octets ->
                            reads ? note -> canRead(note, octets) : _ -> true;
                    default -> null;
                };
        if (look == null) return Optional.empty();
        return Optional.of(new DescriptorFilter(file, reads ? READING : WRITING, look));
    }

    /** filt_piperead(). */
    private static boolean canRead(Knote note, Pipe.End end) {
        note.data(end.pipe().length());
        if (end.pipe().hasWriter()) return end.pipe().length() > 0;
        note.endOfFile(0);
        return true;
    }

    /** filt_pipewrite(). */
    private static boolean canWrite(Knote note, Pipe.End end) {
        note.data(end.pipe().hasReader() ? end.pipe().room() : 0);
        if (end.pipe().hasReader()) return end.pipe().room() >= Pipe.FREEBSD_PIPE_BUF;
        note.endOfFile(0);
        return true;
    }

    /** filt_kqueue(). */
    private static boolean canRead(Knote note, Kqueue kqueue) {
        note.data(kqueue.queued());
        return kqueue.queued() > 0;
    }

    /** filt_vfsread(). */
    private static boolean canRead(Knote note, FileTree.Octets octets) {
        note.data(octets.remaining());
        return octets.remaining() != 0;
    }

    @Override
    public Optional<Errno> attach(Knote attached) {
        note = attached;
        file.waitQueue().add(this, events);
        return Optional.empty();
    }

    @Override
    public void detach(Knote detached) {
        file.waitQueue().remove(this);
    }

    @Override
    public boolean event(Knote asked) {
        return look.test(asked);
    }

    @Override
    public boolean wake(int woken) {
        if (note != null) note.touch();
        return false;
    }
}
