package io.socketlab.lab.script;

import static io.socketlab.kernel.socket.Errno.EACCES;
import static io.socketlab.kernel.socket.Errno.EAGAIN;
import static io.socketlab.kernel.socket.Errno.ECONNREFUSED;
import static io.socketlab.kernel.socket.Errno.ECONNRESET;
import static io.socketlab.kernel.socket.Errno.EDESTADDRREQ;
import static io.socketlab.kernel.socket.Errno.EINTR;
import static io.socketlab.kernel.socket.Errno.EINVAL;
import static io.socketlab.kernel.socket.Errno.EISCONN;
import static io.socketlab.kernel.socket.Errno.EMSGSIZE;
import static io.socketlab.kernel.socket.Errno.ENOTCONN;
import static io.socketlab.kernel.socket.Errno.EOPNOTSUPP;
import static io.socketlab.kernel.socket.Errno.EPIPE;
import static io.socketlab.kernel.socket.Errno.ETIMEDOUT;
import static io.socketlab.lab.script.CallInfo.call;

import java.util.List;

/** The calls that move octets. */
final class TransferCalls {

    private static final String FD = "The socket's number, as socket() or accept() returned it.";
    private static final String SENT =
            "What to send: \"hello\\n\", or ... for that many octets of the alphabet, again and again; ...+5000 begins with octet 5000.";
    private static final String ROOM =
            "Room for what arrives: ... Only its size matters; it may be left out here.";
    private static final String SENDS =
            "How many octets the send buffer took, which can be fewer than asked for on a non-blocking socket. It does not say that they have arrived. Waits while the buffer is full. -1 on error.";
    private static final String RECEIVES =
            "How many octets were read. A stream gives what is there, 0 only at its end (the peer sent FIN); a datagram socket gives one datagram, which may have length 0. Waits while there is nothing. -1 on error.";

    private static final CallInfo SEND =
            sendErrors(
                            call(
                                            "ssize_t send(int fd, const void *buf, size_t len, int flags)",
                                            "Puts octets into the send buffer of a connection.")
                                    .forms(
                                            "send(fd, buf)",
                                            "send(fd, buf, len)",
                                            "send(fd, buf, len, flags)")
                                    .example("send(4, \"hello\", 5, 0)")
                                    .parameter("fd", FD)
                                    .parameter("buf", SENT)
                                    .parameter(
                                            "len",
                                            "How many octets of it; the whole text if left out.")
                                    .parameter(
                                            "flags",
                                            "MSG_DONTWAIT: fail rather than wait. MSG_MORE: more will follow, hold back a partial segment. 0 if left out.",
                                            Constants.MESSAGE_FLAG)
                                    .returns(SENDS)
                                    .badDescriptor())
                    .error(
                            EDESTADDRREQ,
                            "This datagram socket has no peer.",
                            "Use sendto() with an address, or connect() first.")
                    .page("send(2)");

    private static final CallInfo RECV =
            receiveErrors(
                            call(
                                            "ssize_t recv(int fd, void *buf, size_t len, int flags)",
                                            "Reads octets, or one datagram, from the receive buffer.")
                                    .forms(
                                            "recv(fd, len)",
                                            "recv(fd, buf, len)",
                                            "recv(fd, buf, len, flags)")
                                    .example("recv(4, ..., 100, 0)")
                                    .parameter("fd", FD)
                                    .parameter("buf", ROOM)
                                    .parameter(
                                            "len",
                                            "At most how many octets. The rest of a longer datagram is thrown away; the rest of a stream stays.")
                                    .parameter(
                                            "flags",
                                            "MSG_PEEK: leave it in the buffer. MSG_DONTWAIT: fail rather than wait. MSG_WAITALL: wait until len octets are there. MSG_TRUNC: return a datagram's real length.",
                                            Constants.MESSAGE_FLAG)
                                    .returns(RECEIVES)
                                    .badDescriptor())
                    .page("recv(2)");

    private static final CallInfo SENDTO =
            sendErrors(
                            call(
                                            "ssize_t sendto(int fd, const void *buf, size_t len, int flags, const struct sockaddr *addr, socklen_t addrlen)",
                                            "Sends one datagram to an address.")
                                    .forms(
                                            "sendto(fd, buf, addr)",
                                            "sendto(fd, buf, len, flags, addr)",
                                            "sendto(fd, buf, len, flags, addr, addrlen)")
                                    .example("sendto(3, \"hi\", server:53)")
                                    .parameter("fd", FD)
                                    .parameter("buf", SENT)
                                    .parameter(
                                            "len", "How many octets of it: the datagram's length.")
                                    .parameter(
                                            "flags",
                                            "MSG_DONTWAIT and others; mostly 0.",
                                            Constants.MESSAGE_FLAG)
                                    .parameter(
                                            "addr",
                                            "Where to: server:53 or 10.0.0.2:53. A socket without a port gets one now.")
                                    .parameter(
                                            "addrlen",
                                            "The size of the address. May be left out here.")
                                    .returns(
                                            "The length: a datagram is taken whole or not at all. It does not say that it will arrive. -1 on error.")
                                    .badDescriptor())
                    .error(
                            EISCONN,
                            "The socket is a connected stream, which has one peer only.",
                            "Use send().")
                    .unreachable()
                    .error(EACCES, "The address is a broadcast address.", "Set SO_BROADCAST first.")
                    .error(EINVAL, "The address has no port.", "Write it as server:53.")
                    .page("send(2)");

    private static final CallInfo RECVFROM =
            receiveErrors(
                            call(
                                            "ssize_t recvfrom(int fd, void *buf, size_t len, int flags, struct sockaddr *addr, socklen_t *addrlen)",
                                            "Reads one datagram and says where it came from.")
                                    .forms(
                                            "recvfrom(fd, len)",
                                            "recvfrom(fd, buf, len, flags)",
                                            "recvfrom(fd, buf, len, flags, addr, addrlen)")
                                    .example("recvfrom(3, 100)")
                                    .parameter("fd", FD)
                                    .parameter("buf", ROOM)
                                    .parameter(
                                            "len",
                                            "At most how many octets. What a datagram has more is thrown away.")
                                    .parameter(
                                            "flags",
                                            "MSG_PEEK, MSG_DONTWAIT, MSG_TRUNC; 0 if left out.",
                                            Constants.MESSAGE_FLAG)
                                    .parameter("addr", "Room for the sender's address: ...")
                                    .parameter("addrlen", "The size of that room: ...")
                                    .returns(RECEIVES)
                                    .badDescriptor())
                    .page("recv(2)");

    private static final CallInfo READ =
            receiveErrors(
                            call(
                                            "ssize_t read(int fd, void *buf, size_t count)",
                                            "recv() without flags: the call that files have too.")
                                    .forms("read(fd, count)", "read(fd, buf, count)")
                                    .example("read(4, ..., 100)")
                                    .parameter("fd", FD)
                                    .parameter("buf", ROOM)
                                    .parameter("count", "At most how many octets.")
                                    .returns(RECEIVES)
                                    .badDescriptor())
                    .page("read(2)");

    private static final CallInfo WRITE =
            sendErrors(
                            call(
                                            "ssize_t write(int fd, const void *buf, size_t count)",
                                            "send() without flags: the call that files have too.")
                                    .forms("write(fd, buf)", "write(fd, buf, count)")
                                    .example("write(4, \"hello\", 5)")
                                    .parameter("fd", FD)
                                    .parameter("buf", SENT)
                                    .parameter(
                                            "count",
                                            "How many octets of it; the whole text if left out.")
                                    .returns(SENDS)
                                    .badDescriptor())
                    .error(
                            EDESTADDRREQ,
                            "This datagram socket has no peer.",
                            "Use sendto() with an address, or connect() first.")
                    .page("write(2)");

    static final List<CallInfo> CALLS = List.of(SEND, RECV, SENDTO, RECVFROM, READ, WRITE);

    private TransferCalls() {}

    private static CallInfo.Builder sendErrors(CallInfo.Builder call) {
        return call.error(
                        EAGAIN,
                        "The socket is non-blocking (or SO_SNDTIMEO ran out) and the send buffer is full.",
                        "Wait with poll() for POLLOUT, then send the rest.")
                .error(
                        EPIPE,
                        "This side has said that it sends no more, or the connection has been reset and the program was told so.",
                        "Nothing can be sent here any more. A real program also gets SIGPIPE, unless it asks for MSG_NOSIGNAL.")
                .error(
                        ENOTCONN,
                        "There is no connection to send on.",
                        "connect() first; on a server, send on what accept() returned.")
                .error(
                        ECONNRESET,
                        "The peer has reset the connection: it closed without reading everything, or it is gone.",
                        "Close the socket. What was not acknowledged is lost.")
                .error(
                        ECONNREFUSED,
                        "An earlier datagram drew an ICMP \"port unreachable\": nobody receives on that port.",
                        "Check that the peer is bound. The error is told once; the next call sends again.")
                .error(
                        ETIMEDOUT,
                        "What was sent was repeated many times and never acknowledged.",
                        "The peer or the path is gone. Close the socket.")
                .error(
                        EMSGSIZE,
                        "The datagram is longer than UDP can carry (65507 octets), or than the path takes where it may not be split.",
                        "Send less at a time.")
                .error(EOPNOTSUPP, "A flag makes no sense on this socket.", "Use 0 for the flags.")
                .error(EINTR, "A signal arrived before anything was taken.", "Call again.");
    }

    private static CallInfo.Builder receiveErrors(CallInfo.Builder call) {
        return call.error(
                        EAGAIN,
                        "The socket is non-blocking (or SO_RCVTIMEO ran out) and nothing is there.",
                        "Wait with poll() for POLLIN. This is not the end of the stream: that would be 0.")
                .error(
                        ENOTCONN,
                        "This stream socket has no connection. A listening socket never has one.",
                        "Receive on the number that accept() returned, not on the listener's.")
                .error(
                        ECONNRESET,
                        "The peer has reset the connection.",
                        "Close the socket. What had not arrived is lost.")
                .error(
                        ECONNREFUSED,
                        "A datagram sent from here drew an ICMP \"port unreachable\". Only a connected datagram socket is told.",
                        "Check that the peer is bound. The error is told once.")
                .error(
                        ETIMEDOUT,
                        "What was sent on this connection was never acknowledged, or keep-alive probes were not answered.",
                        "The peer or the path is gone. Close the socket.")
                .error(
                        EINVAL,
                        "MSG_OOB was asked for and there is no urgent octet.",
                        "Leave out MSG_OOB.")
                .error(EINTR, "A signal arrived before anything was there.", "Call again.");
    }
}
