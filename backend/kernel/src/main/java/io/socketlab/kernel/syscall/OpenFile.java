package io.socketlab.kernel.syscall;

import io.socketlab.kernel.poll.Epoll;
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
final class OpenFile {

    private static final int O_ACCMODE = 3;

    private final Pollable object;
    private final int accessMode;
    private boolean nonBlocking;
    private int references;
    private @Nullable List<Epoll> watchedBy;

    OpenFile(Pollable object, boolean nonBlocking) {
        this(object, Syscall.Fcntl.O_RDWR | (nonBlocking ? Syscall.Fcntl.O_NONBLOCK : 0));
    }

    /**
     * @param flags O_RDONLY, O_WRONLY or O_RDWR, and O_NONBLOCK
     */
    OpenFile(Pollable object, int flags) {
        this.object = object;
        this.accessMode = flags & O_ACCMODE;
        this.nonBlocking = (flags & Syscall.Fcntl.O_NONBLOCK) != 0;
    }

    /** A socket, one end of a pipe, an epoll instance, or a file of octets. */
    Pollable object() {
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

    /** F_GETFL. */
    int statusFlags() {
        return accessMode | (nonBlocking ? Syscall.Fcntl.O_NONBLOCK : 0);
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

    void acquire() {
        references++;
    }

    /** Answers whether that was the last reference. */
    boolean release() {
        if (--references > 0) return false;
        if (watchedBy != null) watchedBy.forEach(epoll -> epoll.forget(this));
        return true;
    }

    /** {@code epoll} is to forget it when its last number is closed. */
    void watchedBy(Epoll epoll) {
        if (watchedBy == null) watchedBy = new ArrayList<>(1);
        if (!watchedBy.contains(epoll)) watchedBy.add(epoll);
    }

    /** After the last reference. */
    Outcome<Integer> close(boolean resumed) {
        return switch (object) {
            case Socket socket -> socket.close(resumed);
            case Epoll epoll -> {
                epoll.clear();
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
