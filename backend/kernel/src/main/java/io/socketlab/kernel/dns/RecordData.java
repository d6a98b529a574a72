package io.socketlab.kernel.dns;

import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import java.util.HexFormat;

/** What a resource record says: its RDATA. RFC 1035 §3.3, §3.4. */
public sealed interface RecordData {

    /** TYPE. */
    int type();

    /** A: the address of a host. */
    record Address(Ipv4Address address) implements RecordData {
        @Override
        public int type() {
            return RecordType.A.number();
        }

        @Override
        public String toString() {
            return address.toString();
        }
    }

    /** AAAA: the IPv6 address of a host. RFC 3596 §2.2. */
    record Ipv6Host(Ipv6Address address) implements RecordData {
        @Override
        public int type() {
            return RecordType.AAAA.number();
        }

        @Override
        public String toString() {
            return address.toString();
        }
    }

    /** CNAME: the name is an alias of this one. */
    record Alias(DnsName canonical) implements RecordData {
        @Override
        public int type() {
            return RecordType.CNAME.number();
        }

        @Override
        public String toString() {
            return canonical.toString();
        }
    }

    /** NS: who serves the zone. */
    record Server(DnsName host) implements RecordData {
        @Override
        public int type() {
            return RecordType.NS.number();
        }

        @Override
        public String toString() {
            return host.toString();
        }
    }

    /**
     * SOA: where the zone begins.
     *
     * @param negativeTtl seconds for which it may be remembered that there is no such name or
     *     record; the MINIMUM field, RFC 2308 §4
     */
    record StartOfAuthority(
            DnsName server,
            DnsName mailbox,
            long serial,
            int refresh,
            int retry,
            int expire,
            int negativeTtl)
            implements RecordData {
        @Override
        public int type() {
            return RecordType.SOA.number();
        }
    }

    /**
     * What is carried on without being understood, TXT among it.
     *
     * @param octets not to be changed
     */
    record Other(int type, byte[] octets) implements RecordData {
        @Override
        public String toString() {
            return "\\# " + octets.length + " " + HexFormat.of().formatHex(octets); // RFC 3597 §5
        }
    }
}
