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
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.lab.script.Argument.Applied;
import io.socketlab.lab.script.Argument.Array;
import io.socketlab.lab.script.Argument.Ellipsis;
import io.socketlab.lab.script.Argument.Numeral;
import io.socketlab.lab.script.Argument.Struct;
import io.socketlab.lab.script.Argument.Text;
import io.socketlab.lab.script.BoundCall.Difference;
import java.util.ArrayList;
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

    /**
     * @param addresses reads an address that a control message is to hold
     */
    ControlBinder(Args args, MessageRules rules, Function<Argument, Endpoint> addresses) {
        this.args = args;
        this.rules = rules;
        this.addresses = addresses;
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
                                    ipv6(member(info, "ipi6_addr")), index(info, "ipi6_ifindex")));
            case Struct info ->
                    ControlOctets.of(
                            new ControlMessage.PacketInfo(
                                    index(info, "ipi_ifindex"),
                                    address(info, "ipi_spec_dst"),
                                    address(info, "ipi_addr")));
            case Numeral number ->
                    ControlOctets.number(
                            args.integer(number, "a number", Integer.MIN_VALUE, Integer.MAX_VALUE));
            case Argument number ->
                    ControlOctets.number(args.constant(number, Constants.TIMESTAMPING));
        };
    }

    private int index(Struct info, String name) {
        return info.field(name)
                .map(i -> args.integer(i, "the index of an interface", -1, 9999))
                .orElse(0);
    }

    private Ipv4Address address(Struct info, String name) {
        return info.field(name).map(this::ipv4).orElse(Ipv4Address.ANY);
    }

    private Ipv4Address ipv4(Argument written) {
        String form = "an address such as inet_addr(\"10.0.0.2\")";
        return Ipv4Address.parse(text(written, form))
                .orElseThrow(() -> args.expected(written, form));
    }

    private Ipv6Address ipv6(Argument written) {
        String form = "an address such as inet_pton(AF_INET6, \"2001:db8::2\")";
        return Ipv6Address.parse(text(written, form))
                .orElseThrow(() -> args.expected(written, form));
    }

    /** In quotation marks, with or without the function around that makes an address of it. */
    private String text(Argument written, String form) {
        Argument inner =
                written instanceof Applied(_, var function, var of)
                                && function.startsWith("inet_")
                                && !of.isEmpty()
                        ? of.getLast()
                        : written;
        if (inner instanceof Text text) return text.octets();
        throw args.expected(written, form);
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
                differs(wanted, "ipi_ifindex", actual.ifindex()),
                differs(wanted, "ipi_spec_dst", this::ipv4, actual.local()),
                differs(wanted, "ipi_addr", this::ipv4, actual.destination()));
    }

    private Optional<Difference> differs(Struct wanted, ControlMessage.Ipv6PacketInfo actual) {
        return first(
                differs(wanted, "ipi6_addr", this::ipv6, actual.destination()),
                differs(wanted, "ipi6_ifindex", actual.ifindex()));
    }

    @SafeVarargs
    private static Optional<Difference> first(Optional<Difference>... checks) {
        return Arrays.stream(checks).flatMap(Optional::stream).findFirst();
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
        var checks = new ArrayList<Optional<Difference>>();
        checks.add(differs(wanted, "ee_errno", actual.errno()));
        checks.add(differs(wanted, "ee_origin", actual.origin()));
        checks.add(differs(wanted, "ee_type", actual.type()));
        checks.add(differs(wanted, "ee_code", actual.code()));
        checks.add(differs(wanted, "ee_info", Integer.toUnsignedLong(actual.info())));
        checks.add(differs(wanted, "ee_data", Integer.toUnsignedLong(actual.data())));
        return checks.stream().flatMap(Optional::stream).findFirst();
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
