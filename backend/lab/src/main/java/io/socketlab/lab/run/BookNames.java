package io.socketlab.lab.run;

import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.NoAddress;
import io.socketlab.lab.command.HostNames;
import io.socketlab.lab.script.AddressBook;
import java.util.Optional;

/** The hosts of a lab by their names, for commands. */
record BookNames(AddressBook book) implements HostNames {

    @Override
    public Optional<Ipv4Address> find(String name) {
        return book.find(name);
    }

    @Override
    public Optional<Ipv6Address> findIpv6(String name) {
        return book.findIpv6(name);
    }

    @Override
    public Optional<String> nameOf(IpAddress address) {
        return book.hosts().stream().filter(name -> isOf(name, address)).findFirst();
    }

    private boolean isOf(String name, IpAddress address) {
        return switch (address) {
            case Ipv4Address ipv4 -> book.find(name).filter(ipv4::equals).isPresent();
            case Ipv6Address ipv6 -> book.findIpv6(name).filter(ipv6::equals).isPresent();
            case NoAddress _ -> false;
        };
    }
}
