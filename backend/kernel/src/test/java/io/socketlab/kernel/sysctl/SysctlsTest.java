package io.socketlab.kernel.sysctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Linux 6.18 does with the same writes to /proc/sys in a network namespace. */
class SysctlsTest {

    private final Sysctls sysctls = new Sysctls();

    @ParameterizedTest(name = "{0} from {1} to {2}")
    @CsvSource({
        "net.core.somaxconn, 0, 2147483647",
        "net.ipv4.icmp_ratelimit, 0, 2147483647",
        "net.ipv4.icmp_ratemask, -2147483648, 2147483647",
        "net.ipv4.ip_default_ttl, 1, 255",
        "net.ipv4.ip_forward, -2147483648, 2147483647",
        "net.ipv4.tcp_adv_win_scale, -31, 31",
        "net.ipv4.tcp_ecn, 0, 2",
        "net.ipv4.tcp_fin_timeout, -8589934, 8589934",
        "net.ipv4.tcp_keepalive_probes, 0, 255",
        "net.ipv4.tcp_min_snd_mss, 48, 65535",
        "net.ipv4.tcp_notsent_lowat, 0, 4294967295",
        "net.ipv4.tcp_reordering, 1, 300",
        "net.ipv4.tcp_rto_max_ms, 1000, 120000",
        "net.ipv4.tcp_sack, 0, 255",
        "net.ipv4.tcp_syn_linear_timeouts, 0, 127",
        "net.ipv4.tcp_syn_retries, 1, 127",
        "net.ipv4.tcp_synack_retries, 0, 255",
        "net.ipv4.tcp_tw_reuse, 0, 2",
        "net.ipv4.tcp_tw_reuse_delay, 1, 60000",
        "net.ipv4.udp_rmem_min, 1, 2147483647",
        "net.ipv6.bindv6only, 0, 255",
    })
    void areWithinTheirRanges(String name, long least, long greatest) {
        assertThat(written(name, "" + least)).isEqualTo("" + least);
        assertThat(written(name, "" + greatest)).isEqualTo("" + greatest);
        for (long beyond : new long[] {least - 1, greatest + 1}) {
            assertThatThrownBy(() -> sysctls.set(name, "" + beyond))
                    .hasMessage(name + " is from " + least + " to " + greatest + ", not " + beyond);
        }
        assertThat(sysctls.text(name)).isEqualTo("" + greatest);
    }

    private String written(String name, String value) {
        sysctls.set(name, value);
        return sysctls.text(name);
    }

    @Test
    void allDefaultsAreWithinTheirRanges() {
        for (String name : Sysctls.names()) {
            if (name.equals("net.ipv4.tcp_available_congestion_control")) continue;
            String usual = sysctls.text(name);
            assertThat(written(name, usual)).isEqualTo(usual);
        }
    }

    @ParameterizedTest(name = "tcp_rmem = {0}: {1}")
    @CsvSource({
        "5000, 5000 131072 33554432",
        "5000 6000, 5000 6000 33554432",
        "9000 8000 7000, 9000 8000 7000",
        "1 2 3 4, 1 2 3",
        "0x10 0x20 0x30, 16 32 48",
        "010 6 7, 8 6 7",
    })
    void ofSeveralNumbersThoseThatAreNotWrittenStay(String value, String now) {
        assertThat(written("net.ipv4.tcp_rmem", value)).isEqualTo(now);
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "net.ipv4.tcp_rmem, 0 1 2",
        "net.ipv4.tcp_rmem, 1 2 x",
        "net.ipv4.tcp_rmem, +5 6 7",
        "net.ipv4.tcp_sack, 1x",
        "net.ipv4.tcp_sack, ''",
        "net.ipv4.tcp_sack, 1.5",
        "net.ipv4.tcp_sack, 99999999999",
        "net.ipv4.ip_local_port_range, 50000 40000",
        "net.ipv4.ip_local_port_range, 1 65535",
        "net.ipv4.ip_local_port_range, 40000 65536",
        "net.ipv4.tcp_congestion_control, foo",
        "net.ipv4.tcp_available_congestion_control, reno",
        "net.ipv4.tcp_fastopen_key, 1-2-3",
    })
    void whatLinuxRefusesIsRefused(String name, String value) {
        String before = sysctls.text(name);
        assertThatThrownBy(() -> sysctls.set(name, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
        assertThat(sysctls.text(name)).isEqualTo(before);
    }

    @Test
    void portsNeedNotBothBeWritten() {
        assertThat(written("net.ipv4.ip_local_port_range", "40000")).isEqualTo("40000 60999");
        assertThat(written("net.ipv4.ip_local_port_range", "50001 50001")).isEqualTo("50001 50001");
    }
}
