package io.socketlab.lab.run;

import io.socketlab.kernel.daemon.CachingResolver;
import io.socketlab.kernel.daemon.NameServer;
import io.socketlab.kernel.dns.DnsName;
import io.socketlab.kernel.dns.NameData;
import io.socketlab.kernel.dns.Zone;
import io.socketlab.kernel.dns.ZoneFile;
import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.host.Network;
import io.socketlab.kernel.libc.ServicesFile;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.NamePlan;
import io.socketlab.lab.model.Topology.HostPlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives the hosts of a lab the files that have to do with names, and starts the name servers. */
final class NameServices {

    /** A daemon's tasks have the number of its port, and the next. */
    private static final int DOMAIN = 53;

    /** As Debian has it. */
    private static final String LOCALHOST =
            "127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n";

    private final Network network;
    private final Parameters parameters;

    private NameServices(Network network, Parameters parameters) {
        this.network = network;
        this.parameters = parameters;
    }

    /**
     * @throws IllegalArgumentException if with these parameters there is a mistake in it
     */
    static void start(Network network, Lab lab, Parameters parameters) {
        var services = new NameServices(network, parameters);
        for (HostPlan plan : lab.topology().hosts()) {
            for (String name : LabNetwork.names(plan, parameters)) {
                services.start(network.host(name), plan.names());
            }
        }
    }

    /** A host in /etc/hosts. */
    private static String entries(Host host) {
        String ipv6 = host.address6().map(a -> a + " " + host.name() + "\n").orElse("");
        return host.address() + " " + host.name() + "\n" + ipv6;
    }

    private void start(Host host, NamePlan plan) {
        var known = new StringBuilder(LOCALHOST).append(entries(host));
        if (plan.nameServers().isEmpty()) {
            // nobody to ask: as in any small network, each host's file has the others
            network.hosts().stream()
                    .filter(other -> !other.name().equals(host.name()))
                    .forEach(other -> known.append(entries(other)));
        }
        write(host, "/etc/hosts", known.toString());
        write(host, ServicesFile.PATH, ServicesFile.USUAL);
        if (!plan.nameServers().isEmpty() || !plan.search().isEmpty()) {
            write(host, "/etc/resolv.conf", resolverConfig(plan));
        }
        plan.files().forEach((path, text) -> write(host, path, parameters.fill(text)));
        List<Zone> zones = new ArrayList<>();
        for (Map.Entry<String, String> zone : plan.zones().entrySet()) {
            zones.add(zone(zone.getKey(), parameters.fill(zone.getValue())));
        }
        if (!zones.isEmpty()) {
            new NameServer(new NameData(zones)).start(host.daemon(DOMAIN), host.daemon(DOMAIN + 1));
        } else if (plan.forward().isPresent()) {
            new CachingResolver(
                            host.daemon(DOMAIN),
                            address(plan.forward().get()),
                            network.loop()::now,
                            host.chance("resolver"))
                    .start();
        }
    }

    private static void write(Host host, String path, String text) {
        host.files().write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private String resolverConfig(NamePlan plan) {
        var lines = new StringBuilder();
        if (!plan.search().isEmpty()) {
            lines.append("search ").append(String.join(" ", plan.search())).append('\n');
        }
        for (String server : plan.nameServers()) {
            lines.append("nameserver ").append(address(server)).append('\n');
        }
        return parameters.fill(lines.toString());
    }

    private Zone zone(String origin, String text) {
        try {
            return ZoneFile.read(DnsName.parse(origin).orElseThrow(), text, hosts());
        } catch (ZoneFile.Malformed e) {
            throw new IllegalArgumentException(
                    "line " + e.line() + " of the zone " + origin + ": " + e.getMessage(), e);
        }
    }

    private ZoneFile.Hosts hosts() {
        return new ZoneFile.Hosts() {
            @Override
            public Optional<Ipv4Address> ipv4(String name) {
                return hostAddress(name);
            }

            @Override
            public Optional<Ipv6Address> ipv6(String name) {
                return host(name).flatMap(Host::address6);
            }
        };
    }

    private Ipv4Address address(String hostOrAddress) {
        String text = parameters.fill(hostOrAddress);
        return Ipv4Address.parse(text)
                .or(() -> hostAddress(text))
                .orElseThrow(() -> new IllegalArgumentException("no host is called " + text));
    }

    private Optional<Ipv4Address> hostAddress(String name) {
        return host(name).map(Host::address);
    }

    private Optional<Host> host(String name) {
        return network.hosts().stream().filter(h -> h.name().equals(name)).findFirst();
    }
}
