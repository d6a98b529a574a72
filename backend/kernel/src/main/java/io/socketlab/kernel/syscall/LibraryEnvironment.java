package io.socketlab.kernel.syscall;

import io.socketlab.kernel.wire.Ipv4Address;

/** What a C library knows of its host without making one of the calls that there are here. */
public interface LibraryEnvironment {

    /** clock_gettime(2), CLOCK_MONOTONIC: virtual nanoseconds. */
    long now();

    /** getrandom(2): 16 bits that nobody can foretell. */
    int random16();

    /**
     * How long the prefix is that goes with an address of the host: RTM_GETADDR of rtnetlink(7).
     */
    int prefixLength(Ipv4Address own);
}
