package io.socketlab.kernel.dns;

import io.socketlab.kernel.dns.RecordData.Alias;
import io.socketlab.kernel.dns.RecordData.StartOfAuthority;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The part of the name space that a server knows all about. RFC 1034 §4.2.
 *
 * @param start its SOA record, under the name of the zone itself
 * @param records all others
 */
public record Zone(ResourceRecord start, List<ResourceRecord> records) {

    /** An alias of an alias of … ends somewhere. */
    private static final int MAX_ALIASES = 8;

    public Zone {
        if (!(start.data() instanceof StartOfAuthority)) {
            throw new IllegalArgumentException("a zone begins with an SOA record");
        }
        for (ResourceRecord record : records) {
            if (!record.name().isWithin(start.name())) {
                throw new IllegalArgumentException(
                        record.name() + " is not in the zone " + start.name());
            }
        }
        records = List.copyOf(records);
    }

    public DnsName origin() {
        return start.name();
    }

    /** What this zone says to a query whose name is in it. RFC 1034 §4.3.2. */
    public DnsMessage answer(DnsMessage query, Question question) {
        List<ResourceRecord> answers = new ArrayList<>();
        DnsName name = question.name();
        for (int i = 0; i < MAX_ALIASES; i++) {
            DnsName wanted = name;
            List<ResourceRecord> here =
                    all().stream().filter(r -> r.name().equals(wanted)).toList();
            List<ResourceRecord> found =
                    here.stream().filter(r -> r.data().type() == question.type()).toList();
            answers.addAll(found);
            if (!found.isEmpty()) return respond(query, ResponseCode.NOERROR, answers);
            Optional<ResourceRecord> alias =
                    here.stream().filter(r -> r.data() instanceof Alias).findFirst();
            if (alias.isEmpty()) {
                boolean exists = !here.isEmpty() || hasBelow(name) || !name.isWithin(origin());
                return respond(
                        query, exists ? ResponseCode.NOERROR : ResponseCode.NXDOMAIN, answers);
            }
            answers.add(alias.get());
            name = ((Alias) alias.get().data()).canonical();
        }
        return respond(query, ResponseCode.SERVFAIL, List.of());
    }

    private List<ResourceRecord> all() {
        var all = new ArrayList<>(records);
        all.add(start);
        return all;
    }

    /** A name that has none of its own exists where there is one below it. RFC 4592 §2.2.2. */
    private boolean hasBelow(DnsName name) {
        return records.stream().anyMatch(r -> r.name().isWithin(name));
    }

    private DnsMessage respond(DnsMessage query, ResponseCode code, List<ResourceRecord> answers) {
        boolean nothing =
                answers.stream().allMatch(r -> r.data() instanceof Alias)
                        && code != ResponseCode.SERVFAIL;
        // who remembers that there is nothing must know for how long: RFC 2308 §3
        int ttl = Math.min(start.ttl(), ((StartOfAuthority) start.data()).negativeTtl());
        List<ResourceRecord> authorities = nothing ? List.of(start.withTtl(ttl)) : List.of();
        return query.response(code, true, false, answers, authorities);
    }
}
