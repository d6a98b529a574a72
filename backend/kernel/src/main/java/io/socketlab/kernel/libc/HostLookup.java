package io.socketlab.kernel.libc;

import io.socketlab.kernel.dns.RecordType;
import io.socketlab.kernel.syscall.LibraryEnvironment;
import io.socketlab.kernel.syscall.LibraryFunction.Caller;
import io.socketlab.kernel.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks for the addresses of a host by its name: in /etc/hosts, then with the name servers of
 * /etc/resolv.conf ("hosts: files dns" of nsswitch.conf(5)).
 */
final class HostLookup {

    /**
     * What has come of it.
     *
     * @param error why there are no addresses
     */
    record Found(Optional<AddrInfoError> error, String canonicalName, List<IpAddress> addresses) {

        Found {
            addresses = List.copyOf(addresses);
        }

        static Found nothing(AddrInfoError error) {
            return new Found(Optional.of(error), "", List.of());
        }
    }

    private final Caller caller;
    private final LibraryEnvironment library;
    private final String name;
    private final Families families;
    private final Consumer<Found> then;

    private HostLookup(
            Caller caller,
            LibraryEnvironment library,
            String name,
            Families families,
            Consumer<Found> then) {
        this.caller = caller;
        this.library = library;
        this.name = name;
        this.families = families;
        this.then = then;
    }

    static void find(
            Caller caller,
            LibraryEnvironment library,
            String name,
            Families families,
            Consumer<Found> then) {
        var lookup = new HostLookup(caller, library, name, families, then);
        FileReading.read(caller, HostsFile.PATH, lookup::hosts);
    }

    private void hosts(String contents) {
        Optional<Found> found =
                HostsFile.find(contents, name)
                        .map(f ->
                                new Found(
                                        Optional.empty(),
                                        f.canonicalName(),
                                        families.of(f.addresses())))
                        .filter(f -> !f.addresses().isEmpty());
        if (found.isPresent()) then.accept(found.get());
        else FileReading.read(caller, ResolverConfig.PATH, this::resolve);
    }

    private void resolve(String contents) {
        ResolverConfig config = ResolverConfig.parse(contents);
        if (families.isAny()) {
            search(config, List.of(RecordType.A, RecordType.AAAA), then);
        } else if (families.ipv4()) {
            search(config, List.of(RecordType.A), then);
        } else {
            search(config, List.of(RecordType.AAAA), found -> ipv6Found(config, found));
        }
    }

    private void search(ResolverConfig config, List<RecordType> types, Consumer<Found> next) {
        DomainSearch.find(caller, library, config, name, types, next);
    }

    private void ipv6Found(ResolverConfig config, Found ipv6) {
        if (families.wantsMapped(ipv6.addresses())) {
            search(config, List.of(RecordType.A), ipv4 -> then.accept(joined(ipv6, ipv4)));
        } else {
            then.accept(ipv6);
        }
    }

    private static Found joined(Found ipv6, Found ipv4) {
        List<IpAddress> all = new ArrayList<>(ipv6.addresses());
        ipv4.addresses().forEach(a -> all.add(Families.mapped(a)));
        if (all.isEmpty()) return ipv6;
        Found named = ipv6.addresses().isEmpty() ? ipv4 : ipv6;
        return new Found(Optional.empty(), named.canonicalName(), all);
    }
}
