package io.socketlab.lab.model;

import io.socketlab.kernel.link.NicSettings;
import io.socketlab.lab.expr.Expression;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The hosts, and the LANs and links that join them. */
public record Topology(List<HostPlan> hosts, List<LanPlan> lans, List<LinkPlan> links) {

    public Topology {
        hosts = List.copyOf(hosts);
        lans = List.copyOf(lans);
        links = List.copyOf(links);
    }

    /**
     * A host.
     *
     * @param count how many there are of it; then their names are numbered from 1
     * @param address {@code 10.0.{{net}}.1/24}, of its first interface; empty for the next free one
     * @param address6 {@code 2001:db8::1/64}; empty for none but the link-local one
     * @param profile where it is not the lab's
     * @param sysctls beside the lab's
     * @param names which names it can look up, and which it serves
     * @param cpu its processors; empty if nothing takes time
     * @param routing what it does with what is not for its own networks
     * @param qdisc of all its interfaces, as tc(8) writes it
     */
    public record HostPlan(
            String name,
            Optional<Expression> count,
            Optional<String> address,
            Optional<String> address6,
            Optional<String> profile,
            Map<String, String> sysctls,
            NicSettings nic,
            NamePlan names,
            Optional<CpuPlan> cpu,
            RoutingPlan routing,
            Optional<String> qdisc) {
        public HostPlan {
            sysctls = Collections.unmodifiableMap(new LinkedHashMap<>(sysctls));
        }
    }

    /**
     * The routes of a host. Where neither a gateway nor routes are given, the way to every network
     * is found.
     *
     * @param forwards it is a router
     * @param gateway the router to all other networks
     */
    public record RoutingPlan(boolean forwards, Optional<String> gateway, List<RoutePlan> routes) {
        public RoutingPlan {
            routes = List.copyOf(routes);
        }
    }

    /**
     * A way to a network.
     *
     * @param to {@code 10.2.0.0/24}
     * @param via the router
     */
    public record RoutePlan(String to, String via) {}

    /** A link between two hosts, or between one and each of several. */
    public record LinkPlan(String a, String b, CablePlan cable, SubnetPlan subnet) {}

    /** A switch and the hosts on it. */
    public record LanPlan(String name, List<String> hosts, CablePlan cable, SubnetPlan subnet) {
        public LanPlan {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * What a link is like, or the cable of each host on a LAN.
     *
     * @param delay one way, a time
     * @param rate {@code 10mbit}; empty for no limit
     * @param queuePackets how many packets wait at most at either end; 0 if they wait in the
     *     sender's queueing discipline instead
     * @param mtu octets
     * @param qdiscs the queueing disciplines of hosts at this cable, as tc(8) writes them; of all
     *     hosts under the empty name
     */
    public record CablePlan(
            Expression delay,
            Optional<String> rate,
            int queuePackets,
            int mtu,
            List<Flaw> flaws,
            Map<String, String> qdiscs) {
        public CablePlan {
            flaws = List.copyOf(flaws);
            qdiscs = Collections.unmodifiableMap(new LinkedHashMap<>(qdiscs));
        }
    }

    /**
     * The network of those that are joined.
     *
     * @param network {@code 10.1.0.0/24}; empty for the next free one
     * @param addresses of hosts on it that are to have a certain one
     */
    public record SubnetPlan(Optional<String> network, Map<String, String> addresses) {
        public SubnetPlan {
            addresses = Collections.unmodifiableMap(new LinkedHashMap<>(addresses));
        }
    }

    /** What a link does to packets besides carrying them. */
    public sealed interface Flaw {

        record Loss(double probability) implements Flaw {}

        record Duplicate(double probability) implements Flaw {}

        record Corrupt(double probability) implements Flaw {}

        record Reorder(double probability, Expression delay) implements Flaw {}

        /**
         * Some packets are lost for certain.
         *
         * @param which the first of them
         * @param many how many in a row; one without it
         */
        record Drop(Nth which, Optional<Expression> many) implements Flaw {}

        /**
         * One packet is held back, so that later ones overtake it.
         *
         * @param by how much later it arrives than it would, a time
         */
        record Late(Nth which, Expression by) implements Flaw {}
    }

    /**
     * One packet of those that {@code from} sends, by its number.
     *
     * @param nth from 1
     * @param port the port, on either end, that those have that are counted; empty for all packets
     * @param text whether only those are counted that carry text
     */
    public record Nth(String from, Expression nth, Optional<Expression> port, boolean text) {}
}
