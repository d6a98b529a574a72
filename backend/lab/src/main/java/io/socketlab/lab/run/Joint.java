package io.socketlab.lab.run;

import io.socketlab.lab.model.Topology.CablePlan;
import io.socketlab.lab.model.Topology.SubnetPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hosts that are joined, each by one of its interfaces: a link, several links that come together in
 * one host, or a LAN.
 *
 * @param members the hosts' own names
 * @param centre where it is several links, the host in which they come together
 * @param lan whether it is one
 * @param cables of the members; the centre has none of its own
 */
record Joint(
        String name,
        List<String> members,
        Optional<String> centre,
        boolean lan,
        Map<String, CablePlan> cables,
        SubnetPlan subnet) {

    Joint {
        members = List.copyOf(members);
        cables = Collections.unmodifiableMap(new LinkedHashMap<>(cables));
    }

    /** Whether its hosts are joined by a switch. */
    boolean isSwitched() {
        return lan || centre.isPresent();
    }

    /** Octets of the largest packet of a member: of the centre, what all cables take. */
    int mtu(String member) {
        CablePlan own = cables.get(member);
        return own != null
                ? own.mtu()
                : cables.values().stream().mapToInt(CablePlan::mtu).min().orElseThrow();
    }

    /** The queueing discipline that a cable says for one of these names, the first that does. */
    Optional<String> qdisc(List<String> names) {
        for (CablePlan cable : cables.values()) {
            for (String name : names) {
                if (cable.qdiscs().containsKey(name)) {
                    return Optional.of(cable.qdiscs().get(name));
                }
            }
        }
        return Optional.empty();
    }

    /** The host in which this link and {@code other} can come together; empty if there is none. */
    Optional<String> meets(Joint other) {
        boolean free =
                !lan && !other.lan && isWithoutSubnet(subnet) && isWithoutSubnet(other.subnet);
        return members.stream()
                .filter(m -> free && other.members.contains(m))
                .filter(m -> centre.orElse(m).equals(m) && other.centre.orElse(m).equals(m))
                .findFirst();
    }

    private static boolean isWithoutSubnet(SubnetPlan subnet) {
        return subnet.network().isEmpty() && subnet.addresses().isEmpty();
    }

    /** This link and {@code other}, which come together in {@code host}. */
    Joint with(Joint other, String host) {
        var all = new ArrayList<>(members);
        other.members.stream().filter(m -> !all.contains(m)).forEach(all::add);
        var both = new LinkedHashMap<>(cables);
        both.putAll(other.cables);
        both.remove(host);
        return new Joint(host, all, Optional.of(host), false, both, subnet);
    }
}
