package io.socketlab.kernel.dns;

import io.socketlab.kernel.dns.RecordData.Address;
import io.socketlab.kernel.dns.RecordData.Alias;
import io.socketlab.kernel.dns.RecordData.Ipv6Host;
import io.socketlab.kernel.dns.RecordData.Other;
import io.socketlab.kernel.dns.RecordData.Server;
import io.socketlab.kernel.dns.RecordData.StartOfAuthority;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.Ipv6Address;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads a zone as master files write it, a record a line: {@code www 300 IN A 10.0.0.2}. The TTL
 * and the class can be left out, {@code @} is the zone itself, a name without a dot at its end lies
 * in the zone, and a line that begins with a blank goes on with the name before. RFC 1035 §5.
 */
public final class ZoneFile {

    /** TTL of records that do not say one, seconds. */
    private static final int USUAL_TTL = 300;

    /** Of a zone whose SOA record is not written: its MINIMUM, seconds. */
    private static final int USUAL_NEGATIVE_TTL = 60;

    private static final String RECORD = "a record such as 'www 300 IN A 10.0.0.2'";

    /** The addresses of hosts, whose names may stand in A and AAAA records instead. */
    public interface Hosts {

        /** Nobody is known. */
        Hosts NONE =
                new Hosts() {
                    @Override
                    public Optional<Ipv4Address> ipv4(String name) {
                        return Optional.empty();
                    }

                    @Override
                    public Optional<Ipv6Address> ipv6(String name) {
                        return Optional.empty();
                    }
                };

        Optional<Ipv4Address> ipv4(String name);

        /** Empty also for a host without a global address. */
        Optional<Ipv6Address> ipv6(String name);
    }

    /** A line that is no record. */
    public static final class Malformed extends Exception {

        private static final long serialVersionUID = 1;

        private final int line;

        private Malformed(int line, String message) {
            super(message);
            this.line = line;
        }

        /** From 1. */
        public int line() {
            return line;
        }
    }

    private final DnsName origin;
    private final Hosts hosts;
    private final List<ResourceRecord> records = new ArrayList<>();
    private Optional<ResourceRecord> start = Optional.empty();
    private DnsName owner;

    private ZoneFile(DnsName origin, Hosts hosts) {
        this.origin = origin;
        this.hosts = hosts;
        this.owner = origin;
    }

    /** Reads the records {@code text} of the zone {@code origin}. */
    public static Zone read(DnsName origin, String text, Hosts hosts) throws Malformed {
        var file = new ZoneFile(origin, hosts);
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) file.line(i + 1, lines[i].replaceFirst(";.*", ""));
        return new Zone(file.start.orElseGet(file::usualStart), file.records);
    }

    private ResourceRecord usualStart() {
        var server = new DnsName(List.of("ns")).under(origin);
        var mailbox = new DnsName(List.of("hostmaster")).under(origin);
        var soa =
                new StartOfAuthority(server, mailbox, 1, 7200, 900, 1_209_600, USUAL_NEGATIVE_TTL);
        return new ResourceRecord(origin, USUAL_TTL, soa);
    }

    private void line(int number, String line) throws Malformed {
        if (line.isBlank()) return;
        List<String> words = new ArrayList<>(Arrays.asList(line.strip().split("\\s+", -1)));
        if (!Character.isWhitespace(line.charAt(0))) owner = name(number, words.removeFirst());
        int ttl = USUAL_TTL;
        while (!words.isEmpty() && words.getFirst().matches("[0-9]{1,9}|IN")) {
            String word = words.removeFirst();
            if (!word.equals("IN")) ttl = Integer.parseInt(word);
        }
        if (words.size() < 2) throw new Malformed(number, "expected " + RECORD);
        if (!owner.isWithin(origin)) {
            throw new Malformed(number, "expected a name in the zone " + origin + ", not " + owner);
        }
        var record = new ResourceRecord(owner, ttl, data(number, words));
        if (record.data() instanceof StartOfAuthority) start = Optional.of(record);
        else records.add(record);
    }

    private RecordData data(int number, List<String> words) throws Malformed {
        String value = words.get(1);
        return switch (words.getFirst()) {
            case "A" -> new Address(address(number, value));
            case "AAAA" -> new Ipv6Host(ipv6Address(number, value));
            case "NS" -> new Server(name(number, value));
            case "CNAME" -> new Alias(name(number, value));
            case "TXT" -> text(number, value);
            case "SOA" -> start(number, words);
            default ->
                    throw new Malformed(
                            number,
                            "expected one of the types A, AAAA, NS, CNAME, SOA and TXT, not '"
                                    + words.getFirst()
                                    + "'");
        };
    }

    private Ipv4Address address(int number, String text) throws Malformed {
        return Ipv4Address.parse(text)
                .or(() -> hosts.ipv4(text))
                .orElseThrow(() ->
                        new Malformed(number, "expected an address or a host, not '" + text + "'"));
    }

    private Ipv6Address ipv6Address(int number, String text) throws Malformed {
        return Ipv6Address.parse(text)
                .or(() -> hosts.ipv6(text))
                .orElseThrow(() ->
                        new Malformed(
                                number,
                                "expected an IPv6 address or a host that has one, not '"
                                        + text
                                        + "'"));
    }

    private static Other text(int number, String value) throws Malformed {
        byte[] octets = value.replace("\"", "").getBytes(StandardCharsets.ISO_8859_1);
        if (octets.length > 255) throw new Malformed(number, "expected a text of 255 octets");
        byte[] data = new byte[1 + octets.length];
        data[0] = (byte) octets.length;
        System.arraycopy(octets, 0, data, 1, octets.length);
        return new Other(RecordType.TXT.number(), data);
    }

    private StartOfAuthority start(int number, List<String> words) throws Malformed {
        boolean good =
                words.size() == 8
                        && words.subList(3, 8).stream().allMatch(w -> w.matches("[0-9]{1,9}"));
        if (!good) {
            throw new Malformed(
                    number, "expected 'SOA server mailbox serial refresh retry expire minimum'");
        }
        int[] times = words.subList(3, 8).stream().mapToInt(Integer::parseInt).toArray();
        return new StartOfAuthority(
                name(number, words.get(1)),
                name(number, words.get(2)),
                times[0],
                times[1],
                times[2],
                times[3],
                times[4]);
    }

    private DnsName name(int number, String text) throws Malformed {
        if (text.equals("@")) return origin;
        DnsName name =
                DnsName.parse(text)
                        .orElseThrow(() ->
                                new Malformed(
                                        number, "expected a name such as www, not '" + text + "'"));
        return text.endsWith(".") ? name : name.under(origin);
    }
}
