package io.socketlab.lab.packetdrill;

import io.socketlab.kernel.wire.TcpOption;
import io.socketlab.lab.script.WirePacket.IpNote;
import io.socketlab.lab.script.WirePacket.TcpPacket;
import java.util.List;

/** Holds a packet of the host against the one that the script expects. */
final class PacketComparison {

    private final Settings settings;
    private final TrackedSocket socket;

    PacketComparison(Settings settings, TrackedSocket socket) {
        this.settings = settings;
        this.socket = socket;
    }

    /**
     * @param tolerance of a timestamp, nanoseconds
     * @throws Mismatch if they differ
     */
    void compare(TcpPacket expected, Aggregate actual, long tolerance) {
        boolean same =
                sameIp(expected.ip(), actual)
                        && sameFlags(expected.flags(), actual.flags())
                        && (int) expected.range().start() == actual.seq()
                        && expected.range().length() == actual.length()
                        && sameAck(expected, actual)
                        && (expected.window().isEmpty()
                                || expected.window().getAsInt() == actual.window())
                        && expected.urgent().orElse(0) == actual.urgent()
                        && sameOptions(expected, actual, tolerance);
        if (!same) throw new Mismatch(PacketText.of(expected), PacketText.of(actual));
    }

    private static boolean sameAck(TcpPacket expected, Aggregate actual) {
        return (int) expected.ack().orElse(0) == actual.ack();
    }

    private static boolean sameFlags(String expected, int actual) {
        int flags = PacketBuilder.flags(expected);
        return flags == actual;
    }

    static boolean sameIp(List<IpNote> notes, Aggregate actual) {
        return sameIp(notes, actual.ip().tos(), actual.ip().ttl());
    }

    static boolean sameIp(List<IpNote> notes, int tos, int ttl) {
        int ecn = tos & 3;
        for (IpNote note : notes) {
            boolean same =
                    switch (note.name()) {
                        case "noecn" -> ecn == 0;
                        case "ect1" -> ecn == 1;
                        case "ect0" -> ecn == 2;
                        case "ect01" -> ecn == 1 || ecn == 2;
                        case "ce" -> ecn == 3;
                        case "tos" -> tos == note.value().orElse(0);
                        case "ttl" -> ttl == note.value().orElse(0);
                        default -> true;
                    };
            if (!same) return false;
        }
        return true;
    }

    private boolean sameOptions(TcpPacket expected, Aggregate actual, long tolerance) {
        if (expected.options().isEmpty()) return true;
        List<TcpOption> wanted = OptionCodec.encode(expected.options().get(), n -> (int) n);
        List<TcpOption> found = actual.options();
        if (wanted.size() != found.size()) return false;
        for (int i = 0; i < wanted.size(); i++) {
            boolean same =
                    wanted.get(i) instanceof TcpOption.Timestamps(int value, _)
                                    && found.get(i) instanceof TcpOption.Timestamps(int live, _)
                            ? sameTimestamp(value, live, tolerance)
                            : OptionCodec.same(wanted.get(i), found.get(i));
            if (!same) return false;
        }
        return true;
    }

    /** Remembers the value, which the peer will echo; compares it where the tick is known. */
    private boolean sameTimestamp(int script, int live, long tolerance) {
        socket.sawTimestamp(script, live);
        if (settings.timestampTick == 0) return true;
        long off = Math.abs((long) (socket.timestampToScript(live) - script));
        return off * settings.timestampTick <= tolerance;
    }
}
