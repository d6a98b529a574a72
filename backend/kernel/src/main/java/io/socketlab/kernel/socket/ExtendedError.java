package io.socketlab.kernel.socket;

/**
 * struct sock_extended_err of MSG_ERRQUEUE. recv(2), ip(7), Documentation/networking/timestamping
 * and msg_zerocopy.
 *
 * @param errno 0, or an errno's number
 * @param origin one of {@code SO_EE_ORIGIN_…}
 * @param info for timestamps which of {@code SCM_TSTAMP_…}; for zero-copy the first send of a range
 * @param data for timestamps the octet it is of; for zero-copy the last send of the range
 */
public record ExtendedError(int errno, int origin, int type, int code, int info, int data) {

    public static final int SO_EE_ORIGIN_NONE = 0;
    public static final int SO_EE_ORIGIN_LOCAL = 1;
    public static final int SO_EE_ORIGIN_ICMP = 2;
    public static final int SO_EE_ORIGIN_ICMP6 = 3;
    public static final int SO_EE_ORIGIN_TIMESTAMPING = 4;
    public static final int SO_EE_ORIGIN_ZEROCOPY = 5;

    /** The octets were copied after all, as they are for a device that cannot take pages. */
    public static final int SO_EE_CODE_ZEROCOPY_COPIED = 1;

    /** What a timestamp is of: handed to the driver, to the queueing discipline, acknowledged. */
    public static final int SCM_TSTAMP_SND = 0;

    public static final int SCM_TSTAMP_SCHED = 1;
    public static final int SCM_TSTAMP_ACK = 2;

    boolean isIcmp() {
        return origin == SO_EE_ORIGIN_ICMP || origin == SO_EE_ORIGIN_ICMP6;
    }
}
