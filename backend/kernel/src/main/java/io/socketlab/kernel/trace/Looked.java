package io.socketlab.kernel.trace;

/**
 * One of those that select(2), poll(2), epoll_wait(2) or kevent(2) looked at.
 *
 * @param fd the descriptor, negative where poll(2) passes an entry over; for kevent(2) what its
 *     filter takes for one
 * @param asked what was asked for, as bits of poll(2) and epoll_ctl(2); for kevent(2) the number of
 *     the filter
 * @param found what there was of it, as such bits; for kevent(2) 1 if the event had happened
 */
public record Looked(long fd, int asked, int found) {}
