package io.socketlab.lab.model;

import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Interface;
import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.model.Samples.Kind;
import io.socketlab.lab.model.Topology.HostPlan;
import io.socketlab.lab.model.Topology.LanPlan;
import io.socketlab.lab.model.Topology.LinkPlan;
import io.socketlab.lab.model.Topology.RoutePlan;
import io.socketlab.lab.model.Topology.RoutingPlan;
import io.socketlab.lab.model.Topology.SubnetPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the hosts, the LANs and the links. */
final class TopologyReader {

    static final List<String> PROFILES = List.of("linux", "bsd", "textbook");

    private final Names names;
    private final NamePlanReader namePlans;
    private final CpuPlanReader cpuPlans;
    private final CableReader cables;

    /** Hosts that others name before all are known. */
    private final HostMentions later = new HostMentions();

    TopologyReader(Names names) {
        this.names = names;
        this.namePlans = new NamePlanReader(names);
        this.cpuPlans = new CpuPlanReader(names);
        this.cables = new CableReader(names);
    }

    Topology read(Element element) {
        var hosts = new ArrayList<HostPlan>();
        var lans = new ArrayList<LanPlan>();
        var links = new ArrayList<LinkPlan>();
        var elements = new LinkedHashMap<String, Element>();
        try (Fields fields = element.fields("the topology")) {
            fields.need("hosts")
                    .ifPresent(e ->
                            e.fields("hosts, as in {client: {}, server: {}}")
                                    .named()
                                    .forEach((name, host) -> {
                                        elements.put(name, host);
                                        hosts.add(host(name, host));
                                    }));
            if (hosts.isEmpty() && element.isMapping()) {
                element.problem(
                        "expected at least one host, as in hosts: {client: {}, server: {}}");
            }
            namePlans.check();
            later.check(cables);
            fields.get("lans")
                    .ifPresent(e ->
                            e.fields("LANs, as in {office: {hosts: [client, server]}}")
                                    .named()
                                    .forEach((name, lan) -> lans.add(lan(name, lan))));
            for (Element link : fields.items("links")) links.add(link(link));
        }
        if (hosts.size() > 1 && element.isSound()) alone(elements, lans, links);
        return new Topology(hosts, lans, links);
    }

    /** Reports hosts that nothing reaches. */
    private static void alone(
            Map<String, Element> hosts, List<LanPlan> lans, List<LinkPlan> links) {
        Set<String> joined =
                Stream.concat(
                                lans.stream().flatMap(lan -> lan.hosts().stream()),
                                links.stream().flatMap(link -> Stream.of(link.a(), link.b())))
                        .collect(Collectors.toSet());
        hosts.forEach((name, element) -> {
            boolean one =
                    joined.stream().anyMatch(j -> j.equals(name) || j.matches(name + "[0-9]+"));
            if (!one) element.problem("no link and no LAN joins '" + name + "' to another host");
        });
    }

    private HostPlan host(String name, Element element) {
        if (!name.matches("[a-z][a-z0-9_-]{0,30}")) {
            element.problem(
                    "expected a host's name of small letters and digits, not '" + name + "'");
        }
        if (names.isHost(name)) {
            element.problem("a host called '" + name + "' is one of several, by their count");
        }
        names.addHost(name, element.isMapping() && element.fields("a host").has("count"));
        try (Fields fields = element.fields("a host")) {
            if (fields.has("cpu")) names.addProcessors(name);
            return new HostPlan(
                    name,
                    count(name, fields),
                    fields.get("address").map(this::address),
                    fields.get("address6").map(this::address6),
                    fields.get("profile").map(e -> Fields.choice(e, "profile", PROFILES)),
                    SysctlReader.read(names, fields),
                    NicReader.read(fields),
                    namePlans.read(fields),
                    fields.get("cpu").map(cpuPlans::read),
                    routing(fields),
                    fields.get("qdisc").map(cables::qdisc));
        }
    }

    private Optional<Expression> count(String name, Fields fields) {
        Optional<Expression> count =
                fields.get("count").flatMap(e -> names.expression(e, Kind.HOSTS));
        count.ifPresent(c -> names.addCount(name, c));
        return count;
    }

    private String address(Element element) {
        for (String text : names.filled(element)) {
            String[] parts = text.split("/", -1);
            boolean good =
                    parts.length == 2
                            && Ipv4Address.parse(parts[0]).isPresent()
                            && parts[1].matches("[0-9]|[12][0-9]|30");
            if (!good) {
                element.problem(
                        "expected an address with its prefix, as in 10.0.0.1/24, not '"
                                + text
                                + "'");
                break;
            }
        }
        return element.text("an address");
    }

    private String address6(Element element) {
        for (String text : names.filled(element)) {
            if (Ipv6Interface.parse(text).isPresent()) continue;
            element.problem(
                    "expected an IPv6 address with its prefix, as in 2001:db8::1/64, not '"
                            + text
                            + "'");
            break;
        }
        return element.text("an address");
    }

    private LinkPlan link(Element element) {
        try (Fields fields = element.fields("a link, as in {a: client, b: server, delay: 10ms}")) {
            String a = cables.host(fields, "a");
            String b = cables.host(fields, "b");
            if (a.equals(b) && !a.isEmpty())
                element.problem("expected two hosts to link, not '" + a + "' twice");
            return new LinkPlan(
                    a, b, cables.read(fields, List.of(a, b)), subnet(fields, List.of(a, b)));
        }
    }

    private LanPlan lan(String name, Element element) {
        try (Fields fields = element.fields("a LAN, as in {hosts: [client, server]}")) {
            fields.need("hosts");
            List<String> hosts = fields.items("hosts").stream().map(cables::host).toList();
            for (int i = 0; i < hosts.size(); i++) {
                if (hosts.subList(0, i).contains(hosts.get(i))) {
                    fields.items("hosts")
                            .get(i)
                            .problem("'" + hosts.get(i) + "' is on this LAN already");
                }
            }
            boolean alone = hosts.size() == 1 && !names.isSeveral(hosts.getFirst());
            if (alone || hosts.isEmpty()) element.problem("expected at least two hosts on a LAN");
            return new LanPlan(name, hosts, cables.read(fields, hosts), subnet(fields, hosts));
        }
    }

    private SubnetPlan subnet(Fields fields, List<String> ends) {
        var addresses = new LinkedHashMap<String, String>();
        fields.get("addresses")
                .ifPresent(e ->
                        e.fields("addresses, as in {router: 10.1.0.254}")
                                .named()
                                .forEach((host, address) -> {
                                    if (names.isSeveral(host)) cables.several(address, host);
                                    else cables.checkEnd(address, host, ends);
                                    addresses.put(host, address4(address));
                                }));
        return new SubnetPlan(fields.get("subnet").map(this::network), addresses);
    }

    private String address4(Element element) {
        for (String text : names.filled(element)) {
            if (Ipv4Address.parse(text).isPresent()) continue;
            element.problem("expected an address, as in 10.1.0.254, not '" + text + "'");
            break;
        }
        return element.text("an address");
    }

    private String network(Element element) {
        for (String text : names.filled(element)) {
            if (Subnet.parse(text).isPresent()) continue;
            element.problem("expected a network, as in 10.1.0.0/24, not '" + text + "'");
            break;
        }
        return element.text("a network");
    }

    private RoutingPlan routing(Fields fields) {
        return new RoutingPlan(
                fields.flag("forwarding", false),
                fields.get("gateway").map(later::add),
                fields.items("routes").stream().map(this::route).toList());
    }

    private RoutePlan route(Element element) {
        try (Fields fields = element.fields("a route, as in {to: 10.2.0.0/24, via: router}")) {
            return new RoutePlan(
                    fields.need("to").map(this::network).orElse(""),
                    fields.need("via").map(later::add).orElse(""));
        }
    }
}
