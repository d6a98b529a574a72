package io.socketlab.lab.script;

import io.socketlab.kernel.socket.ControlKind;
import io.socketlab.kernel.socket.ControlLayout;
import io.socketlab.kernel.socket.ControlMessage;
import io.socketlab.kernel.socket.ControlOctets;
import io.socketlab.kernel.socket.ControlRoom;
import io.socketlab.kernel.socket.ExtendedError;
import io.socketlab.kernel.socket.SentControl;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.lab.script.Argument.Array;
import io.socketlab.lab.script.Argument.Ellipsis;
import io.socketlab.lab.script.Argument.Numeral;
import io.socketlab.lab.script.Argument.Struct;
import io.socketlab.lab.script.Argument.Text;
import io.socketlab.lab.script.BoundCall.Difference;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads msg_control: what sendmsg(2) is to say, {@code [{cmsg_level=SOL_IP, cmsg_type=IP_TTL,
 * cmsg_data=5}]}, and what recvmsg(2) is to tell.
 */
final class ControlBinder {

    private static final long SECOND = 1_000_000_000L;
    private static final long MICRO = 1000;
    private static final ControlLayout LAYOUT = ControlLayout.LP64;
    private static final String MESSAGE = "a control message, {cmsg_level=…}";

    private final Args args;
    private final MessageRules rules;
    private final Function<Argument, Endpoint> addresses;
    private final InternetAddressReader written;

    /**
     * @param addresses reads an address that a control message is to hold
     */
    ControlBinder(Args args, MessageRules rules, Function<Argument, Endpoint> addresses) {
        this.args = args;
        this.rules = rules;
        this.addresses = addresses;
        this.written = new InternetAddressReader(args);
    }

    // ---- what is sent

    /** That of {@code header}; nothing where it has none. */
    List<SentControl> sent(Struct header) {
        return messages(header).orElse(List.of()).stream().map(this::toSend).toList();
    }

    private SentControl toSend(Struct message) {
        int level = level(message);
        int type = type(message);
        Argument data = member(message, "cmsg_data");
        boolean isShort =
                level == ControlKind.UDP_SEGMENT.level().number()
                        && type == ControlKind.UDP_SEGMENT.type();
        byte[] octets = octets(data);
        return new SentControl(level, type, isShort ? Arrays.copyOf(octets, Short.BYTES) : octets);
    }

    private byte[] octets(Argument data) {
        return switch (data) {
            case Text text -> text.bytes();
            case Struct info when info.field("ipi6_addr").isPresent() ->
                    ControlOctets.of(
                            new ControlMessage.Ipv6PacketInfo(
                                    written.ipv6(member(info, "ipi6_addr")),
                                    written.index(info, "ipi6_ifindex")));
            case Struct info ->
                    ControlOctets.of(
                            new ControlMessage.PacketInfo(
                                    written.index(info, "ipi_ifindex"),
                                    written.ipv4(info, "ipi_spec_dst"),
                                    written.ipv4(info, "ipi_addr")));
            case Numeral number ->
                    ControlOctets.number(
                            args.integer(number, "a number", Integer.MIN_VALUE, Integer.MAX_VALUE));
            case Argument number ->
                    ControlOctets.number(args.constant(number, Constants.TIMESTAMPING));
        };
    }

    // ---- what is received

    /** What there is for control messages: msg_controllen, or by the rules. */
    ControlRoom room(Struct header) {
        Optional<Argument> length = header.field("msg_controllen");
        if (length.isPresent()) {
            return new ControlRoom(
                    args.integer(length.get(), "a count of octets", 0, Args.MAX_OCTETS), LAYOUT);
        }
        if (!rules.roomAsWritten()) return ControlRoom.ENOUGH;
        int octets = 0;
        for (Struct message : messages(header).orElse(List.of())) {
            SentControl written = new SentControl(level(message), type(message), new byte[0]);
            octets += LAYOUT.space(written.kind().map(ControlKind::octets).orElse(Integer.BYTES));
        }
        return new ControlRoom(octets, LAYOUT);
    }

    /** How what came differs from what is written, where something is. */
    Optional<Difference> differs(Struct header, List<ControlMessage> actual) {
        List<Struct> wanted = messages(header).orElse(null);
        if (wanted == null) return Optional.empty();
        for (int i = 0; i < Math.min(wanted.size(), actual.size()); i++) {
            var difference = differs(wanted.get(i), actual.get(i));
            if (difference.isPresent()) return difference;
        }
        if (wanted.size() == actual.size()) return Optional.empty();
        return Optional.of(
                new Difference(wanted.size() + " control messages", actual.size() + ": " + actual));
    }

    private Optional<List<Struct>> messages(Struct header) {
        return header.field("msg_control")
                .filter(c -> !(c instanceof Ellipsis))
                .map(written -> {
                    if (written instanceof Array(_, List<Argument> elements)) {
                        return elements.stream().map(this::message).toList();
                    }
                    throw args.expected(written, "control messages, [{cmsg_level=…}]");
                });
    }

    private Struct message(Argument written) {
        if (written instanceof Struct struct) return struct;
        throw args.expected(written, MESSAGE);
    }

    private int level(Struct message) {
        return args.constant(member(message, "cmsg_level"), Constants.LEVEL);
    }

    private int type(Struct message) {
        return args.constant(member(message, "cmsg_type"), Constants.CONTROL_TYPE);
    }

    private Optional<Difference> differs(Struct wanted, ControlMessage actual) {
        int level = level(wanted);
        int type = type(wanted);
        ControlKind kind = actual.kind();
        if (level != kind.level().number() || type != kind.type()) {
            return Optional.of(
                    new Difference(
                            "cmsg_level=" + level + ", cmsg_type=" + type, actual.toString()));
        }
        Argument data = member(wanted, "cmsg_data");
        if (data instanceof Ellipsis) return Optional.empty();
        return switch (actual) {
            case ControlMessage.Inq(int octets) ->
                    difference(kind, args.constant(data, Constants.OPTION_VALUE), octets);
            case ControlMessage.Joined(int octets) -> difference(kind, number(data), octets);
            case ControlMessage.Dropped(int datagrams) ->
                    difference(kind, number(data), Integer.toUnsignedLong(datagrams));
            case ControlMessage.Ttl(int ttl) -> difference(kind, number(data), ttl);
            case ControlMessage.Tos(int tos) -> difference(kind, number(data), tos);
            case ControlMessage.HopLimit(int hops) -> difference(kind, number(data), hops);
            case ControlMessage.TrafficClass(int tclass) -> difference(kind, number(data), tclass);
            case ControlMessage.OriginalDestination(Endpoint destination) ->
                    differs(kind.name(), addresses.apply(data), destination);
            case ControlMessage.PacketInfo info -> differs(parts(data), info);
            case ControlMessage.Ipv6PacketInfo info -> differs(parts(data), info);
            case ControlMessage.Timestamp(long nanos) ->
                    differs(parts(data), "tv_usec", MICRO, nanos / MICRO * MICRO);
            case ControlMessage.TimestampNs(long nanos) ->
                    differs(parts(data), "tv_nsec", 1, nanos);
            case ControlMessage.Timestamping(long nanos) ->
                    differs(parts(data), "scm_nsec", 1, nanos);
            case ControlMessage.ReceivedError(_, ExtendedError error, _) ->
                    differs(parts(data), error);
            case ControlMessage.Cut _ ->
                    Optional.of(new Difference(kind + " " + data, kind + " cut short"));
        };
    }

    private static Optional<Difference> difference(Object what, long wanted, long actual) {
        if (wanted == actual) return Optional.empty();
        return Optional.of(new Difference(what + "=" + wanted, what + "=" + actual));
    }

    private static Optional<Difference> differs(String what, Object wanted, Object actual) {
        if (wanted.equals(actual)) return Optional.empty();
        return Optional.of(new Difference(what + " " + wanted, what + " " + actual));
    }

    private Struct parts(Argument data) {
        if (data instanceof Struct struct) return struct;
        throw args.expected(data, "a struct");
    }

    private Optional<Difference> differs(Struct wanted, ControlMessage.PacketInfo actual) {
        return first(
                List.of(
                        differs(wanted, "ipi_ifindex", actual.ifindex()),
                        differs(wanted, "ipi_spec_dst", written::ipv4, actual.local()),
                        differs(wanted, "ipi_addr", written::ipv4, actual.destination())));
    }

    private Optional<Difference> differs(Struct wanted, ControlMessage.Ipv6PacketInfo actual) {
        return first(
                List.of(
                        differs(wanted, "ipi6_addr", written::ipv6, actual.destination()),
                        differs(wanted, "ipi6_ifindex", actual.ifindex())));
    }

    private static Optional<Difference> first(List<Optional<Difference>> checks) {
        return checks.stream().flatMap(Optional::stream).findFirst();
    }

    private static Optional<Difference> differs(
            Struct wanted, String member, Function<Argument, IpAddress> read, IpAddress actual) {
        return wanted.field(member).flatMap(value -> differs(member, read.apply(value), actual));
    }

    /**
     * @param fraction the member beside the seconds, whose name begins as theirs does
     * @param unit of the fraction, in nanoseconds
     */
    private Optional<Difference> differs(Struct wanted, String fraction, long unit, long nanos) {
        String seconds = fraction.substring(0, fraction.indexOf('_')) + "_sec";
        long expected =
                number(member(wanted, seconds)) * SECOND + number(member(wanted, fraction)) * unit;
        if (Math.abs(expected - nanos) <= rules.stampTolerance()) return Optional.empty();
        return difference("timestamp", expected, nanos);
    }

    private Optional<Difference> differs(Struct wanted, ExtendedError actual) {
        return first(
                List.of(
                        differs(wanted, "ee_errno", actual.errno()),
                        differs(wanted, "ee_origin", actual.origin()),
                        differs(wanted, "ee_type", actual.type()),
                        differs(wanted, "ee_code", actual.code()),
                        differs(wanted, "ee_info", Integer.toUnsignedLong(actual.info())),
                        differs(wanted, "ee_data", Integer.toUnsignedLong(actual.data()))));
    }

    private Optional<Difference> differs(Struct wanted, String member, long actual) {
        return wanted.field(member).flatMap(value -> difference(member, number(value), actual));
    }

    private long number(Argument value) {
        if (value instanceof Numeral(_, long n, _)) return n;
        return args.constant(value, Constants.EXTENDED_ERROR);
    }

    private Argument member(Struct struct, String name) {
        return struct.field(name)
                .orElseThrow(() -> args.expected(struct, "a member " + name + "="));
    }
}
