package io.socketlab.kernel.host;

import java.util.List;

/**
 * A network to be built.
 *
 * @param seed of every chance in it
 * @param joins links and LANs, in the order in which they take the interfaces of their hosts
 */
public record NetworkSpec(long seed, List<HostSpec> hosts, List<JoinSpec> joins) {

    public NetworkSpec {
        hosts = List.copyOf(hosts);
        joins = List.copyOf(joins);
    }
}
