package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.SocketReport;
import io.socketlab.kernel.wire.Endpoint;
import java.util.List;

/** Who holds a port that somebody else wants, in words. */
final class PortHolder {

    private static final long SECOND = 1_000_000_000;

    private PortHolder() {}

    /** {@code 10.0.0.2:8080 is held by socket 4 in TIME_WAIT, for 43 s more}. */
    static String describe(TcpLayer layer, PortClaim claim) {
        var held = new Endpoint(claim.address, claim.port);
        List<SocketReport> holders =
                layer.sockets().stream().filter(r -> r.local().equals(held)).toList();
        if (holders.isEmpty()) return held + " is held by a socket that is bound to it";
        SocketReport first = holders.getFirst();
        String more = holders.size() == 1 ? "" : ", and by " + (holders.size() - 1) + " more";
        return held + " is held by socket " + first.number() + " in " + state(first) + more;
    }

    private static String state(SocketReport holder) {
        for (TcpState state : TcpState.values()) {
            if (state.number() != holder.state()) continue;
            boolean passes = state == TcpState.TIME_WAIT;
            return passes
                    ? state + ", for " + seconds(holder.waiting().nanos()) + " s more"
                    : "" + state;
        }
        throw new IllegalStateException("no state has the number " + holder.state());
    }

    /** Begun ones count. */
    private static long seconds(long nanos) {
        return (nanos + SECOND - 1) / SECOND;
    }
}
