package io.socketlab.lab.model;

import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Interface;
import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.Value;
import io.socketlab.lab.model.Samples.Kind;
import io.socketlab.lab.model.Topology.Flaw;
import io.socketlab.lab.model.Topology.HostPlan;
import io.socketlab.lab.model.Topology.LinkPlan;
import io.socketlab.lab.model.Topology.Nth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** Reads the hosts and the links. */
final class TopologyReader {

    static final List<String> PROFILES = List.of("linux", "bsd", "textbook");

    private static final Expression NO_DELAY = new Expression.Constant(new Value.Span(0));
    private static final String RATE = "[0-9]+(\\.[0-9]+)?[kmg]?bit";

    private final Names names;
    private final NamePlanReader namePlans;
    private final CpuPlanReader cpuPlans;

    TopologyReader(Names names) {
        this.names = names;
        this.namePlans = new NamePlanReader(names);
        this.cpuPlans = new CpuPlanReader(names);
    }

    Topology read(Element element) {
        var hosts = new ArrayList<HostPlan>();
        var links = new ArrayList<LinkPlan>();
        try (Fields fields = element.fields("the topology")) {
            fields.need("hosts")
                    .ifPresent(e ->
                            e.fields("hosts, as in {client: {}, server: {}}")
                                    .named()
                                    .forEach((name, host) -> hosts.add(host(name, host))));
            namePlans.check();
            for (Element link : fields.items("links")) links.add(link(link));
        }
        return new Topology(hosts, links);
    }

    private HostPlan host(String name, Element element) {
        if (!name.matches("[a-z][a-z0-9_-]{0,30}")) {
            element.problem(
                    "expected a host's name of small letters and digits, not '" + name + "'");
        }
        names.addHost(name, element.isMapping() && element.fields("a host").has("count"));
        try (Fields fields = element.fields("a host")) {
            return new HostPlan(
                    name,
                    fields.get("count").flatMap(e -> names.expression(e, Kind.NUMBER)),
                    fields.get("address").map(this::address),
                    fields.get("address6").map(this::address6),
                    fields.get("profile").map(e -> Fields.choice(e, "profile", PROFILES)),
                    SysctlReader.read(names, fields),
                    NicReader.read(fields),
                    namePlans.read(fields),
                    fields.get("cpu").map(cpuPlans::read));
        }
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
            String a = end(fields, "a");
            String b = end(fields, "b");
            if (a.equals(b)) element.problem("expected two hosts to link, not '" + a + "' twice");
            return new LinkPlan(
                    a,
                    b,
                    fields.get("delay").flatMap(this::delay).orElse(NO_DELAY),
                    fields.get("rate").map(this::rate),
                    fields.get("queue").map(this::packets).orElse(1000),
                    fields.integer("mtu", 68, 65_535, 1500),
                    flaws(fields, List.of(a, b)));
        }
    }

    private String end(Fields fields, String key) {
        Optional<Element> end = fields.need(key);
        if (end.isEmpty()) return "";
        String name = end.get().text("a host's name");
        if (!names.isHost(name)) Names.known(end.get(), "host", name, names.hosts());
        return name;
    }

    private Optional<Expression> delay(Element element) {
        return names.expression(element, Kind.SPAN);
    }

    private String rate(Element element) {
        for (String text : names.filled(element)) {
            if (text.matches(RATE)) continue;
            element.problem("expected a rate, as in 10mbit, not '" + text + "'");
            break;
        }
        return element.text("a rate");
    }

    private int packets(Element element) {
        String text = element.text("a number of packets");
        if (text.matches("[0-9]{1,6}(pkt)?")) return Integer.parseInt(text.replace("pkt", ""));
        element.problem("expected a number of packets, as in 20pkt, not '" + text + "'");
        return 0;
    }

    private List<Flaw> flaws(Fields fields, List<String> ends) {
        var flaws = new ArrayList<Flaw>();
        fields.get("loss").ifPresent(e -> flaws.add(likely(e, Flaw.Loss::new)));
        fields.get("duplicate").ifPresent(e -> flaws.add(likely(e, Flaw.Duplicate::new)));
        fields.get("corrupt").ifPresent(e -> flaws.add(likely(e, Flaw.Corrupt::new)));
        fields.get("reorder").ifPresent(e -> flaws.add(reorder(e)));
        for (Element drop : fields.items("drop")) flaws.add(drop(drop, ends));
        for (Element late : fields.items("late")) flaws.add(late(late, ends));
        return flaws;
    }

    private static Flaw likely(Element element, DoubleFunction<Flaw> make) {
        return make.apply(probability(element));
    }

    private static double probability(Element element) {
        String text = element.text("a probability");
        boolean percent = text.matches("[0-9]+(\\.[0-9]+)?%");
        if (percent || text.matches("[01](\\.[0-9]+)?|0?\\.[0-9]+")) {
            double value = Double.parseDouble(text.replace("%", "")) / (percent ? 100 : 1);
            if (value <= 1) return value;
        }
        element.problem("expected a probability, as in 0.1 or 10%, not '" + text + "'");
        return 0;
    }

    private Flaw reorder(Element element) {
        try (Fields fields = element.fields("reorder, as in {probability: 0.1, delay: 5ms}")) {
            return new Flaw.Reorder(
                    fields.need("probability").map(TopologyReader::probability).orElse(0.0),
                    fields.need("delay").flatMap(this::delay).orElse(NO_DELAY));
        }
    }

    private Flaw drop(Element element, List<String> ends) {
        try (Fields fields = element.fields("drop, as in {from: client, nth: 1}")) {
            return new Flaw.Drop(
                    nth(fields, ends),
                    fields.get("many").flatMap(e -> names.expression(e, Kind.NUMBER)));
        }
    }

    private Flaw late(Element element, List<String> ends) {
        try (Fields fields = element.fields("late, as in {from: client, nth: 3, by: 5ms}")) {
            return new Flaw.Late(
                    nth(fields, ends), fields.need("by").flatMap(this::delay).orElse(NO_DELAY));
        }
    }

    private Nth nth(Fields fields, List<String> ends) {
        String from = end(fields, "from");
        boolean known = names.isHost(from) && ends.stream().allMatch(names::isHost);
        if (known && !ends.contains(from)) {
            String expected = "expected an end of this link, " + String.join(" or ", ends);
            fields.get("from").ifPresent(e -> e.problem(expected + ", not '" + from + "'"));
        }
        return new Nth(
                from,
                fields.need("nth").flatMap(e -> names.expression(e, Kind.NUMBER)).orElse(NO_DELAY),
                fields.get("port").flatMap(e -> names.expression(e, Kind.NUMBER)),
                fields.flag("text", false));
    }
}
