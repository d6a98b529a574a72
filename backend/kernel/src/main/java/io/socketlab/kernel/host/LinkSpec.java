package io.socketlab.kernel.host;

import io.socketlab.kernel.link.Impairment;
import io.socketlab.kernel.link.LinkParameters;
import java.util.List;

/**
 * A link to be laid between two hosts.
 *
 * @param delayNanos one way
 * @param rateBitsPerSecond 0 for infinite
 * @param queuePackets that may wait at its entrance in each direction, as at a router's; 0 if what
 *     waits for the wire waits in the sender's card and its queueing discipline
 */
public record LinkSpec(
        String name,
        String a,
        String b,
        long delayNanos,
        long rateBitsPerSecond,
        int queuePackets,
        List<Impairment> impairments)
        implements JoinSpec {

    public LinkSpec {
        impairments = List.copyOf(impairments);
    }

    LinkParameters parameters() {
        return new LinkParameters(name, delayNanos, rateBitsPerSecond, queuePackets, impairments);
    }
}
