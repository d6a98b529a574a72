package io.socketlab.lab.packetdrill;

import io.socketlab.kernel.wire.IcmpMessage;
import io.socketlab.kernel.wire.IcmpReport;
import io.socketlab.kernel.wire.Icmpv6Message;
import io.socketlab.lab.script.WirePacket.IcmpPacket;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What packetdrill calls the types and codes of ICMP, and of ICMPv6. */
final class IcmpCodec {

    private static final Map<String, Integer> UNREACHABLE_CODES =
            Map.ofEntries(
                    Map.entry("net_unreachable", 0),
                    Map.entry("host_unreachable", 1),
                    Map.entry("protocol_unreachable", 2),
                    Map.entry("port_unreachable", 3),
                    Map.entry("frag_needed", 4),
                    Map.entry("source_route_failed", 5),
                    Map.entry("net_unknown", 6),
                    Map.entry("host_unknown", 7),
                    Map.entry("source_host_isolated", 8),
                    Map.entry("net_prohibited", 9),
                    Map.entry("host_prohibited", 10),
                    Map.entry("net_unreachable_for_tos", 11),
                    Map.entry("host_unreachable_for_tos", 12),
                    Map.entry("packet_filtered", 13),
                    Map.entry("precedence_violation", 14),
                    Map.entry("precedence_cutoff", 15));

    private static final Map<String, Integer> UNREACHABLE_CODES_IPV6 =
            Map.of(
                    "net_unreachable", 0,
                    "no_route", 0,
                    "admin_prohibited", 1,
                    "not_neighbour", 2,
                    "address_unreachable", 3,
                    "port_unreachable", 4);

    private IcmpCodec() {}

    static IcmpReport message(IcmpPacket p, boolean ipv6) {
        int rest = p.mtu().orElse(0);
        return ipv6
                ? new Icmpv6Message(typeIpv6(p.type()), codeIpv6(p.code()), rest)
                : new IcmpMessage(type(p.type()), code(p.code()), rest);
    }

    /** A type or code by its number, {@code type_9} or {@code code_9}. */
    private static OptionalInt numbered(String name, String prefix) {
        if (!name.matches(prefix + "\\d{1,3}")) return OptionalInt.empty();
        return OptionalInt.of(Integer.parseInt(name.substring(prefix.length())) & 0xFF);
    }

    private static int type(String name) {
        OptionalInt numbered = numbered(name, "type_");
        if (numbered.isPresent()) return numbered.getAsInt();
        return switch (name) {
            case "unreachable" -> IcmpMessage.UNREACHABLE;
            case "echo_request" -> IcmpMessage.ECHO;
            case "echo_reply" -> IcmpMessage.ECHO_REPLY;
            case "time_exceeded" -> IcmpMessage.TIME_EXCEEDED;
            case "source_quench" -> 4;
            case "redirect" -> 5;
            case "parameter_problem" -> IcmpMessage.PARAMETER_PROBLEM;
            case "timestamp_request" -> 13;
            case "timestamp_reply" -> 14;
            case "information_request" -> 15;
            case "information_reply" -> 16;
            case "address_mask_request" -> 17;
            case "address_mask_reply" -> 18;
            default -> throw new Unsupported("ICMP type " + name);
        };
    }

    private static int typeIpv6(String name) {
        OptionalInt numbered = numbered(name, "type_");
        if (numbered.isPresent()) return numbered.getAsInt();
        return switch (name) {
            case "unreachable" -> Icmpv6Message.UNREACHABLE;
            case "packet_too_big" -> Icmpv6Message.PACKET_TOO_BIG;
            case "time_exceeded" -> Icmpv6Message.TIME_EXCEEDED;
            case "parameter_problem" -> Icmpv6Message.PARAMETER_PROBLEM;
            case "echo_request" -> Icmpv6Message.ECHO;
            case "echo_reply" -> Icmpv6Message.ECHO_REPLY;
            default -> throw new Unsupported("ICMPv6 type " + name);
        };
    }

    private static int code(Optional<String> name) {
        if (name.isEmpty()) return 0;
        OptionalInt numbered = numbered(name.get(), "code_");
        if (numbered.isPresent()) return numbered.getAsInt();
        Integer code = UNREACHABLE_CODES.get(name.get());
        if (code != null) return code;
        return switch (name.get()) {
            case "ttl_exceeded", "exc_ttl" -> 0;
            case "exc_fragtime" -> 1;
            default -> throw new Unsupported("ICMP code " + name.get());
        };
    }

    private static int codeIpv6(Optional<String> name) {
        if (name.isEmpty()) return 0;
        OptionalInt numbered = numbered(name.get(), "code_");
        if (numbered.isPresent()) return numbered.getAsInt();
        Integer code = UNREACHABLE_CODES_IPV6.get(name.get());
        if (code != null) return code;
        return switch (name.get()) {
            case "exceeded_hop_limit", "header_field" -> 0;
            case "exceeded_frag_time", "unknown_next_header" -> 1;
            case "unknown_option" -> 2;
            default -> throw new Unsupported("ICMPv6 code " + name.get());
        };
    }
}
