package io.socketlab.kernel.tcp;

/**
 * What one host's TCP counts, by the names that nstat(8) prints. RFC 4022,
 * include/uapi/linux/snmp.h.
 */
enum TcpCounter {
    ACTIVE_OPENS("TcpActiveOpens"),
    PASSIVE_OPENS("TcpPassiveOpens"),
    /** Handshakes that came to nothing. */
    ATTEMPT_FAILS("TcpAttemptFails"),
    /** Connections that ended from ESTABLISHED or CLOSE_WAIT at once. */
    ESTABLISHED_RESETS("TcpEstabResets"),
    SEGMENTS_IN("TcpInSegs"),
    /** Those that were sent again are not in it. */
    SEGMENTS_OUT("TcpOutSegs"),
    SEGMENTS_RETRANSMITTED("TcpRetransSegs"),
    ERRORS_IN("TcpInErrs"),
    RESETS_OUT("TcpOutRsts"),
    CHECKSUM_ERRORS("TcpInCsumErrors"),
    COOKIES_SENT("TcpExtSyncookiesSent"),
    COOKIES_RECEIVED("TcpExtSyncookiesRecv"),
    COOKIES_FAILED("TcpExtSyncookiesFailed"),
    /** Resets for connections in SYN_RECEIVED. */
    EMBRYONIC_RESETS("TcpExtEmbryonicRsts"),
    /** Times that a full receive buffer was gone through for memory. */
    PRUNE_CALLED("TcpExtPruneCalled"),
    RECEIVE_PRUNED("TcpExtRcvPruned"),
    OUT_OF_ORDER_PRUNED("TcpExtOfoPruned"),
    /** Small records that waited for what was on its way out of the host. */
    AUTO_CORKING("TcpExtTCPAutoCorking"),
    /** ICMP errors about segments that are not under way. */
    OUT_OF_WINDOW_ICMPS("TcpExtOutOfWindowIcmps"),
    /** Connections that went on as a TIME_WAIT entry. */
    TIME_WAIT("TcpExtTW"),
    /** Connections that ended at once, because there were as many of those as may be. */
    TIME_WAIT_OVERFLOW("TcpExtTCPTimeWaitOverflow"),
    PAWS_ACTIVE("TcpExtPAWSActive"),
    PAWS_ESTABLISHED("TcpExtPAWSEstab"),
    BEYOND_WINDOW("TcpExtBeyondWindow"),
    DELAYED_ACKS("TcpExtDelayedACKs"),
    /** Text that came twice, perhaps because an ACK was late or lost. */
    DELAYED_ACK_LOST("TcpExtDelayedACKLost"),
    LISTEN_OVERFLOWS("TcpExtListenOverflows"),
    LISTEN_DROPS("TcpExtListenDrops"),
    RENO_RECOVERY("TcpExtTCPRenoRecovery"),
    SACK_RECOVERY("TcpExtTCPSackRecovery"),
    SACK_REORDER("TcpExtTCPSACKReorder"),
    RENO_REORDER("TcpExtTCPRenoReorder"),
    FULL_UNDO("TcpExtTCPFullUndo"),
    PARTIAL_UNDO("TcpExtTCPPartialUndo"),
    DSACK_UNDO("TcpExtTCPDSACKUndo"),
    LOSS_UNDO("TcpExtTCPLossUndo"),
    RENO_FAILURES("TcpExtTCPRenoFailures"),
    SACK_FAILURES("TcpExtTCPSackFailures"),
    LOSS_FAILURES("TcpExtTCPLossFailures"),
    FAST_RETRANSMITS("TcpExtTCPFastRetrans"),
    SLOW_START_RETRANSMITS("TcpExtTCPSlowStartRetrans"),
    TIMEOUTS("TcpExtTCPTimeouts"),
    LOSS_PROBES("TcpExtTCPLossProbes"),
    LOSS_PROBE_RECOVERY("TcpExtTCPLossProbeRecovery"),
    RENO_RECOVERY_FAIL("TcpExtTCPRenoRecoveryFail"),
    SACK_RECOVERY_FAIL("TcpExtTCPSackRecoveryFail"),
    DSACK_OLD_SENT("TcpExtTCPDSACKOldSent"),
    DSACK_OUT_OF_ORDER_SENT("TcpExtTCPDSACKOfoSent"),
    DSACK_RECEIVED("TcpExtTCPDSACKRecv"),
    DSACK_OUT_OF_ORDER_RECEIVED("TcpExtTCPDSACKOfoRecv"),
    ABORT_ON_DATA("TcpExtTCPAbortOnData"),
    ABORT_ON_CLOSE("TcpExtTCPAbortOnClose"),
    ABORT_ON_TIMEOUT("TcpExtTCPAbortOnTimeout"),
    /** Segments with an MD5 signature: there are no keys here. */
    MD5_UNEXPECTED("TcpExtTCPMD5Unexpected"),
    ABORT_ON_LINGER("TcpExtTCPAbortOnLinger"),
    ABORT_ON_MEMORY("TcpExtTCPAbortOnMemory"),
    SPURIOUS_TIMEOUTS("TcpExtTCPSpuriousRTOs"),
    /** ACKs held back by TCP_DEFER_ACCEPT. */
    DEFER_ACCEPT_DROP("TcpExtTCPDeferAcceptDrop"),
    SYN_QUEUE_FULL_COOKIES("TcpExtTCPReqQFullDoCookies"),
    SYN_QUEUE_FULL_DROP("TcpExtTCPReqQFullDrop"),
    RETRANSMIT_FAIL("TcpExtTCPRetransFail"),
    OUT_OF_ORDER_QUEUED("TcpExtTCPOFOQueue"),
    OUT_OF_ORDER_DROP("TcpExtTCPOFODrop"),
    /** Text out of order that was there already. */
    OUT_OF_ORDER_MERGE("TcpExtTCPOFOMerge"),
    CHALLENGE_ACKS("TcpExtTCPChallengeACK"),
    SYN_CHALLENGES("TcpExtTCPSYNChallenge"),
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
    FROM_ZERO_WINDOW("TcpExtTCPFromZeroWindowAdv"),
    TO_ZERO_WINDOW("TcpExtTCPToZeroWindowAdv"),
    /** The window should be closed, and what was offered must not be taken back. */
    WANT_ZERO_WINDOW("TcpExtTCPWantZeroWindowAdv"),
    SYN_RETRANSMITS("TcpExtTCPSynRetrans"),
    /** Segments with text or FIN, each once. */
    ORIGINAL_DATA_SENT("TcpExtTCPOrigDataSent"),
    ACK_SKIPPED_SYN_RECEIVED("TcpExtTCPACKSkippedSynRecv"),
    ACK_SKIPPED_PAWS("TcpExtTCPACKSkippedPAWS"),
    ACK_SKIPPED_SEQ("TcpExtTCPACKSkippedSeq"),
    ACK_SKIPPED_CHALLENGE("TcpExtTCPACKSkippedChallenge"),
    WINDOW_PROBES("TcpExtTCPWinProbe"),
    KEEP_ALIVES("TcpExtTCPKeepAlive"),
    DELIVERED("TcpExtTCPDelivered"),
    DELIVERED_CE("TcpExtTCPDeliveredCE"),
    ACKS_COMPRESSED("TcpExtTCPAckCompressed"),
    ZERO_WINDOW_DROP("TcpExtTCPZeroWindowDrop"),
    RECEIVE_QUEUE_DROP("TcpExtTCPRcvQDrop"),
    /** Segments of too low a TTL: IP_MINTTL, IPV6_MINHOPCOUNT. */
    MIN_TTL_DROP("TcpExtTCPMinTTLDrop"),
    /** SYNs with a cookie of the second key. */
    FAST_OPEN_PASSIVE_SECOND_KEY("TcpExtTCPFastOpenPassiveAltKey"),
    DSACK_SEGMENTS_RECEIVED("TcpExtTCPDSACKRecvSegs"),
    DSACK_IGNORED_DUBIOUS("TcpExtTCPDSACKIgnoredDubious"),
    PAWS_OLD_ACK("TcpExtPAWSOldAck"),
    TIMESTAMP_ECHO_REJECTED("TcpExtTSEcrRejected");

    private final String text;

    TcpCounter(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
