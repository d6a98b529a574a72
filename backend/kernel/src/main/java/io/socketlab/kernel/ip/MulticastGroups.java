package io.socketlab.kernel.ip;

import io.socketlab.kernel.wire.Ipv4Address;
import java.util.HashMap;
import java.util.Map;

/**
 * The groups that a host is in, on each of its interfaces. Nobody is told of them, as there are no
 * routers here that carry groups from link to link. RFC 1112 §7; net/ipv4/igmp.c.
 */
public final class MulticastGroups {

    /** 224.0.0.1: every host is in it. RFC 1112 §4. */
    private static final Ipv4Address ALL_HOSTS = new Ipv4Address(0xE000_0001);

    private record Place(Ipv4Address group, int interfaceIndex) {}

    /** How many sockets want it: looked up, never gone through. */
    private final Map<Place, Integer> members = new HashMap<>();

    /** One more socket is in it. */
    public void join(Ipv4Address group, int interfaceIndex) {
        members.merge(new Place(group, interfaceIndex), 1, Integer::sum);
    }

    /** One less. */
    public void leave(Ipv4Address group, int interfaceIndex) {
        members.computeIfPresent(new Place(group, interfaceIndex), (_, n) -> n == 1 ? null : n - 1);
    }

    /** Whether packets to {@code group} that come by that interface are for this host. */
    boolean has(Ipv4Address group, int interfaceIndex) {
        return group.equals(ALL_HOSTS) || members.containsKey(new Place(group, interfaceIndex));
    }
}
