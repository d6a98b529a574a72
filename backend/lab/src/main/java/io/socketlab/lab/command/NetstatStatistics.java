package io.socketlab.lab.command;

import io.socketlab.kernel.host.Host;
import io.socketlab.lab.command.MibTable.Group;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code netstat -s}. Some counters have a sentence, with {@code #} for the number; of the others
 * the name is printed. A sentence after {@code +} is printed even for 0.
 */
final class NetstatStatistics {

    private static final String SENTENCES =
            """
            IpInReceives + # total packets received
            IpInHdrErrors # with invalid headers
            IpInAddrErrors # with invalid addresses
            IpForwDatagrams + # forwarded
            IpInUnknownProtos # with unknown protocol
            IpInDiscards + # incoming packets discarded
            IpInDelivers + # incoming packets delivered
            IpOutRequests + # requests sent out
            IpOutDiscards # outgoing packets dropped
            IpOutNoRoutes # dropped because of missing route
            IpReasmTimeout # fragments dropped after timeout
            IpReasmReqds # reassemblies required
            IpReasmOKs # packets reassembled ok
            IpReasmFails # packet reassemblies failed
            IpFragOKs # outgoing packets fragmented ok
            IpFragFails # outgoing packets failed fragmentation
            IpFragCreates # fragments created
            IcmpInMsgs + # ICMP messages received
            IcmpInErrors + # input ICMP message failed
            IcmpOutMsgs + # ICMP messages sent
            IcmpOutErrors + # ICMP messages failed
            TcpActiveOpens + # active connection openings
            TcpPassiveOpens + # passive connection openings
            TcpAttemptFails + # failed connection attempts
            TcpEstabResets + # connection resets received
            TcpCurrEstab + # connections established
            TcpInSegs + # segments received
            TcpOutSegs + # segments sent out
            TcpRetransSegs + # segments retransmitted
            TcpInErrs + # bad segments received
            TcpOutRsts + # resets sent
            UdpInDatagrams + # packets received
            UdpNoPorts + # packets to unknown port received
            UdpInErrors + # packet receive errors
            UdpOutDatagrams + # packets sent
            UdpRcvbufErrors + # receive buffer errors
            UdpSndbufErrors + # send buffer errors
            TcpExtSyncookiesSent # SYN cookies sent
            TcpExtSyncookiesRecv # SYN cookies received
            TcpExtSyncookiesFailed # invalid SYN cookies received
            TcpExtEmbryonicRsts # resets received for embryonic SYN_RECV sockets
            TcpExtPruneCalled # packets pruned from receive queue because of socket buffer overrun
            TcpExtRcvPruned # packets pruned from receive queue
            TcpExtOfoPruned # packets dropped from out-of-order queue because of socket buffer overrun
            TcpExtOutOfWindowIcmps # ICMP packets dropped because they were out-of-window
            TcpExtLockDroppedIcmps # ICMP packets dropped because socket was locked
            TcpExtTW # TCP sockets finished time wait in fast timer
            TcpExtTWRecycled # time wait sockets recycled by time stamp
            TcpExtTWKilled # TCP sockets finished time wait in slow timer
            TcpExtPAWSActive # active connections rejected because of time stamp
            TcpExtPAWSEstab # packets rejected in established connections because of timestamp
            TcpExtDelayedACKs # delayed acks sent
            TcpExtDelayedACKLocked # delayed acks further delayed because of locked socket
            TcpExtDelayedACKLost Quick ack mode was activated # times
            TcpExtListenOverflows # times the listen queue of a socket overflowed
            TcpExtListenDrops # SYNs to LISTEN sockets dropped
            TcpExtTCPHPHits + # packet headers predicted
            TcpExtTCPPureAcks # acknowledgments not containing data payload received
            TcpExtTCPHPAcks # predicted acknowledgments
            TcpExtTCPRenoRecovery # times recovered from packet loss due to fast retransmit
            TcpExtTCPSackRecovery # times recovered from packet loss by selective acknowledgements
            TcpExtTCPSACKReneging # bad SACK blocks received
            TcpExtTCPSACKReorder Detected reordering # times using SACK
            TcpExtTCPRenoReorder Detected reordering # times using reno fast retransmit
            TcpExtTCPTSReorder Detected reordering # times using time stamp
            TcpExtTCPFullUndo # congestion windows fully recovered without slow start
            TcpExtTCPPartialUndo # congestion windows partially recovered using Hoe heuristic
            TcpExtTCPDSACKUndo # congestion window recovered without slow start using DSACK
            TcpExtTCPLossUndo # congestion windows recovered without slow start after partial ack
            TcpExtTCPRenoFailures # timeouts after reno fast retransmit
            TcpExtTCPSackFailures # timeouts after SACK recovery
            TcpExtTCPLossFailures # timeouts in loss state
            TcpExtTCPFastRetrans # fast retransmits
            TcpExtTCPSlowStartRetrans # retransmits in slow start
            TcpExtTCPRenoRecoveryFail # classic Reno fast retransmits failed
            TcpExtTCPSackRecoveryFail # SACK retransmits failed
            TcpExtTCPRcvCollapsed # packets collapsed in receive queue due to low socket buffer
            TcpExtTCPDSACKOldSent # DSACKs sent for old packets
            TcpExtTCPDSACKOfoSent # DSACKs sent for out of order packets
            TcpExtTCPDSACKRecv # DSACKs received
            TcpExtTCPDSACKOfoRecv # DSACKs for out of order packets received
            TcpExtTCPAbortOnData # connections reset due to unexpected data
            TcpExtTCPAbortOnClose # connections reset due to early user close
            TcpExtTCPAbortOnMemory # connections aborted due to memory pressure
            TcpExtTCPAbortOnTimeout # connections aborted due to timeout
            TcpExtTCPAbortOnLinger # connections aborted after user close in linger timeout
            """;

    private static final String ICMP_MESSAGES =
            """
            IcmpInDestUnreachs destination unreachable: #
            IcmpInTimeExcds timeout in transit: #
            IcmpInParmProbs wrong parameters: #
            IcmpInRedirects redirects: #
            IcmpInEchos echo requests: #
            IcmpInEchoReps echo replies: #
            IcmpOutDestUnreachs destination unreachable: #
            IcmpOutTimeExcds time exceeded: #
            IcmpOutParmProbs wrong parameters: #
            IcmpOutRedirects redirect: #
            IcmpOutEchos echo requests: #
            IcmpOutEchoReps echo replies: #
            """;

    // looked up and never iterated over
    private static final Map<String, String> TEXTS = texts(SENTENCES);
    private static final Map<String, String> MESSAGE_TEXTS = texts(ICMP_MESSAGES);

    /** What netstat(8) leaves out. */
    private static final List<String> UNTOLD =
            List.of("IpDefaultTTL", "TcpRtoAlgorithm", "TcpRtoMin", "TcpRtoMax", "TcpMaxConn");

    private final StringBuilder out = new StringBuilder();

    private NetstatStatistics() {}

    private static Map<String, String> texts(String lines) {
        var texts = new LinkedHashMap<String, String>();
        for (String line : lines.strip().split("\n", -1)) {
            int blank = line.indexOf(' ');
            texts.put(line.substring(0, blank), line.substring(blank + 1));
        }
        return texts;
    }

    static String print(Host host) {
        var table = new MibTable(host);
        var statistics = new NetstatStatistics();
        for (Group group : table.snmp()) statistics.print(group);
        for (Group group : table.netstat()) statistics.print(group);
        return statistics.out.toString();
    }

    private void print(Group group) {
        out.append(group.group()).append(":\n");
        if (group.group().equals("UdpLite")) return;
        for (int i = 0; i < group.names().size(); i++) {
            String name = group.group() + group.names().get(i);
            if (name.equals("IcmpInDestUnreachs")) out.append("    ICMP input histogram:\n");
            if (name.equals("IcmpOutDestUnreachs")) out.append("    ICMP output histogram:\n");
            if (!UNTOLD.contains(name)) print(group.group(), name, group.values().get(i));
        }
    }

    private void print(String group, String name, long value) {
        String message = MESSAGE_TEXTS.get(name);
        String text = TEXTS.get(name);
        if (message != null) {
            if (value != 0) line(8, message, value);
        } else if (text == null) {
            int indent = group.equals("IcmpMsg") ? 8 : 4;
            if (value != 0) line(indent, name.substring(group.length()) + ": #", value);
        } else if (text.startsWith("+ ")) {
            line(4, text.substring(2), value);
        } else if (value != 0) {
            line(4, text, value);
        }
    }

    private void line(int indent, String text, long value) {
        out.append(" ".repeat(indent)).append(text.replace("#", Long.toString(value))).append('\n');
    }
}
