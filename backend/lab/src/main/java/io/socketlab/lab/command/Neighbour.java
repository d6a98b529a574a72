package io.socketlab.lab.command;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.ip.NetworkInterface;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An entry of the neighbour cache.
 *
 * @param mac 48 bits
 */
record Neighbour(Ipv4Address address, String device, long mac) {

    /** In the order of their addresses. */
    static List<Neighbour> of(Host host) {
        var neighbours = new ArrayList<Neighbour>();
        for (NetworkInterface own : host.ip().interfaces()) {
            own.neighbours()
                    .each((bits, mac) ->
                            neighbours.add(
                                    new Neighbour(new Ipv4Address(bits), own.device(), mac)));
        }
        neighbours.sort(Comparator.comparingLong(n -> Integer.toUnsignedLong(n.address.bits())));
        return neighbours;
    }

    /** As {@code ip neigh} has it; it was not asked for, and is not forgotten. */
    String print() {
        return address + " dev " + device + " lladdr " + hardwareAddress() + " PERMANENT \n";
    }

    String hardwareAddress() {
        return hardwareAddress(mac);
    }

    /** {@code 02:00:00:00:00:01}. */
    static String hardwareAddress(long mac) {
        var text = new StringBuilder();
        for (int shift = 40; shift >= 0; shift -= 8) {
            text.append(Text.format("%02x", mac >>> shift & 0xFF)).append(shift > 0 ? ":" : "");
        }
        return text.toString();
    }
}
