package io.socketlab.lab.run;

import io.socketlab.kernel.host.HostSpec;
import io.socketlab.kernel.host.KernelProfile;
import io.socketlab.kernel.host.LinkSpec;
import io.socketlab.kernel.host.NetworkSpec;
import io.socketlab.kernel.link.Counted;
import io.socketlab.kernel.link.Impairment;
import io.socketlab.kernel.syscall.CpuSettings;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.Ipv6Interface;
import io.socketlab.lab.expr.Evaluation;
import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.expr.Value;
import io.socketlab.lab.model.CpuPlan;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.Topology.Flaw;
import io.socketlab.lab.model.Topology.HostPlan;
import io.socketlab.lab.model.Topology.LinkPlan;
import io.socketlab.lab.model.Topology.Nth;
import io.socketlab.lab.script.AddressBook;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The network that a lab asks for, with the parameters of a seed. */
final class LabNetwork {

    private static final int FIRST_ADDRESS = 0x0A00_0001;
    private static final int USUAL_PREFIX = 24;
    private static final int USUAL_MTU = 1500;
    private static final int MAX_HOSTS = 250;
    private static final Pattern RATE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([kmg]?)bit");

    private final Lab lab;
    private final Parameters parameters;
    private int nextAddress = FIRST_ADDRESS;

    private LabNetwork(Lab lab, Parameters parameters) {
        this.lab = lab;
        this.parameters = parameters;
    }

    /**
     * Builds the description.
     *
     * @throws IllegalArgumentException if with these parameters the lab makes no network
     */
    static NetworkSpec spec(Lab lab, Parameters parameters, long seed) {
        return new LabNetwork(lab, parameters).spec(seed);
    }

    /** The names of the hosts that come of a plan. */
    static List<String> names(HostPlan plan, Parameters parameters) {
        if (plan.count().isEmpty()) return List.of(plan.name());
        long count = number(plan.count().get(), parameters);
        if (count < 0 || count > MAX_HOSTS)
            throw new IllegalArgumentException("count " + count + " of " + plan.name());
        var names = new ArrayList<String>();
        for (int i = 1; i <= count; i++) names.add(plan.name() + i);
        return names;
    }

    /** The hosts' addresses by name. */
    static AddressBook addresses(Lab lab, Parameters parameters) {
        var addresses = new LinkedHashMap<String, Ipv4Address>();
        var ipv6 = new LinkedHashMap<String, Ipv6Address>();
        for (HostSpec host : spec(lab, parameters, 0).hosts()) {
            addresses.put(host.name(), host.address());
            host.address6().ifPresent(own -> ipv6.put(host.name(), own.address()));
        }
        return AddressBook.of(addresses, ipv6);
    }

    private NetworkSpec spec(long seed) {
        var hosts = new ArrayList<HostSpec>();
        for (HostPlan plan : lab.topology().hosts()) {
            for (String name : names(plan, parameters)) hosts.add(host(plan, name));
        }
        var links = new ArrayList<LinkSpec>();
        for (LinkPlan plan : lab.topology().links()) links.addAll(links(plan));
        return new NetworkSpec(seed, hosts, links);
    }

    private HostSpec host(HostPlan plan, String name) {
        Optional<String[]> address = plan.address().map(a -> parameters.fill(a).split("/", 2));
        Map<String, String> sysctls = new LinkedHashMap<>();
        lab.stack().sysctls().forEach((key, value) -> sysctls.put(key, parameters.fill(value)));
        plan.sysctls().forEach((key, value) -> sysctls.put(key, parameters.fill(value)));
        String profile = plan.profile().orElse(lab.stack().profile());
        return new HostSpec(
                name,
                address.map(LabNetwork::address).orElseGet(() -> new Ipv4Address(nextAddress++)),
                address.map(a -> Integer.parseInt(a[1])).orElse(USUAL_PREFIX),
                plan.address6().map(a -> address6(parameters.fill(a))),
                KernelProfile.valueOf(profile.toUpperCase(Locale.ROOT)),
                sysctls,
                mtu(plan.name()),
                plan.nic(),
                plan.cpu().map(this::cpu));
    }

    private CpuSettings cpu(CpuPlan plan) {
        CpuSettings usual = CpuSettings.DEFAULT;
        long cpus = plan.cpus().map(e -> number(e, parameters)).orElse((long) usual.cpus());
        if (cpus < 1 || cpus > CpuSettings.MAX_CPUS) {
            throw new IllegalArgumentException("CPUs " + cpus);
        }
        return new CpuSettings(
                (int) cpus,
                time(plan.switching(), usual.switchNanos()),
                time(plan.wake(), usual.wakeNanos()),
                time(plan.call(), usual.callNanos()),
                time(plan.scan(), usual.scanNanos()),
                time(plan.copy(), usual.copyNanos()),
                time(plan.slice(), usual.sliceNanos()));
    }

    private long time(Optional<Expression> time, long usual) {
        return time.map(e -> nanos(e, parameters)).orElse(usual);
    }

    private static Ipv4Address address(String[] written) {
        return Ipv4Address.parse(written[0])
                .orElseThrow(() -> new IllegalArgumentException("address " + written[0]));
    }

    private static Ipv6Interface address6(String written) {
        return Ipv6Interface.parse(written)
                .orElseThrow(() -> new IllegalArgumentException("address6 " + written));
    }

    /** The least of its links. */
    private int mtu(String host) {
        return lab.topology().links().stream()
                .filter(link -> isEnd(link.a(), host) || isEnd(link.b(), host))
                .mapToInt(LinkPlan::mtu)
                .min()
                .orElse(USUAL_MTU);
    }

    private static boolean isEnd(String end, String host) {
        return end.equals(host) || end.replaceFirst("[0-9]+$", "").equals(host);
    }

    /** One link, or one for each of several hosts. */
    private List<LinkSpec> links(LinkPlan plan) {
        var links = new ArrayList<LinkSpec>();
        for (String a : expand(plan.a())) {
            for (String b : expand(plan.b())) links.add(link(plan, a, b));
        }
        return links;
    }

    private List<String> expand(String end) {
        return lab.topology().hosts().stream()
                .filter(plan -> plan.name().equals(end))
                .findFirst()
                .map(plan -> names(plan, parameters))
                .orElse(List.of(end));
    }

    private LinkSpec link(LinkPlan plan, String a, String b) {
        var impairments = new ArrayList<Impairment>();
        for (Flaw flaw : plan.flaws()) impairments.add(impairment(flaw));
        return new LinkSpec(
                a + "-" + b,
                a,
                b,
                nanos(plan.delay(), parameters),
                plan.rate().map(r -> rate(parameters.fill(r))).orElse(0L),
                plan.queuePackets(),
                impairments);
    }

    private Impairment impairment(Flaw flaw) {
        return switch (flaw) {
            case Flaw.Loss(var probability) -> new Impairment.Loss("", probability);
            case Flaw.Duplicate(var probability) -> new Impairment.Duplicate("", probability);
            case Flaw.Corrupt(var probability) -> new Impairment.Corrupt("", probability);
            case Flaw.Reorder(var probability, var delay) ->
                    new Impairment.Reorder("", probability, nanos(delay, parameters));
            case Flaw.Drop(var which, var many) ->
                    new Impairment.DropNth(
                            which.from(),
                            counted(which),
                            (int) number(which.nth(), parameters),
                            many.map(m -> (int) number(m, parameters)).orElse(1));
            case Flaw.Late(var which, var by) ->
                    new Impairment.DelayNth(
                            which.from(),
                            counted(which),
                            (int) number(which.nth(), parameters),
                            nanos(by, parameters));
        };
    }

    private Counted counted(Nth which) {
        int port = which.port().map(p -> (int) number(p, parameters)).orElse(0);
        return new Counted(port, which.text());
    }

    static long rate(String text) {
        Matcher m = RATE.matcher(text);
        if (!m.matches()) throw new IllegalArgumentException("rate " + text);
        int power =
                switch (m.group(2)) {
                    case "k" -> 3;
                    case "m" -> 6;
                    case "g" -> 9;
                    default -> 0;
                };
        return new BigDecimal(m.group(1)).scaleByPowerOfTen(power).longValue();
    }

    private static long number(Expression expression, Parameters parameters) {
        Value value = Evaluation.constant(expression, parameters);
        if (value instanceof Value.Int(var number)) return number;
        throw new IllegalArgumentException("expected a number, not " + value);
    }

    private static long nanos(Expression expression, Parameters parameters) {
        Value value = Evaluation.constant(expression, parameters);
        if (value instanceof Value.Span(var nanos) && nanos >= 0) return nanos;
        throw new IllegalArgumentException("expected a time, not " + value);
    }
}
