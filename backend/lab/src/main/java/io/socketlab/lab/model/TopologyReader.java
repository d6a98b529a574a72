package io.socketlab.lab.model;

import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Interface;
import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.SyntaxException;
import io.socketlab.lab.expr.Value;
import io.socketlab.lab.model.Topology.Flaw;
import io.socketlab.lab.model.Topology.HostPlan;
import io.socketlab.lab.model.Topology.LinkPlan;
import io.socketlab.lab.model.Topology.Nth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** Reads the hosts and the links. */
final class TopologyReader {

    static final List<String> PROFILES = List.of("linux", "bsd", "textbook");

    private static final Expression NO_DELAY = new Expression.Constant(new Value.Span(0));
    private static final String RATE = "[0-9]+(\\.[0-9]+)?[kmg]?bit";

    private final Names names;
    private final NamePlanReader namePlans;

    TopologyReader(Names names) {
        this.names = names;
        this.namePlans = new NamePlanReader(names);
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
        names.addHost(name);
        try (Fields fields = element.fields("a host")) {
            return new HostPlan(
                    name,
                    fields.get("count").flatMap(names::expression),
                    fields.get("address").map(this::address),
                    fields.get("address6").map(this::address6),
                    fields.get("profile").map(e -> Fields.choice(e, "profile", PROFILES)),
                    sysctls(names, fields, "sysctl"),
                    NicReader.read(fields),
                    namePlans.read(fields));
        }
    }

    /** Its form is checked where no parameter stands in it. */
    private String address(Element element) {
        String text = names.template(element);
        if (text.contains("{{")) return text;
        String[] parts = text.split("/", -1);
        boolean good =
                parts.length == 2
                        && Ipv4Address.parse(parts[0]).isPresent()
                        && parts[1].matches("[0-9]|[12][0-9]|30");
        if (!good) {
            element.problem(
                    "expected an address with its prefix, as in 10.0.0.1/24, not '" + text + "'");
        }
        return text;
    }

    private String address6(Element element) {
        String text = names.template(element);
        if (!text.contains("{{") && Ipv6Interface.parse(text).isEmpty()) {
            element.problem(
                    "expected an IPv6 address with its prefix, as in 2001:db8::1/64, not '"
                            + text
                            + "'");
        }
        return text;
    }

    static Map<String, String> sysctls(Names names, Fields fields, String key) {
        var sysctls = new LinkedHashMap<String, String>();
        fields.get(key)
                .ifPresent(e ->
                        e.fields("sysctls, as in {net.core.somaxconn: 128}")
                                .named()
                                .forEach((name, v) -> sysctls.put(name, names.template(v))));
        return sysctls;
    }

    private LinkPlan link(Element element) {
        try (Fields fields = element.fields("a link, as in {a: client, b: server, delay: 10ms}")) {
            return new LinkPlan(
                    end(fields, "a"),
                    end(fields, "b"),
                    fields.get("delay").flatMap(this::delay).orElse(NO_DELAY),
                    fields.get("rate").map(this::rate),
                    fields.get("queue").map(this::packets).orElse(1000),
                    fields.integer("mtu", 68, 65_535, 1500),
                    flaws(fields));
        }
    }

    private String end(Fields fields, String key) {
        Optional<Element> end = fields.need(key);
        if (end.isEmpty()) return "";
        String name = end.get().text("a host's name");
        // One of several has its number: client3.
        String base = names.hosts().contains(name) ? name : name.replaceFirst("[0-9]+$", "");
        if (!names.hosts().contains(base)) {
            end.get()
                    .problem(
                            String.valueOf(
                                    SyntaxException.unknown(0, "host", name, names.hosts())
                                            .getMessage()));
        }
        return name;
    }

    private Optional<Expression> delay(Element element) {
        Optional<Expression> delay = names.expression(element);
        if (delay.isPresent()
                && delay.get() instanceof Expression.Constant(var value)
                && !(value instanceof Value.Span)) {
            element.problem("expected a time with its unit, as in 20ms, not '" + value + "'");
        }
        return delay;
    }

    private String rate(Element element) {
        String text = names.template(element);
        if (!text.contains("{{") && !text.matches(RATE)) {
            element.problem("expected a rate, as in 10mbit, not '" + text + "'");
        }
        return text;
    }

    private int packets(Element element) {
        String text = element.text("a number of packets");
        if (text.matches("[0-9]{1,6}(pkt)?")) return Integer.parseInt(text.replace("pkt", ""));
        element.problem("expected a number of packets, as in 20pkt, not '" + text + "'");
        return 0;
    }

    private List<Flaw> flaws(Fields fields) {
        var flaws = new ArrayList<Flaw>();
        fields.get("loss").ifPresent(e -> flaws.add(likely(e, Flaw.Loss::new)));
        fields.get("duplicate").ifPresent(e -> flaws.add(likely(e, Flaw.Duplicate::new)));
        fields.get("corrupt").ifPresent(e -> flaws.add(likely(e, Flaw.Corrupt::new)));
        fields.get("reorder").ifPresent(e -> flaws.add(reorder(e)));
        for (Element drop : fields.items("drop")) flaws.add(drop(drop));
        for (Element late : fields.items("late")) flaws.add(late(late));
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

    private Flaw drop(Element element) {
        try (Fields fields = element.fields("drop, as in {from: client, nth: 1}")) {
            return new Flaw.Drop(nth(fields));
        }
    }

    private Flaw late(Element element) {
        try (Fields fields = element.fields("late, as in {from: client, nth: 3, by: 5ms}")) {
            return new Flaw.Late(
                    nth(fields), fields.need("by").flatMap(this::delay).orElse(NO_DELAY));
        }
    }

    private Nth nth(Fields fields) {
        return new Nth(
                end(fields, "from"),
                fields.need("nth").flatMap(names::expression).orElse(NO_DELAY),
                fields.get("port").flatMap(names::expression),
                fields.flag("text", false));
    }
}
