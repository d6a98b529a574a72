package io.socketlab.kernel.syscall;

/**
 * Octets of what a kernel keeps for programs that wait, on x86-64. Those of Linux 6.18 are what its
 * type information ({@code /sys/kernel/btf/vmlinux}) and {@code /proc/slabinfo} say; an object from
 * a slab takes the slab's size, which is aligned, not the structure's.
 */
final class StructSizes {

    /** A page; the frame that an allocation of the page allocator takes at least. */
    static final int PAGE = 4096;

    /** {@code struct file}: 184 octets, 192 in the slab {@code filp}. include/linux/fs.h. */
    static final int FILE = 192;

    /** L1_CACHE_BYTES: the least that the bits of a descriptor table take. */
    static final int CACHE_LINE = 64;

    /** A place in the array of a descriptor table: {@code struct file *}. */
    static final int POINTER = 8;

    /** {@code struct fdtable}, where the one within files_struct is too small. linux/fdtable.h. */
    static final int FDTABLE = 56;

    /** An item of an epoll instance: 120 octets, 128 in {@code eventpoll_epi}. fs/eventpoll.c. */
    static final int EPITEM = 128;

    /** Its entry in the wait queue of the file: slab {@code eventpoll_pwq}. fs/eventpoll.c. */
    static final int EPPOLL_ENTRY = 64;

    /**
     * {@code struct knote} as FreeBSD 14 declares it in sys/event.h, counted by hand: four pointers
     * and a tail-queue entry of two, a kevent of 64 octets, four ints, a 64-bit datum and three
     * pointers.
     */
    static final int KNOTE = 160;

    /** {@code struct poll_table_entry}, an entry in a file's wait queue. include/linux/poll.h. */
    static final int POLL_TABLE_ENTRY = 64;

    /** The first of those are on the stack: N_INLINE_POLL_ENTRIES of include/linux/poll.h. */
    static final int INLINE_POLL_ENTRIES = 9;

    /** What a page of such entries, or of pollfds, begins with. fs/select.c. */
    static final int PAGE_HEAD = 16;

    /** {@code struct pollfd}. */
    static final int POLLFD = 8;

    /** SELECT_STACK_ALLOC and POLL_STACK_ALLOC: what select and poll have on the stack. */
    static final int FRONT_END = 256;

    private StructSizes() {}
}
