package io.socketlab.lab.script;

import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What names and {@code ...} mean where an address is to be written. */
public interface AddressBook {

    List<String> hosts();

    Optional<Ipv4Address> find(String host);

    /** The global IPv6 address of a host. */
    default Optional<Ipv6Address> findIpv6(String host) {
        return Optional.empty();
    }

    /** The domain of {@code socket(..., SOCK_STREAM, IPPROTO_TCP)}. */
    default int domain() {
        return Syscall.Socket.AF_INET;
    }

    /** What {@code bind(3, ..., ...)} binds to; empty where an address has to be written. */
    default Optional<Endpoint> ownAddress() {
        return Optional.empty();
    }

    /** What {@code connect(3, ..., ...)} connects to; empty where an address has to be written. */
    default Optional<Endpoint> peerAddress() {
        return Optional.empty();
    }

    /**
     * @param addresses in the order in which to name the hosts
     * @param ipv6 of those of them that have one
     */
    static AddressBook of(Map<String, Ipv4Address> addresses, Map<String, Ipv6Address> ipv6) {
        return new AddressBook() {
            @Override
            public List<String> hosts() {
                return List.copyOf(addresses.keySet());
            }

            @Override
            public Optional<Ipv4Address> find(String host) {
                return Optional.ofNullable(addresses.get(host));
            }

            @Override
            public Optional<Ipv6Address> findIpv6(String host) {
                return Optional.ofNullable(ipv6.get(host));
            }
        };
    }
}
