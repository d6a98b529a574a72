package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.PortRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Who holds which local port. net/ipv4/inet_connection_sock.c, inet_csk_get_port(). */
final class PortTable {

    private final PortRange ephemeral;
    // looked up by port and never iterated over
    private final Map<Integer, List<PortClaim>> claims = new HashMap<>();

    PortTable(PortRange ephemeral) {
        this.ephemeral = ephemeral;
    }

    /** Whether {@code wanted} can be had beside all others. */
    boolean isFree(PortClaim wanted) {
        for (PortClaim held : at(wanted.port)) {
            if (!held.equals(wanted) && wanted.conflictsWith(held)) return false;
        }
        return true;
    }

    /** A port nobody holds at all; 0 if there is none. */
    int pickUnused() {
        return ephemeral.pick(port -> at(port).isEmpty());
    }

    /** A port for connect(2): unused, or held by other connections to elsewhere only. */
    int pickForConnect(IntPredicate isTupleFree) {
        return ephemeral.pick(port -> isOnlyConnected(port) && isTupleFree.test(port));
    }

    private boolean isOnlyConnected(int port) {
        for (PortClaim held : at(port)) if (held.kind != PortClaim.Kind.CONNECTED) return false;
        return true;
    }

    void add(PortClaim claim) {
        claims.computeIfAbsent(claim.port, _ -> new ArrayList<>(2)).add(claim);
    }

    void remove(PortClaim claim) {
        List<PortClaim> held = claims.get(claim.port);
        if (held == null) return;
        held.remove(claim);
        if (held.isEmpty()) claims.remove(claim.port);
    }

    private List<PortClaim> at(int port) {
        return claims.getOrDefault(port, List.of());
    }
}
