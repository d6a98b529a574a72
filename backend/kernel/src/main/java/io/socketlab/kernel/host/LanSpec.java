package io.socketlab.kernel.host;

import io.socketlab.kernel.link.Impairment;
import io.socketlab.kernel.link.LinkParameters;
import java.util.List;

/** Hosts that are joined by a switch, each by a cable of its own. */
public record LanSpec(String name, List<Cable> cables) implements JoinSpec {

    /**
     * From a host to the switch.
     *
     * @param far how impairments call what comes from the switch
     * @param delayNanos one way
     * @param rateBitsPerSecond 0 for infinite
     * @param queuePackets that may wait at either end; 0 for no limit at the switch, and none of
     *     the cable's own at the host
     */
    public record Cable(
            String host,
            String far,
            long delayNanos,
            long rateBitsPerSecond,
            int queuePackets,
            List<Impairment> impairments) {

        public Cable {
            impairments = List.copyOf(impairments);
        }

        LinkParameters parameters(String lan) {
            return new LinkParameters(
                    lan, delayNanos, rateBitsPerSecond, queuePackets, impairments);
        }
    }

    public LanSpec {
        cables = List.copyOf(cables);
    }
}
