package io.socketlab.lab.command;

import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import java.util.Optional;

/** What names of hosts mean to commands, and addresses. */
public interface HostNames {

    /** Where nobody has a name. */
    HostNames NONE =
            new HostNames() {
                @Override
                public Optional<Ipv4Address> find(String name) {
                    return Optional.empty();
                }

                @Override
                public Optional<Ipv6Address> findIpv6(String name) {
                    return Optional.empty();
                }

                @Override
                public Optional<String> nameOf(IpAddress address) {
                    return Optional.empty();
                }
            };

    Optional<Ipv4Address> find(String name);

    Optional<Ipv6Address> findIpv6(String name);

    Optional<String> nameOf(IpAddress address);
}
