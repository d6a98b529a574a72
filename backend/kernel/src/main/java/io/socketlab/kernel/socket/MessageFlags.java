package io.socketlab.kernel.socket;

/** The MSG_ flags of send(2) and recv(2), with Linux's values. */
public final class MessageFlags {

    public static final int MSG_OOB = 0x1;
    public static final int MSG_PEEK = 0x2;
    public static final int MSG_DONTROUTE = 0x4;
    public static final int MSG_CTRUNC = 0x8;

    /** Of other protocols: of no consequence. */
    public static final int MSG_PROXY = 0x10;

    public static final int MSG_TRUNC = 0x20;
    public static final int MSG_DONTWAIT = 0x40;
    public static final int MSG_EOR = 0x80;
    public static final int MSG_WAITALL = 0x100;

    /** Linux's own marks, which calls pass over. */
    public static final int MSG_FIN = 0x200;

    public static final int MSG_SYN = 0x400;

    /** The peer answers, so that ARP need not ask for it: of no consequence. */
    public static final int MSG_CONFIRM = 0x800;

    public static final int MSG_RST = 0x1000;
    public static final int MSG_NOSIGNAL = 0x4000;
    public static final int MSG_ERRQUEUE = 0x2000;
    public static final int MSG_MORE = 0x8000;

    /** For recvmmsg(2): wait for the first message alone. */
    public static final int MSG_WAITFORONE = 0x1_0000;

    public static final int MSG_FASTOPEN = 0x2000_0000;
    public static final int MSG_ZEROCOPY = 0x400_0000;

    private MessageFlags() {}
}
