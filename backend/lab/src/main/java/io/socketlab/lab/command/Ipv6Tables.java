package io.socketlab.lab.command;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.Ipv6Interface;
import java.util.function.Predicate;

/** What {@code ip -6 route} and {@code ip -6 neigh} print: IPv6 is on the first interface alone. */
final class Ipv6Tables {

    private Ipv6Tables() {}

    /**
     * @param asked whether a device is asked about
     */
    static String routes(Host host, Predicate<String> asked) {
        String device = host.nic().device();
        if (!asked.test(device)) return "";
        var out = new StringBuilder();
        for (Ipv6Interface own : host.ip().ipv6Addresses()) {
            out.append(network(own))
                    .append(" dev ")
                    .append(device)
                    .append(" proto kernel metric 256 pref medium\n");
        }
        host.ip()
                .ipv6Gateway()
                .ifPresent(g ->
                        out.append("default via ")
                                .append(g)
                                .append(" dev ")
                                .append(device)
                                .append(" metric 1024 pref medium\n"));
        return out.toString();
    }

    private static Ipv6Interface network(Ipv6Interface own) {
        int prefix = own.prefixLength();
        long high = prefix == 0 ? 0 : -1L << Math.max(0, Long.SIZE - prefix);
        long low = prefix <= Long.SIZE ? 0 : -1L << 2 * Long.SIZE - prefix;
        var network = new Ipv6Address(own.address().high() & high, own.address().low() & low);
        return new Ipv6Interface(network, prefix);
    }

    static String neighbours(Host host, Predicate<String> asked) {
        String device = host.nic().device();
        if (!asked.test(device)) return "";
        var out = new StringBuilder();
        host.ip()
                .ipv6Neighbours()
                .forEach((address, mac) ->
                        out.append(address)
                                .append(" dev ")
                                .append(device)
                                .append(" lladdr ")
                                .append(Neighbour.hardwareAddress(mac))
                                .append(" REACHABLE \n"));
        return out.toString();
    }
}
