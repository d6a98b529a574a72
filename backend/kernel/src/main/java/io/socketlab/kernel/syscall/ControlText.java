package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.ControlKind;
import io.socketlab.kernel.socket.ControlMessage;
import io.socketlab.kernel.socket.ExtendedError;
import io.socketlab.kernel.socket.SentControl;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How msg_control is written: {@code [{cmsg_level=SOL_IP, cmsg_type=IP_TTL, cmsg_data=64}]}. */
final class ControlText {

    private static final long SECOND = 1_000_000_000L;

    private ControlText() {}

    /** With a comma in front; nothing where there is no message. */
    static String received(List<ControlMessage> messages) {
        return member(messages.stream().map(m -> message(kind(m.kind()), data(m))).toList());
    }

    /** Likewise. */
    static String sent(List<SentControl> messages) {
        return member(messages.stream().map(ControlText::sent).toList());
    }

    private static String member(List<String> messages) {
        if (messages.isEmpty()) return "";
        return messages.stream().collect(Collectors.joining(", ", ", msg_control=[", "]"));
    }

    private static String message(String kind, String data) {
        return "{" + kind + ", cmsg_data=" + data + "}";
    }

    private static String kind(ControlKind kind) {
        return "cmsg_level=" + kind.levelName() + ", cmsg_type=" + kind;
    }

    private static String sent(SentControl message) {
        Optional<ControlKind> kind = message.kind();
        String named =
                kind.map(ControlText::kind)
                        .orElse("cmsg_level=" + message.level() + ", cmsg_type=" + message.type());
        boolean isNumber = message.hasLength(Integer.BYTES);
        return message(
                named,
                isNumber
                        ? Integer.toString(message.number())
                        : "0x" + HexFormat.of().formatHex(message.data()));
    }

    private static String data(ControlMessage message) {
        return switch (message) {
            case ControlMessage.Inq(int octets) -> Integer.toString(octets);
            case ControlMessage.Joined(int octets) -> Integer.toString(octets);
            case ControlMessage.Dropped(int datagrams) -> Integer.toUnsignedString(datagrams);
            case ControlMessage.Ttl(int ttl) -> Integer.toString(ttl);
            case ControlMessage.Tos(int tos) -> Integer.toString(tos);
            case ControlMessage.HopLimit(int hops) -> Integer.toString(hops);
            case ControlMessage.TrafficClass(int tclass) -> Integer.toString(tclass);
            case ControlMessage.OriginalDestination(var destination) -> destination.toString();
            case ControlMessage.PacketInfo(int ifindex, var local, var destination) ->
                    "{ipi_ifindex="
                            + ifindex
                            + ", ipi_spec_dst=inet_addr(\""
                            + local
                            + "\"), ipi_addr=inet_addr(\""
                            + destination
                            + "\")}";
            case ControlMessage.Ipv6PacketInfo(var destination, int ifindex) ->
                    "{ipi6_addr=inet_pton(AF_INET6, \""
                            + destination
                            + "\"), ipi6_ifindex="
                            + ifindex
                            + "}";
            case ControlMessage.Timestamp(long nanos) -> time("tv_sec", nanos, ", tv_usec", 1000);
            case ControlMessage.TimestampNs(long nanos) -> time("tv_sec", nanos, ", tv_nsec", 1);
            case ControlMessage.Timestamping(long nanos) -> time("scm_sec", nanos, ",scm_nsec", 1);
            case ControlMessage.ReceivedError error -> error(error);
            case ControlMessage.Cut _ -> "...";
        };
    }

    private static String time(String seconds, long nanos, String fraction, long unit) {
        return "{" + seconds + "=" + nanos / SECOND + fraction + "=" + nanos % SECOND / unit + "}";
    }

    private static String error(ControlMessage.ReceivedError message) {
        ExtendedError e = message.error();
        return "{ee_errno="
                + e.errno()
                + ", ee_origin="
                + e.origin()
                + ", ee_type="
                + e.type()
                + ", ee_code="
                + e.code()
                + ", ee_info="
                + Integer.toUnsignedString(e.info())
                + ", ee_data="
                + Integer.toUnsignedString(e.data())
                + message.offender().map(o -> ", offender=" + o.address()).orElse("")
                + "}";
    }
}
