package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.ControlRoom;
import io.socketlab.kernel.socket.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How messages of several buffers are written, and what goes with them. */
final class MessageText {

    private MessageText() {}

    /**
     * @param extra what the call stored, as the arguments behind its descriptor
     */
    static String arguments(Syscall<?> call, String extra) {
        return switch (call) {
            case Syscall.SendMsg message -> message.fd() + ", " + sent(message);
            case Syscall.RecvMsg message ->
                    message.fd() + ", " + (extra.isEmpty() ? asked(message) : extra);
            case Syscall.SendMmsg many ->
                    many.fd() + ", " + (extra.isEmpty() ? sent(many, List.of()) : extra);
            case Syscall.RecvMmsg many ->
                    many.fd() + ", " + (extra.isEmpty() ? received(many, List.of()) : extra);
            case Syscall.WriteV(int fd, var iov) -> fd + ", " + buffers(iov) + ", " + iov.size();
            case Syscall.ReadV(int fd, var iov) -> fd + ", " + rooms(iov) + ", " + iov.size();
            case Syscall.SendFile file -> sendFile(file);
            case Syscall.Splice splice -> splice(splice);
            default -> throw new IllegalArgumentException(call + " has no several buffers");
        };
    }

    /** {@code [{"hello", 5}, {"x", 1}]}. */
    private static String buffers(List<byte[]> iov) {
        return iov.stream()
                .map(b -> "{" + Symbols.quoted(b) + ", " + b.length + "}")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** <code>[{..., 100}]</code>. */
    private static String rooms(List<Integer> lengths) {
        return lengths.stream()
                .map(n -> "{..., " + n + "}")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String splice(Syscall.Splice call) {
        return call.fd() + ", NULL, " + call.to() + ", NULL, " + call.count() + ", " + call.flags();
    }

    private static String sendFile(Syscall.SendFile call) {
        return call.fd()
                + ", "
                + call.from()
                + ", "
                + call.offset().map(o -> "[" + o + "]").orElse("NULL")
                + ", "
                + call.count();
    }

    private static String sent(Syscall.SendMsg call) {
        return header(call.message()) + ", " + Symbols.messageFlags(call.flags());
    }

    private static String asked(Syscall.RecvMsg call) {
        return asked(call.room()) + ", " + Symbols.messageFlags(call.flags());
    }

    private static String asked(Syscall.Room room) {
        boolean limited = !room.control().equals(ControlRoom.ENOUGH);
        return "{msg_iov="
                + rooms(room.iov())
                + (limited ? ", msg_controllen=" + room.control().octets() : "")
                + "}";
    }

    /** {@code [{msg_hdr={msg_iov=[{"hello", 5}]}}], 1, 0}. */
    static String sent(Syscall.SendMmsg call, List<Integer> lengths) {
        var messages = new ArrayList<String>();
        for (Syscall.Message message : call.messages()) {
            int i = messages.size();
            messages.add(counted(header(message), i < lengths.size() ? lengths.get(i) : -1));
        }
        return many(messages) + ", " + messages.size() + ", " + Symbols.messageFlags(call.flags());
    }

    /**
     * @param messages those that have come
     */
    static String received(Syscall.RecvMmsg call, List<Received> messages) {
        var texts = new ArrayList<String>();
        for (Received message : messages) texts.add(counted(received(message), message.result()));
        if (messages.isEmpty()) {
            for (Syscall.Room room : call.rooms()) texts.add(counted(asked(room), -1));
        }
        return many(texts)
                + ", "
                + call.rooms().size()
                + ", "
                + Symbols.messageFlags(call.flags())
                + ", "
                + ReadinessText.timeout(call.timeoutNanos());
    }

    private static String many(List<String> messages) {
        return messages.stream().collect(Collectors.joining(", ", "[", "]"));
    }

    /** As struct mmsghdr: with msg_len, once it is known. */
    private static String counted(String header, int length) {
        return "{msg_hdr=" + header + (length < 0 ? "" : ", msg_len=" + length) + "}";
    }

    private static String header(Syscall.Message message) {
        return "{"
                + message.to().map(t -> "msg_name=" + t + ", ").orElse("")
                + "msg_iov="
                + buffers(message.iov())
                + ControlText.sent(message.control())
                + "}";
    }

    static String received(Syscall.RecvMsg call, Received received) {
        return received(received) + ", " + Symbols.messageFlags(call.flags());
    }

    private static String received(Received received) {
        return "{"
                + received.from().map(from -> "msg_name=" + from + ", ").orElse("")
                + "msg_iov=[{"
                + Symbols.quoted(received.data())
                + ", "
                + received.data().length
                + "}]"
                + ControlText.received(received.control())
                + ", msg_flags="
                + Symbols.messageFlags(received.flags())
                + "}";
    }
}
