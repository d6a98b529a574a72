package io.socketlab.kernel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv6AddressTest {

    /** What inet_pton(3) reads, and what inet_ntop(3) makes of it: RFC 5952 §4. */
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "::, ::",
        "::1, ::1",
        "0:0:0:0:0:0:0:1, ::1",
        "2001:DB8::A, 2001:db8::a",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "0:0:1::, 0:0:1::",
        "fe80::, fe80::",
        "::ffff:10.0.0.2, ::ffff:10.0.0.2",
        "::ffff:a00:2, ::ffff:10.0.0.2",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
    })
    void readsEveryFormAndWritesOne(String text, String canonical) {
        assertThat(Ipv6Address.parse(text).orElseThrow().toString()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4::5:6:7:8",
                "12345::",
                "g::",
                ":1::",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "10.0.0.1"
            })
    void refusesWhatIsNone(String text) {
        assertThat(Ipv6Address.parse(text)).isEmpty();
    }

    @Test
    void makesTheAddressesOfNeighbourDiscovery() {
        var linkLocal = Ipv6Address.linkLocal(0x0200_0000_0001L);
        assertThat(linkLocal.toString()).isEqualTo("fe80::ff:fe00:1");
        assertThat(linkLocal.isLinkLocal()).isTrue();
        assertThat(linkLocal.solicitedNode().toString()).isEqualTo("ff02::1:ff00:1");
        assertThat(linkLocal.solicitedNode().isMulticast()).isTrue();
    }

    @Test
    void standsForAnIpv4Address() {
        var ipv4 = Ipv4Address.parse("192.0.2.1").orElseThrow();
        assertThat(Ipv6Address.mapped(ipv4).unmapped()).contains(ipv4);
        assertThat(Ipv6Address.LOOPBACK.unmapped()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, true", "32, true", "47, true", "48, false", "64, false", "128, false"})
    void comparesPrefixes(int length, boolean shared) {
        var a = Ipv6Address.parse("2001:db8:8000::1").orElseThrow();
        var b = Ipv6Address.parse("2001:db8:8001::1").orElseThrow();
        assertThat(a.sharesPrefix(b, length)).isEqualTo(shared);
        assertThat(a.sharesPrefix(a, length)).isTrue();
    }

    @Test
    void isInItsOctets() {
        var octets = new byte[20];
        var address = Ipv6Address.parse("2001:db8::ff:1").orElseThrow();
        address.writeTo(octets, 4);
        assertThat(Ipv6Address.read(octets, 4)).isEqualTo(address);
        assertThat(octets[4]).isEqualTo((byte) 0x20);
        assertThat(octets[19]).isEqualTo((byte) 1);
    }
}
