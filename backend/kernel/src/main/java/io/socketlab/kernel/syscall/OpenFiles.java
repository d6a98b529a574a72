package io.socketlab.kernel.syscall;

/** How many open files a host has: what fs.file-max limits. fs/file_table.c. */
final class OpenFiles {

    private long count;

    void add() {
        count++;
    }

    void remove() {
        count--;
    }

    long count() {
        return count;
    }
}
