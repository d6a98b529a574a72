package io.socketlab.lab.script;

import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.lab.script.Argument.Applied;
import io.socketlab.lab.script.Argument.Struct;
import io.socketlab.lab.script.Argument.Text;

/**
 * Reads addresses without ports, {@code inet_addr("10.0.0.2")}, and indices of interfaces, as
 * structures of options and control messages have them.
 */
final class InternetAddressReader {

    private static final int MOST_INTERFACES = 9999;

    private final Args args;

    InternetAddressReader(Args args) {
        this.args = args;
    }

    /** The member {@code name}; 0 where it is not written. */
    int index(Struct struct, String name) {
        return struct.field(name)
                .map(i -> args.integer(i, "the index of an interface", -1, MOST_INTERFACES))
                .orElse(0);
    }

    /** The member {@code name}; 0.0.0.0 where it is not written. */
    Ipv4Address ipv4(Struct struct, String name) {
        return struct.field(name).map(this::ipv4).orElse(Ipv4Address.ANY);
    }

    Ipv4Address ipv4(Argument written) {
        String form = "an address such as inet_addr(\"10.0.0.2\")";
        return Ipv4Address.parse(text(written, form))
                .orElseThrow(() -> args.expected(written, form));
    }

    Ipv6Address ipv6(Argument written) {
        String form = "an address such as inet_pton(AF_INET6, \"2001:db8::2\")";
        return Ipv6Address.parse(text(written, form))
                .orElseThrow(() -> args.expected(written, form));
    }

    /** In quotation marks, with or without the function around that makes an address of it. */
    private String text(Argument written, String form) {
        Argument inner =
                written instanceof Applied(_, var function, var of)
                                && function.startsWith("inet_")
                                && !of.isEmpty()
                        ? of.getLast()
                        : written;
        if (inner instanceof Text text) return text.octets();
        throw args.expected(written, form);
    }
}
