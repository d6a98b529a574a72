package io.socketlab.lab.script;

import static io.socketlab.kernel.socket.Errno.EAGAIN;
import static io.socketlab.kernel.socket.Errno.ECONNRESET;
import static io.socketlab.kernel.socket.Errno.EINVAL;
import static io.socketlab.kernel.socket.Errno.EMSGSIZE;
import static io.socketlab.kernel.socket.Errno.ENOBUFS;
import static io.socketlab.kernel.socket.Errno.ENODEV;
import static io.socketlab.kernel.socket.Errno.ENOTCONN;
import static io.socketlab.kernel.socket.Errno.EPIPE;
import static io.socketlab.lab.script.CallInfo.call;

import java.util.List;

/** The calls that move octets between several buffers and a socket. */
final class MessageCalls {

    private static final String FD = "The socket's number, as socket() or accept() returned it.";
    private static final String HOW_MANY = "How many messages there are.";
    private static final String TOO_MANY = "There are more than 1024 buffers.";

    private static final CallInfo SENDMSG =
            call(
                            "ssize_t sendmsg(int fd, const struct msghdr *msg, int flags)",
                            "Sends what lies in several buffers, as one.")
                    .forms("sendmsg(fd, msg)", "sendmsg(fd, msg, flags)")
                    .example("sendmsg(4, {msg_iov=[{\"head\", 4}, {\"body\", 4}]}, 0)")
                    .parameter("fd", FD)
                    .parameter(
                            "msg",
                            "{msg_iov=[{\"head\", 4}, {..., 100}]}: buffers and their lengths. With msg_name=10.0.0.2:53 a datagram goes there. msg_control=[{cmsg_level=SOL_IP, cmsg_type=IP_TTL, cmsg_data=5}] says how this one is to travel.",
                            Constants.CONTROL_TYPE)
                    .parameter(
                            "flags",
                            "As of send(). MSG_ZEROCOPY, after SO_ZEROCOPY: do not copy; the error queue tells when the buffers are free again.",
                            Constants.MESSAGE_FLAG)
                    .returns("How many octets the send buffer took, of all buffers. -1 on error.")
                    .badDescriptor()
                    .error(
                            EAGAIN,
                            "The socket is non-blocking and its send buffer is full.",
                            "Wait with poll() for POLLOUT.")
                    .error(EPIPE, "This end was shut down for writing.", "Open a new connection.")
                    .error(
                            EINVAL,
                            "A control message is not known, or its data are not what it takes.",
                            "IP_TTL and IP_TOS take a number, IP_PKTINFO {ipi_ifindex=2, ipi_spec_dst=inet_addr(\"10.0.0.1\")}.")
                    .error(
                            ENODEV,
                            "IP_PKTINFO or IPV6_PKTINFO names an interface that is not there.",
                            "lo is 1, eth0 is 2; `ip link` shows them.")
                    .error(
                            ENOBUFS,
                            "With MSG_ZEROCOPY: too many notifications are waiting to be read.",
                            "Read them with recvmsg() and MSG_ERRQUEUE.")
                    .error(EMSGSIZE, TOO_MANY, "Use fewer and larger ones.")
                    .page("sendmsg(2)");

    private static final CallInfo RECVMSG =
            call(
                            "ssize_t recvmsg(int fd, struct msghdr *msg, int flags)",
                            "Reads into several buffers, and what goes with the data.")
                    .forms("recvmsg(fd, msg)", "recvmsg(fd, msg, flags)")
                    .example("recvmsg(4, {msg_iov=[{..., 10}, {..., 100}]}, 0)")
                    .parameter("fd", FD)
                    .parameter(
                            "msg",
                            "{msg_iov=[{..., 100}]}: room. msg_flags= and msg_control=[…] are compared with what comes back; msg_controllen=32 leaves room for so many octets of control messages, and MSG_CTRUNC says that it was not enough.",
                            Constants.CONTROL_TYPE)
                    .parameter(
                            "flags",
                            "As of recv(). MSG_ERRQUEUE reads the error queue: ICMP errors with IP_RECVERR, timestamps, zero-copy notifications. It never waits.",
                            Constants.MESSAGE_FLAG)
                    .returns("How many octets were read, in all buffers. -1 on error.")
                    .badDescriptor()
                    .error(
                            EAGAIN,
                            "Nothing is there and the call may not wait; MSG_ERRQUEUE never does.",
                            "Wait with poll(): POLLIN for data, POLLERR for the error queue.")
                    .error(
                            ENOTCONN,
                            "This stream socket has no connection.",
                            "Receive on the number that accept() returned.")
                    .error(
                            ECONNRESET,
                            "The peer has reset the connection.",
                            "Close the socket. What had not arrived is lost.")
                    .error(EMSGSIZE, TOO_MANY, "Use fewer and larger ones.")
                    .page("recvmsg(2)");

    private static final CallInfo SENDMMSG =
            call(
                            "int sendmmsg(int fd, struct mmsghdr *msgvec, unsigned int vlen, int flags)",
                            "Sends several messages by one call.")
                    .forms("sendmmsg(fd, msgvec, vlen)", "sendmmsg(fd, msgvec, vlen, flags)")
                    .example(
                            "sendmmsg(4, [{msg_hdr={msg_iov=[{\"one\", 3}]}}, {msg_hdr={msg_iov=[{\"two\", 3}]}}], 2, 0)")
                    .parameter("fd", FD)
                    .parameter(
                            "msgvec",
                            "A list of messages, {msg_hdr={…}}, each as of sendmsg(). msg_len= is compared with what was sent of it.")
                    .parameter("vlen", HOW_MANY)
                    .parameter("flags", "As of sendmsg().", Constants.MESSAGE_FLAG)
                    .returns(
                            "How many messages were sent, which may be fewer: what went wrong with the next is told when it is sent again. -1 on error, if none could be sent.")
                    .badDescriptor()
                    .error(
                            EAGAIN,
                            "The socket is non-blocking and its send buffer is full.",
                            "Wait with poll() for POLLOUT.")
                    .error(EPIPE, "This end was shut down for writing.", "Open a new connection.")
                    .error(
                            EMSGSIZE,
                            "The first message is longer than a datagram can be, or has more than 1024 buffers.",
                            "Send less at once.")
                    .page("sendmmsg(2)");

    private static final CallInfo RECVMMSG =
            call(
                            "int recvmmsg(int fd, struct mmsghdr *msgvec, unsigned int vlen, int flags, struct timespec *timeout)",
                            "Receives several messages by one call.")
                    .forms(
                            "recvmmsg(fd, msgvec, vlen)",
                            "recvmmsg(fd, msgvec, vlen, flags)",
                            "recvmmsg(fd, msgvec, vlen, flags, timeout)")
                    .example(
                            "recvmmsg(4, [{msg_hdr={msg_iov=[{..., 100}]}}, {msg_hdr={msg_iov=[{..., 100}]}}], 2, MSG_WAITFORONE, NULL)")
                    .parameter("fd", FD)
                    .parameter(
                            "msgvec",
                            "A list of messages, {msg_hdr={…}}, each as of recvmsg(). msg_len= is compared with what came.")
                    .parameter("vlen", HOW_MANY)
                    .parameter(
                            "flags",
                            "As of recvmsg(). MSG_WAITFORONE: wait for the first message alone.",
                            Constants.MESSAGE_FLAG)
                    .parameter(
                            "timeout",
                            "Seconds, as 0.5, or NULL. It is looked at after each message only: without another one the call waits on.")
                    .returns(
                            "How many messages were received, which may be fewer: an error after the first is kept for the next call. -1 on error.")
                    .badDescriptor()
                    .error(
                            EAGAIN,
                            "Nothing is there and the call may not wait.",
                            "Wait with poll() for POLLIN.")
                    .error(
                            ENOTCONN,
                            "This stream socket has no connection.",
                            "Receive on the number that accept() returned.")
                    .error(EMSGSIZE, TOO_MANY, "Use fewer and larger ones.")
                    .page("recvmmsg(2)");

    private static final CallInfo WRITEV =
            call(
                            "ssize_t writev(int fd, const struct iovec *iov, int iovcnt)",
                            "Writes what lies in several buffers, one after the other.")
                    .forms("writev(fd, iov)", "writev(fd, iov, iovcnt)")
                    .example("writev(4, [{\"head\", 4}, {\"body\", 4}], 2)")
                    .parameter("fd", FD)
                    .parameter("iov", "A list of buffers and their lengths: [{\"head\", 4}].")
                    .parameter("iovcnt", "How many there are. May be left out here.")
                    .returns("How many octets were taken, of all buffers. -1 on error.")
                    .badDescriptor()
                    .error(EINVAL, TOO_MANY, "Use fewer and larger ones.")
                    .error(
                            EAGAIN,
                            "The socket is non-blocking and its send buffer is full.",
                            "Wait with poll() for POLLOUT.")
                    .page("writev(2)");

    private static final CallInfo READV =
            call(
                            "ssize_t readv(int fd, const struct iovec *iov, int iovcnt)",
                            "Reads into several buffers, one after the other.")
                    .forms("readv(fd, iov)", "readv(fd, iov, iovcnt)")
                    .example("readv(4, [{..., 10}, {..., 100}], 2)")
                    .parameter("fd", FD)
                    .parameter("iov", "A list of rooms and their lengths: [{..., 10}].")
                    .parameter("iovcnt", "How many there are. May be left out here.")
                    .returns("How many octets were read, 0 at the end of a stream. -1 on error.")
                    .badDescriptor()
                    .error(EINVAL, TOO_MANY, "Use fewer and larger ones.")
                    .error(
                            EAGAIN,
                            "The socket is non-blocking and nothing is there.",
                            "Wait with poll() for POLLIN.")
                    .page("readv(2)");

    static final List<CallInfo> CALLS =
            List.of(SENDMSG, RECVMSG, SENDMMSG, RECVMMSG, WRITEV, READV);

    private MessageCalls() {}
}
