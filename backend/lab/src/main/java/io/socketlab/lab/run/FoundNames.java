package io.socketlab.lab.run;

import io.socketlab.kernel.libc.GetAddrInfo;
import io.socketlab.kernel.libc.GetHostByName;
import io.socketlab.kernel.socket.Outcome;
import io.socketlab.kernel.socket.Outcome.Done;
import io.socketlab.kernel.syscall.Invocation;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.NoAddress;
import io.socketlab.lab.script.AddressBook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names that can be written for addresses: those of the hosts, anywhere, and on each host those
 * that its programs have looked for, once they are found.
 */
final class FoundNames {

    private record Key(String host, String name) {}

    private final AddressBook hosts;
    private final Map<Key, Ipv4Address> found = new LinkedHashMap<>();
    private final Map<Key, Ipv6Address> foundIpv6 = new LinkedHashMap<>();

    FoundNames(AddressBook hosts) {
        this.hosts = hosts;
    }

    List<String> hosts() {
        return hosts.hosts();
    }

    /** A program on {@code host} has looked for a name: of each family the first address counts. */
    void found(String host, Invocation<?> invocation, Outcome<?> outcome) {
        if (invocation instanceof GetAddrInfo function
                && outcome instanceof Done<?>(GetAddrInfo.Result result)) {
            List<IpAddress> addresses =
                    result.found().stream().map(i -> i.address().address()).toList();
            function.request().node().ifPresent(name -> found(new Key(host, name), addresses));
        }
        if (invocation instanceof GetHostByName function
                && outcome instanceof Done<?>(GetHostByName.Result result)) {
            found(new Key(host, function.node()), List.copyOf(result.addresses()));
        }
    }

    private void found(Key name, List<IpAddress> addresses) {
        for (IpAddress address : addresses.reversed()) {
            switch (address) {
                case Ipv4Address ipv4 -> found.put(name, ipv4);
                case Ipv6Address ipv6 -> foundIpv6.put(name, ipv6);
                case NoAddress _ -> {}
            }
        }
    }

    /** The names that calls of {@code host} can use now. */
    AddressBook of(String host) {
        return book(host, List.of());
    }

    /**
     * Those that they will be able to use once {@code sought} have been found. What they stand for
     * is not known yet.
     */
    AddressBook foreseen(String host, List<String> sought) {
        return book(host, sought);
    }

    private AddressBook book(String host, List<String> sought) {
        AddressBook known = hosts;
        return new AddressBook() {
            @Override
            public List<String> hosts() {
                var names = new ArrayList<>(known.hosts());
                for (Key key : found.keySet()) if (key.host.equals(host)) names.add(key.name);
                for (Key key : foundIpv6.keySet()) {
                    if (key.host.equals(host) && !found.containsKey(key)) names.add(key.name);
                }
                return names;
            }

            @Override
            public Optional<Ipv4Address> find(String name) {
                Optional<Ipv4Address> address =
                        known.find(name)
                                .or(() -> Optional.ofNullable(found.get(new Key(host, name))));
                return address.isEmpty() && sought.contains(name)
                        ? Optional.of(Ipv4Address.ANY)
                        : address;
            }

            @Override
            public Optional<Ipv6Address> findIpv6(String name) {
                Optional<Ipv6Address> address =
                        known.findIpv6(name)
                                .or(() -> Optional.ofNullable(foundIpv6.get(new Key(host, name))));
                return address.isEmpty() && sought.contains(name)
                        ? Optional.of(Ipv6Address.ANY)
                        : address;
            }
        };
    }
}
