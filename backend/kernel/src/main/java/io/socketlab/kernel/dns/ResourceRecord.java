package io.socketlab.kernel.dns;

/**
 * A resource record of class IN. RFC 1035 §3.2.1.
 *
 * @param ttl seconds for which it may be remembered
 */
public record ResourceRecord(DnsName name, int ttl, RecordData data) {

    public ResourceRecord {
        if (ttl < 0) throw new IllegalArgumentException("TTL " + ttl);
    }

    /** The same, that much later. */
    ResourceRecord withTtl(int seconds) {
        return new ResourceRecord(name, seconds, data);
    }
}
