package io.socketlab.lab.packetdrill;

import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.TcpHeader;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A socket that the script is about: how far it has come, its addresses, and how the sequence
 * numbers and timestamps that the script writes stand to those on the wire. On the wire the initial
 * sequence number of the host is what it has chosen, and that of its peer what the script says.
 */
final class TrackedSocket {

    enum Stage {
        NEW,
        LISTENING,
        SYN_RECEIVED,
        SYN_ACK_SENT,
        SYN_ACK_ACKED,
        CONNECTING,
        SYN_SENT,
        CONNECTED
    }

    final int protocol;
    Stage stage;

    /** The descriptor; -1 before accept(2). */
    int fd;

    IpAddress localIp = Ipv4Address.ANY;
    IpAddress remoteIp = Ipv4Address.ANY;
    int localPort;
    int remotePort;

    /** As the script writes it in the host's SYN, and as it is on the wire. */
    private int scriptLocalIsn;

    private int liveLocalIsn;
    private int remoteIsn;
    private final Map<Integer, Integer> timestamps = new HashMap<>();
    private boolean sawTimestamp;
    private int firstScriptTimestamp;
    private int firstLiveTimestamp;

    TrackedSocket(int protocol, Stage stage, int fd) {
        this.protocol = protocol;
        this.stage = stage;
        this.fd = fd;
    }

    /** Whether a packet of the host is one of this socket's; a first SYN or datagram tells ours. */
    boolean owns(SeenPacket packet) {
        if (packet instanceof SeenPacket.Message || packet instanceof SeenPacket.Fragment) {
            return packet.ip().destination().equals(remoteIp);
        }
        int src =
                switch (packet) {
                    case SeenPacket.Segment s -> s.header().srcPort();
                    case SeenPacket.Datagram d -> d.header().srcPort();
                    case SeenPacket.Message _, SeenPacket.Fragment _ -> 0;
                };
        int dst =
                switch (packet) {
                    case SeenPacket.Segment s -> s.header().dstPort();
                    case SeenPacket.Datagram d -> d.header().dstPort();
                    case SeenPacket.Message _, SeenPacket.Fragment _ -> 0;
                };
        if (packet.ip().protocol() != protocol
                || !packet.ip().destination().equals(remoteIp)
                || dst != remotePort) return false;
        if (src == localPort && packet.ip().source().equals(localIp)) return true;
        boolean first =
                packet instanceof SeenPacket.Segment s
                        ? stage == Stage.SYN_SENT
                                && s.header().has(TcpHeader.SYN)
                                && !s.header().has(TcpHeader.ACK)
                        : stage == Stage.CONNECTING;
        if (!first) return false;
        localIp = packet.ip().source();
        localPort = src;
        if (packet instanceof SeenPacket.Segment s) liveLocalIsn = s.header().seq();
        return true;
    }

    /** Whether addresses and ports of {@code segment} are those that are known of this one. */
    boolean hasSent(SeenPacket.Segment segment) {
        return isTcp()
                && segment.header().srcPort() == localPort
                && segment.header().dstPort() == remotePort
                && segment.ip().source().equals(localIp)
                && segment.ip().destination().equals(remoteIp);
    }

    boolean isTcp() {
        return protocol == Ipv4Header.TCP;
    }

    // ---- sequence numbers

    void scriptLocalIsn(long isn) {
        scriptLocalIsn = (int) isn;
    }

    void liveLocalIsn(int isn) {
        liveLocalIsn = isn;
    }

    void remoteIsn(long isn) {
        remoteIsn = (int) isn;
    }

    /** SYNs have absolute numbers in a script, everything else counts from the SYN. */
    int localToLive(long script, boolean syn) {
        return (int) script + liveLocalIsn - (syn ? scriptLocalIsn : 0);
    }

    int localToScript(int live, boolean syn) {
        return live - liveLocalIsn + (syn ? scriptLocalIsn : 0);
    }

    int remoteToLive(long script, boolean syn) {
        return (int) script + (syn ? 0 : remoteIsn);
    }

    int remoteToScript(int live, boolean syn) {
        return live - (syn ? 0 : remoteIsn);
    }

    // ---- timestamps

    /** The host has sent {@code live} where the script writes {@code script}. */
    void sawTimestamp(int script, int live) {
        timestamps.put(script, live);
        if (sawTimestamp) return;
        sawTimestamp = true;
        firstScriptTimestamp = script;
        firstLiveTimestamp = live;
    }

    /** How a timestamp of the host would be written, counted on from the first. */
    int timestampToScript(int live) {
        return firstScriptTimestamp + live - firstLiveTimestamp;
    }

    /**
     * What the peer echoes where the script writes {@code script}: a value that the host has sent.
     */
    OptionalInt echoToLive(int script, boolean scaled) {
        Integer live = timestamps.get(script);
        if (live != null) return OptionalInt.of(live);
        if (!scaled || !sawTimestamp) return OptionalInt.empty();
        return OptionalInt.of(script - firstScriptTimestamp + firstLiveTimestamp);
    }
}
