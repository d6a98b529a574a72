package io.socketlab.kernel.tcp;

import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The flows of a host, those of each family apart: a look for one of IPv4 takes no more for it. */
final class Flows {

    private final FlowTable ipv4 = new FlowTable();
    private final FlowTable ipv6 = new FlowTable(true);

    /** Hands over every flow, in no order that means anything. */
    void each(Consumer<Flow> user) {
        ipv4.each(user);
        ipv6.each(user);
    }

    int size() {
        return ipv4.size() + ipv6.size();
    }

    /** The one that a segment is for. */
    @Nullable Flow find(Segment seg) {
        if (seg.isIpv4()) {
            return ipv4.find(seg.dstFolded, seg.dstPort, seg.srcFolded, seg.srcPort);
        }
        return ipv6.find(new FourTuple(seg.destination(), seg.dstPort, seg.source(), seg.srcPort));
    }

    @Nullable Flow find(IpAddress local, int localPort, IpAddress remote, int remotePort) {
        if (local instanceof Ipv4Address own && remote instanceof Ipv4Address peer) {
            return ipv4.find(own.bits(), localPort, peer.bits(), remotePort);
        }
        return ipv6.find(new FourTuple(local, localPort, remote, remotePort));
    }

    /** Adds a flow, or puts it in place of the one with the same 4-tuple. */
    void put(Flow flow) {
        of(flow).put(flow);
    }

    /** Removes {@code flow} if it is what its 4-tuple leads to. */
    void remove(Flow flow) {
        of(flow).remove(flow);
    }

    private FlowTable of(Flow flow) {
        return flow.tuple().isIpv4() ? ipv4 : ipv6;
    }
}
