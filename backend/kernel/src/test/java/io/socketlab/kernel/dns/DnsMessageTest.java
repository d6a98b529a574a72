package io.socketlab.kernel.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.kernel.wire.MalformedPacketException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DnsMessageTest {

    private static DnsName name(String text) {
        return DnsName.parse(text).orElseThrow();
    }

    private static Zone zone(String text) throws ZoneFile.Malformed {
        return ZoneFile.read(name("example.com"), text, ZoneFile.Hosts.NONE);
    }

    private static DnsMessage query(String name, RecordType type) {
        return DnsMessage.query(7, new Question(name(name), type));
    }

    private static DnsMessage ask(Zone zone, String name, RecordType type) {
        return new NameData(List.of(zone)).answer(query(name, type));
    }

    /** The octets that Debian's glibc 2.36 sends for this question, but for the number. */
    @Test
    void aQueryHasTheOctetsOfRfc1035() {
        byte[] octets = query("www.example.com", RecordType.A).octets(512);
        assertThat(HexFormat.of().formatHex(octets))
                .isEqualTo("00070100000100000000000003777777076578616d706c6503636f6d0000010001");
        assertThat(DnsMessage.parse(octets)).isEqualTo(query("www.example.com", RecordType.A));
    }

    /** RFC 1035 §4.1.4. */
    @Test
    void aNameThatHasBeenWrittenIsPointedTo() throws ZoneFile.Malformed {
        Zone zone = zone("www CNAME web\nweb A 10.0.0.2");
        DnsMessage response = ask(zone, "www.example.com", RecordType.A);
        byte[] octets = response.octets(512);
        assertThat(HexFormat.of().formatHex(octets))
                .endsWith(
                        "c00c00050001"
                                + "0000012c"
                                + "0006"
                                + "03776562"
                                + "c010"
                                + "c02d00010001"
                                + "0000012c"
                                + "0004"
                                + "0a000002");
        assertThat(DnsMessage.parse(octets)).isEqualTo(response);
    }

    @Test
    void whatDoesNotFitADatagramIsCutAndSaysSo() throws ZoneFile.Malformed {
        var lines = new StringBuilder();
        for (int i = 1; i <= 40; i++) lines.append("many A 10.0.0.").append(i).append('\n');
        DnsMessage response = ask(zone(lines.toString()), "many.example.com", RecordType.A);
        assertThat(response.octets(65_535)).hasSizeGreaterThan(512);
        DnsMessage cut = DnsMessage.parse(response.octets(512));
        assertThat(cut.truncated()).isTrue();
        assertThat(cut.answers()).isEmpty();
    }

    /** RFC 1034 §4.3.2, RFC 2308 §2. */
    @Test
    void aZoneTellsNoSuchNameFromNoSuchRecord() throws ZoneFile.Malformed {
        Zone zone = zone("www A 10.0.0.2\na.b A 10.0.0.3\n@ SOA ns admin 1 2 3 4 5");
        assertThat(ask(zone, "nobody.example.com", RecordType.A).code())
                .isEqualTo(ResponseCode.NXDOMAIN);
        DnsMessage noRecord = ask(zone, "WWW.example.com", RecordType.AAAA);
        assertThat(noRecord.code()).isEqualTo(ResponseCode.NOERROR);
        assertThat(noRecord.answers()).isEmpty();
        assertThat(noRecord.authorities().getFirst().ttl()).isEqualTo(5);
        assertThat(ask(zone, "b.example.com", RecordType.A).code())
                .as("there is a name below it")
                .isEqualTo(ResponseCode.NOERROR);
        assertThat(ask(zone, "www.example.org", RecordType.A).code())
                .isEqualTo(ResponseCode.REFUSED);
    }

    @Test
    void aliasesThatGoRoundComeToAnEnd() throws ZoneFile.Malformed {
        Zone zone = zone("a CNAME b\nb CNAME a");
        assertThat(ask(zone, "a.example.com", RecordType.A).code())
                .isEqualTo(ResponseCode.SERVFAIL);
    }

    @Test
    void aCacheCountsTheTtlDown() throws ZoneFile.Malformed {
        var clock = new AtomicLong();
        var cache = new DnsCache(clock::get);
        DnsMessage query = query("www.example.com", RecordType.A);
        Question question = query.questions().getFirst();
        cache.put(question, ask(zone("www 10 A 10.0.0.2"), "www.example.com", RecordType.A));
        clock.set(3_500_000_000L);
        DnsMessage known = cache.get(query, question).orElseThrow();
        assertThat(known.answers().getFirst())
                .isEqualTo(
                        new ResourceRecord(
                                name("www.example.com"),
                                7,
                                new RecordData.Address(new Ipv4Address(0x0A00_0002))));
        assertThat(known.authoritative()).isFalse();
        clock.set(10_000_000_000L);
        assertThat(cache.get(query, question)).isEmpty();
    }

    /** RFC 2308 §5. */
    @Test
    void thatThereIsNothingIsRememberedToo() throws ZoneFile.Malformed {
        var clock = new AtomicLong();
        var cache = new DnsCache(clock::get);
        DnsMessage query = query("nobody.example.com", RecordType.A);
        Question question = query.questions().getFirst();
        Zone zone = zone("@ SOA ns admin 1 2 3 4 20");
        cache.put(question, ask(zone, "nobody.example.com", RecordType.A));
        clock.set(19_000_000_000L);
        assertThat(cache.get(query, question).orElseThrow().code())
                .isEqualTo(ResponseCode.NXDOMAIN);
        clock.set(20_000_000_000L);
        assertThat(cache.get(query, question)).isEmpty();
    }

    @Test
    void whateverComesIsReadOrRefused() throws ZoneFile.Malformed {
        byte[] good =
                ask(zone("www CNAME web\nweb A 10.0.0.2"), "www.example.com", RecordType.A)
                        .octets(512);
        var random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = good.clone();
            for (int n = 0; n < 3; n++) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            try {
                DnsMessage.parse(octets);
            } catch (MalformedPacketException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 19_999);
    }

    @Test
    void aPointerThatDoesNotLeadBackIsRefused() {
        byte[] octets = query("a.b", RecordType.A).octets(512);
        octets[12] = (byte) 0xC0;
        octets[13] = 12;
        assertThatThrownBy(() -> DnsMessage.parse(octets))
                .isInstanceOf(MalformedPacketException.class)
                .hasMessage("DNS name points ahead");
    }

    @Test
    void saysWhichLineOfAZoneIsNoRecord() {
        assertThatThrownBy(() -> zone("www A 10.0.0.2\nweb A nobody"))
                .hasMessage("expected an address or a host, not 'nobody'")
                .extracting("line")
                .isEqualTo(2);
        assertThatThrownBy(() -> zone("www.example.org. A 10.0.0.2"))
                .hasMessage("expected a name in the zone example.com, not www.example.org");
        assertThatThrownBy(() -> zone("www MX 10"))
                .hasMessage("expected one of the types A, AAAA, NS, CNAME, SOA and TXT, not 'MX'");
    }
}
