package io.socketlab.lab.model;

import io.socketlab.kernel.wire.Ipv4Address;
import java.util.Optional;

/**
 * An IPv4 network, written {@code 10.1.0.0/24}.
 *
 * @param network its first address
 * @param prefixLength bits, 0 to 30
 */
public record Subnet(Ipv4Address network, int prefixLength) {

    private static final int LONGEST = 30;

    public Subnet {
        if (prefixLength < 0 || prefixLength > LONGEST) {
            throw new IllegalArgumentException("prefix length " + prefixLength);
        }
    }

    /** Empty if {@code text} is no network, or one without room for two hosts. */
    public static Optional<Subnet> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("[0-9]|[12][0-9]|30")) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        return Ipv4Address.parse(text.substring(0, slash))
                .map(address -> of(address, prefix))
                .filter(s -> text.startsWith(s.network + "/"));
    }

    /** That of a host with that address. */
    public static Subnet of(Ipv4Address address, int prefixLength) {
        int mask = prefixLength == 0 ? 0 : -1 << Integer.SIZE - prefixLength;
        return new Subnet(new Ipv4Address(address.bits() & mask), prefixLength);
    }

    public boolean contains(Ipv4Address address) {
        return address.sharesPrefix(network, prefixLength);
    }

    /** Whether a host in it can have that address: neither the network's own nor that of all. */
    public boolean isHost(Ipv4Address address) {
        int mask = prefixLength == 0 ? 0 : -1 << Integer.SIZE - prefixLength;
        int rest = address.bits() & ~mask;
        return contains(address) && rest != 0 && rest != ~mask;
    }

    /** The {@code n}th address of a host in it, from 1; empty when there are no more. */
    public Optional<Ipv4Address> host(int n) {
        long hosts = (1L << Integer.SIZE - prefixLength) - 2;
        return n <= hosts ? Optional.of(new Ipv4Address(network.bits() + n)) : Optional.empty();
    }
}
