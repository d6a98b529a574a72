package io.socketlab.kernel.dns;

import io.socketlab.kernel.dns.RecordData.Address;
import io.socketlab.kernel.dns.RecordData.Alias;
import io.socketlab.kernel.dns.RecordData.Ipv6Host;
import io.socketlab.kernel.dns.RecordData.Other;
import io.socketlab.kernel.dns.RecordData.Server;
import io.socketlab.kernel.dns.RecordData.StartOfAuthority;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Writes a message. A name that ends as one before it points back there. RFC 1035 §4.1.4. */
final class MessageWriter {

    /** CLASS: the Internet. */
    private static final int IN = 1;

    private static final int POINTER = 0xC000;

    /** A pointer has 14 bits. */
    private static final int FARTHEST = 0x3FFF;

    private byte[] octets = new byte[DnsMessage.MAX_DATAGRAM];
    private int size;
    // where each name, and each end of one, has been written; looked up and never iterated over
    private final Map<DnsName, Integer> written = new HashMap<>();

    private void putByte(int value) {
        if (size == octets.length) octets = Arrays.copyOf(octets, 2 * size);
        octets[size++] = (byte) value;
    }

    void putShort(int value) {
        putByte(value >>> 8);
        putByte(value);
    }

    private void putInt(long value) {
        putShort((int) (value >>> 16));
        putShort((int) value);
    }

    private void put(byte[] more) {
        for (byte octet : more) putByte(octet);
    }

    void put(DnsName name) {
        DnsName rest = name;
        while (!rest.labels().isEmpty()) {
            Integer before = written.get(rest);
            if (before != null) {
                putShort(POINTER | before);
                return;
            }
            if (size <= FARTHEST) written.put(rest, size);
            byte[] label = rest.labels().getFirst().getBytes(StandardCharsets.ISO_8859_1);
            putByte(label.length);
            put(label);
            rest = rest.parent();
        }
        putByte(0);
    }

    void put(Question question) {
        put(question.name());
        putShort(question.type());
        putShort(IN);
    }

    void put(ResourceRecord record) {
        put(record.name());
        putShort(record.data().type());
        putShort(IN);
        putInt(record.ttl());
        // names in the data may be compressed: its length is known once it is written
        int lengthAt = size;
        putShort(0);
        put(record.data());
        Octets.putShort(octets, lengthAt, size - lengthAt - 2);
    }

    private void put(RecordData what) {
        switch (what) {
            case Address(var address) -> putInt(address.bits());
            case Ipv6Host(Ipv6Address address) -> put(octets(address));
            case Alias(DnsName canonical) -> put(canonical);
            case Server(DnsName host) -> put(host);
            case StartOfAuthority soa -> {
                put(soa.server());
                put(soa.mailbox());
                putInt(soa.serial());
                putInt(soa.refresh());
                putInt(soa.retry());
                putInt(soa.expire());
                putInt(soa.negativeTtl());
            }
            case Other(int _, byte[] data) -> put(data);
        }
    }

    private static byte[] octets(Ipv6Address address) {
        var octets = new byte[Ipv6Address.SIZE];
        address.writeTo(octets, 0);
        return octets;
    }

    byte[] octets() {
        return Arrays.copyOf(octets, size);
    }
}
