package io.socketlab.kernel.wire;

/**
 * An address and a port: what struct sockaddr_in and sockaddr_in6 say. Written {@code
 * 10.0.0.2:8080} and {@code [2001:db8::2]:8080}.
 */
public record Endpoint(IpAddress address, int port) {

    /** 0.0.0.0:0: nothing bound. */
    public static final Endpoint ANY = new Endpoint(Ipv4Address.ANY, 0);

    /** [::]:0: nothing bound, of an IPv6 socket. */
    public static final Endpoint ANY_IPV6 = new Endpoint(Ipv6Address.ANY, 0);

    /** AF_UNSPEC. */
    public static final Endpoint UNSPECIFIED = new Endpoint(new NoAddress(), 0);

    public Endpoint {
        if (port < 0 || port > 65_535) throw new IllegalArgumentException("port " + port);
    }

    @Override
    public String toString() {
        return switch (address) {
            case Ipv4Address ipv4 -> ipv4 + ":" + port;
            case Ipv6Address ipv6 -> "[" + ipv6 + "]:" + port;
            case NoAddress none -> none.toString();
        };
    }
}
