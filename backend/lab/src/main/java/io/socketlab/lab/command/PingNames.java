package io.socketlab.lab.command;

import io.socketlab.kernel.wire.IpAddress;

/**
 * How ping(8) writes addresses.
 *
 * @param numeric without names
 */
record PingNames(ShellHost host, boolean numeric) {

    /** {@code server (10.0.0.2)}, or the address alone. */
    String of(IpAddress address) {
        if (numeric) return address.toString();
        return host.nameOf(address)
                .map(name -> name + " (" + address + ")")
                .orElseGet(address::toString);
    }
}
