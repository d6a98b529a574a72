package io.socketlab.lab.script;

import io.socketlab.kernel.socket.AddressFamily;
import io.socketlab.kernel.socket.ControlMessage;
import io.socketlab.kernel.socket.ExtendedError;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.socket.SocketOption;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.lab.script.Argument.Array;
import io.socketlab.lab.script.Argument.Ellipsis;
import io.socketlab.lab.script.Argument.Field;
import io.socketlab.lab.script.Argument.Struct;
import io.socketlab.lab.script.Argument.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Binds the calls that take several buffers: sendmsg(2), recvmsg(2), readv(2), writev(2). */
final class MessageBinder {

    private static final long SECOND = 1_000_000_000L;
    private static final long MICRO = 1000;

    private final Args args;
    private final long tolerance;
    private final Function<Argument, Endpoint> addresses;

    /**
     * @param tolerance by how many nanoseconds a timestamp may differ from what is written
     * @param addresses reads an address that a control message is to hold
     */
    MessageBinder(Args args, long tolerance, Function<Argument, Endpoint> addresses) {
        this.args = args;
        this.tolerance = tolerance;
        this.addresses = addresses;
    }

    /**
     * @param address reads what stands for msg_name
     */
    BoundCall<?> sendMsg(Function<Argument, Optional<Endpoint>> address) {
        Struct message = struct(1, "{msg_iov=[{\"hello\", 5}], msg_flags=0}");
        Syscall.Message sent = message(message, address);
        return BoundCall.of(
                new Syscall.SendMsg(args.descriptor(0), sent.iov(), flags(2), sent.to()));
    }

    private Syscall.Message message(
            Struct message, Function<Argument, Optional<Endpoint>> address) {
        Optional<Endpoint> to = message.field("msg_name").flatMap(address);
        return new Syscall.Message(
                buffers(member(message, "msg_iov", "iov")).map(this::octets).toList(), to);
    }

    /**
     * @param address reads what stands for msg_name
     */
    BoundCall<?> sendMmsg(Function<Argument, Optional<Endpoint>> address) {
        List<Struct> vector = vector();
        List<Syscall.Message> messages =
                vector.stream().map(m -> message(header(m), address)).toList();
        var call = new Syscall.SendMmsg(args.descriptor(0), messages, flags(3));
        return new BoundCall<>(call, sent -> lengthsDiffer(vector, sent.lengths()));
    }

    BoundCall<?> recvMmsg() {
        List<Struct> vector = vector();
        List<List<Integer>> rooms = vector.stream().map(m -> rooms(header(m))).toList();
        long timeout = args.size() > 4 ? new TimeReader(args).read(4) : -1;
        var call = new Syscall.RecvMmsg(args.descriptor(0), rooms, flags(3), timeout);
        return new BoundCall<>(call, received -> differ(vector, received.messages()));
    }

    /** {@code [{msg_hdr={msg_iov=[{..., 100}]}, msg_len=5}]}. */
    private List<Struct> vector() {
        String example = "a message such as {msg_hdr={msg_iov=[{..., 100}]}}";
        List<Struct> vector =
                elements(args.get(1), "messages, [{msg_hdr={…}}]").stream()
                        .map(element -> {
                            if (element instanceof Struct struct) return struct;
                            throw args.expected(element, example);
                        })
                        .toList();
        if (args.integer(2, "how many messages there are") != vector.size()) {
            throw args.expected(2, vector.size() + ", the number of messages");
        }
        return vector;
    }

    private Struct header(Struct message) {
        if (member(message, "msg_hdr") instanceof Struct header) return header;
        throw args.expected(message, "a message such as {msg_hdr={msg_iov=[{..., 100}]}}");
    }

    private List<Integer> rooms(Struct header) {
        return buffers(member(header, "msg_iov", "iov")).map(this::room).toList();
    }

    private Optional<BoundCall.Difference> lengthsDiffer(
            List<Struct> vector, List<Integer> lengths) {
        for (int i = 0; i < lengths.size(); i++) {
            var difference = differs(vector.get(i), "msg_len", lengths.get(i));
            if (difference.isPresent()) return difference;
        }
        return Optional.empty();
    }

    private Optional<BoundCall.Difference> differ(List<Struct> vector, List<Received> messages) {
        for (int i = 0; i < messages.size(); i++) {
            Received message = messages.get(i);
            var length = differs(vector.get(i), "msg_len", message.result());
            if (length.isPresent()) return length;
            var difference = differs(header(vector.get(i)), message);
            if (difference.isPresent()) return difference;
        }
        return Optional.empty();
    }

    BoundCall<?> recvMsg() {
        Struct message = struct(1, "{msg_iov=[{..., 100}]}");
        var call = new Syscall.RecvMsg(args.descriptor(0), rooms(message), flags(2));
        return new BoundCall<>(call, received -> differs(message, received));
    }

    BoundCall<?> writeV() {
        List<byte[]> iov = buffers(args.get(1)).map(this::octets).toList();
        checkCount(iov.size());
        return BoundCall.of(new Syscall.WriteV(args.descriptor(0), iov));
    }

    BoundCall<?> readV() {
        List<Integer> iov = buffers(args.get(1)).map(this::room).toList();
        checkCount(iov.size());
        return BoundCall.of(new Syscall.ReadV(args.descriptor(0), iov));
    }

    private void checkCount(int buffers) {
        if (args.size() == 3 && args.integer(2, "how many buffers there are") != buffers) {
            throw args.expected(2, buffers + ", the number of buffers");
        }
    }

    private int flags(int i) {
        return i < args.size() ? args.constant(i, Constants.MESSAGE_FLAG) : 0;
    }

    private Struct struct(int i, String example) {
        if (args.get(i) instanceof Struct struct) return struct;
        throw args.expected(i, "a message such as " + example);
    }

    private Argument member(Struct struct, String... names) {
        for (String name : names) {
            Optional<Argument> value = struct.field(name);
            if (value.isPresent()) return value.get();
        }
        throw args.expected(struct, "a member " + names[0] + "=");
    }

    private List<Argument> elements(Argument argument, String what) {
        if (argument instanceof Array(_, List<Argument> elements)) return elements;
        throw args.expected(argument, what);
    }

    private java.util.stream.Stream<Struct> buffers(Argument argument) {
        return elements(argument, "buffers, [{..., 100}]").stream()
                .map(element -> {
                    if (element instanceof Struct struct && struct.fields().size() == 2) {
                        return struct;
                    }
                    throw args.expected(element, "a buffer and its length, {..., 100}");
                });
    }

    private int length(Struct buffer) {
        return args.integer(
                buffer.fields().get(1).value(), "a count of octets", 0, Args.MAX_OCTETS);
    }

    private byte[] octets(Struct buffer) {
        Field content = buffer.fields().getFirst();
        return switch (content.value()) {
            case Ellipsis(_, var from) -> Args.alphabet(from, length(buffer));
            case Text text ->
                    java.util.Arrays.copyOf(
                            text.bytes(),
                            args.integer(
                                    buffer.fields().get(1).value(),
                                    "a count of octets within the text, at most",
                                    0,
                                    text.octets().length()));
            case Argument other -> throw args.expected(other, "what to send, \"text\" or ...");
        };
    }

    private int room(Struct buffer) {
        Argument content = buffer.fields().getFirst().value();
        if (!(content instanceof Ellipsis)) throw args.expected(content, "... for the buffer");
        return length(buffer);
    }

    // ---- what recvmsg(2) gives back

    private Optional<BoundCall.Difference> differs(Struct message, Received received) {
        Optional<Integer> flags =
                message.field("msg_flags").map(f -> args.constant(f, Constants.MESSAGE_FLAG));
        Optional<List<Argument>> control =
                message.field("msg_control")
                        .filter(c -> !(c instanceof Ellipsis))
                        .map(c -> elements(c, "control messages, [{cmsg_level=…}]"));
        if (flags.isPresent() && flags.get() != received.flags()) {
            return difference("msg_flags", flags.get(), received.flags());
        }
        if (control.isEmpty()) return Optional.empty();
        List<Argument> wanted = control.get();
        List<ControlMessage> actual = received.control();
        for (int i = 0; i < Math.min(wanted.size(), actual.size()); i++) {
            var difference = differs(wanted.get(i), actual.get(i));
            if (difference.isPresent()) return difference;
        }
        if (wanted.size() == actual.size()) return Optional.empty();
        return Optional.of(
                new BoundCall.Difference(
                        wanted.size() + " control messages", actual.size() + ": " + actual));
    }

    private static Optional<BoundCall.Difference> difference(
            String what, long wanted, long actual) {
        if (wanted == actual) return Optional.empty();
        return Optional.of(new BoundCall.Difference(what + "=" + wanted, what + "=" + actual));
    }

    private Optional<BoundCall.Difference> differs(Argument wanted, ControlMessage actual) {
        if (!(wanted instanceof Struct struct)) {
            throw args.expected(wanted, "a control message, {cmsg_level=…}");
        }
        int level = args.constant(member(struct, "cmsg_level"), Constants.LEVEL);
        int type = args.constant(member(struct, "cmsg_type"), Constants.CONTROL_TYPE);
        if (level != level(actual) || type != type(actual)) {
            return Optional.of(
                    new BoundCall.Difference(
                            "cmsg_level=" + level + ", cmsg_type=" + type, actual.toString()));
        }
        Argument data = member(struct, "cmsg_data");
        if (data instanceof Ellipsis) return Optional.empty();
        return switch (actual) {
            case ControlMessage.Inq(int octets) ->
                    difference("TCP_CM_INQ", args.constant(data, Constants.OPTION_VALUE), octets);
            case ControlMessage.Joined(int octets) -> difference("UDP_GRO", number(data), octets);
            case ControlMessage.Dropped(int datagrams) ->
                    difference("SO_RXQ_OVFL", number(data), Integer.toUnsignedLong(datagrams));
            case ControlMessage.Ttl(int ttl) -> difference("IP_TTL", number(data), ttl);
            case ControlMessage.Tos(int tos) -> difference("IP_TOS", number(data), tos);
            case ControlMessage.OriginalDestination(Endpoint destination) ->
                    differs(addresses.apply(data), destination);
            case ControlMessage.Timestamp(long nanos) ->
                    differs(parts(data), "tv_usec", MICRO, nanos / MICRO * MICRO);
            case ControlMessage.TimestampNs(long nanos) ->
                    differs(parts(data), "tv_nsec", 1, nanos);
            case ControlMessage.Timestamping(long nanos) ->
                    differs(parts(data), "scm_nsec", 1, nanos);
            case ControlMessage.ReceivedError(_, ExtendedError error, _) ->
                    differs(parts(data), error);
        };
    }

    private static Optional<BoundCall.Difference> differs(Endpoint wanted, Endpoint actual) {
        if (wanted.equals(actual)) return Optional.empty();
        return Optional.of(
                new BoundCall.Difference("IP_ORIGDSTADDR " + wanted, "IP_ORIGDSTADDR " + actual));
    }

    private static int level(ControlMessage message) {
        return switch (message) {
            case ControlMessage.Inq _ -> 6;
            case ControlMessage.Joined _ -> 17;
            case ControlMessage.Timestamping _,
                    ControlMessage.Timestamp _,
                    ControlMessage.TimestampNs _,
                    ControlMessage.Dropped _ ->
                    1;
            case ControlMessage.ReceivedError(var family, _, _) ->
                    family == AddressFamily.AF_INET6 ? 41 : 0;
            case ControlMessage.Ttl _, ControlMessage.Tos _, ControlMessage.OriginalDestination _ ->
                    0;
        };
    }

    private static int type(ControlMessage message) {
        return switch (message) {
            case ControlMessage.Inq _ -> Constants.TCP_CM_INQ;
            case ControlMessage.Joined _ -> SocketOption.UDP_GRO.number();
            case ControlMessage.Timestamping _ -> Constants.SCM_TIMESTAMPING;
            case ControlMessage.Dropped _ -> SocketOption.SO_RXQ_OVFL.number();
            case ControlMessage.Ttl _ -> SocketOption.IP_TTL.number();
            case ControlMessage.Tos _ -> SocketOption.IP_TOS.number();
            case ControlMessage.OriginalDestination _ -> SocketOption.IP_RECVORIGDSTADDR.number();
            case ControlMessage.Timestamp _ -> SocketOption.SO_TIMESTAMP.number();
            case ControlMessage.TimestampNs _ -> SocketOption.SO_TIMESTAMPNS.number();
            case ControlMessage.ReceivedError(var family, _, _) ->
                    family == AddressFamily.AF_INET6
                            ? Constants.IPV6_RECVERR
                            : Constants.IP_RECVERR;
        };
    }

    private Struct parts(Argument data) {
        if (data instanceof Struct struct) return struct;
        throw args.expected(data, "a struct");
    }

    /**
     * @param fraction the member beside the seconds, whose name begins as theirs does
     * @param unit of the fraction, in nanoseconds
     */
    private Optional<BoundCall.Difference> differs(
            Struct wanted, String fraction, long unit, long nanos) {
        String seconds = fraction.substring(0, fraction.indexOf('_')) + "_sec";
        long expected =
                number(member(wanted, seconds)) * SECOND + number(member(wanted, fraction)) * unit;
        if (Math.abs(expected - nanos) <= tolerance) return Optional.empty();
        return difference("timestamp", expected, nanos);
    }

    private Optional<BoundCall.Difference> differs(Struct wanted, ExtendedError actual) {
        var checks = new ArrayList<Optional<BoundCall.Difference>>();
        checks.add(differs(wanted, "ee_errno", actual.errno()));
        checks.add(differs(wanted, "ee_origin", actual.origin()));
        checks.add(differs(wanted, "ee_type", actual.type()));
        checks.add(differs(wanted, "ee_code", actual.code()));
        checks.add(differs(wanted, "ee_info", Integer.toUnsignedLong(actual.info())));
        checks.add(differs(wanted, "ee_data", Integer.toUnsignedLong(actual.data())));
        return checks.stream().flatMap(Optional::stream).findFirst();
    }

    private Optional<BoundCall.Difference> differs(Struct wanted, String member, long actual) {
        return wanted.field(member).flatMap(value -> difference(member, number(value), actual));
    }

    private long number(Argument value) {
        if (value instanceof Argument.Numeral(_, long n, _)) return n;
        return args.constant(value, Constants.EXTENDED_ERROR);
    }
}
