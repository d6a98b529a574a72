package io.socketlab.kernel.socket;

/**
 * cmsg_level and cmsg_type of control messages, with Linux's numbers: what goes beside the data of
 * recvmsg(2) and sendmsg(2). cmsg(3), ip(7), ipv6(7), socket(7), udp(7), tcp(7).
 */
public enum ControlKind {
    SCM_RIGHTS(SocketOption.Level.SOL_SOCKET, 1, 4),
    SCM_CREDENTIALS(SocketOption.Level.SOL_SOCKET, 2, 12),
    SO_PRIORITY(SocketOption.Level.SOL_SOCKET, 12, 4),
    SCM_TIMESTAMP(SocketOption.Level.SOL_SOCKET, 29, 16),
    SCM_TIMESTAMPNS(SocketOption.Level.SOL_SOCKET, 35, 16),
    SO_MARK(SocketOption.Level.SOL_SOCKET, 36, 4),
    SCM_TIMESTAMPING(SocketOption.Level.SOL_SOCKET, 37, 48),
    SO_RXQ_OVFL(SocketOption.Level.SOL_SOCKET, 40, 4),
    IP_TOS(SocketOption.Level.IPPROTO_IP, 1, 1),
    IP_TTL(SocketOption.Level.IPPROTO_IP, 2, 4),
    IP_PKTINFO(SocketOption.Level.IPPROTO_IP, 8, 12),
    IP_RECVERR(SocketOption.Level.IPPROTO_IP, 11, 32),
    IP_ORIGDSTADDR(SocketOption.Level.IPPROTO_IP, 20, 16),
    TCP_CM_INQ(SocketOption.Level.IPPROTO_TCP, 36, 4),
    UDP_SEGMENT(SocketOption.Level.IPPROTO_UDP, 103, 2),
    UDP_GRO(SocketOption.Level.IPPROTO_UDP, 104, 4),
    IPV6_RECVERR(SocketOption.Level.IPPROTO_IPV6, 25, 44),
    IPV6_PKTINFO(SocketOption.Level.IPPROTO_IPV6, 50, 20),
    IPV6_HOPLIMIT(SocketOption.Level.IPPROTO_IPV6, 52, 4),
    IPV6_DONTFRAG(SocketOption.Level.IPPROTO_IPV6, 62, 4),
    IPV6_TCLASS(SocketOption.Level.IPPROTO_IPV6, 67, 4),
    IPV6_ORIGDSTADDR(SocketOption.Level.IPPROTO_IPV6, 74, 28);

    private final SocketOption.Level level;
    private final int type;
    private final int octets;

    /**
     * @param octets of its data
     */
    ControlKind(SocketOption.Level level, int type, int octets) {
        this.level = level;
        this.type = type;
        this.octets = octets;
    }

    public SocketOption.Level level() {
        return level;
    }

    public int type() {
        return type;
    }

    /** How many octets of data it has where Linux makes one. */
    public int octets() {
        return octets;
    }

    /** {@code SOL_IP}, as programs write the level. */
    public String levelName() {
        return switch (level) {
            case SOL_SOCKET -> "SOL_SOCKET";
            case IPPROTO_IP -> "SOL_IP";
            case IPPROTO_TCP -> "SOL_TCP";
            case IPPROTO_UDP -> "SOL_UDP";
            case IPPROTO_IPV6 -> "SOL_IPV6";
        };
    }
}
