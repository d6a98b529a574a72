package io.socketlab.kernel.wire;

import java.util.Optional;

/**
 * An address of a host and how much of it names its network. Written {@code 2001:db8::1/64}.
 *
 * @param prefixLength bits, 0 to 128
 */
public record Ipv6Interface(Ipv6Address address, int prefixLength) {

    public Ipv6Interface {
        if (prefixLength < 0 || prefixLength > 128) {
            throw new IllegalArgumentException("prefix length " + prefixLength);
        }
    }

    /** Reads an address, a slash and a prefix length; empty if {@code text} is not that. */
    public static Optional<Ipv6Interface> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) return Optional.empty();
        String length = text.substring(slash + 1);
        if (!length.matches("0|[1-9][0-9]{0,2}")) return Optional.empty();
        int prefix = Integer.parseInt(length);
        if (prefix > 128) return Optional.empty();
        return Ipv6Address.parse(text.substring(0, slash))
                .map(address -> new Ipv6Interface(address, prefix));
    }

    /** Whether {@code other} is on the same network. */
    public boolean isOnLink(Ipv6Address other) {
        return address.sharesPrefix(other, prefixLength);
    }

    @Override
    public String toString() {
        return address + "/" + prefixLength;
    }
}
