package io.socketlab.kernel.trace;

/**
 * An entry of epoll(7)'s lists: dup(2) may have made several numbers of one file, and a number may
 * mean another file by now.
 *
 * @param fd the number by which it was added
 * @param file the open file that the number referred to then
 */
public record Watched(int fd, int file) {}
