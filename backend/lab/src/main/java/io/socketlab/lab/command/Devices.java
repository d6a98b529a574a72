package io.socketlab.lab.command;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.link.Nic;
import java.util.Optional;

/** The interfaces of a host by their names. */
final class Devices {

    private Devices() {}

    /** Whether a host could have an interface of that name. */
    static boolean isName(String word) {
        return word.matches("lo|eth[0-9]{1,3}");
    }

    static boolean has(Host host, String name) {
        return name.equals(IpLinks.LOOPBACK) || nic(host, name).isPresent();
    }

    static Optional<Nic> nic(Host host, String name) {
        return host.nics().stream().filter(nic -> nic.device().equals(name)).findFirst();
    }
}
