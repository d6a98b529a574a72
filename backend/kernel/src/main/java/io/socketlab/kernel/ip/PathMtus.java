package io.socketlab.kernel.ip;

import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Header;
import java.util.HashMap;
import java.util.Map;

/**
 * What routers have said of paths: the largest packet that gets to a destination. Forgotten after
 * ten minutes, in case the path has changed. RFC 1191 §6.3; Linux's route exceptions,
 * net.ipv4.route.mtu_expires and min_pmtu.
 */
public final class PathMtus {

    private static final long EXPIRES = 600_000_000_000L;
    private static final int SMALLEST = 552;

    /**
     * @param locked the router's word was below what is believed: packets may be fragmented instead
     */
    private record PathMtu(int mtu, boolean locked, long expires) {}

    private final EventLoop loop;
    // looked up by destination and never iterated over
    private final Map<IpAddress, PathMtu> known = new HashMap<>();
    private int version;

    PathMtus(EventLoop loop) {
        this.loop = loop;
    }

    /**
     * A router says that packets to {@code destination} may have no more than {@code mtu} octets.
     *
     * @param before what was believed
     */
    public void learn(IpAddress destination, int mtu, int before) {
        if (before < mtu || !isPossible(destination, mtu)) return;
        boolean locked = mtu < SMALLEST;
        int believed = locked ? Math.min(before, SMALLEST) : mtu;
        known.put(destination, new PathMtu(believed, locked, loop.now() + EXPIRES));
        version++;
    }

    /** No link that carries IPv6 takes less than 1280 octets, RFC 8201 §4. */
    private static boolean isPossible(IpAddress destination, int mtu) {
        return destination instanceof Ipv4Address || mtu >= Ipv6Header.MIN_MTU;
    }

    /** The MTU of the path, at most that of the link. */
    int mtu(IpAddress destination, int linkMtu) {
        if (known.isEmpty()) return linkMtu;
        PathMtu path = known.get(destination);
        if (path == null) return linkMtu;
        if (path.expires <= loop.now()) {
            known.remove(destination);
            version++;
            return linkMtu;
        }
        return Math.min(path.mtu, linkMtu);
    }

    /** Whether packets to {@code destination} are not to forbid fragmentation. */
    public boolean isLocked(IpAddress destination) {
        PathMtu path = known.isEmpty() ? null : known.get(destination);
        return path != null && path.locked && path.expires > loop.now();
    }

    /** No router has said anything: every path takes what its link takes. */
    boolean isEmpty() {
        return known.isEmpty();
    }

    /** Changes when any of them does: who keeps one need look only at this. */
    public int version() {
        return version;
    }
}
