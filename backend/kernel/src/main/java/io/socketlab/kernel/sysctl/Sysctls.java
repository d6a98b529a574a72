package io.socketlab.kernel.sysctl;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The settings of one host's kernel, under Linux's names and with a current Linux's defaults.
 * Sources: Documentation/networking/ip-sysctl.rst, tcp(7), and a host with 4 GiB of memory for what
 * depends on it.
 */
public final class Sysctls {

    private static final String FASTOPEN_KEY = "net.ipv4.tcp_fastopen_key";
    private static final Pattern KEYS =
            Pattern.compile("[0-9a-f]{1,8}(-[0-9a-f]{1,8}){3}(,[0-9a-f]{1,8}(-[0-9a-f]{1,8}){3})?");
    private static final Map<String, String> DEFAULTS = defaults();

    private final Map<String, String> values = new LinkedHashMap<>(DEFAULTS);
    private final Set<String> given = new HashSet<>();
    private int version;

    private static Map<String, String> defaults() {
        var d = new LinkedHashMap<String, String>();
        d.put("net.core.somaxconn", "4096");
        d.put("net.core.rmem_default", "212992");
        d.put("net.core.rmem_max", "212992");
        d.put("net.core.wmem_default", "212992");
        d.put("net.core.wmem_max", "212992");
        d.put("net.ipv4.ip_default_ttl", "64");
        d.put("net.ipv4.ip_local_port_range", "32768 60999");
        d.put("net.ipv4.ip_no_pmtu_disc", "0");
        d.put("net.ipv4.tcp_abort_on_overflow", "0");
        d.put("net.ipv4.tcp_adv_win_scale", "1");
        d.put("net.ipv4.tcp_autocorking", "1");
        d.put("net.ipv4.tcp_base_mss", "1024");
        d.put("net.ipv4.tcp_congestion_control", "cubic");
        d.put("net.ipv4.tcp_dsack", "1");
        d.put("net.ipv4.tcp_early_retrans", "3");
        d.put("net.ipv4.tcp_ecn", "2");
        d.put("net.ipv4.tcp_fastopen", "1");
        d.put("net.ipv4.tcp_fastopen_blackhole_timeout_sec", "0");
        d.put(FASTOPEN_KEY, "00000000-00000000-00000000-00000000");
        d.put("net.ipv4.tcp_fin_timeout", "60");
        d.put("net.ipv4.tcp_frto", "2");
        d.put("net.ipv4.tcp_invalid_ratelimit", "500");
        d.put("net.ipv4.tcp_keepalive_intvl", "75");
        d.put("net.ipv4.tcp_keepalive_probes", "9");
        d.put("net.ipv4.tcp_keepalive_time", "7200");
        d.put("net.ipv4.tcp_max_syn_backlog", "1024");
        d.put("net.ipv4.tcp_max_tw_buckets", "16384");
        d.put("net.ipv4.tcp_min_tso_segs", "2");
        d.put("net.ipv4.tcp_moderate_rcvbuf", "1");
        d.put("net.ipv4.tcp_mtu_probing", "0");
        d.put("net.ipv4.tcp_no_metrics_save", "0");
        d.put("net.ipv4.tcp_notsent_lowat", "4294967295");
        d.put("net.ipv4.tcp_orphan_retries", "0");
        d.put("net.ipv4.tcp_recovery", "1");
        d.put("net.ipv4.tcp_reordering", "3");
        d.put("net.ipv4.tcp_retries1", "3");
        d.put("net.ipv4.tcp_retries2", "15");
        d.put("net.ipv4.tcp_rfc1337", "0");
        d.put("net.ipv4.tcp_rmem", "4096 131072 6291456");
        d.put("net.ipv4.tcp_rto_max_ms", "120000");
        d.put("net.ipv4.tcp_rto_min_us", "200000");
        d.put("net.ipv4.tcp_sack", "1");
        d.put("net.ipv4.tcp_shrink_window", "0");
        d.put("net.ipv4.tcp_slow_start_after_idle", "1");
        d.put("net.ipv4.tcp_syn_linear_timeouts", "4");
        d.put("net.ipv4.tcp_syn_retries", "6");
        d.put("net.ipv4.tcp_synack_retries", "5");
        d.put("net.ipv4.tcp_syncookies", "1");
        d.put("net.ipv4.tcp_timestamps", "1");
        d.put("net.ipv4.tcp_tso_win_divisor", "3");
        d.put("net.ipv4.tcp_tw_reuse", "2");
        d.put("net.ipv4.tcp_window_scaling", "1");
        d.put("net.ipv4.tcp_wmem", "4096 16384 4194304");
        d.put("net.ipv4.udp_rmem_min", "4096");
        d.put("net.ipv4.udp_wmem_min", "4096");
        return d;
    }

    /** Every setting there is. */
    public static Set<String> names() {
        return DEFAULTS.keySet();
    }

    /**
     * Sets {@code name} as sysctl(8) does: as many numbers as it has by default.
     *
     * @throws IllegalArgumentException if there is no such setting, or it cannot be {@code value}
     */
    public void set(String name, String value) {
        String before = values.get(name);
        if (before == null) throw new IllegalArgumentException("no sysctl is called " + name);
        String wanted = decimal(value.strip().replaceAll("\\s+", " "));
        if (name.equals(FASTOPEN_KEY) && !KEYS.matcher(wanted).matches()) {
            throw new IllegalArgumentException(
                    name
                            + " is four hexadecimal words such as a0b1c2d3-0-0-1, twice with a comma"
                            + " between for two keys, not "
                            + value);
        }
        if (isNumbers(before) && (!isNumbers(wanted) || count(wanted) != count(before))) {
            throw new IllegalArgumentException(
                    name
                            + " is "
                            + count(before)
                            + " number(s) such as "
                            + before
                            + ", not "
                            + value);
        }
        values.put(name, wanted);
        given.add(name);
        version++;
    }

    /** Whether {@code name} has been set, if only to its default. */
    public boolean isSet(String name) {
        return given.contains(name);
    }

    /** A number may be written in hexadecimal, as the kernel reads it. */
    private static String decimal(String value) {
        return value.matches("0[xX][0-9a-fA-F]{1,15}")
                ? String.valueOf(Long.parseLong(value.substring(2), 16))
                : value;
    }

    /** Changes with every setting: who keeps values need only look at this. */
    public int version() {
        return version;
    }

    private static boolean isNumbers(String value) {
        return value.matches("-?[0-9]{1,18}( -?[0-9]{1,18})*");
    }

    private static int count(String value) {
        return value.split(" ", -1).length;
    }

    /** The value as text. */
    public String text(String name) {
        String value = values.get(name);
        if (value == null) throw new IllegalArgumentException("no sysctl is called " + name);
        return value;
    }

    public long number(String name) {
        return Long.parseLong(text(name));
    }

    /** A number that is one, limited to what an {@code int} can hold. */
    public int integer(String name) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number(name)));
    }

    public boolean isOn(String name) {
        return number(name) != 0;
    }

    /** All numbers of a setting such as {@code net.ipv4.tcp_rmem}: minimum, default, maximum. */
    public long[] numbers(String name) {
        return Arrays.stream(text(name).split(" ")).mapToLong(Long::parseLong).toArray();
    }
}
