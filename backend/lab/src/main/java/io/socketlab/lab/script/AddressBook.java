package io.socketlab.lab.script;

import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What names and {@code ...} mean where an address is to be written. */
public interface AddressBook {

    List<String> hosts();

    Optional<Ipv4Address> find(String host);

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
     */
    static AddressBook of(Map<String, Ipv4Address> addresses) {
        return new AddressBook() {
            @Override
            public List<String> hosts() {
                return List.copyOf(addresses.keySet());
            }

            @Override
            public Optional<Ipv4Address> find(String host) {
                return Optional.ofNullable(addresses.get(host));
            }
        };
    }
}
