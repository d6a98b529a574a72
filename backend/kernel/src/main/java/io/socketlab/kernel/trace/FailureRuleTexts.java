package io.socketlab.kernel.trace;

/** What the catalogue says of calls that fail. */
final class FailureRuleTexts {

    static final RuleText ADDRESS_IN_USE =
            new RuleText(
                    "LINUX.BIND.CONFLICT",
                    "bind(2), listen(2), socket(7); net/ipv4/inet_connection_sock.c, inet_csk_bind_conflict()",
                    "A port of an address is given only where it conflicts with no socket that holds it already.",
                    "The holder need not be a program: a connection in TIME_WAIT holds its port as well, when the process is long gone.");

    static final RuleText ADDRESS_IN_USE_FREEBSD =
            new RuleText(
                    "FREEBSD.BIND.CONFLICT",
                    "bind(2), setsockopt(2) of FreeBSD; sys/netinet/in_pcb.c, in_pcbbind_avail()",
                    "A socket without SO_REUSEADDR, SO_REUSEPORT or SO_REUSEPORT_LB wants its port for itself; with one of them it is refused beside a socket of the very same address, unless both have SO_REUSEPORT, or both SO_REUSEPORT_LB.",
                    "On Linux both sockets need SO_REUSEADDR, and neither may listen: on FreeBSD the one that comes later decides alone.");

    static final RuleText ADDRESS_NOT_OURS =
            new RuleText(
                    "LINUX.BIND.NOT_LOCAL",
                    "bind(2), ip(7), IP_FREEBIND; net/ipv4/af_inet.c, inet_addr_valid_or_nonlocal()",
                    "A socket is bound to an address of its own host, or to any of them.",
                    "bind() does not say whom to talk to: the peer's address belongs in connect() or sendto().");

    static final RuleText NO_PORT_LEFT =
            new RuleText(
                    "LINUX.CONNECT.NO_PORT",
                    "connect(2), net.ipv4.ip_local_port_range; net/ipv4/inet_hashtables.c, __inet_hash_connect()",
                    "A connection is the pair of two addresses and ports: each such pair is there once.",
                    "The port alone may be in use many times, for connections to elsewhere. Those in TIME_WAIT count too.");

    static final RuleText REFUSED =
            new RuleText(
                    "RFC9293.CONNECT_REFUSED",
                    "RFC 9293 §3.10.7.3, connect(2)",
                    "connect() fails at once when a reset, or an ICMP error that says as much, answers its SYN.",
                    "Somebody has answered: the host is there, and nothing listens on the port. From a host that is not there no answer comes.");

    static final RuleText NO_WAY =
            new RuleText(
                    "LINUX.ROUTE.NONE",
                    "connect(2), send(2), ip-route(8); net/ipv4/fib_frontend.c",
                    "Nothing is sent to an address to which the host has no route, or of which a router has said that no way leads there.",
                    "That the network cannot be reached is mostly said by the host itself: it has asked nobody.");

    static final RuleText CONNECTED_ALREADY =
            new RuleText(
                    "POSIX.CONNECTED",
                    "connect(2), send(2)",
                    "A stream socket is connected once, to one peer.",
                    "A connect() after one that was EINPROGRESS asks what has become of it, and EISCONN may mean that all went well.");

    private FailureRuleTexts() {}
}
