package io.socketlab.lab.run;

import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.model.Subnet;
import io.socketlab.lab.model.Topology.HostPlan;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The networks of a lab and the addresses on them: those that are written, and of the rest the next
 * free ones. A lab whose hosts are all joined by one link or LAN has 10.0.0.0/24; where there are
 * several, they have 10.0.1.0/24, 10.0.2.0/24 and so on.
 */
final class Subnets {

    /** An address on a network. */
    record Place(Ipv4Address address, Subnet subnet) {}

    private static final int PREFIX = 24;
    private static final int FIRST = 0x0A00_0000;

    private final Parameters parameters;

    /** The plan of each host, in the order of the lab. */
    private final Map<String, HostPlan> hosts;

    /** Of each host, one place for each joint, in their order. */
    private final Map<String, Map<Joint, Place>> places = new LinkedHashMap<>();

    /** Hosts that nothing joins to others. */
    private final Map<String, Place> alone = new LinkedHashMap<>();

    private final Set<Ipv4Address> used = new LinkedHashSet<>();

    /**
     * @throws IllegalArgumentException if there is a mistake in it
     */
    Subnets(Map<String, HostPlan> hosts, List<Joint> joints, Parameters parameters) {
        this.parameters = parameters;
        this.hosts = hosts;
        for (int i = 0; i < joints.size(); i++) {
            place(joints.get(i), joints.size() == 1 ? 0 : i + 1);
        }
        for (String name : hosts.keySet()) if (placesOf(name).isEmpty()) placeAlone(name);
    }

    /** Where a host is, in the order of its interfaces; one at least. */
    List<Place> of(String host) {
        Place lonely = alone.get(host);
        return lonely == null ? List.copyOf(placesOf(host).values()) : List.of(lonely);
    }

    /** Where a host is by that joint, of which it is a member. */
    Place of(String host, Joint joint) {
        return Objects.requireNonNull(placesOf(host).get(joint), host);
    }

    private Map<Joint, Place> placesOf(String host) {
        return places.computeIfAbsent(host, _ -> new LinkedHashMap<>());
    }

    private void placeAlone(String name) {
        Place place =
                ownPlace(name)
                        .orElseGet(() -> {
                            Subnet usual = Subnet.of(new Ipv4Address(FIRST), PREFIX);
                            return new Place(nextFree(usual), usual);
                        });
        used.add(place.address);
        alone.put(name, place);
    }

    private void place(Joint joint, int number) {
        Map<String, Ipv4Address> fixed = new LinkedHashMap<>();
        for (String member : joint.members()) {
            written(joint, member).ifPresent(address -> fixed.put(member, address));
        }
        Subnet subnet = subnet(joint, fixed, number);
        fixed.forEach((member, address) -> {
            if (!subnet.contains(address)) {
                throw new IllegalArgumentException(
                        "address " + address + " of " + member + " is not in " + text(subnet));
            }
        });
        fixed.forEach((member, address) -> {
            if (!subnet.isHost(address)) {
                throw new IllegalArgumentException(
                        "address "
                                + address
                                + " of "
                                + member
                                + " is that of "
                                + text(subnet)
                                + " itself, or goes to all on it");
            }
            if (!used.add(address)) {
                throw new IllegalArgumentException(
                        "address " + address + " of " + member + " is another host's already");
            }
        });
        for (String name : hosts.keySet()) {
            if (!joint.members().contains(name)) continue;
            Ipv4Address address = fixed.get(name);
            if (address == null) address = nextFree(subnet);
            used.add(address);
            placesOf(name).put(joint, new Place(address, subnet));
        }
    }

    private Optional<Ipv4Address> written(Joint joint, String member) {
        String text = joint.subnet().addresses().get(member);
        if (text != null) return Ipv4Address.parse(parameters.fill(text));
        boolean isFirst = placesOf(member).isEmpty();
        return isFirst ? ownPlace(member).map(Place::address) : Optional.empty();
    }

    private Subnet subnet(Joint joint, Map<String, Ipv4Address> fixed, int number) {
        if (joint.subnet().network().isPresent()) {
            String text = parameters.fill(joint.subnet().network().get());
            return Subnet.parse(text)
                    .orElseThrow(() -> new IllegalArgumentException("subnet " + text));
        }
        for (String member : joint.members()) {
            Optional<Place> own = ownPlace(member);
            if (own.isPresent() && placesOf(member).isEmpty()) return own.get().subnet;
        }
        Ipv4Address any =
                fixed.isEmpty()
                        ? new Ipv4Address(FIRST | number << 8)
                        : fixed.values().iterator().next();
        return Subnet.of(any, PREFIX);
    }

    /** What the lab says of the host itself. */
    private Optional<Place> ownPlace(String name) {
        return Optional.ofNullable(hosts.get(name))
                .flatMap(HostPlan::address)
                .map(text -> {
                    String[] parts = parameters.fill(text).split("/", 2);
                    Ipv4Address address =
                            Ipv4Address.parse(parts[0])
                                    .orElseThrow(() ->
                                            new IllegalArgumentException("address " + parts[0]));
                    return new Place(address, Subnet.of(address, Integer.parseInt(parts[1])));
                });
    }

    private Ipv4Address nextFree(Subnet subnet) {
        for (int n = 1; ; n++) {
            Optional<Ipv4Address> address = subnet.host(n);
            if (address.isEmpty()) {
                throw new IllegalArgumentException("no address is free in " + text(subnet));
            }
            if (!used.contains(address.get())) return address.get();
        }
    }

    private static String text(Subnet subnet) {
        return subnet.network() + "/" + subnet.prefixLength();
    }
}
