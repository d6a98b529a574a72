package io.socketlab.lab.run;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.host.HostSpec;
import io.socketlab.kernel.host.InterfaceSpec;
import io.socketlab.kernel.host.JoinSpec;
import io.socketlab.kernel.host.KernelProfile;
import io.socketlab.kernel.host.LanSpec;
import io.socketlab.kernel.host.LanSpec.Cable;
import io.socketlab.kernel.host.LinkSpec;
import io.socketlab.kernel.host.Network;
import io.socketlab.kernel.host.NetworkSpec;
import io.socketlab.kernel.link.Counted;
import io.socketlab.kernel.link.Impairment;
import io.socketlab.kernel.link.Nic;
import io.socketlab.kernel.link.QdiscReader;
import io.socketlab.kernel.syscall.CpuSettings;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.Ipv6Interface;
import io.socketlab.lab.expr.Evaluation;
import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.expr.Rate;
import io.socketlab.lab.expr.Value;
import io.socketlab.lab.model.CpuPlan;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.Topology.CablePlan;
import io.socketlab.lab.model.Topology.Flaw;
import io.socketlab.lab.model.Topology.HostPlan;
import io.socketlab.lab.model.Topology.LanPlan;
import io.socketlab.lab.model.Topology.LinkPlan;
import io.socketlab.lab.model.Topology.Nth;
import io.socketlab.lab.run.Subnets.Place;
import io.socketlab.lab.script.AddressBook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** The network that a lab asks for, with the parameters of a seed. */
final class LabNetwork {

    private static final int USUAL_MTU = 1500;
    private static final int MAX_HOSTS = 250;

    private final Lab lab;
    private final Parameters parameters;
    private final Map<String, HostPlan> plans;
    private final List<Joint> joints;
    private final Subnets subnets;
    private final Ways ways;

    private LabNetwork(Lab lab, Parameters parameters) {
        this.lab = lab;
        this.parameters = parameters;
        this.plans = plans(lab, parameters);
        this.joints = joints();
        this.subnets = new Subnets(plans, joints, parameters);
        this.ways = new Ways(plans, joints, subnets, parameters);
    }

    /**
     * @throws IllegalArgumentException if with these parameters the lab makes no network
     */
    static LabNetwork of(Lab lab, Parameters parameters) {
        return new LabNetwork(lab, parameters);
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
        for (HostSpec host : of(lab, parameters).spec(0).hosts()) {
            addresses.put(host.name(), host.address());
            host.address6().ifPresent(own -> ipv6.put(host.name(), own.address()));
        }
        return AddressBook.of(addresses, ipv6);
    }

    /**
     * Its description.
     *
     * @throws IllegalArgumentException if with these parameters the lab makes no network
     */
    NetworkSpec spec(long seed) {
        var hosts = new ArrayList<HostSpec>();
        plans.forEach((name, plan) -> hosts.add(host(plan, name)));
        var joins = new ArrayList<JoinSpec>();
        for (Joint joint : joints) {
            joins.add(joint.isSwitched() ? lan(joint) : link(joint));
        }
        return new NetworkSpec(seed, hosts, joins);
    }

    private static Map<String, HostPlan> plans(Lab lab, Parameters parameters) {
        var plans = new LinkedHashMap<String, HostPlan>();
        for (HostPlan plan : lab.topology().hosts()) {
            for (String name : names(plan, parameters)) plans.put(name, plan);
        }
        return plans;
    }

    private List<Joint> joints() {
        var joints = new ArrayList<Joint>();
        for (LanPlan plan : lab.topology().lans()) {
            List<String> members = plan.hosts().stream().flatMap(h -> expand(h).stream()).toList();
            var cables = new LinkedHashMap<String, CablePlan>();
            members.forEach(m -> cables.put(m, plan.cable()));
            joints.add(
                    new Joint(plan.name(), members, Optional.empty(), true, cables, plan.subnet()));
        }
        for (LinkPlan plan : lab.topology().links()) {
            List<String> a = expand(plan.a());
            List<String> b = expand(plan.b());
            if (a.size() > 1 && b.size() > 1) {
                throw new IllegalArgumentException(
                        "a link joins one host to others, and not several "
                                + plan.a()
                                + " to several "
                                + plan.b()
                                + "; a LAN does");
            }
            if (!a.isEmpty() && !b.isEmpty()) add(joints, joint(plan, a, b));
        }
        return joints;
    }

    private static Joint joint(LinkPlan plan, List<String> a, List<String> b) {
        var members = new ArrayList<>(a);
        members.addAll(b);
        boolean one = members.size() == 2;
        String centre = a.size() == 1 ? a.getFirst() : b.getFirst();
        var cables = new LinkedHashMap<String, CablePlan>();
        for (String member : members) {
            if (one || !member.equals(centre)) cables.put(member, plan.cable());
        }
        return new Joint(
                one ? a.getFirst() + "-" + b.getFirst() : plan.a() + "-" + plan.b(),
                members,
                one ? Optional.empty() : Optional.of(centre),
                false,
                cables,
                plan.subnet());
    }

    /** Links of a host that is no router come together in one interface. */
    private void add(List<Joint> joints, Joint link) {
        for (int i = 0; i < joints.size(); i++) {
            Joint before = joints.get(i);
            Optional<String> host =
                    before.meets(link)
                            .filter(h ->
                                    !Objects.requireNonNull(plans.get(h)).routing().forwards());
            if (host.isEmpty()) continue;
            if (before.cables().keySet().stream().anyMatch(link.cables()::containsKey)
                    && before.members().containsAll(link.members())) {
                throw new IllegalArgumentException(
                        "a second link joins %s; give one of the two a subnet of its own"
                                .formatted(String.join(" and ", link.members())));
            }
            joints.set(i, before.with(link, host.get()));
            return;
        }
        joints.add(link);
    }

    private HostSpec host(HostPlan plan, String name) {
        Map<String, String> sysctls = new LinkedHashMap<>();
        if (plan.routing().forwards()) sysctls.put("net.ipv4.ip_forward", "1");
        lab.stack().sysctls().forEach((key, value) -> sysctls.put(key, parameters.fill(value)));
        plan.sysctls().forEach((key, value) -> sysctls.put(key, parameters.fill(value)));
        String profile = plan.profile().orElse(lab.stack().profile());
        List<Joint> own = own(name);
        List<Place> places = subnets.of(name);
        var more = new ArrayList<InterfaceSpec>();
        for (int i = 1; i < places.size(); i++) {
            more.add(
                    new InterfaceSpec(
                            places.get(i).address(),
                            places.get(i).subnet().prefixLength(),
                            own.get(i).mtu(name)));
        }
        return new HostSpec(
                name,
                places.getFirst().address(),
                places.getFirst().subnet().prefixLength(),
                plan.address6().map(a -> address6(parameters.fill(a))),
                KernelProfile.valueOf(profile.toUpperCase(Locale.ROOT)),
                sysctls,
                own.isEmpty() ? USUAL_MTU : own.getFirst().mtu(name),
                plan.nic(),
                plan.cpu().map(this::cpu),
                more,
                ways.of(name));
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

    /** What joins a host to others, in the order of its interfaces. */
    private List<Joint> own(String host) {
        return joints.stream().filter(j -> j.members().contains(host)).toList();
    }

    private static Ipv6Interface address6(String written) {
        return Ipv6Interface.parse(written)
                .orElseThrow(() -> new IllegalArgumentException("address6 " + written));
    }

    /** Gives the interfaces the queueing disciplines that the lab says. */
    void queue(Network network) {
        plans.forEach((name, plan) -> queue(network.host(name), plan));
    }

    private void queue(Host host, HostPlan plan) {
        List<Joint> own = own(host.name());
        for (int i = 0; i < own.size(); i++) {
            own.get(i)
                    .qdisc(List.of(host.name(), plan.name(), ""))
                    .or(plan::qdisc)
                    .ifPresent(qdisc(host, host.nics().get(i)));
        }
    }

    private Consumer<String> qdisc(Host host, Nic nic) {
        return text -> {
            List<String> words = List.of(parameters.fill(text).strip().split("\\s+", -1));
            nic.qdisc(QdiscReader.read(words, host.chance("qdisc " + nic.device())));
        };
    }

    private List<String> expand(String end) {
        return lab.topology().hosts().stream()
                .filter(plan -> plan.name().equals(end))
                .findFirst()
                .map(plan -> names(plan, parameters))
                .orElse(List.of(end));
    }

    private LinkSpec link(Joint joint) {
        CablePlan cable = joint.cables().values().iterator().next();
        return new LinkSpec(
                joint.name(),
                joint.members().getFirst(),
                joint.members().getLast(),
                nanos(cable.delay(), parameters),
                rate(cable),
                cable.queuePackets(),
                impairments(cable));
    }

    /**
     * Where several links come together in one host they do so in a switch in front of it, which is
     * there at once and takes everything.
     */
    private LanSpec lan(Joint joint) {
        var cables = new ArrayList<Cable>();
        String far = joint.centre().orElse("");
        for (String member : joint.members()) {
            CablePlan cable = joint.cables().get(member);
            cables.add(
                    cable == null
                            ? new Cable(member, "", 0, 0, 0, List.of())
                            : new Cable(
                                    member,
                                    far,
                                    nanos(cable.delay(), parameters),
                                    rate(cable),
                                    cable.queuePackets(),
                                    impairments(cable)));
        }
        return new LanSpec(joint.name(), cables);
    }

    private long rate(CablePlan cable) {
        return cable.rate().map(r -> rate(parameters.fill(r))).orElse(0L);
    }

    private List<Impairment> impairments(CablePlan cable) {
        return cable.flaws().stream().map(this::impairment).toList();
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
        return Rate.bits(text).orElseThrow(() -> new IllegalArgumentException("rate " + text));
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

    /** Where a name of a host leads to. */
    static AddressBook addresses(Network network) {
        Map<String, Ipv4Address> addresses = new LinkedHashMap<>();
        Map<String, Ipv6Address> ipv6 = new LinkedHashMap<>();
        for (Host host : network.hosts()) {
            addresses.put(host.name(), host.address());
            host.address6().ifPresent(address -> ipv6.put(host.name(), address));
        }
        return AddressBook.of(addresses, ipv6);
    }
}
