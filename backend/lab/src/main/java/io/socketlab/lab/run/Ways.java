package io.socketlab.lab.run;

import io.socketlab.kernel.host.RouteSpec;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.model.Subnet;
import io.socketlab.lab.model.Topology.HostPlan;
import io.socketlab.lab.model.Topology.RoutePlan;
import io.socketlab.lab.model.Topology.RoutingPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The routes of the hosts of a lab: those that are written, and of hosts without any, the way over
 * the fewest routers to each network. A host with one interface and one router has one route, to
 * everywhere.
 */
final class Ways {

    /** In place of the index of a route. */
    private static final int GATEWAY = -1;

    private final Map<String, HostPlan> hosts;
    private final List<Joint> joints;
    private final Subnets subnets;
    private final Parameters parameters;

    Ways(Map<String, HostPlan> hosts, List<Joint> joints, Subnets subnets, Parameters parameters) {
        this.hosts = hosts;
        this.joints = joints;
        this.subnets = subnets;
        this.parameters = parameters;
    }

    /**
     * The routes of a host beside those to its own networks.
     *
     * @throws RouteException if one is by a router that the host cannot reach
     */
    List<RouteSpec> of(String host) {
        RoutingPlan routing = routing(host);
        if (routing.gateway().isEmpty() && routing.routes().isEmpty()) return found(host);
        var routes = new ArrayList<RouteSpec>();
        routing.gateway()
                .ifPresent(g -> routes.add(RouteSpec.byDefault(neighbour(host, g, GATEWAY))));
        for (int i = 0; i < routing.routes().size(); i++) {
            routes.add(written(host, routing.routes().get(i), i));
        }
        return routes;
    }

    private RoutingPlan routing(String host) {
        return Objects.requireNonNull(hosts.get(host), host).routing();
    }

    private RouteSpec written(String host, RoutePlan route, int index) {
        String text = parameters.fill(route.to());
        Subnet to =
                Subnet.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException("route to " + text));
        return new RouteSpec(to.network(), to.prefixLength(), neighbour(host, route.via(), index));
    }

    /** The address of {@code other} on a network that both are on. */
    private Ipv4Address neighbour(String host, String other, int index) {
        String plan = Objects.requireNonNull(hosts.get(host), host).name();
        if (other.equals(host)) {
            throw new RouteException(
                    plan, index, "expected another host, not '" + host + "' itself");
        }
        return joints.stream()
                .filter(j -> j.members().contains(host) && j.members().contains(other))
                .map(j -> subnets.of(other, j).address())
                .findFirst()
                .orElseThrow(() ->
                        new RouteException(
                                plan,
                                index,
                                host + " has a route by " + other + ", and no link to it"));
    }

    private List<RouteSpec> found(String host) {
        Map<Joint, Ipv4Address> firstHops = firstHops(host);
        List<Ipv4Address> different = firstHops.values().stream().distinct().toList();
        boolean oneWayOut = subnets.of(host).size() == 1 && different.size() == 1;
        if (oneWayOut) return List.of(RouteSpec.byDefault(different.getFirst()));
        var routes = new ArrayList<RouteSpec>();
        firstHops.forEach((joint, hop) -> {
            Subnet to = subnets.of(joint.members().getFirst(), joint).subnet();
            routes.add(new RouteSpec(to.network(), to.prefixLength(), hop));
        });
        return routes;
    }

    /** Of each joint that the host is not at, the router to which it sends what is for there. */
    private Map<Joint, Ipv4Address> firstHops(String host) {
        var hops = new LinkedHashMap<Joint, Ipv4Address>();
        var own = joints.stream().filter(j -> j.members().contains(host)).toList();
        var reached = new ArrayDeque<>(own);
        while (!reached.isEmpty()) {
            Joint from = reached.remove();
            for (String router : from.members()) {
                boolean leadsOn = !router.equals(host) && routing(router).forwards();
                if (!leadsOn) continue;
                for (Joint next : joints) {
                    boolean isNew = !own.contains(next) && !hops.containsKey(next);
                    if (!isNew || !next.members().contains(router)) continue;
                    Ipv4Address hop = hops.get(from);
                    hops.put(next, hop == null ? subnets.of(router, from).address() : hop);
                    reached.add(next);
                }
            }
        }
        return hops;
    }
}
