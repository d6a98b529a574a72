package io.socketlab.kernel.syscall;

import io.socketlab.kernel.poll.Kqueue;
import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.wait.Pollable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The descriptor table of one process. 0, 1 and 2 are taken, as by a terminal. */
public final class FileDescriptors {

    private static final int FIRST = 3;

    /** What the kernel's table has room for at first: NR_OPEN_DEFAULT. */
    private static final int FIRST_TABLE = 64;

    private int limit;
    private final List<@Nullable OpenFile> files = new ArrayList<>();
    private int lowestFree = FIRST;
    private int tableSize = FIRST_TABLE;
    private List<Kqueue> kqueues = List.of();

    /**
     * @param limit RLIMIT_NOFILE: descriptors are below it
     */
    public FileDescriptors(int limit) {
        this.limit = limit;
    }

    /** RLIMIT_NOFILE. */
    int limit() {
        return limit;
    }

    /** RLIMIT_NOFILE from now on; descriptors beyond it stay open. */
    public void limit(int descriptors) {
        limit = descriptors;
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
        return open(file, FIRST);
    }

    /** Likewise, but none below {@code lowest}. */
    int open(OpenFile file, int lowest) {
        int fd = free(lowest);
        put(fd, file);
        return fd;
    }

    private int free(int lowest) {
        int fd = Math.max(lowest, lowestFree);
        while (fd < files.size() && files.get(fd) != null) fd++;
        return fd;
    }

    /** Gives {@code file} this number, which is free. */
    void put(int fd, OpenFile file) {
        while (files.size() <= fd) files.add(null);
        if (fd >= tableSize) tableSize = Integer.highestOneBit(fd) << 1;
        files.set(fd, file);
        file.acquire();
        if (fd == lowestFree) lowestFree = free(fd);
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
        kqueues.forEach(kqueue -> kqueue.forget(fd));
        if (fd >= FIRST) lowestFree = Math.min(lowestFree, fd);
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

    /** Every open descriptor, in ascending order. */
    public List<Integer> numbers() {
        var numbers = new ArrayList<Integer>();
        for (int fd = 0; fd < files.size(); fd++) if (files.get(fd) != null) numbers.add(fd);
        return numbers;
    }
}
