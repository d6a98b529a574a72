package io.socketlab.lab.script;

import static io.socketlab.kernel.socket.Errno.EDOM;
import static io.socketlab.kernel.socket.Errno.EINTR;
import static io.socketlab.kernel.socket.Errno.EINVAL;
import static io.socketlab.kernel.socket.Errno.EISCONN;
import static io.socketlab.kernel.socket.Errno.ENODEV;
import static io.socketlab.kernel.socket.Errno.ENOENT;
import static io.socketlab.kernel.socket.Errno.ENOPROTOOPT;
import static io.socketlab.kernel.socket.Errno.ENOTCONN;
import static io.socketlab.kernel.socket.Errno.ENOTTY;
import static io.socketlab.kernel.socket.Errno.EPERM;
import static io.socketlab.lab.script.CallInfo.call;

import java.util.List;

/** The calls that ask about sockets, set how they behave, or wait. */
final class QueryCalls {

    private static final String FD = "The socket's number, as socket() or accept() returned it.";
    private static final String LEVEL =
            "SOL_SOCKET for options named SO_…, SOL_TCP for TCP_…, SOL_IP for IP_…";

    private static final CallInfo GETSOCKNAME =
            call(
                            "int getsockname(int fd, struct sockaddr *addr, socklen_t *addrlen)",
                            "Tells the socket's own address and port.")
                    .forms("getsockname(fd)", "getsockname(fd, addr, addrlen)")
                    .example("getsockname(3)")
                    .parameter("fd", FD)
                    .parameter(
                            "addr",
                            "Room for the address: ...; or the address that is expected, to be compared.")
                    .parameter("addrlen", "The size of that room: ...")
                    .returns("0, and the address: 0.0.0.0:0 while it has none. -1 on error.")
                    .badDescriptor()
                    .page("getsockname(2)");

    private static final CallInfo GETPEERNAME =
            call(
                            "int getpeername(int fd, struct sockaddr *addr, socklen_t *addrlen)",
                            "Tells the address and port at the other end.")
                    .forms("getpeername(fd)", "getpeername(fd, addr, addrlen)")
                    .example("getpeername(4)")
                    .parameter("fd", FD)
                    .parameter(
                            "addr",
                            "Room for the address: ...; or the address that is expected, to be compared.")
                    .parameter("addrlen", "The size of that room: ...")
                    .returns("0, and the address. -1 on error.")
                    .badDescriptor()
                    .error(
                            ENOTCONN,
                            "The socket has no peer.",
                            "connect() first; on a server, ask the socket that accept() returned.")
                    .page("getpeername(2)");

    private static final CallInfo SETSOCKOPT =
            call(
                            "int setsockopt(int fd, int level, int optname, const void *optval, socklen_t optlen)",
                            "Changes how a socket behaves.")
                    .forms(
                            "setsockopt(fd, level, optname, optval)",
                            "setsockopt(fd, level, optname, optval, optlen)")
                    .example("setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4)")
                    .parameter("fd", FD)
                    .parameter("level", LEVEL, Constants.LEVEL)
                    .parameter(
                            "optname",
                            "SO_REUSEADDR lets bind() take a port in TIME_WAIT. SO_RCVBUF and SO_SNDBUF set the buffers (Linux doubles the value). TCP_NODELAY turns Nagle's algorithm off.",
                            Constants.OPTION)
                    .parameter(
                            "optval",
                            "The value: 1 or [1]; {onoff=1, linger=0} for SO_LINGER; {sec=1, usec=0} for SO_RCVTIMEO and SO_SNDTIMEO; \"cubic\" for TCP_CONGESTION.",
                            Constants.OPTION_VALUE)
                    .parameter("optlen", "The size of the value. May be left out here.")
                    .returns("0. -1 on error.")
                    .badDescriptor()
                    .error(
                            ENOPROTOOPT,
                            "This socket has no such option, or it can only be read.",
                            "Check the level, and that a TCP option is set on a TCP socket.")
                    .error(
                            EINVAL,
                            "The value is out of the option's range.",
                            "See socket(7) or tcp(7) for the range.")
                    .error(
                            EDOM,
                            "The time in SO_RCVTIMEO or SO_SNDTIMEO is not a time.",
                            "usec goes from 0 to 999999.")
                    .error(
                            ENOENT,
                            "There is no congestion control of this name.",
                            "Use \"reno\" or \"cubic\".")
                    .error(
                            ENODEV,
                            "SO_BINDTODEVICE or IP_ADD_MEMBERSHIP names an interface that is not there, or no route says which.",
                            "`ip link` shows them.")
                    .error(
                            EPERM,
                            "It takes privileges: IP_TRANSPARENT, and SO_BINDTODEVICE where one is bound.",
                            "Bind a new socket to the other interface.")
                    .error(
                            EISCONN,
                            "The option must be set before the connection is made.",
                            "Set it between socket() and connect().")
                    .page("setsockopt(2)");

    private static final CallInfo GETSOCKOPT =
            call(
                            "int getsockopt(int fd, int level, int optname, void *optval, socklen_t *optlen)",
                            "Reads how a socket is set; SO_ERROR reads what went wrong.")
                    .forms(
                            "getsockopt(fd, level, optname)",
                            "getsockopt(fd, level, optname, optval)",
                            "getsockopt(fd, level, optname, optval, optlen)")
                    .example("getsockopt(3, SOL_SOCKET, SO_ERROR)")
                    .parameter("fd", FD)
                    .parameter("level", LEVEL, Constants.LEVEL)
                    .parameter(
                            "optname",
                            "SO_ERROR gives the error that is waiting to be told, and clears it: after a non-blocking connect(), 0 means connected.",
                            Constants.OPTION)
                    .parameter(
                            "optval",
                            "Room for the value: ...; or the value that is expected, [0], to be compared.")
                    .parameter("optlen", "The size of that room: ... or [4].")
                    .returns(
                            "0, and the value. SO_RCVBUF and SO_SNDBUF come back doubled. -1 on error.")
                    .badDescriptor()
                    .error(
                            ENOPROTOOPT,
                            "This socket has no such option.",
                            "Check the level, and that a TCP option is read from a TCP socket.")
                    .page("getsockopt(2)");

    private static final CallInfo POLL =
            call(
                            "int poll(struct pollfd *fds, nfds_t nfds, int timeout)",
                            "Waits until one of several sockets is ready.")
                    .forms("poll(fds, timeout)", "poll(fds, nfds, timeout)")
                    .example("poll([{fd=3, events=POLLIN}], 1, -1)")
                    .parameter(
                            "fds",
                            "A list of {fd=3, events=POLLIN}; with revents= it is compared with what comes back. POLLIN: a read, or an accept, will not wait. POLLOUT: a write will not wait. POLLERR and POLLHUP come unasked.",
                            Constants.EVENT)
                    .parameter("nfds", "How many entries. May be left out here.")
                    .parameter("timeout", "In milliseconds; 0 only looks, -1 waits for ever.")
                    .returns(
                            "How many entries have something in revents; 0 when the time ran out. A number that is not open is no error here: it gets POLLNVAL. -1 on error.")
                    .error(
                            EINVAL,
                            "There are more entries than descriptors may be open.",
                            "Poll fewer.")
                    .error(
                            EINTR,
                            "A signal arrived before anything was ready.",
                            "Call again, with what is left of the time.")
                    .page("poll(2)");

    private static final CallInfo FCNTL =
            call(
                            "int fcntl(int fd, int cmd, ...)",
                            "Reads or sets a descriptor's status flags: makes it non-blocking.")
                    .forms("fcntl(fd, cmd)", "fcntl(fd, cmd, flags)")
                    .example("fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK)")
                    .parameter("fd", FD)
                    .parameter(
                            "cmd",
                            "F_GETFL reads the flags, F_SETFL sets them.",
                            Constants.FCNTL_COMMAND)
                    .parameter(
                            "flags",
                            "With O_NONBLOCK no call waits: it fails with EAGAIN or EINPROGRESS instead.",
                            Constants.STATUS_FLAG)
                    .returns(
                            "F_GETFL: the flags, 2 (O_RDWR) or 2050 with O_NONBLOCK. F_SETFL: 0. -1 on error.")
                    .badDescriptor()
                    .page("fcntl(2)");

    private static final CallInfo IOCTL =
            call(
                            "int ioctl(int fd, unsigned long request, int *value)",
                            "Asks how many octets are in a socket's buffers.")
                    .forms("ioctl(fd, request)", "ioctl(fd, request, value)")
                    .example("ioctl(4, FIONREAD)")
                    .parameter("fd", FD)
                    .parameter(
                            "request",
                            "FIONREAD: octets that can be read (of datagrams: in the next one). SIOCOUTQ: octets sent and not acknowledged, or not sent yet.",
                            Constants.REQUEST)
                    .parameter(
                            "value",
                            "Room for the count: ...; or the count that is expected, [300], to be compared.")
                    .returns("0, and the count. -1 on error.")
                    .badDescriptor()
                    .error(
                            EINVAL,
                            "A listening socket has no octets to count.",
                            "Ask the socket that accept() returned.")
                    .error(ENOTTY, "Sockets do not know this request.", "Use FIONREAD or SIOCOUTQ.")
                    .page("ioctl(2)");

    private static final CallInfo SLEEP =
            call("int sleep(seconds)", "Does nothing for a while, in virtual time.")
                    .forms("sleep(seconds)")
                    .example("sleep(1.5)")
                    .parameter("seconds", "How long: 2, 1.5 or 50ms. It costs no real time.")
                    .returns("0 when the time is over. -1 on error.")
                    .error(
                            EINTR,
                            "A signal arrived before the time was over.",
                            "Sleep for what is left.")
                    .page("nanosleep(2)");

    static final List<CallInfo> CALLS =
            List.of(GETSOCKNAME, GETPEERNAME, SETSOCKOPT, GETSOCKOPT, POLL, FCNTL, IOCTL, SLEEP);

    private QueryCalls() {}
}
