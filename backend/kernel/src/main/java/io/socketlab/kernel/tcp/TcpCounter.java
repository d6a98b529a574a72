package io.socketlab.kernel.tcp;

/** What one host's TCP counts, by the names that nstat(8) prints. net/ipv4/proc.c. */
enum TcpCounter {
    /** Small records that waited for what was on its way out of the host. */
    AUTO_CORKING("TcpExtTCPAutoCorking"),
    /** ICMP errors about segments that are not under way. */
    OUT_OF_WINDOW_ICMPS("TcpExtOutOfWindowIcmps"),
    /** SYNs with text that the peer acknowledged. */
    FAST_OPEN_ACTIVE("TcpExtTCPFastOpenActive"),
    /** SYNs with text that the peer did not acknowledge. */
    FAST_OPEN_ACTIVE_FAIL("TcpExtTCPFastOpenActiveFail"),
    /** Connections that a SYN opened at once. */
    FAST_OPEN_PASSIVE("TcpExtTCPFastOpenPassive"),
    /** SYNs with a wrong cookie. */
    FAST_OPEN_PASSIVE_FAIL("TcpExtTCPFastOpenPassiveFail"),
    /** SYNs for which TCP_FASTOPEN left no room. */
    FAST_OPEN_LISTEN_OVERFLOW("TcpExtTCPFastOpenListenOverflow"),
    /** SYNs that asked for a cookie. */
    FAST_OPEN_COOKIE_REQUESTED("TcpExtTCPFastOpenCookieReqd"),
    /** Times that Fast Open was suspended for what looked like a blackhole. */
    FAST_OPEN_BLACKHOLE("TcpExtTCPFastOpenBlackhole"),
    /** SYNs with a cookie of the second key. */
    FAST_OPEN_PASSIVE_SECOND_KEY("TcpExtTCPFastOpenPassiveAltKey");

    private final String text;

    TcpCounter(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
