package io.socketlab.kernel.libc;

import io.socketlab.kernel.wire.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /etc/hosts}: addresses with their names. hosts(5). */
final class HostsFile {

    static final String PATH = "/etc/hosts";

    /** What it says of a name. */
    record Found(String canonicalName, List<IpAddress> addresses) {}

    private HostsFile() {}

    /** Every address that has the name {@code name}; empty if none has. */
    static Optional<Found> find(String contents, String name) {
        List<IpAddress> addresses = new ArrayList<>();
        String canonical = "";
        String wanted = name.toLowerCase(Locale.ROOT);
        for (String line : contents.split("\n", -1)) {
            List<String> words =
                    Arrays.asList(line.replaceFirst("#.*", "").strip().split("\\s+", -1));
            Optional<IpAddress> address = IpAddress.parse(words.getFirst());
            boolean named =
                    words.stream().skip(1).anyMatch(w -> w.toLowerCase(Locale.ROOT).equals(wanted));
            if (address.isEmpty() || !named) continue;
            if (addresses.isEmpty()) canonical = words.get(1);
            addresses.add(address.get());
        }
        return addresses.isEmpty()
                ? Optional.empty()
                : Optional.of(new Found(canonical, addresses));
    }
}
