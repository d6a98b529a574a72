package io.socketlab.kernel.syscall;

/** How many open files a host has: what fs.file-max limits. fs/file_table.c. */
final class OpenFiles {

    private long count;
    private int last;

    /** Another; answers its number, from 1. */
    int add() {
        count++;
        return ++last;
    }

    void remove() {
        count--;
    }

    long count() {
        return count;
    }
}
