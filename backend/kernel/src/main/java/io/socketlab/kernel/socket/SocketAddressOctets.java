package io.socketlab.kernel.socket;

import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.NoAddress;
import io.socketlab.kernel.wire.Octets;

/** struct sockaddr_in and sockaddr_in6 as they lie in a program's memory. ip(7), ipv6(7). */
public final class SocketAddressOctets {

    public static final int SOCKADDR_IN = 16;
    public static final int SOCKADDR_IN6 = 28;

    private static final int ADDRESS = 4;
    private static final int IPV6_ADDRESS = 8;

    private SocketAddressOctets() {}

    /** {@code endpoint}, by the family of its address. */
    public static byte[] of(Endpoint endpoint) {
        return switch (endpoint.address()) {
            case Ipv4Address(int bits) -> {
                byte[] octets = begun(SOCKADDR_IN, AddressFamily.AF_INET.number(), endpoint.port());
                Octets.putInt(octets, ADDRESS, bits);
                yield octets;
            }
            case Ipv6Address address -> {
                byte[] octets =
                        begun(SOCKADDR_IN6, AddressFamily.AF_INET6.number(), endpoint.port());
                address.writeTo(octets, IPV6_ADDRESS);
                yield octets;
            }
            case NoAddress _ -> begun(SOCKADDR_IN, 0, endpoint.port());
        };
    }

    private static byte[] begun(int size, int family, int port) {
        byte[] octets = new byte[size];
        octets[0] = (byte) family;
        Octets.putShort(octets, 2, port);
        return octets;
    }
}
