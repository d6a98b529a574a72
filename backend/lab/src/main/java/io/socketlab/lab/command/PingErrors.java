package io.socketlab.lab.command;

import io.socketlab.kernel.wire.IcmpMessage;
import io.socketlab.kernel.wire.IcmpReport;
import io.socketlab.kernel.wire.Icmpv6Message;

/** How ping(8) tells of error messages. */
final class PingErrors {

    private PingErrors() {}

    static String text(IcmpReport report) {
        return switch (report) {
            case IcmpMessage message -> ipv4(message);
            case Icmpv6Message message -> ipv6(message);
        };
    }

    private static String ipv4(IcmpMessage message) {
        return switch (message.type()) {
            case IcmpMessage.UNREACHABLE -> unreachable(message);
            case IcmpMessage.TIME_EXCEEDED ->
                    message.code() == 0 ? "Time to live exceeded" : "Frag reassembly time exceeded";
            default -> "Parameter problem: pointer = " + (message.rest() >>> 24);
        };
    }

    private static String unreachable(IcmpMessage message) {
        return switch (message.code()) {
            case IcmpMessage.NET_UNREACHABLE -> "Destination Net Unreachable";
            case IcmpMessage.HOST_UNREACHABLE -> "Destination Host Unreachable";
            case IcmpMessage.PROTOCOL_UNREACHABLE -> "Destination Protocol Unreachable";
            case IcmpMessage.PORT_UNREACHABLE -> "Destination Port Unreachable";
            case IcmpMessage.FRAGMENTATION_NEEDED ->
                    "Frag needed and DF set (mtu = " + message.nextHopMtu() + ")";
            case 9 -> "Destination Net Prohibited";
            case 10 -> "Destination Host Prohibited";
            case IcmpMessage.PACKET_FILTERED -> "Packet filtered";
            default -> "Dest Unreachable, Bad Code: " + message.code();
        };
    }

    private static String ipv6(Icmpv6Message message) {
        return switch (message.type()) {
            case Icmpv6Message.UNREACHABLE ->
                    "Destination unreachable: "
                            + switch (message.code()) {
                                case Icmpv6Message.NO_ROUTE -> "No route";
                                case Icmpv6Message.ADMIN_PROHIBITED ->
                                        "Administratively prohibited";
                                case 2 -> "Beyond scope of source address";
                                case Icmpv6Message.ADDRESS_UNREACHABLE -> "Address unreachable";
                                case Icmpv6Message.PORT_UNREACHABLE -> "Port unreachable";
                                default -> "Unknown code " + message.code();
                            };
            case Icmpv6Message.PACKET_TOO_BIG -> "Packet too big: mtu=" + message.nextHopMtu();
            case Icmpv6Message.TIME_EXCEEDED ->
                    "Time exceeded: "
                            + (message.code() == 0 ? "Hop limit" : "Defragmentation failure");
            default -> "Parameter problem: Unknown next header";
        };
    }
}
