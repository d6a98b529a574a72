package io.socketlab.kernel.tcp;

/**
 * Sends with MSG_ZEROCOPY that are told of together, once the last record with octets of theirs is
 * gone. Linux's struct ubuf_info_msgzc.
 */
final class ZerocopyRange {

    /** The number of the first send; they are counted from 0 on a socket. */
    final int first;

    /** How many sends. */
    int sends = 1;

    /** Octets of all of them. */
    int octets;

    /** Records, and calls in progress, that still need it. */
    int references = 1;

    ZerocopyRange(int first, int octets) {
        this.first = first;
        this.octets = octets;
    }
}
