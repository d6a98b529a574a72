package io.socketlab.lab.run;

import io.socketlab.kernel.host.Host;
import io.socketlab.kernel.link.Nic;

/**
 * A network card of a run.
 *
 * @param device its name on the host: {@code eth0}
 * @param mac its address, 48 bits
 */
public record RunInterface(String host, String device, long mac) {

    static RunInterface of(Host host, Nic nic) {
        return new RunInterface(host.name(), nic.device(), nic.address());
    }

    /** Its name in the run: {@code client.eth0}. */
    public String name() {
        return host + "." + device;
    }
}
