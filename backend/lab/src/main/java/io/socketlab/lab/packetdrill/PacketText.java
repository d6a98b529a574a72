package io.socketlab.lab.packetdrill;

import io.socketlab.kernel.wire.TcpHeader;
import io.socketlab.kernel.wire.TcpOption;
import io.socketlab.lab.script.WirePacket;
import java.util.List;
import java.util.StringJoiner;

/** Packets in packetdrill's own notation. */
final class PacketText {

    private PacketText() {}

    /** A segment of the host, its numbers as the script counts. */
    static String of(Aggregate segment) {
        var text = new StringBuilder();
        switch (segment.ip().tos() & 3) {
            case 1 -> text.append("[ect1] ");
            case 2 -> text.append("[ect0] ");
            case 3 -> text.append("[ce] ");
            default -> {}
        }
        text.append(TcpHeader.flagsText(segment.flags())).append(' ');
        text.append(Integer.toUnsignedString(segment.seq())).append(':');
        text.append(Integer.toUnsignedString(segment.seq() + segment.length()));
        text.append('(').append(segment.length()).append(')');
        if ((segment.flags() & TcpHeader.ACK) != 0) {
            text.append(" ack ").append(Integer.toUnsignedString(segment.ack()));
        }
        text.append(" win ").append(segment.window());
        if ((segment.flags() & TcpHeader.URG) != 0) text.append(" urg ").append(segment.urgent());
        if (!segment.options().isEmpty()) text.append(' ').append(options(segment.options()));
        return text.toString();
    }

    static String options(List<TcpOption> options) {
        var text = new StringJoiner(",", "<", ">");
        options.forEach(o -> text.add(OptionCodec.text(o)));
        return text.toString();
    }

    static String of(SeenPacket packet) {
        return switch (packet) {
            case SeenPacket.Datagram d -> "udp (" + d.length() + ")";
            case SeenPacket.Message m -> "icmp " + m.header().text();
            case SeenPacket.Fragment f -> "a fragment (" + f.length() + ")";
            case SeenPacket.Segment s ->
                    TcpHeader.flagsText(s.header().flags()) + " (" + s.length() + ")";
        };
    }

    /** What the script expects. */
    static String of(WirePacket packet) {
        return switch (packet) {
            case WirePacket.TcpPacket p -> of(p);
            case WirePacket.UdpPacket p -> "udp (" + p.length() + ")";
            case WirePacket.IcmpPacket p ->
                    "icmp " + p.type() + p.code().map(c -> " " + c).orElse("");
        };
    }

    private static String of(WirePacket.TcpPacket p) {
        var text = new StringBuilder();
        p.ip().forEach(note -> text.append('[').append(note.name()).append("] "));
        text.append(p.flags()).append(' ');
        text.append(p.range().start()).append(':').append(p.range().end());
        text.append('(').append(p.range().length()).append(')');
        p.ack().ifPresent(ack -> text.append(" ack ").append(ack));
        p.window().ifPresent(window -> text.append(" win ").append(window));
        p.urgent().ifPresent(urgent -> text.append(" urg ").append(urgent));
        if (p.options().isEmpty()) {
            text.append(" <...>");
        } else if (!p.options().get().isEmpty()) {
            text.append(' ');
            text.append(options(OptionCodec.encode(p.options().get(), n -> (int) n)));
        }
        return text.toString();
    }
}
