package io.socketlab.kernel.wait;

/** What can be waited for: a socket, a pipe, an epoll instance. */
public interface Pollable {

    /** What is ready now, as {@link EventMask} bits; what poll(2) would find. */
    int readiness();

    /** Who sleeps on it. Woken with the bits that became ready. */
    WaitQueue waitQueue();
}
