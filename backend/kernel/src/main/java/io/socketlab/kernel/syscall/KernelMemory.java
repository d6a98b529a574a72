package io.socketlab.kernel.syscall;

import static io.socketlab.kernel.syscall.StructSizes.CACHE_LINE;
import static io.socketlab.kernel.syscall.StructSizes.EPITEM;
import static io.socketlab.kernel.syscall.StructSizes.EPPOLL_ENTRY;
import static io.socketlab.kernel.syscall.StructSizes.FDTABLE;
import static io.socketlab.kernel.syscall.StructSizes.FILE;
import static io.socketlab.kernel.syscall.StructSizes.KNOTE;
import static io.socketlab.kernel.syscall.StructSizes.POINTER;

import io.socketlab.kernel.poll.Epoll;
import io.socketlab.kernel.poll.Kqueue;
import java.util.LinkedHashSet;

/**
 * What the kernel of a host holds at this instant so that its programs can wait, in octets: counted
 * from its tasks, descriptors and registrations, each with the size that it has on Linux (see
 * {@link StructSizes}). Sockets and their buffers are not in it, as they are the same whoever waits
 * for them, nor what there is once for each process, epoll instance or kqueue.
 *
 * @param kernelStacks a stack for each task that has not ended: KernelStack of proc_meminfo(5)
 * @param openFiles open files, and the descriptor tables of the processes
 * @param registrations items of epoll instances with their entries in wait queues; knotes
 * @param pollTables what calls of select(2) and poll(2) that wait hold besides their stack: copies
 *     of their sets or arrays, and entries in wait queues
 */
public record KernelMemory(long kernelStacks, long openFiles, long registrations, long pollTables) {

    private static final int FIRST_TABLE = 64;

    /** What a host's kernel holds now. */
    public static KernelMemory of(ProcessTable table) {
        long stacks = 0;
        long calls = 0;
        for (Task task : table.tasks()) {
            if (task.isOver()) continue;
            stacks += Task.KERNEL_STACK;
            calls += task.callMemory();
        }
        long tables = 0;
        var files = new LinkedHashSet<OpenFile>();
        for (UserProcess process : table.processes()) {
            FileDescriptors fds = process.fds();
            tables += descriptorTable(fds.tableSize());
            for (int fd : fds.numbers()) {
                OpenFile file = fds.get(fd);
                if (file != null) files.add(file);
            }
        }
        long registered = files.stream().mapToLong(KernelMemory::registeredWith).sum();
        return new KernelMemory(stacks, (long) files.size() * FILE + tables, registered, calls);
    }

    private static long registeredWith(OpenFile file) {
        return switch (file.object()) {
            case Epoll epoll -> (long) epoll.interests() * (EPITEM + EPPOLL_ENTRY);
            case Kqueue kqueue -> (long) kqueue.size() * KNOTE;
            default -> 0;
        };
    }

    /** alloc_fdtable(): pointers, two bits for each, and one for every 64. */
    private static long descriptorTable(int slots) {
        if (slots <= FIRST_TABLE) return 0; // part of files_struct
        long longs = slots / Long.SIZE;
        long full = (longs + Long.SIZE - 1) / Long.SIZE;
        long bits = Math.max((2 * longs + full) * Long.BYTES, CACHE_LINE);
        return FDTABLE + (long) slots * POINTER + bits;
    }

    /** All of it. */
    public long total() {
        return kernelStacks + openFiles + registrations + pollTables;
    }
}
