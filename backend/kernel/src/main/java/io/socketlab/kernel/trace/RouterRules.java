package io.socketlab.kernel.trace;

/** What the catalogue says of routers and their queues. */
final class RouterRules {

    static final RuleText FORWARDING =
            new RuleText(
                    "RFC1812.FORWARDING",
                    "RFC 1812 §5.2, net/ipv4/ip_forward.c",
                    "A router takes one off the time to live and sends the packet to the next hop of the longest prefix that its destination has.",
                    "It changes neither address, keeps no connection, and knows nothing of ports: each packet is looked at by itself.");

    static final RuleText NO_ROUTE =
            new RuleText(
                    "RFC1812.NO_ROUTE",
                    "RFC 1812 §5.2.7.1, net/ipv4/route.c, ip_error()",
                    "A router that knows no way to a network says so to the sender: destination unreachable, code 0.",
                    "The sender's own routing table was in order: the packet had left it long ago.");

    static final RuleText BLACKHOLE =
            new RuleText(
                    "LINUX.ROUTE.BLACKHOLE",
                    "ip-route(8), net/ipv4/fib_semantics.c, fib_props[]",
                    "A route can say that what takes it is thrown away, and that nobody is told.",
                    "The sender cannot tell it from loss on a link: it goes on trying. On the host itself that has the route calls fail with EINVAL.");

    static final RuleText UNREACHABLE =
            new RuleText(
                    "LINUX.ROUTE.UNREACHABLE",
                    "ip-route(8), net/ipv4/route.c, ip_error()",
                    "A route can say that what takes it is thrown away, and that its sender is told: host unreachable, code 1.",
                    "Nobody has looked for the host. On the host itself that has the route calls fail with EHOSTUNREACH.");

    static final RuleText PROHIBIT =
            new RuleText(
                    "LINUX.ROUTE.PROHIBIT",
                    "ip-route(8), net/ipv4/route.c, ip_error()",
                    "A route can say that what takes it is thrown away, and that its sender is told: administratively prohibited, code 13.",
                    "It is a route and no firewall: it looks at the destination alone. On the host itself that has the route calls fail with EACCES.");

    static final RuleText TTL_EXCEEDED =
            new RuleText(
                    "RFC1812.TTL_EXCEEDED",
                    "RFC 1812 §5.3.1, RFC 792",
                    "A packet whose time to live would become 0 is thrown away, and the router says so to the sender.",
                    "It is a number of hops and not a time. traceroute(8) finds the routers on a path by it: it sends packets that get no further than one, two, three hops.");

    static final RuleText FRAGMENTATION_NEEDED =
            new RuleText(
                    "RFC1191.FRAGMENTATION_NEEDED",
                    "RFC 1191 §4, RFC 1812 §4.3.3.3",
                    "A packet that must not be cut up and is larger than the next link takes is thrown away, and the router says how much that link takes.",
                    "Where a firewall drops these messages the sender never learns: small segments pass, and the connection hangs with the first large one.");

    static final RuleText RED =
            new RuleText(
                    "RED.EARLY",
                    "Floyd, Jacobson 1993; tc-red(8), net/sched/sch_red.c",
                    "While the queue is long on average, packets are dropped, or marked where they can be, by chance, the more often the longer it is.",
                    "There is room for them: they tell their senders in time, and not all senders at once. The average lags behind, so that a short burst passes.");

    private RouterRules() {}
}
