package io.socketlab.lab.model;

import io.socketlab.kernel.dns.DnsName;
import io.socketlab.kernel.dns.ZoneFile;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what the topology says of names at a host: {@code files}, {@code nameservers}, {@code
 * search}, {@code zones} and {@code forward}.
 */
final class NamePlanReader {

    private final Names names;

    /** What speaks of hosts, checked when all of them are known. */
    private final List<Element> hosts = new ArrayList<>();

    private final Map<Element, String> zones = new LinkedHashMap<>();

    NamePlanReader(Names names) {
        this.names = names;
    }

    NamePlan read(Fields fields) {
        List<String> servers = new ArrayList<>();
        for (Element item : fields.items("nameservers")) servers.add(hostOrAddress(item));
        List<String> search = new ArrayList<>();
        for (Element item : fields.items("search")) search.add(domain(item, names.template(item)));
        return new NamePlan(
                texts(fields, "files", "files, as in {/etc/hosts: \"10.0.0.2 server\"}"),
                servers,
                search,
                zones(fields),
                fields.get("forward").map(this::hostOrAddress));
    }

    private Map<String, String> texts(Fields fields, String key, String what) {
        var texts = new LinkedHashMap<String, String>();
        fields.get(key)
                .ifPresent(e ->
                        e.fields(what)
                                .named()
                                .forEach((name, v) -> texts.put(name, names.template(v))));
        return texts;
    }

    private String hostOrAddress(Element element) {
        hosts.add(element);
        return names.template(element);
    }

    private static String domain(Element element, String name) {
        if (DnsName.parse(name).isEmpty()) {
            element.problem("expected a domain such as example.com, not '" + name + "'");
        }
        return name;
    }

    private Map<String, String> zones(Fields fields) {
        var texts = new LinkedHashMap<String, String>();
        fields.get("zones")
                .ifPresent(e ->
                        e.fields("zones, as in {example.com: \"www A 10.0.0.2\"}")
                                .named()
                                .forEach((name, text) -> {
                                    texts.put(domain(text, name), names.template(text));
                                    zones.put(text, name);
                                }));
        return texts;
    }

    /** All hosts are known now: reports what speaks of others, and records that cannot be read. */
    void check() {
        for (Element element : hosts) {
            String text = names.template(element);
            boolean good =
                    text.contains("{{")
                            || Ipv4Address.parse(text).isPresent()
                            || names.isHost(text);
            if (!good) element.problem("expected a host or an address, not '" + text + "'");
        }
        zones.forEach(this::check);
    }

    private void check(Element element, String origin) {
        String text = names.template(element);
        Optional<DnsName> name = DnsName.parse(origin);
        if (text.contains("{{") || name.isEmpty()) return;
        try {
            ZoneFile.read(name.get(), text, hosts());
        } catch (ZoneFile.Malformed e) {
            element.problem("line " + e.line() + " of the zone: " + e.getMessage());
        }
    }

    /** Whether a host has an IPv6 address shows when the run is built. */
    private ZoneFile.Hosts hosts() {
        return new ZoneFile.Hosts() {
            @Override
            public Optional<Ipv4Address> ipv4(String host) {
                return names.isHost(host) ? Optional.of(Ipv4Address.ANY) : Optional.empty();
            }

            @Override
            public Optional<Ipv6Address> ipv6(String host) {
                return names.isHost(host) ? Optional.of(Ipv6Address.ANY) : Optional.empty();
            }
        };
    }
}
