package io.socketlab.lab.script;

import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.lab.script.Argument.Array;
import io.socketlab.lab.script.Argument.Ellipsis;
import io.socketlab.lab.script.Argument.Field;
import io.socketlab.lab.script.Argument.Struct;
import io.socketlab.lab.script.Argument.Text;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Binds the calls that take several buffers: sendmsg(2), recvmsg(2), readv(2), writev(2). */
final class MessageBinder {

    private final Args args;
    private final ControlBinder control;

    /**
     * @param addresses reads an address that a control message is to hold
     */
    MessageBinder(Args args, MessageRules rules, Function<Argument, Endpoint> addresses) {
        this.args = args;
        this.control = new ControlBinder(args, rules, addresses);
    }

    /**
     * @param address reads what stands for msg_name
     */
    BoundCall<?> sendMsg(Function<Argument, Optional<Endpoint>> address) {
        Struct message = struct(1, "{msg_iov=[{\"hello\", 5}], msg_flags=0}");
        return BoundCall.of(
                new Syscall.SendMsg(args.descriptor(0), message(message, address), flags(2)));
    }

    private Syscall.Message message(
            Struct message, Function<Argument, Optional<Endpoint>> address) {
        Optional<Endpoint> to = message.field("msg_name").flatMap(address);
        return new Syscall.Message(
                buffers(member(message, "msg_iov", "iov")).map(this::octets).toList(),
                to,
                control.sent(message));
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
        List<Syscall.Room> rooms = vector.stream().map(m -> room(header(m))).toList();
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

    private Syscall.Room room(Struct header) {
        List<Integer> iov = buffers(member(header, "msg_iov", "iov")).map(this::capacity).toList();
        return new Syscall.Room(iov, control.room(header));
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
        var call = new Syscall.RecvMsg(args.descriptor(0), room(message), flags(2));
        return new BoundCall<>(call, received -> differs(message, received));
    }

    BoundCall<?> writeV() {
        List<byte[]> iov = buffers(args.get(1)).map(this::octets).toList();
        checkCount(iov.size());
        return BoundCall.of(new Syscall.WriteV(args.descriptor(0), iov));
    }

    BoundCall<?> readV() {
        List<Integer> iov = buffers(args.get(1)).map(this::capacity).toList();
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

    private int capacity(Struct buffer) {
        Argument content = buffer.fields().getFirst().value();
        if (!(content instanceof Ellipsis)) throw args.expected(content, "... for the buffer");
        return length(buffer);
    }

    // ---- what recvmsg(2) gives back

    private Optional<BoundCall.Difference> differs(Struct message, Received received) {
        Optional<Integer> flags =
                message.field("msg_flags").map(f -> args.constant(f, Constants.MESSAGE_FLAG));
        if (flags.isPresent() && flags.get() != received.flags()) {
            return difference("msg_flags", flags.get(), received.flags());
        }
        return control.differs(message, received.control());
    }

    private static Optional<BoundCall.Difference> difference(
            String what, long wanted, long actual) {
        if (wanted == actual) return Optional.empty();
        return Optional.of(new BoundCall.Difference(what + "=" + wanted, what + "=" + actual));
    }

    private Optional<BoundCall.Difference> differs(Struct wanted, String member, long actual) {
        return wanted.field(member)
                .flatMap(value ->
                        difference(
                                member,
                                args.integer(value, "a count of octets", 0, Args.MAX_OCTETS),
                                actual));
    }
}
