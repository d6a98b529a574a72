package io.socketlab.kernel.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.wire.IpAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cookies as a Linux host gave them out for the same key and addresses. */
class FastOpenKeysTest {

    private static final String KEY = "a0bf63f7-ed803d81-cd641d30-cebc4a90";

    @ParameterizedTest
    @CsvSource({
        "10.248.0.2, 192.168.0.2, 00abaaabe8e954c2",
        "10.248.0.3, 192.168.0.2, 1313a2da994a0951",
        "10.248.0.3, 192.168.0.3, 76d2c1c530f51f79",
        "fd3d:fa7b:d17d::1, fd3d:a0b:17d6::1, 792f542eed8979b8",
    })
    void makesTheCookieOfBothAddresses(String client, String server, String cookie) {
        byte[] made = FastOpenKeys.ofText(KEY).cookie(address(client), address(server));
        assertThat(HexFormat.of().formatHex(made)).isEqualTo(cookie);
    }

    @Test
    void takesTheCookieOfTheSecondKeyAndMakesThoseOfTheFirst() {
        IpAddress client = address("10.248.0.2");
        IpAddress server = address("192.168.0.2");
        byte[] older = FastOpenKeys.ofText(KEY).cookie(client, server);
        FastOpenKeys keys = FastOpenKeys.ofText("1-2-3-4," + KEY);
        assertThat(keys.find(older, client, server)).isEqualTo(1);
        assertThat(keys.find(keys.cookie(client, server), client, server)).isZero();
        assertThat(keys.find(new byte[8], client, server)).isEqualTo(-1);
    }

    @Test
    void readsTheOctetsOfTheOptionAsTheWordsOfTheSysctl() {
        byte[] octets = HexFormat.of().parseHex("f763bfa0813d80ed301d64cd904abcce");
        assertThat(FastOpenKeys.ofText(KEY).octets()).isEqualTo(octets);
        assertThat(FastOpenKeys.ofOctets(octets).octets()).isEqualTo(octets);
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
