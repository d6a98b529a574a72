package io.socketlab.kernel.syscall;

import io.socketlab.kernel.socket.AddressFamily;
import io.socketlab.kernel.socket.ControlMessage;
import io.socketlab.kernel.socket.ExtendedError;
import io.socketlab.kernel.socket.Received;
import java.util.List;
import java.util.stream.Collectors;

/** How messages of several buffers are written, and what goes with them. */
final class MessageText {

    private MessageText() {}

    /** {@code [{"hello", 5}, {"x", 1}]}. */
    static String buffers(List<byte[]> iov) {
        return iov.stream()
                .map(b -> "{" + Symbols.quoted(b) + ", " + b.length + "}")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** <code>[{..., 100}]</code>. */
    static String rooms(List<Integer> lengths) {
        return lengths.stream()
                .map(n -> "{..., " + n + "}")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    static String splice(Syscall.Splice call) {
        return call.fd() + ", NULL, " + call.to() + ", NULL, " + call.count() + ", " + call.flags();
    }

    static String sendFile(Syscall.SendFile call) {
        return call.fd()
                + ", "
                + call.from()
                + ", "
                + call.offset().map(o -> "[" + o + "]").orElse("NULL")
                + ", "
                + call.count();
    }

    static String sent(Syscall.SendMsg call) {
        return "{"
                + call.to().map(to -> "msg_name=" + to + ", ").orElse("")
                + "msg_iov="
                + buffers(call.iov())
                + "}, "
                + Symbols.messageFlags(call.flags());
    }

    static String asked(Syscall.RecvMsg call) {
        return "{msg_iov=" + rooms(call.iov()) + "}, " + Symbols.messageFlags(call.flags());
    }

    static String received(Syscall.RecvMsg call, Received received) {
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
                + "}, "
                + Symbols.messageFlags(call.flags());
    }

    private static String control(ControlMessage message) {
        return switch (message) {
            case ControlMessage.Inq(int octets) ->
                    "{cmsg_level=SOL_TCP, cmsg_type=TCP_CM_INQ, cmsg_data=" + octets + "}";
            case ControlMessage.Dropped(int datagrams) ->
                    "{cmsg_level=SOL_SOCKET, cmsg_type=SO_RXQ_OVFL, cmsg_data="
                            + Integer.toUnsignedString(datagrams)
                            + "}";
            case ControlMessage.Ttl(int ttl) ->
                    "{cmsg_level=SOL_IP, cmsg_type=IP_TTL, cmsg_data=" + ttl + "}";
            case ControlMessage.Tos(int tos) ->
                    "{cmsg_level=SOL_IP, cmsg_type=IP_TOS, cmsg_data=" + tos + "}";
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
