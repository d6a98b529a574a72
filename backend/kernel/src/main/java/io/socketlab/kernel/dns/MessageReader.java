package io.socketlab.kernel.dns;

import io.socketlab.kernel.dns.RecordData.Address;
import io.socketlab.kernel.dns.RecordData.Alias;
import io.socketlab.kernel.dns.RecordData.Ipv6Host;
import io.socketlab.kernel.dns.RecordData.Other;
import io.socketlab.kernel.dns.RecordData.Server;
import io.socketlab.kernel.dns.RecordData.StartOfAuthority;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import io.socketlab.kernel.wire.MalformedPacketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a message, whatever somebody has put into it. RFC 1035 §4.1. */
final class MessageReader {

    private static final int POINTER = 0xC0;

    /** Octets of the longest name. */
    private static final int MAX_NAME = 255;

    private final byte[] octets;
    private int at;

    MessageReader(byte[] octets) {
        this.octets = octets;
    }

    private int getByte() {
        if (at >= octets.length) throw new MalformedPacketException("DNS message cut short");
        return octets[at++] & 0xFF;
    }

    int getShort() {
        return getByte() << 8 | getByte();
    }

    private int getInt() {
        return getShort() << 16 | getShort();
    }

    Question question() {
        DnsName name = name();
        int type = getShort();
        getShort();
        return new Question(name, type);
    }

    List<ResourceRecord> records(int count) {
        List<ResourceRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) records.add(record());
        return records;
    }

    private ResourceRecord record() {
        DnsName name = name();
        int type = getShort();
        getShort();
        int ttl = Math.max(0, getInt()); // RFC 2181 §8
        int length = getShort();
        int end = at + length;
        if (end > octets.length) throw new MalformedPacketException("DNS record cut short");
        RecordData data = data(type, length);
        if (at > end) throw new MalformedPacketException("DNS record longer than it says");
        at = end;
        return new ResourceRecord(name, ttl, data);
    }

    private RecordData data(int number, int length) {
        RecordType type = RecordType.of(number).orElse(RecordType.TXT);
        return switch (type) {
            case A -> new Address(new Ipv4Address(getInt()));
            case NS -> new Server(name());
            case CNAME -> new Alias(name());
            case SOA ->
                    new StartOfAuthority(
                            name(),
                            name(),
                            getInt() & 0xFFFF_FFFFL,
                            getInt(),
                            getInt(),
                            getInt(),
                            getInt());
            case AAAA -> new Ipv6Host(ipv6Address());
            case TXT -> new Other(number, Arrays.copyOfRange(octets, at, at + length));
        };
    }

    private Ipv6Address ipv6Address() {
        if (at + Ipv6Address.SIZE > octets.length) {
            throw new MalformedPacketException("DNS record cut short");
        }
        at += Ipv6Address.SIZE;
        return Ipv6Address.read(octets, at - Ipv6Address.SIZE);
    }

    /** A name, following pointers, which only lead back. */
    private DnsName name() {
        List<String> labels = new ArrayList<>();
        int total = 1;
        int after = -1;
        int limit = at;
        for (int length = getByte(); length != 0; length = getByte()) {
            if ((length & POINTER) == POINTER) {
                int target = (length & ~POINTER) << 8 | getByte();
                if (after < 0) after = at;
                if (target >= limit) throw new MalformedPacketException("DNS name points ahead");
                limit = target;
                at = target;
                continue;
            }
            total += 1 + length;
            boolean tooLong = length > 63 || total > MAX_NAME || at + length > octets.length;
            if (tooLong) throw new MalformedPacketException("DNS name too long");
            labels.add(new String(octets, at, length, StandardCharsets.ISO_8859_1));
            at += length;
        }
        if (after >= 0) at = after;
        return new DnsName(labels);
    }
}
