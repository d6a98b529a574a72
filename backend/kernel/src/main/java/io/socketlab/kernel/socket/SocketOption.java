package io.socketlab.kernel.socket;

/**
 * The options of setsockopt(2), with Linux's numbers. Sources: socket(7), tcp(7), ip(7), ipv6(7).
 */
public enum SocketOption {
    SO_DEBUG(Level.SOL_SOCKET, 1),
    SO_REUSEADDR(Level.SOL_SOCKET, 2),
    SO_TYPE(Level.SOL_SOCKET, 3),
    SO_ERROR(Level.SOL_SOCKET, 4),
    SO_DONTROUTE(Level.SOL_SOCKET, 5),
    SO_BROADCAST(Level.SOL_SOCKET, 6),
    SO_SNDBUF(Level.SOL_SOCKET, 7),
    SO_RCVBUF(Level.SOL_SOCKET, 8),
    SO_KEEPALIVE(Level.SOL_SOCKET, 9),
    SO_OOBINLINE(Level.SOL_SOCKET, 10),
    SO_NO_CHECK(Level.SOL_SOCKET, 11),
    SO_PRIORITY(Level.SOL_SOCKET, 12),
    SO_LINGER(Level.SOL_SOCKET, 13),

    /** Nothing any more: it reads 0. */
    SO_BSDCOMPAT(Level.SOL_SOCKET, 14),
    SO_REUSEPORT(Level.SOL_SOCKET, 15),

    /** FreeBSD's, with its number. */
    SO_REUSEPORT_LB(Level.SOL_SOCKET, 0x1_0000),
    SO_RCVLOWAT(Level.SOL_SOCKET, 18),
    SO_SNDLOWAT(Level.SOL_SOCKET, 19),
    SO_RCVTIMEO(Level.SOL_SOCKET, 20),
    SO_SNDTIMEO(Level.SOL_SOCKET, 21),
    SO_BINDTODEVICE(Level.SOL_SOCKET, 25),
    SO_PEERNAME(Level.SOL_SOCKET, 28),
    SO_TIMESTAMP(Level.SOL_SOCKET, 29),
    SO_ACCEPTCONN(Level.SOL_SOCKET, 30),
    SO_SNDBUFFORCE(Level.SOL_SOCKET, 32),
    SO_RCVBUFFORCE(Level.SOL_SOCKET, 33),
    SO_TIMESTAMPNS(Level.SOL_SOCKET, 35),
    SO_MARK(Level.SOL_SOCKET, 36),
    SO_TIMESTAMPING(Level.SOL_SOCKET, 37),
    SO_PROTOCOL(Level.SOL_SOCKET, 38),
    SO_DOMAIN(Level.SOL_SOCKET, 39),
    SO_RXQ_OVFL(Level.SOL_SOCKET, 40),
    SO_PEEK_OFF(Level.SOL_SOCKET, 42),
    SO_SELECT_ERR_QUEUE(Level.SOL_SOCKET, 45),
    SO_MAX_PACING_RATE(Level.SOL_SOCKET, 47),
    SO_INCOMING_CPU(Level.SOL_SOCKET, 49),
    SO_MEMINFO(Level.SOL_SOCKET, 55),
    SO_ZEROCOPY(Level.SOL_SOCKET, 60),
    SO_BINDTOIFINDEX(Level.SOL_SOCKET, 62),
    SO_BUF_LOCK(Level.SOL_SOCKET, 72),
    TCP_NODELAY(Level.IPPROTO_TCP, 1),
    TCP_MAXSEG(Level.IPPROTO_TCP, 2),
    TCP_CORK(Level.IPPROTO_TCP, 3),
    TCP_KEEPIDLE(Level.IPPROTO_TCP, 4),
    TCP_KEEPINTVL(Level.IPPROTO_TCP, 5),
    TCP_KEEPCNT(Level.IPPROTO_TCP, 6),
    TCP_SYNCNT(Level.IPPROTO_TCP, 7),
    TCP_LINGER2(Level.IPPROTO_TCP, 8),
    TCP_DEFER_ACCEPT(Level.IPPROTO_TCP, 9),
    TCP_WINDOW_CLAMP(Level.IPPROTO_TCP, 10),
    TCP_QUICKACK(Level.IPPROTO_TCP, 12),
    TCP_INFO(Level.IPPROTO_TCP, 11),
    TCP_CONGESTION(Level.IPPROTO_TCP, 13),
    TCP_USER_TIMEOUT(Level.IPPROTO_TCP, 18),
    TCP_FASTOPEN(Level.IPPROTO_TCP, 23),
    TCP_CC_INFO(Level.IPPROTO_TCP, 26),
    TCP_SAVE_SYN(Level.IPPROTO_TCP, 27),
    TCP_SAVED_SYN(Level.IPPROTO_TCP, 28),
    TCP_FASTOPEN_CONNECT(Level.IPPROTO_TCP, 30),
    TCP_FASTOPEN_KEY(Level.IPPROTO_TCP, 33),
    TCP_FASTOPEN_NO_COOKIE(Level.IPPROTO_TCP, 34),
    TCP_NOTSENT_LOWAT(Level.IPPROTO_TCP, 25),
    TCP_INQ(Level.IPPROTO_TCP, 36),
    TCP_THIN_LINEAR_TIMEOUTS(Level.IPPROTO_TCP, 16),
    TCP_THIN_DUPACK(Level.IPPROTO_TCP, 17),
    TCP_IS_MPTCP(Level.IPPROTO_TCP, 43),
    TCP_RTO_MAX_MS(Level.IPPROTO_TCP, 44),
    TCP_RTO_MIN_US(Level.IPPROTO_TCP, 45),
    TCP_DELACK_MAX_US(Level.IPPROTO_TCP, 46),
    IP_TOS(Level.IPPROTO_IP, 1),
    IP_TTL(Level.IPPROTO_IP, 2),
    IP_RECVOPTS(Level.IPPROTO_IP, 6),
    IP_RETOPTS(Level.IPPROTO_IP, 7),
    IP_PKTINFO(Level.IPPROTO_IP, 8),
    IP_FREEBIND(Level.IPPROTO_IP, 15),
    IP_MTU(Level.IPPROTO_IP, 14),
    IP_MTU_DISCOVER(Level.IPPROTO_IP, 10),
    IP_RECVERR(Level.IPPROTO_IP, 11),
    IP_RECVTTL(Level.IPPROTO_IP, 12),
    IP_RECVTOS(Level.IPPROTO_IP, 13),
    IP_PASSSEC(Level.IPPROTO_IP, 18),
    IP_TRANSPARENT(Level.IPPROTO_IP, 19),
    IP_RECVORIGDSTADDR(Level.IPPROTO_IP, 20),
    IP_MINTTL(Level.IPPROTO_IP, 21),
    IP_CHECKSUM(Level.IPPROTO_IP, 23),
    IP_BIND_ADDRESS_NO_PORT(Level.IPPROTO_IP, 24),
    IP_RECVERR_RFC4884(Level.IPPROTO_IP, 26),
    IP_MULTICAST_IF(Level.IPPROTO_IP, 32),
    IP_MULTICAST_TTL(Level.IPPROTO_IP, 33),
    IP_MULTICAST_LOOP(Level.IPPROTO_IP, 34),
    IP_ADD_MEMBERSHIP(Level.IPPROTO_IP, 35),
    IP_DROP_MEMBERSHIP(Level.IPPROTO_IP, 36),
    IP_MULTICAST_ALL(Level.IPPROTO_IP, 49),
    IP_LOCAL_PORT_RANGE(Level.IPPROTO_IP, 51),
    UDP_CORK(Level.IPPROTO_UDP, 1),
    UDP_SEGMENT(Level.IPPROTO_UDP, 103),
    UDP_GRO(Level.IPPROTO_UDP, 104),
    IPV6_UNICAST_HOPS(Level.IPPROTO_IPV6, 16),
    IPV6_MTU_DISCOVER(Level.IPPROTO_IPV6, 23),
    IPV6_MTU(Level.IPPROTO_IPV6, 24),
    IPV6_RECVERR(Level.IPPROTO_IPV6, 25),
    IPV6_V6ONLY(Level.IPPROTO_IPV6, 26),
    IPV6_RECVPKTINFO(Level.IPPROTO_IPV6, 49),
    IPV6_RECVHOPLIMIT(Level.IPPROTO_IPV6, 51),
    IPV6_DONTFRAG(Level.IPPROTO_IPV6, 62),
    IPV6_RECVTCLASS(Level.IPPROTO_IPV6, 66),
    IPV6_TCLASS(Level.IPPROTO_IPV6, 67),
    IPV6_MINHOPCOUNT(Level.IPPROTO_IPV6, 73),
    IPV6_RECVORIGDSTADDR(Level.IPPROTO_IPV6, 74);

    /** The {@code level} argument of setsockopt(2). */
    public enum Level {
        IPPROTO_IP(0),
        SOL_SOCKET(1),
        IPPROTO_TCP(6),
        IPPROTO_UDP(17),
        IPPROTO_IPV6(41);

        private final int number;

        Level(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    private final Level level;
    private final int number;

    SocketOption(Level level, int number) {
        this.level = level;
        this.number = number;
    }

    public Level level() {
        return level;
    }

    public int number() {
        return number;
    }
}
