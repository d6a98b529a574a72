package io.socketlab.sandbox.program;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.ip.NetworkInterface;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network interface as getifaddrs(3) of the library asks for it.
 *
 * @param index if_nametoindex(3)
 * @param prefix bits of the address that name its network
 * @param address6 an address of IPv6 besides, of a network of 64 bits
 */
record Interface(
        String name,
        int index,
        boolean loopback,
        Ipv4Address address,
        int prefix,
        Optional<Ipv6Address> address6) {

    /** Octets of {@code struct k_interface}, kernel.h. */
    static final int OCTETS = 56;

    private static final int NAME = 16;

    /** Where its address of IPv6 is. */
    private static final int ADDRESS6 = 36;

    private static final int PREFIX6 = 64;
    private static final int LOOPBACK_PREFIX6 = 128;
    private static final int LOOPBACK_PREFIX = 8;
    private static final int BITS = 32;

    /** IFF_UP, IFF_BROADCAST, IFF_LOOPBACK, IFF_RUNNING, IFF_MULTICAST. netdevice(7). */
    private static final int UP = 0x1 | 0x40;

    private static final int ETHERNET = UP | 0x2 | 0x1000;
    private static final int LOOPBACK = UP | 0x8;

    /** Those of a host, {@code lo} the first. */
    static List<Interface> all(Host host) {
        var all = new ArrayList<Interface>();
        all.add(
                new Interface(
                        NetworkInterface.LOOPBACK,
                        NetworkInterface.LOOPBACK_INDEX,
                        true,
                        Ipv4Address.parse("127.0.0.1").orElseThrow(),
                        LOOPBACK_PREFIX,
                        Ipv6Address.parse("::1")));
        for (NetworkInterface one : host.ip().interfaces()) {
            boolean first = one.index() == NetworkInterface.FIRST_INDEX;
            all.add(
                    new Interface(
                            one.device(),
                            one.index(),
                            false,
                            one.address(),
                            one.prefixLength(),
                            first ? host.address6() : Optional.empty()));
        }
        return all;
    }

    /** As {@code struct k_interface}; addresses are in network byte order. */
    byte[] octets() {
        int mask = prefix == 0 ? 0 : -1 << BITS - prefix;
        var out = ByteBuffer.allocate(OCTETS).order(ByteOrder.BIG_ENDIAN);
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        out.put(text, 0, Math.min(text.length, NAME - 1)).position(NAME);
        out.putInt(address.bits()).putInt(mask);
        out.order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(loopback ? LOOPBACK : ETHERNET).putInt(index);
        out.putInt(address6.isEmpty() ? 0 : loopback ? LOOPBACK_PREFIX6 : PREFIX6);
        byte[] octets = out.array();
        address6.ifPresent(ipv6 -> ipv6.writeTo(octets, ADDRESS6));
        return octets;
    }
}
