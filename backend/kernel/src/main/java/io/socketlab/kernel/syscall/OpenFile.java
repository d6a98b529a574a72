package io.socketlab.kernel.syscall;

import io.socketlab.kernel.poll.Epoll;
import io.socketlab.kernel.poll.Kqueue;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.wait.Pollable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a descriptor refers to: an open file description, open(2). It lives as long as a descriptor
 * or a call in progress refers to it.
 */
final class OpenFile implements Epoll.File {

    private static final int O_ACCMODE = 3;

    private final Pollable object;
    private final int number;
    private final byte accessMode;
    private final OpenFiles openFiles;
    private boolean nonBlocking;
    private @Nullable FileOwner owner;
    private int references;
    private @Nullable List<Epoll.Watch> watches;

    /**
     * @param flags O_RDONLY, O_WRONLY or O_RDWR, and O_NONBLOCK
     * @param openFiles the count of the host's files that this is one of
     */
    OpenFile(Pollable object, int flags, OpenFiles openFiles) {
        this.object = object;
        this.accessMode = (byte) (flags & O_ACCMODE);
        this.nonBlocking = (flags & Syscall.Fcntl.O_NONBLOCK) != 0;
        this.openFiles = openFiles;
        this.number = openFiles.add();
    }

    /** On its host, from 1. */
    @Override
    public int number() {
        return number;
    }

    /** A socket, one end of a pipe, an epoll instance, a kqueue, or a file of octets. */
    @Override
    public Pollable object() {
        return object;
    }

    /** Null if it is none: ENOTSOCK. */
    @Nullable Socket socket() {
        return object instanceof Socket socket ? socket : null;
    }

    /** Its number in the trace; 0 for what is no socket. */
    int socketNumber() {
        return object instanceof Socket socket ? socket.number() : 0;
    }

    /** What it is, as the trace names it. */
    String kind() {
        return switch (object) {
            case Socket _ -> "socket";
            case Epoll _ -> "epoll";
            case Kqueue _ -> "kqueue";
            case Pipe.End _ -> "pipe";
            case Terminal.Input _, Terminal.Output _ -> "terminal";
            default -> "file";
        };
    }

    /** F_GETFL. */
    int statusFlags() {
        return accessMode
                | (nonBlocking ? Syscall.Fcntl.O_NONBLOCK : 0)
                | (owner != null && owner.isOn() ? Syscall.Fcntl.O_ASYNC : 0);
    }

    boolean isReadable() {
        return accessMode != Syscall.Fcntl.O_WRONLY;
    }

    boolean isWritable() {
        return accessMode != Syscall.Fcntl.O_RDONLY;
    }

    /** O_NONBLOCK. */
    boolean isNonBlocking() {
        return nonBlocking;
    }

    void nonBlocking(boolean on) {
        nonBlocking = on;
    }

    /** Who is sent a signal when something happens to it: F_SETOWN. */
    FileOwner owner() {
        if (owner == null) owner = new FileOwner(object);
        return owner;
    }

    /** O_ASYNC. */
    void async(boolean on) {
        if (on || owner != null) owner().turn(on);
    }

    /** A call waits for data on it, or no longer does. */
    void readerWaits(boolean waits) {
        if (owner != null) owner.readerWaits(waits);
    }

    void acquire() {
        references++;
    }

    /** Answers whether that was the last reference. */
    boolean release() {
        if (--references > 0) return false;
        if (watches != null) watches.forEach(Epoll.Watch::end);
        return true;
    }

    @Override
    public void watchedBy(Epoll.Watch watch) {
        if (watches == null) watches = new ArrayList<>(1);
        watches.add(watch);
    }

    @Override
    public void noLongerWatchedBy(Epoll.Watch watch) {
        if (watches != null) watches.remove(watch);
    }

    /** After the last reference. */
    Outcome<Integer> close(boolean resumed) {
        if (!resumed) {
            openFiles.remove();
            if (owner != null) owner.forget();
        }
        return switch (object) {
            case Socket socket -> socket.close(resumed);
            case Epoll epoll -> {
                epoll.clear();
                yield new Done<>(0);
            }
            case Kqueue kqueue -> {
                kqueue.close();
                yield new Done<>(0);
            }
            case Pipe.End end -> {
                end.close();
                yield new Done<>(0);
            }
            default -> new Done<>(0);
        };
    }
}
