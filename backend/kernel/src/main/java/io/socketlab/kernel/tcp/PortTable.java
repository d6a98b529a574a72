package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.PortRange;
import io.socketlab.kernel.socket.PortSharing;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Who holds which local port. net/ipv4/inet_connection_sock.c, inet_csk_get_port(). */
final class PortTable {

    private final PortRange ephemeral;
    private final PortSharing sharing;
    private static final int FIRST_CAPACITY = 16;

    // the first of those that hold a port, by port: an open-addressing hash
    private @Nullable PortClaim[] first = new PortClaim[FIRST_CAPACITY];
    private int ports;

    PortTable(PortRange ephemeral, PortSharing sharing) {
        this.ephemeral = ephemeral;
        this.sharing = sharing;
    }

    /** Ports that are held. */
    int held() {
        return ports;
    }

    /** Because of whom {@code wanted} cannot be had; null if it can. */
    @SuppressWarnings("ReferenceEquality") // the very claim, which does not stand in its own way
    @Nullable PortClaim inTheWayOf(PortClaim wanted) {
        for (PortClaim held = first(wanted.port); held != null; held = held.next) {
            if (held != wanted && conflict(wanted, held)) return held;
        }
        return null;
    }

    private boolean conflict(PortClaim wanted, PortClaim held) {
        return switch (sharing) {
            case LINUX -> wanted.conflictsWith(held);
            // listen(2) asks nobody: bind(2) has
            case FREEBSD ->
                    !wanted.listening && PortSharing.refusesOnFreeBsd(wanted.claim(), held.claim());
        };
    }

    /**
     * A port nobody holds at all; 0 if there is none.
     *
     * @param range IP_LOCAL_PORT_RANGE
     */
    int pickUnused(int range) {
        return ephemeral.pick(range, port -> first(port) == null);
    }

    /**
     * A port for connect(2): unused, or held by other connections to elsewhere only.
     *
     * @param range IP_LOCAL_PORT_RANGE
     */
    int pickForConnect(int range, IntPredicate isTupleFree) {
        return ephemeral.pick(range, port -> isOnlyConnected(port) && isTupleFree.test(port));
    }

    private boolean isOnlyConnected(int port) {
        for (PortClaim held = first(port); held != null; held = held.next) {
            if (held.kind != PortClaim.Kind.CONNECTED) return false;
        }
        return true;
    }

    private @Nullable PortClaim first(int port) {
        return first[place(port)];
    }

    /** Where a port is, or the empty place where it belongs. */
    private int place(int port) {
        int mask = first.length - 1;
        int at = home(port);
        for (PortClaim held = first[at]; held != null; held = first[at]) {
            if (held.port == port) break;
            at = at + 1 & mask;
        }
        return at;
    }

    private int home(int port) {
        return port * 0x9E37_79B9 >>> 16 & first.length - 1;
    }

    void add(PortClaim claim) {
        if (2 * (ports + 1) > first.length) grow();
        int at = place(claim.port);
        PortClaim before = first[at];
        claim.next = before;
        first[at] = claim;
        if (before != null) before.previous = claim;
        else ports++;
    }

    private void grow() {
        @Nullable PortClaim[] old = first;
        first = new PortClaim[2 * old.length];
        for (PortClaim claim : old) if (claim != null) first[place(claim.port)] = claim;
    }

    /** Gives the port back, if it is held. */
    @SuppressWarnings("ReferenceEquality") // the very claim
    void remove(PortClaim claim) {
        PortClaim before = claim.previous;
        PortClaim after = claim.next;
        int at = place(claim.port);
        if (before == null && first[at] != claim) return;
        if (after != null) after.previous = before;
        if (before != null) before.next = after;
        else first[at] = after;
        claim.previous = null;
        claim.next = null;
        if (first[at] == null) closeGap(at);
    }

    /** Moves up what would no longer be found past the empty place. */
    private void closeGap(int gap) {
        ports--;
        int mask = first.length - 1;
        int hole = gap;
        int at = hole + 1 & mask;
        for (PortClaim held = first[at]; held != null; held = first[at]) {
            int home = home(held.port);
            boolean reachable = (at - home & mask) < (at - hole & mask);
            if (!reachable) {
                first[hole] = held;
                first[at] = null;
                hole = at;
            }
            at = at + 1 & mask;
        }
    }
}
