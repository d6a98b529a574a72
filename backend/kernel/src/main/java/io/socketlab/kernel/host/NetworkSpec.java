package io.socketlab.kernel.host;

import java.util.List;

/**
 * A network to be built.
 *
 * @param seed of every chance in it
 */
public record NetworkSpec(long seed, List<HostSpec> hosts, List<LinkSpec> links) {

    public NetworkSpec {
        hosts = List.copyOf(hosts);
        links = List.copyOf(links);
    }
}
