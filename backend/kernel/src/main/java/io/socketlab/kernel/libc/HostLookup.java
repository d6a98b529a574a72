package io.socketlab.kernel.libc;

import io.socketlab.kernel.dns.DnsMessage;
import io.socketlab.kernel.dns.DnsName;
import io.socketlab.kernel.dns.Question;
import io.socketlab.kernel.dns.RecordData.Address;
import io.socketlab.kernel.dns.RecordData.Alias;
import io.socketlab.kernel.dns.RecordType;
import io.socketlab.kernel.dns.ResourceRecord;
import io.socketlab.kernel.dns.ResponseCode;
import io.socketlab.kernel.syscall.LibraryEnvironment;
import io.socketlab.kernel.syscall.LibraryFunction.Caller;
import io.socketlab.kernel.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks for the addresses of a host by its name: in /etc/hosts, then with the name servers of
 * /etc/resolv.conf, in the domains that it lists ("hosts: files dns" of nsswitch.conf(5)). glibc's
 * resolv/res_query.c, __res_context_search().
 */
final class HostLookup {

    /**
     * What has come of it.
     *
     * @param error why there are no addresses
     */
    record Found(Optional<AddrInfoError> error, String canonicalName, List<Ipv4Address> addresses) {

        static Found nothing(AddrInfoError error) {
            return new Found(Optional.of(error), "", List.of());
        }
    }

    private final Caller caller;
    private final LibraryEnvironment library;
    private final String name;
    private final Consumer<Found> then;
    private final List<DnsName> candidates = new ArrayList<>();
    private ResolverConfig config = ResolverConfig.parse("");
    private int next;

    /** Whether the name as it stands was tried before those in the search list. */
    private boolean asItStandsFirst;

    private AddrInfoError worst = AddrInfoError.EAI_NONAME;

    private HostLookup(
            Caller caller, LibraryEnvironment library, String name, Consumer<Found> then) {
        this.caller = caller;
        this.library = library;
        this.name = name;
        this.then = then;
    }

    static void find(Caller caller, LibraryEnvironment library, String name, Consumer<Found> then) {
        var lookup = new HostLookup(caller, library, name, then);
        FileReading.read(caller, HostsFile.PATH, lookup::hosts);
    }

    private void hosts(String contents) {
        Optional<HostsFile.Found> found = HostsFile.find(contents, name);
        if (found.isPresent()) {
            then.accept(
                    new Found(
                            Optional.empty(),
                            found.get().canonicalName(),
                            found.get().addresses()));
        } else {
            FileReading.read(caller, ResolverConfig.PATH, this::resolve);
        }
    }

    private void resolve(String contents) {
        config = ResolverConfig.parse(contents);
        Optional<DnsName> whole = DnsName.parse(name);
        if (whole.isEmpty()) {
            then.accept(Found.nothing(AddrInfoError.EAI_NONAME));
            return;
        }
        long dots = name.chars().filter(c -> c == '.').count();
        asItStandsFirst = dots >= config.dots() || name.endsWith(".");
        if (asItStandsFirst) candidates.add(whole.get());
        if (!name.endsWith(".")) {
            for (DnsName domain : config.search()) candidates.add(whole.get().under(domain));
        }
        if (!asItStandsFirst) candidates.add(whole.get());
        ask();
    }

    private void ask() {
        StubResolver.ask(
                caller,
                config,
                library.random16(),
                new Question(candidates.get(next), RecordType.A),
                library,
                this::answered);
    }

    private void answered(Answer answer) {
        boolean first = next == 0 && asItStandsFirst;
        if (answer.response().isEmpty()) {
            worst = AddrInfoError.EAI_AGAIN;
            // whoever does not answer, or is not there, will not know the other names either
            if (!first || !answer.refused()) next = candidates.size();
        } else {
            DnsMessage response = answer.response().get();
            Found found = found(response, candidates.get(next));
            if (found.error().isEmpty()) {
                then.accept(found);
                return;
            }
            if (found.error().get() == AddrInfoError.EAI_FAIL) next = candidates.size();
            boolean telling = found.error().get() != AddrInfoError.EAI_NONAME;
            if (telling) worst = found.error().get();
        }
        next++;
        if (next < candidates.size()) ask();
        else then.accept(Found.nothing(worst));
    }

    /** Follows the aliases to the addresses. */
    private static Found found(DnsMessage response, DnsName asked) {
        if (response.code() == ResponseCode.NXDOMAIN) {
            return Found.nothing(AddrInfoError.EAI_NONAME);
        }
        if (response.code() != ResponseCode.NOERROR) {
            return Found.nothing(AddrInfoError.EAI_FAIL);
        }
        DnsName owner = asked;
        List<Ipv4Address> addresses = new ArrayList<>();
        for (ResourceRecord record : response.answers()) {
            if (!record.name().equals(owner)) continue;
            if (record.data() instanceof Alias(DnsName canonical)) owner = canonical;
            if (record.data() instanceof Address(Ipv4Address address)) addresses.add(address);
        }
        return addresses.isEmpty()
                ? Found.nothing(AddrInfoError.EAI_NODATA)
                : new Found(Optional.empty(), owner.toString(), addresses);
    }
}
