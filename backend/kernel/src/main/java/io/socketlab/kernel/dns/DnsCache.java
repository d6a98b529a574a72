package io.socketlab.kernel.dns;

import io.socketlab.kernel.dns.RecordData.StartOfAuthority;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What servers have answered, for as long as its TTL allows; that there is nothing as well, for as
 * long as the zone's SOA record allows. RFC 1034 §4.3.3, RFC 2308 §5.
 */
public final class DnsCache {

    private static final long SECOND = 1_000_000_000L;

    private record Entry(DnsMessage response, long since, long until) {}

    private final LongSupplier clock;
    // looked up by question and never iterated over
    private final Map<Question, Entry> entries = new HashMap<>();

    /**
     * @param clock virtual nanoseconds
     */
    public DnsCache(LongSupplier clock) {
        this.clock = clock;
    }

    /** Remembers a response to {@code question}, if it may be. */
    public void put(Question question, DnsMessage response) {
        long ttl = ttl(response);
        long now = clock.getAsLong();
        if (ttl > 0) entries.put(question, new Entry(response, now, now + ttl * SECOND));
    }

    private static long ttl(DnsMessage response) {
        boolean known =
                response.code() == ResponseCode.NOERROR || response.code() == ResponseCode.NXDOMAIN;
        if (!known || response.truncated()) return 0;
        var all = response.answers().stream().mapToLong(ResourceRecord::ttl).min();
        var start =
                response.authorities().stream()
                        .filter(r -> r.data() instanceof StartOfAuthority)
                        .mapToLong(ResourceRecord::ttl)
                        .min();
        return Math.min(all.orElse(start.orElse(0)), start.orElse(Long.MAX_VALUE));
    }

    /** The response to {@code query} that is remembered, its TTLs counted down. */
    public Optional<DnsMessage> get(DnsMessage query, Question question) {
        Entry entry = entries.get(question);
        long now = clock.getAsLong();
        if (entry == null) return Optional.empty();
        if (entry.until <= now) {
            entries.remove(question);
            return Optional.empty();
        }
        int age = (int) ((now - entry.since) / SECOND);
        return Optional.of(
                query.response(
                        entry.response.code(),
                        false,
                        true,
                        aged(entry.response.answers(), age),
                        aged(entry.response.authorities(), age)));
    }

    private static List<ResourceRecord> aged(List<ResourceRecord> records, int seconds) {
        return records.stream().map(r -> r.withTtl(Math.max(0, r.ttl() - seconds))).toList();
    }
}
