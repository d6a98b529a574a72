package io.socketlab.server.lab;

import java.util.Locale;
import java.util.Map;

/** What the topics of labs are called in words: {@code tcp.slowstart} is TCP, slow start. */
final class TopicNames {

    private static final Map<String, String> FAMILIES =
            Map.ofEntries(
                    Map.entry("buffers", "Buffers"),
                    Map.entry("calls", "System calls"),
                    Map.entry("commands", "Commands"),
                    Map.entry("icmp", "ICMP"),
                    Map.entry("link", "Links"),
                    Map.entry("nic", "Network card"),
                    Map.entry("processes", "Processes"),
                    Map.entry("profiles", "Other kernels"),
                    Map.entry("readiness", "Readiness"),
                    Map.entry("signals", "Signals"),
                    Map.entry("so", "Socket options"),
                    Map.entry("sockets", "Sockets"),
                    Map.entry("tcp", "TCP"),
                    Map.entry("udp", "UDP"));

    /** Those that are more than one word, or no word. */
    private static final Map<String, String> TOPICS =
            Map.ofEntries(
                    Map.entry("buffers.nic", "network card"),
                    Map.entry("buffers.receive", "receive buffer"),
                    Map.entry("buffers.send", "send buffer"),
                    Map.entry("icmp.unreachable", "destination unreachable"),
                    Map.entry("nic.ring", "receive ring"),
                    Map.entry("profiles.bsd", "BSD"),
                    Map.entry("readiness.edge", "edge-triggered"),
                    Map.entry("readiness.level", "level-triggered"),
                    Map.entry("signals.sigpipe", "SIGPIPE"),
                    Map.entry("so.cork", "TCP_CORK"),
                    Map.entry("so.keepalive", "SO_KEEPALIVE"),
                    Map.entry("so.linger", "SO_LINGER"),
                    Map.entry("so.nodelay", "TCP_NODELAY"),
                    Map.entry("so.rcvbuf", "SO_RCVBUF"),
                    Map.entry("so.reuseaddr", "SO_REUSEADDR"),
                    Map.entry("so.reuseport", "SO_REUSEPORT"),
                    Map.entry("so.sndbuf", "SO_SNDBUF"),
                    Map.entry("sockets.nonblocking", "O_NONBLOCK"),
                    Map.entry("tcp.acceptqueue", "accept queue"),
                    Map.entry("tcp.ack", "acknowledgements"),
                    Map.entry("tcp.backoff", "back-off"),
                    Map.entry("tcp.bdp", "bandwidth-delay product"),
                    Map.entry("tcp.congestion", "congestion control"),
                    Map.entry("tcp.congestionavoidance", "congestion avoidance"),
                    Map.entry("tcp.delayedack", "delayed ACK"),
                    Map.entry("tcp.fastrecovery", "fast recovery"),
                    Map.entry("tcp.fastretransmit", "fast retransmit"),
                    Map.entry("tcp.flowcontrol", "flow control"),
                    Map.entry("tcp.karn", "Karn's rule"),
                    Map.entry("tcp.nagle", "Nagle's algorithm"),
                    Map.entry("tcp.newreno", "NewReno"),
                    Map.entry("tcp.options", "options of a SYN"),
                    Map.entry("tcp.paws", "PAWS"),
                    Map.entry("tcp.persist", "persist timer"),
                    Map.entry("tcp.rto", "retransmission timeout"),
                    Map.entry("tcp.rtt", "round-trip time"),
                    Map.entry("tcp.sack", "SACK"),
                    Map.entry("tcp.sillywindow", "silly window syndrome"),
                    Map.entry("tcp.simultaneousclose", "simultaneous close"),
                    Map.entry("tcp.simultaneousopen", "simultaneous open"),
                    Map.entry("tcp.slowstart", "slow start"),
                    Map.entry("tcp.stream", "stream of octets"),
                    Map.entry("tcp.syncookies", "SYN cookies"),
                    Map.entry("tcp.synqueue", "SYN queue"),
                    Map.entry("tcp.timewait", "TIME_WAIT"),
                    Map.entry("tcp.usertimeout", "user timeout"),
                    Map.entry("tcp.zerowindow", "zero window"));

    private TopicNames() {}

    /** Of {@code tcp.close}, TCP; of one that has no name here, its own with a capital. */
    static String family(String topic) {
        String family = topic.replaceFirst("\\..*", "");
        if (family.isEmpty()) return family;
        String own = family.substring(0, 1).toUpperCase(Locale.ROOT) + family.substring(1);
        return FAMILIES.getOrDefault(family, own);
    }

    /** Of {@code tcp.close}, close; of {@code calls.close}, close(). */
    static String name(String topic) {
        String word = topic.substring(topic.indexOf('.') + 1);
        if (topic.startsWith("calls.")) return word + "()";
        return TOPICS.getOrDefault(topic, word);
    }
}
