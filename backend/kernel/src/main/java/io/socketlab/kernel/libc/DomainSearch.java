package io.socketlab.kernel.libc;

import io.socketlab.kernel.dns.DnsMessage;
import io.socketlab.kernel.dns.DnsName;
import io.socketlab.kernel.dns.Question;
import io.socketlab.kernel.dns.RecordData.Address;
import io.socketlab.kernel.dns.RecordData.Alias;
import io.socketlab.kernel.dns.RecordData.Ipv6Host;
import io.socketlab.kernel.dns.RecordType;
import io.socketlab.kernel.dns.ResourceRecord;
import io.socketlab.kernel.dns.ResponseCode;
import io.socketlab.kernel.libc.HostLookup.Found;
import io.socketlab.kernel.syscall.LibraryEnvironment;
import io.socketlab.kernel.syscall.LibraryFunction.Caller;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks the name servers of /etc/resolv.conf for the addresses of a name, in the domains that it
 * lists. glibc's resolv/res_query.c, __res_context_search().
 */
final class DomainSearch {

    private final Caller caller;
    private final LibraryEnvironment library;
    private final ResolverConfig config;
    private final List<RecordType> types;
    private final Consumer<Found> then;
    private final List<DnsName> candidates = new ArrayList<>();
    private int next;

    /** Whether the name as it stands was tried before those in the search list. */
    private boolean asItStandsFirst;

    private AddrInfoError worst = AddrInfoError.EAI_NONAME;

    private DomainSearch(
            Caller caller,
            LibraryEnvironment library,
            ResolverConfig config,
            List<RecordType> types,
            Consumer<Found> then) {
        this.caller = caller;
        this.library = library;
        this.config = config;
        this.types = types;
        this.then = then;
    }

    /**
     * @param types which records are asked for at the same time
     */
    static void find(
            Caller caller,
            LibraryEnvironment library,
            ResolverConfig config,
            String name,
            List<RecordType> types,
            Consumer<Found> then) {
        Optional<DnsName> whole = DnsName.parse(name);
        if (whole.isEmpty()) {
            then.accept(Found.nothing(AddrInfoError.EAI_NONAME));
            return;
        }
        var search = new DomainSearch(caller, library, config, types, then);
        search.choose(name, whole.get());
        search.ask();
    }

    private void choose(String name, DnsName whole) {
        long dots = name.chars().filter(c -> c == '.').count();
        asItStandsFirst = dots >= config.dots() || name.endsWith(".");
        if (asItStandsFirst) candidates.add(whole);
        if (!name.endsWith(".")) {
            for (DnsName domain : config.search()) candidates.add(whole.under(domain));
        }
        if (!asItStandsFirst) candidates.add(whole);
    }

    private void ask() {
        DnsName name = candidates.get(next);
        List<DnsMessage> queries =
                types.stream()
                        .map(t -> DnsMessage.query(library.random16(), new Question(name, t)))
                        .toList();
        StubResolver.ask(caller, config, queries, library, this::answered);
    }

    private void answered(Answer answer) {
        boolean first = next == 0 && asItStandsFirst;
        Found found = found(answer, candidates.get(next));
        if (found.error().isEmpty()) {
            then.accept(found);
            return;
        }
        AddrInfoError error = found.error().get();
        if (error != AddrInfoError.EAI_NONAME) worst = error;
        // whoever does not answer, or is not there, will not know the other names either
        boolean silent = error == AddrInfoError.EAI_AGAIN && (!first || !answer.refused());
        if (silent || error == AddrInfoError.EAI_FAIL) next = candidates.size();
        next++;
        if (next < candidates.size()) ask();
        else then.accept(Found.nothing(worst));
    }

    /** What all responses have; without any address, the worst that one says. */
    private static Found found(Answer answer, DnsName asked) {
        List<IpAddress> addresses = new ArrayList<>();
        String canonical = "";
        AddrInfoError error =
                answer.isComplete() ? AddrInfoError.EAI_NONAME : AddrInfoError.EAI_AGAIN;
        for (DnsMessage response : answer.responses()) {
            Found one = found(response, asked);
            addresses.addAll(one.addresses());
            if (canonical.isEmpty()) canonical = one.canonicalName();
            if (error == AddrInfoError.EAI_NONAME && one.error().isPresent()) {
                error = one.error().get();
            }
        }
        return addresses.isEmpty()
                ? Found.nothing(error)
                : new Found(Optional.empty(), canonical, addresses);
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
        List<IpAddress> addresses = new ArrayList<>();
        for (ResourceRecord record : response.answers()) {
            if (!record.name().equals(owner)) continue;
            if (record.data() instanceof Alias(DnsName canonical)) owner = canonical;
            if (record.data() instanceof Address(Ipv4Address address)) addresses.add(address);
            if (record.data() instanceof Ipv6Host(Ipv6Address address)) addresses.add(address);
        }
        return addresses.isEmpty()
                ? Found.nothing(AddrInfoError.EAI_NODATA)
                : new Found(Optional.empty(), owner.toString(), addresses);
    }
}
