package io.socketlab.kernel.syscall;

import io.socketlab.kernel.poll.Kqueue;
import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.wait.Pollable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The descriptor table of one process. 0, 1 and 2 are taken, as by a terminal: by nothing that a
 * call could use, until they are given to a {@link Terminal}.
 */
public final class FileDescriptors {

    private static final int FIRST = 3;

    /** What the kernel's table has room for at first: NR_OPEN_DEFAULT. */
    private static final int FIRST_TABLE = 64;

    /** RLIMIT_NOFILE as a login shell has it, and how far setrlimit(2) may raise it. */
    private static final int USUAL_LIMIT = 1024;

    private static final int USUAL_HARD_LIMIT = 524_288;

    private int limit = USUAL_LIMIT;
    private int hardLimit = USUAL_HARD_LIMIT;
    private final List<@Nullable OpenFile> files = new ArrayList<>();

    /** Numbers with FD_CLOEXEC. */
    private final BitSet closeOnExec = new BitSet();

    /** Numbers that a call has taken which waits for what they will refer to. */
    private final BitSet reserved = new BitSet();

    /** The lowest number that a file may get. */
    private int first = FIRST;

    private int lowestFree = FIRST;
    private int tableSize = FIRST_TABLE;
    private List<Kqueue> kqueues = List.of();

    /**
     * What a child has after fork(2): numbers of its own for the same open files. FreeBSD's
     * kqueue(2) is not inherited.
     */
    FileDescriptors copy() {
        var copy = new FileDescriptors();
        copy.first = first;
        copy.lowestFree = first;
        copy.limit = limit;
        copy.hardLimit = hardLimit;
        copy.tableSize = tableSize;
        copy.closeOnExec.or(closeOnExec);
        for (int fd : numbers()) {
            OpenFile file = get(fd);
            if (file != null && !(file.object() instanceof Kqueue)) copy.put(fd, file);
        }
        return copy;
    }

    /** RLIMIT_NOFILE. */
    int limit() {
        return limit;
    }

    /** RLIMIT_NOFILE from now on, whatever it was; descriptors beyond it stay open. */
    public void limit(int descriptors) {
        limit = descriptors;
        hardLimit = Math.max(hardLimit, descriptors);
    }

    /** How far setrlimit(2) may raise it. */
    int hardLimit() {
        return hardLimit;
    }

    void hardLimit(int descriptors) {
        hardLimit = descriptors;
    }

    /** Whether another descriptor can be had; EMFILE otherwise. */
    boolean hasRoom() {
        return lowestFree < limit;
    }

    /** Likewise of one that is not below {@code lowest}. */
    boolean hasRoom(int lowest) {
        return free(lowest) < limit;
    }

    boolean hasRoomFor(int count) {
        int fd = lowestFree;
        for (int i = 1; i < count; i++) fd = free(fd + 1);
        return fd < limit;
    }

    /** Gives {@code file} the lowest number that is free, as POSIX asks. */
    int open(OpenFile file) {
        return open(file, first);
    }

    /** Likewise, but none below {@code lowest}. */
    int open(OpenFile file, int lowest) {
        int fd = free(lowest);
        put(fd, file);
        return fd;
    }

    private int free(int lowest) {
        int fd = Math.max(lowest, lowestFree);
        while (reserved.get(fd) || fd < files.size() && files.get(fd) != null) fd++;
        return fd;
    }

    /**
     * Takes the lowest free number for a file that is still to come; there must be room. It is to
     * be {@link #put} or given back by {@link #unreserve}.
     */
    int reserve() {
        int fd = lowestFree;
        reserved.set(fd);
        lowestFree = free(fd);
        return fd;
    }

    void unreserve(int fd) {
        reserved.clear(fd);
        lowestFree = Math.min(lowestFree, fd);
    }

    /** Gives {@code file} this number, which is free. */
    void put(int fd, OpenFile file) {
        reserved.clear(fd);
        while (files.size() <= fd) files.add(null);
        if (fd >= tableSize) tableSize = Integer.highestOneBit(fd) << 1;
        files.set(fd, file);
        file.acquire();
        if (fd == lowestFree) lowestFree = free(fd);
    }

    /** 0, 1 and 2 from now on; once closed they are numbers like others, the lowest. */
    void standardStreams(OpenFile in, OpenFile out, OpenFile error) {
        put(0, in);
        put(1, out);
        put(2, error);
        first = 0;
    }

    /** What {@code fd} refers to; null if nothing, EBADF. */
    @Nullable OpenFile get(int fd) {
        return fd < 0 || fd >= files.size() ? null : files.get(fd);
    }

    /** The socket behind {@code fd}, if there is one. */
    public Optional<Socket> socket(int fd) {
        return Optional.ofNullable(get(fd)).map(OpenFile::socket);
    }

    /** What {@code fd} refers to, if it is open. */
    public Optional<Pollable> pollable(int fd) {
        return Optional.ofNullable(get(fd)).map(OpenFile::object);
    }

    /** Frees the number. The file goes on while something else refers to it. */
    void remove(int fd) {
        files.set(fd, null);
        closeOnExec.clear(fd);
        kqueues.forEach(kqueue -> kqueue.forget(fd));
        if (fd >= first) lowestFree = Math.min(lowestFree, fd);
    }

    /**
     * For how many descriptors there is room in the table as it is: a power of two, which grows
     * with the highest descriptor there has been. Linux's fdtable.max_fds, alloc_fdtable().
     */
    int tableSize() {
        return tableSize;
    }

    /** The highest that is open; 2 if none but those of the terminal. */
    int highest() {
        int fd = files.size() - 1;
        while (fd >= FIRST && files.get(fd) == null) fd--;
        return Math.max(fd, FIRST - 1);
    }

    /** {@code kqueue} is told of every number that is closed. FreeBSD's fd_kqlist. */
    void watchedBy(Kqueue kqueue) {
        var open = new ArrayList<>(kqueues);
        open.removeIf(Kqueue::isClosed);
        open.add(kqueue);
        kqueues = open;
    }

    /** FD_CLOEXEC. */
    boolean closesOnExec(int fd) {
        return closeOnExec.get(fd);
    }

    void closesOnExec(int fd, boolean on) {
        closeOnExec.set(fd, on);
    }

    /** Every open descriptor, in ascending order. */
    public List<Integer> numbers() {
        var numbers = new ArrayList<Integer>();
        for (int fd = 0; fd < files.size(); fd++) if (files.get(fd) != null) numbers.add(fd);
        return numbers;
    }
}
