package io.socketlab.kernel.tcp;

/**
 * What a socket has been allotted for the packets that it holds, page by page: while there is
 * enough left of the last page, the next segment in order is taken without a look at SO_RCVBUF.
 * Linux's sk_forward_alloc and the header prediction of tcp_rcv_established(). What is written
 * takes of the same pages there; here it does not.
 */
final class ForwardMemory {

    private static final int PAGE = 4096;

    private int left;
    private int used;

    /** Packets take {@code octets} of memory now: others have come or been read since. */
    void follow(int octets) {
        int more = octets - used;
        if (more == 0) return;
        used = octets;
        left -= more;
        if (left < 0) allot(0);
        else if (more < 0 && left >= PAGE) left &= PAGE - 1;
    }

    /** Whether a packet of {@code octets} fits into what is left. */
    boolean holds(int octets) {
        return left >= octets;
    }

    /** A packet of {@code octets} is about to be kept. */
    void allot(int octets) {
        if (left < octets) left += (octets - left + PAGE - 1) / PAGE * PAGE;
    }
}
