package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.AddressFamily;
import io.socketlab.kernel.socket.ControlMessage;
import io.socketlab.kernel.socket.ExtendedError;
import io.socketlab.kernel.socket.Received;
import io.socketlab.kernel.wire.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        return header(call.to(), buffers(call.iov())) + ", " + Symbols.messageFlags(call.flags());
    }

    private static String asked(Syscall.RecvMsg call) {
        return "{msg_iov=" + rooms(call.iov()) + "}, " + Symbols.messageFlags(call.flags());
    }

    /** {@code [{msg_hdr={msg_iov=[{"hello", 5}]}}], 1, 0}. */
    static String sent(Syscall.SendMmsg call, List<Integer> lengths) {
        var messages = new ArrayList<String>();
        for (Syscall.Message message : call.messages()) {
            String header = header(message.to(), buffers(message.iov()));
            int i = messages.size();
            messages.add(counted(header, i < lengths.size() ? lengths.get(i) : -1));
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
            for (List<Integer> rooms : call.rooms()) {
                texts.add(counted("{msg_iov=" + rooms(rooms) + "}", -1));
            }
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

    private static String header(Optional<Endpoint> to, String buffers) {
        return "{" + to.map(t -> "msg_name=" + t + ", ").orElse("") + "msg_iov=" + buffers + "}";
    }

    static String received(Syscall.RecvMsg call, Received received) {
        return received(received) + ", " + Symbols.messageFlags(call.flags());
    }

    private static String received(Received received) {
        String control =
                received.control().isEmpty()
                        ? ""
                        : ", msg_control="
                                + received.control().stream()
                                        .map(MessageText::control)
                                        .collect(Collectors.joining(", ", "[", "]"));
        return "{"
                + received.from().map(from -> "msg_name=" + from + ", ").orElse("")
                + "msg_iov=[{"
                + Symbols.quoted(received.data())
                + ", "
                + received.data().length
                + "}]"
                + control
                + ", msg_flags="
                + Symbols.messageFlags(received.flags())
                + "}";
    }

    private static String control(ControlMessage message) {
        return switch (message) {
            case ControlMessage.Inq(int octets) ->
                    "{cmsg_level=SOL_TCP, cmsg_type=TCP_CM_INQ, cmsg_data=" + octets + "}";
            case ControlMessage.Joined(int octets) ->
                    "{cmsg_level=SOL_UDP, cmsg_type=UDP_GRO, cmsg_data=" + octets + "}";
            case ControlMessage.Dropped(int datagrams) ->
                    "{cmsg_level=SOL_SOCKET, cmsg_type=SO_RXQ_OVFL, cmsg_data="
                            + Integer.toUnsignedString(datagrams)
                            + "}";
            case ControlMessage.Ttl(int ttl) ->
                    "{cmsg_level=SOL_IP, cmsg_type=IP_TTL, cmsg_data=" + ttl + "}";
            case ControlMessage.Tos(int tos) ->
                    "{cmsg_level=SOL_IP, cmsg_type=IP_TOS, cmsg_data=" + tos + "}";
            case ControlMessage.OriginalDestination(Endpoint destination) ->
                    "{cmsg_level=SOL_IP, cmsg_type=IP_ORIGDSTADDR, cmsg_data=" + destination + "}";
            case ControlMessage.Timestamp(long nanos) ->
                    "{cmsg_level=SOL_SOCKET, cmsg_type=SCM_TIMESTAMP, cmsg_data={tv_sec="
                            + nanos / 1_000_000_000
                            + ", tv_usec="
                            + nanos % 1_000_000_000 / 1000
                            + "}}";
            case ControlMessage.TimestampNs(long nanos) ->
                    "{cmsg_level=SOL_SOCKET, cmsg_type=SCM_TIMESTAMPNS, cmsg_data={tv_sec="
                            + nanos / 1_000_000_000
                            + ", tv_nsec="
                            + nanos % 1_000_000_000
                            + "}}";
            case ControlMessage.Timestamping(long nanos) ->
                    "{cmsg_level=SOL_SOCKET, cmsg_type=SCM_TIMESTAMPING, cmsg_data={scm_sec="
                            + nanos / 1_000_000_000
                            + ",scm_nsec="
                            + nanos % 1_000_000_000
                            + "}}";
            case ControlMessage.ReceivedError(var family, ExtendedError e, var offender) ->
                    (family == AddressFamily.AF_INET6
                                    ? "{cmsg_level=SOL_IPV6, cmsg_type=IPV6_RECVERR"
                                    : "{cmsg_level=SOL_IP, cmsg_type=IP_RECVERR")
                            + ", cmsg_data={ee_errno="
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
                            + offender.map(o -> ", offender=" + o.address()).orElse("")
                            + "}}";
        };
    }
}
