package io.socketlab.lab.model;

import io.socketlab.kernel.link.NicSettings;
import io.socketlab.lab.expr.Expression;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The hosts and the links between them. */
public record Topology(List<HostPlan> hosts, List<LinkPlan> links) {

    public Topology {
        hosts = List.copyOf(hosts);
        links = List.copyOf(links);
    }

    /**
     * A host.
     *
     * @param count how many there are of it; then their names are numbered from 1
     * @param address {@code 10.0.{{net}}.1/24}; empty for the next free one of 10.0.0.0/24
     * @param address6 {@code 2001:db8::1/64}; empty for none but the link-local one
     * @param profile where it is not the lab's
     * @param sysctls beside the lab's
     * @param names which names it can look up, and which it serves
     * @param cpu its processors; empty if nothing takes time
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
            Optional<CpuPlan> cpu) {
        public HostPlan {
            sysctls = Collections.unmodifiableMap(new LinkedHashMap<>(sysctls));
        }
    }

    /**
     * A link.
     *
     * @param delay one way, a time
     * @param rate {@code 10mbit}; empty for no limit
     * @param queuePackets how many packets wait at most at either end
     * @param mtu octets
     */
    public record LinkPlan(
            String a,
            String b,
            Expression delay,
            Optional<String> rate,
            int queuePackets,
            int mtu,
            List<Flaw> flaws) {
        public LinkPlan {
            flaws = List.copyOf(flaws);
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
