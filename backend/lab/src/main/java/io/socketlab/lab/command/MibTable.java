package io.socketlab.lab.command;

import io.socketlab.kernel.host.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The counters of a host with the names and in the order of /proc/net/snmp and /proc/net/netstat.
 * What the simulated kernel never does counts 0.
 */
final class MibTable {

    private static final String IP =
            """
            Forwarding DefaultTTL InReceives InHdrErrors InAddrErrors ForwDatagrams
            InUnknownProtos InDiscards InDelivers OutRequests OutDiscards OutNoRoutes
            ReasmTimeout ReasmReqds ReasmOKs ReasmFails FragOKs FragFails FragCreates
            OutTransmits
            """;
    private static final String ICMP =
            """
            InMsgs InErrors InCsumErrors InDestUnreachs InTimeExcds InParmProbs InSrcQuenchs
            InRedirects InEchos InEchoReps InTimestamps InTimestampReps InAddrMasks
            InAddrMaskReps OutMsgs OutErrors OutRateLimitGlobal OutRateLimitHost OutDestUnreachs
            OutTimeExcds OutParmProbs OutSrcQuenchs OutRedirects OutEchos OutEchoReps
            OutTimestamps OutTimestampReps OutAddrMasks OutAddrMaskReps
            """;
    private static final String TCP =
            """
            RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails EstabResets
            CurrEstab InSegs OutSegs RetransSegs InErrs OutRsts InCsumErrors
            """;
    private static final String UDP =
            """
            InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors
            IgnoredMulti MemErrors
            """;
    private static final String TCP_EXT =
            """
            SyncookiesSent SyncookiesRecv SyncookiesFailed EmbryonicRsts PruneCalled RcvPruned
            OfoPruned OutOfWindowIcmps LockDroppedIcmps ArpFilter TW TWRecycled TWKilled
            PAWSActive PAWSEstab BeyondWindow TSEcrRejected PAWSOldAck PAWSTimewait DelayedACKs
            DelayedACKLocked DelayedACKLost ListenOverflows ListenDrops TCPHPHits TCPPureAcks
            TCPHPAcks TCPRenoRecovery TCPSackRecovery TCPSACKReneging TCPSACKReorder
            TCPRenoReorder TCPTSReorder TCPFullUndo TCPPartialUndo TCPDSACKUndo TCPLossUndo
            TCPLostRetransmit TCPRenoFailures TCPSackFailures TCPLossFailures TCPFastRetrans
            TCPSlowStartRetrans TCPTimeouts TCPLossProbes TCPLossProbeRecovery
            TCPRenoRecoveryFail TCPSackRecoveryFail TCPRcvCollapsed TCPBacklogCoalesce
            TCPDSACKOldSent TCPDSACKOfoSent TCPDSACKRecv TCPDSACKOfoRecv TCPAbortOnData
            TCPAbortOnClose TCPAbortOnMemory TCPAbortOnTimeout TCPAbortOnLinger TCPAbortFailed
            TCPMemoryPressures TCPMemoryPressuresChrono TCPSACKDiscard TCPDSACKIgnoredOld
            TCPDSACKIgnoredNoUndo TCPSpuriousRTOs TCPMD5NotFound TCPMD5Unexpected TCPMD5Failure
            TCPSackShifted TCPSackMerged TCPSackShiftFallback TCPBacklogDrop PFMemallocDrop
            TCPMinTTLDrop TCPDeferAcceptDrop IPReversePathFilter TCPTimeWaitOverflow
            TCPReqQFullDoCookies TCPReqQFullDrop TCPRetransFail TCPRcvCoalesce TCPOFOQueue
            TCPOFODrop TCPOFOMerge TCPChallengeACK TCPSYNChallenge TCPFastOpenActive
            TCPFastOpenActiveFail TCPFastOpenPassive TCPFastOpenPassiveFail
            TCPFastOpenListenOverflow TCPFastOpenCookieReqd TCPFastOpenBlackhole
            TCPSpuriousRtxHostQueues BusyPollRxPackets TCPAutoCorking TCPFromZeroWindowAdv
            TCPToZeroWindowAdv TCPWantZeroWindowAdv TCPSynRetrans TCPOrigDataSent
            TCPHystartTrainDetect TCPHystartTrainCwnd TCPHystartDelayDetect TCPHystartDelayCwnd
            TCPACKSkippedSynRecv TCPACKSkippedPAWS TCPACKSkippedSeq TCPACKSkippedFinWait2
            TCPACKSkippedTimeWait TCPACKSkippedChallenge TCPWinProbe TCPKeepAlive TCPMTUPFail
            TCPMTUPSuccess TCPDelivered TCPDeliveredCE TCPAckCompressed TCPZeroWindowDrop
            TCPRcvQDrop TCPWqueueTooBig TCPFastOpenPassiveAltKey TcpTimeoutRehash
            TcpDuplicateDataRehash TCPDSACKRecvSegs TCPDSACKIgnoredDubious TCPMigrateReqSuccess
            TCPMigrateReqFailure TCPPLBRehash TCPAORequired TCPAOBad TCPAOKeyNotFound TCPAOGood
            TCPAODroppedIcmps
            """;
    private static final String IP_EXT =
            """
            InNoRoutes InTruncatedPkts InMcastPkts OutMcastPkts InBcastPkts OutBcastPkts
            InOctets OutOctets InMcastOctets OutMcastOctets InBcastOctets OutBcastOctets
            InCsumErrors InNoECTPkts InECT1Pkts InECT0Pkts InCEPkts ReasmOverlaps
            """;

    /** Settings and gauges that stand among the counters: no rate is made of them. */
    private static final List<String> NO_COUNTERS =
            List.of(
                    "IpForwarding",
                    "IpDefaultTTL",
                    "TcpRtoAlgorithm",
                    "TcpRtoMin",
                    "TcpRtoMax",
                    "TcpMaxConn",
                    "TcpCurrEstab");

    /**
     * A line of one of the files.
     *
     * @param group {@code Tcp}, {@code TcpExt}
     * @param names without the group's name in front
     */
    record Group(String group, List<String> names, List<Long> values) {

        /** As the files have it: a line of names and one of numbers. */
        String print() {
            var out = new StringBuilder(group).append(':');
            names.forEach(name -> out.append(' ').append(name));
            out.append('\n').append(group).append(':');
            values.forEach(value -> out.append(' ').append(value));
            return out.append('\n').toString();
        }

        /** Whether the {@code i}th is something that is counted. */
        boolean isCounter(int i) {
            return !NO_COUNTERS.contains(group + names.get(i));
        }
    }

    private final Map<String, Long> values;

    MibTable(Host host) {
        values = new TreeMap<>(host.counters());
        boolean forwards = SysctlCommand.value(host, "net.ipv4.ip_forward").orElse("0").equals("1");
        values.put("IpForwarding", forwards ? 1L : 2L);
        values.put("IpDefaultTTL", host.sysctls().number("net.ipv4.ip_default_ttl"));
        values.put("TcpRtoAlgorithm", 1L);
        values.put("TcpRtoMin", 200L);
        values.put("TcpRtoMax", 120_000L);
        values.put("TcpMaxConn", -1L);
        values.put("TcpCurrEstab", (long) SsSummary.count(host).established());
    }

    /** All counters by their names for nstat(8). */
    Map<String, Long> values() {
        return values;
    }

    /** /proc/net/snmp. */
    List<Group> snmp() {
        var groups = new ArrayList<>(List.of(group("Ip", IP), group("Icmp", ICMP)));
        Group messages = icmpMessages();
        if (!messages.names.isEmpty()) groups.add(messages);
        groups.add(group("Tcp", TCP));
        groups.add(group("Udp", UDP));
        groups.add(group("UdpLite", UDP));
        return groups;
    }

    /** /proc/net/netstat. */
    List<Group> netstat() {
        return List.of(group("TcpExt", TCP_EXT), group("IpExt", IP_EXT));
    }

    private Group group(String name, String labels) {
        List<String> names = List.of(labels.strip().split("\\s+"));
        return new Group(
                name, names, names.stream().map(n -> values.getOrDefault(name + n, 0L)).toList());
    }

    /** ICMP messages by their type, of those types that have been seen. */
    private Group icmpMessages() {
        var names = new ArrayList<String>();
        var counts = new ArrayList<Long>();
        for (String direction : List.of("In", "Out")) {
            for (int type = 0; type <= 255; type++) {
                long count = values.getOrDefault("IcmpMsg" + direction + "Type" + type, 0L);
                if (count == 0) continue;
                names.add(direction + "Type" + type);
                counts.add(count);
            }
        }
        return new Group("IcmpMsg", names, counts);
    }
}
