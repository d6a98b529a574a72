package io.socketlab.kernel.syscall;

import static io.socketlab.kernel.syscall.StructSizes.FRONT_END;
import static io.socketlab.kernel.syscall.StructSizes.INLINE_POLL_ENTRIES;
import static io.socketlab.kernel.syscall.StructSizes.PAGE;
import static io.socketlab.kernel.syscall.StructSizes.PAGE_HEAD;
import static io.socketlab.kernel.syscall.StructSizes.POLLFD;
import static io.socketlab.kernel.syscall.StructSizes.POLL_TABLE_ENTRY;

/** What select(2) and poll(2) allocate for one call, in octets. fs/select.c. */
final class PollTable {

    /** Copies of the sets in the kernel: those that came and those that go back. */
    private static final int SETS = 6;

    private PollTable() {}

    /** Pages of entries in wait queues: poll_get_entry(). */
    static long entries(int waitQueues) {
        int perPage = (PAGE - PAGE_HEAD) / POLL_TABLE_ENTRY;
        int beyond = Math.max(0, waitQueues - INLINE_POLL_ENTRIES);
        return (long) (beyond + perPage - 1) / perPage * PAGE;
    }

    /** The bit sets for descriptors below {@code count}: core_sys_select(). */
    static long sets(int count) {
        long set = (count + Long.SIZE - 1) / Long.SIZE * (long) Long.BYTES;
        return set > FRONT_END / SETS ? SETS * set : 0;
    }

    /** The copy of an array, in pieces of up to a page: do_sys_poll(). */
    static long array(int entries) {
        int onStack = (FRONT_END - PAGE_HEAD) / POLLFD;
        int perPage = (PAGE - PAGE_HEAD) / POLLFD;
        long beyond = Math.max(0, entries - onStack);
        return beyond * POLLFD + (beyond + perPage - 1) / perPage * PAGE_HEAD;
    }
}
