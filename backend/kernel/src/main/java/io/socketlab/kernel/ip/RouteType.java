package io.socketlab.kernel.ip;

/**
 * What becomes of packets that take a route. ip-route(8), net/ipv4/fib_semantics.c, fib_props[].
 */
public enum RouteType {
    /** They go to the next hop. */
    UNICAST(0),
    /** They vanish without a word. */
    BLACKHOLE(22),
    /** Their senders are told that the host cannot be reached. */
    UNREACHABLE(113),
    /** Their senders are told that it must not be reached. */
    PROHIBIT(13);

    private final int error;

    RouteType(int error) {
        this.error = error;
    }

    /** What a call on this host gets that would take it, as errno(3) numbers it; 0 for none. */
    int error() {
        return error;
    }
}
