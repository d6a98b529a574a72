package io.socketlab.lab.script;

import static io.socketlab.kernel.socket.Errno.EACCES;
import static io.socketlab.kernel.socket.Errno.EADDRINUSE;
import static io.socketlab.kernel.socket.Errno.EADDRNOTAVAIL;
import static io.socketlab.kernel.socket.Errno.EAFNOSUPPORT;
import static io.socketlab.kernel.socket.Errno.EAGAIN;
import static io.socketlab.kernel.socket.Errno.EALREADY;
import static io.socketlab.kernel.socket.Errno.ECONNREFUSED;
import static io.socketlab.kernel.socket.Errno.ECONNRESET;
import static io.socketlab.kernel.socket.Errno.EINPROGRESS;
import static io.socketlab.kernel.socket.Errno.EINTR;
import static io.socketlab.kernel.socket.Errno.EINVAL;
import static io.socketlab.kernel.socket.Errno.EISCONN;
import static io.socketlab.kernel.socket.Errno.EMFILE;
import static io.socketlab.kernel.socket.Errno.ENOTCONN;
import static io.socketlab.kernel.socket.Errno.EOPNOTSUPP;
import static io.socketlab.kernel.socket.Errno.EPROTONOSUPPORT;
import static io.socketlab.kernel.socket.Errno.ESOCKTNOSUPPORT;
import static io.socketlab.kernel.socket.Errno.ETIMEDOUT;
import static io.socketlab.lab.script.CallInfo.call;

import java.util.List;

/** The calls that make, join and end connections. */
final class ConnectionCalls {

    private static final String FD = "The socket's number, as socket() or accept() returned it.";
    private static final String INTERRUPTED =
            "A signal arrived while the call was waiting (here: somebody pressed interrupt).";

    private static final CallInfo SOCKET =
            call(
                            "int socket(int domain, int type, int protocol)",
                            "Makes a socket. Nothing is sent.")
                    .forms("socket(type)", "socket(domain, type)", "socket(domain, type, protocol)")
                    .example("socket(AF_INET, SOCK_STREAM, 0)")
                    .parameter(
                            "domain",
                            "The family of addresses. AF_INET is IPv4, and what ... stands for.",
                            Constants.DOMAIN)
                    .parameter(
                            "type",
                            "SOCK_STREAM for a TCP connection, SOCK_DGRAM for UDP datagrams. Add |SOCK_NONBLOCK and no call on it will ever wait.",
                            Constants.SOCKET_TYPE)
                    .parameter("protocol", "0 for the usual one of the type.", Constants.PROTOCOL)
                    .returns(
                            "The new descriptor: the lowest number that is free on this host, from 3. -1 on error.")
                    .error(
                            EAFNOSUPPORT,
                            "The kernel has no such family of addresses. This one has IPv4 only.",
                            "Use AF_INET.")
                    .error(
                            ESOCKTNOSUPPORT,
                            "There is no such type of socket.",
                            "Use SOCK_STREAM or SOCK_DGRAM.")
                    .error(
                            EPROTONOSUPPORT,
                            "Type and protocol do not go together, such as SOCK_STREAM with IPPROTO_UDP.",
                            "Use 0: the kernel picks the protocol of the type.")
                    .error(
                            EINVAL,
                            "The type has bits that mean nothing.",
                            "Only SOCK_NONBLOCK and SOCK_CLOEXEC can be added to a type.")
                    .error(
                            EMFILE,
                            "The program has as many descriptors open as it may.",
                            "Close those it no longer needs.")
                    .page("socket(2)");

    private static final CallInfo BIND =
            call(
                            "int bind(int fd, const struct sockaddr *addr, socklen_t addrlen)",
                            "Gives a socket its own address and port.")
                    .forms("bind(fd, addr)", "bind(fd, addr, addrlen)")
                    .example("bind(3, *:8080)")
                    .parameter("fd", FD)
                    .parameter(
                            "addr",
                            "Where to be found: *:8080 on every address of the host, 10.0.0.2:8080 or server:8080 on that one. Port 0 lets the kernel pick.")
                    .parameter("addrlen", "The size of the address. May be left out here.")
                    .returns("0. -1 on error.")
                    .badDescriptor()
                    .error(
                            EADDRINUSE,
                            "Another socket has this port: a listener, or a connection that has ended but is still in TIME_WAIT.",
                            "Set SO_REUSEADDR before bind() to get past TIME_WAIT. Against a live listener nothing helps but another port.")
                    .error(
                            EADDRNOTAVAIL,
                            "The address is not one of this host's.",
                            "Bind to * or to the host's own address; the peer's goes into connect().")
                    .error(
                            EINVAL,
                            "The socket has an address already.",
                            "A socket is bound once. Make another socket.")
                    .error(
                            EACCES,
                            "Ports below 1024 are for the superuser.",
                            "Use a port from 1024 on.")
                    .error(
                            EAFNOSUPPORT,
                            "The address is of another family than the socket.",
                            "Use an IPv4 address.")
                    .page("bind(2)");

    private static final CallInfo LISTEN =
            call("int listen(int fd, int backlog)", "Makes a socket wait for connections.")
                    .forms("listen(fd, backlog)")
                    .example("listen(3, 5)")
                    .parameter("fd", FD)
                    .parameter(
                            "backlog",
                            "How many complete connections may wait for accept(). Linux compares with >, so one more than this gets in; net.core.somaxconn limits it.")
                    .returns("0. From now on the kernel answers SYNs by itself. -1 on error.")
                    .badDescriptor()
                    .error(
                            EADDRINUSE,
                            "Another socket is listening on this port.",
                            "Pick another port in bind().")
                    .error(
                            EINVAL,
                            "The socket is connected, or on its way to be.",
                            "A socket either listens or connects. Make another one to listen on.")
                    .error(
                            EOPNOTSUPP,
                            "Sockets of this type have no connections.",
                            "Only SOCK_STREAM sockets listen; UDP just receives.")
                    .page("listen(2)");

    private static final CallInfo ACCEPT =
            call(
                            "int accept(int fd, struct sockaddr *addr, socklen_t *addrlen)",
                            "Takes a complete connection from the accept queue.")
                    .forms("accept(fd)", "accept(fd, addr, addrlen)")
                    .example("accept(3)")
                    .parameter(
                            "fd",
                            "The listening socket's number. It stays as it is and goes on listening.")
                    .parameter("addr", "Room for the peer's address: ...")
                    .parameter("addrlen", "The size of that room: ...")
                    .returns(
                            "A new descriptor for this one connection. It sends nothing: the kernel did the handshake before. Waits while the queue is empty. -1 on error.")
                    .badDescriptor()
                    .error(
                            EAGAIN,
                            "The socket is non-blocking and no connection is complete.",
                            "Wait with poll() for POLLIN on the listener, then accept again.")
                    .error(
                            EINVAL,
                            "The socket is not listening.",
                            "Call bind() and listen() on it first, and give accept() the listener's number.")
                    .error(
                            EOPNOTSUPP,
                            "Sockets of this type have no connections.",
                            "UDP has no accept(): receive with recvfrom().")
                    .error(
                            EMFILE,
                            "The program has as many descriptors open as it may.",
                            "Close connections that are done.")
                    .error(EINTR, INTERRUPTED, "Call accept() again.")
                    .page("accept(2)");

    private static final CallInfo ACCEPT4 =
            call(
                            "int accept4(int fd, struct sockaddr *addr, socklen_t *addrlen, int flags)",
                            "accept() that can make the new socket non-blocking.")
                    .forms("accept4(fd, flags)", "accept4(fd, addr, addrlen, flags)")
                    .example("accept4(3, ..., ..., SOCK_NONBLOCK)")
                    .parameter("fd", "The listening socket's number.")
                    .parameter("addr", "Room for the peer's address: ...")
                    .parameter("addrlen", "The size of that room: ...")
                    .parameter(
                            "flags",
                            "SOCK_NONBLOCK: calls on the new socket never wait. It does not inherit this from the listener.",
                            Constants.ACCEPT_FLAG)
                    .returns("A new descriptor for this one connection. -1 on error.")
                    .badDescriptor()
                    .error(
                            EAGAIN,
                            "The listener is non-blocking and no connection is complete.",
                            "Wait with poll() for POLLIN on the listener.")
                    .error(
                            EINVAL,
                            "The socket is not listening, or the flags have bits that mean nothing.",
                            "Call listen() first; use SOCK_NONBLOCK or 0.")
                    .error(
                            EOPNOTSUPP,
                            "Sockets of this type have no connections.",
                            "UDP has no accept(): receive with recvfrom().")
                    .error(
                            EMFILE,
                            "The program has as many descriptors open as it may.",
                            "Close connections that are done.")
                    .error(EINTR, INTERRUPTED, "Call accept4() again.")
                    .page("accept(2)");

    private static final CallInfo CONNECT =
            call(
                            "int connect(int fd, const struct sockaddr *addr, socklen_t addrlen)",
                            "Opens a connection; for UDP, fixes the peer.")
                    .forms("connect(fd, addr)", "connect(fd, addr, addrlen)")
                    .example("connect(3, server:8080)")
                    .parameter("fd", FD)
                    .parameter("addr", "The peer: server:8080 or 10.0.0.2:8080.")
                    .parameter("addrlen", "The size of the address. May be left out here.")
                    .returns(
                            "0 once the SYN-ACK has arrived; the server need not have called accept(). For UDP at once: nothing is sent. -1 on error.")
                    .badDescriptor()
                    .error(
                            ECONNREFUSED,
                            "The peer answered with a reset: nobody listens on that port.",
                            "Check the port, and that listen() came first.")
                    .error(
                            ETIMEDOUT,
                            "No answer came to any SYN, though it was repeated for more than two minutes.",
                            "The packets are lost on the way, or the host is down. Look at the wire in the diagram.")
                    .error(
                            EINPROGRESS,
                            "The socket is non-blocking: the handshake has only begun.",
                            "Wait with poll() for POLLOUT, then read SO_ERROR: 0 means connected.")
                    .error(
                            EALREADY,
                            "An earlier connect() on this non-blocking socket is still under way.",
                            "Wait for POLLOUT; do not connect again.")
                    .error(
                            EISCONN,
                            "The socket is connected already.",
                            "Make another socket for another connection.")
                    .unreachable()
                    .error(
                            EADDRNOTAVAIL,
                            "No local port is free for this peer.",
                            "Connections in TIME_WAIT hold ports. Close from the other side, or widen the range.")
                    .error(
                            EADDRINUSE,
                            "This very pair of addresses and ports is in use.",
                            "Bind to another port, or not at all.")
                    .error(
                            EAFNOSUPPORT,
                            "The address is of another family than the socket.",
                            "Use an IPv4 address.")
                    .error(
                            EINTR,
                            INTERRUPTED,
                            "The handshake goes on without the call: wait with poll() for POLLOUT.")
                    .page("connect(2)");

    private static final CallInfo SHUTDOWN =
            call(
                            "int shutdown(int fd, int how)",
                            "Ends one direction of a connection, or both, and keeps the descriptor.")
                    .forms("shutdown(fd, how)")
                    .example("shutdown(4, SHUT_WR)")
                    .parameter("fd", FD)
                    .parameter(
                            "how",
                            "SHUT_WR: no more will be sent; a FIN goes out once what is buffered has been sent. SHUT_RD: no more will be read. SHUT_RDWR: both.",
                            Constants.DIRECTION)
                    .returns("0. -1 on error.")
                    .badDescriptor()
                    .error(
                            ENOTCONN,
                            "There is no connection: none was made, or it is gone.",
                            "Only a connected socket can be shut down.")
                    .error(
                            EINVAL,
                            "how is none of the three values.",
                            "Use SHUT_RD, SHUT_WR or SHUT_RDWR.")
                    .page("shutdown(2)");

    private static final CallInfo CLOSE =
            call(
                            "int close(int fd)",
                            "Gives the descriptor back; the last one ends the connection.")
                    .forms("close(fd)")
                    .example("close(3)")
                    .parameter("fd", FD)
                    .returns(
                            "0, at once: what is buffered is still sent, then a FIN. If octets have arrived that nobody read, a reset goes out instead. -1 on error.")
                    .badDescriptor()
                    .error(
                            EAGAIN,
                            "SO_LINGER made close() wait, and its time ran out before everything was acknowledged.",
                            "The descriptor is gone all the same. Do not close it again.")
                    .error(
                            ECONNRESET,
                            "The connection was reset while close() waited because of SO_LINGER.",
                            "The descriptor is gone all the same.")
                    .error(
                            EINTR,
                            INTERRUPTED,
                            "The descriptor is gone all the same. Do not close it again.")
                    .page("close(2)");

    static final List<CallInfo> CALLS =
            List.of(SOCKET, BIND, LISTEN, ACCEPT, ACCEPT4, CONNECT, SHUTDOWN, CLOSE);

    private ConnectionCalls() {}
}
