package io.socketlab.kernel.wire;

/** An address and a port: what struct sockaddr_in says. Written {@code 10.0.0.2:8080}. */
public record Endpoint(IpAddress address, int port) {

    /** 0.0.0.0:0: nothing bound. */
    public static final Endpoint ANY = new Endpoint(Ipv4Address.ANY, 0);

    /** AF_UNSPEC. */
    public static final Endpoint UNSPECIFIED = new Endpoint(new NoAddress(), 0);

    public Endpoint {
        if (port < 0 || port > 65_535) throw new IllegalArgumentException("port " + port);
    }

    @Override
    public String toString() {
        return address instanceof NoAddress ? address.toString() : address + ":" + port;
    }
}
