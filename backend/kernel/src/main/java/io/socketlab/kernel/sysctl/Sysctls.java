package io.socketlab.kernel.sysctl;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The settings of one host's kernel, under Linux's names and with a current Linux's defaults.
 * Sources: Documentation/networking/ip-sysctl.rst, tcp(7), and a host with 4 GiB of memory for what
 * depends on it.
 */
public final class Sysctls {

    /** As sysctl(8) prints them. */
    private static final String DEFAULT_LINES =
            """
            fs.file-max = 419430
            net.core.default_qdisc = pfifo_fast
            net.core.netdev_budget = 300
            net.core.netdev_max_backlog = 1000
            net.core.optmem_max = 131072
            net.core.rmem_default = 212992
            net.core.rmem_max = 4194304
            net.core.somaxconn = 4096
            net.core.tstamp_allow_data = 1
            net.core.wmem_default = 212992
            net.core.wmem_max = 4194304
            net.ipv4.icmp_msgs_burst = 50
            net.ipv4.icmp_msgs_per_sec = 1000
            net.ipv4.icmp_ratelimit = 1000
            net.ipv4.icmp_ratemask = 6168
            net.ipv4.ip_default_ttl = 64
            net.ipv4.ip_forward = 0
            net.ipv4.ip_forward_use_pmtu = 0
            net.ipv4.ip_local_port_range = 32768 60999
            net.ipv4.ip_no_pmtu_disc = 0
            net.ipv4.ip_nonlocal_bind = 0
            net.ipv4.ping_group_range = 1 0
            net.ipv4.tcp_abort_on_overflow = 0
            net.ipv4.tcp_adv_win_scale = 1
            net.ipv4.tcp_allowed_congestion_control = reno cubic
            net.ipv4.tcp_app_win = 31
            net.ipv4.tcp_autocorking = 1
            net.ipv4.tcp_available_congestion_control = reno cubic
            net.ipv4.tcp_backlog_ack_defer = 1
            net.ipv4.tcp_base_mss = 1024
            net.ipv4.tcp_challenge_ack_limit = 2147483647
            net.ipv4.tcp_comp_sack_delay_ns = 1000000
            net.ipv4.tcp_comp_sack_nr = 44
            net.ipv4.tcp_comp_sack_rtt_percent = 33
            net.ipv4.tcp_comp_sack_slack_ns = 100000
            net.ipv4.tcp_congestion_control = cubic
            net.ipv4.tcp_dsack = 1
            net.ipv4.tcp_early_retrans = 3
            net.ipv4.tcp_ecn = 2
            net.ipv4.tcp_ecn_fallback = 1
            net.ipv4.tcp_ecn_option = 2
            net.ipv4.tcp_ecn_option_beacon = 3
            net.ipv4.tcp_fack = 0
            net.ipv4.tcp_fastopen = 1
            net.ipv4.tcp_fastopen_blackhole_timeout_sec = 0
            net.ipv4.tcp_fastopen_key = 00000000-00000000-00000000-00000000
            net.ipv4.tcp_fin_timeout = 60
            net.ipv4.tcp_frto = 2
            net.ipv4.tcp_fwmark_accept = 0
            net.ipv4.tcp_invalid_ratelimit = 500
            net.ipv4.tcp_keepalive_intvl = 75
            net.ipv4.tcp_keepalive_probes = 9
            net.ipv4.tcp_keepalive_time = 7200
            net.ipv4.tcp_l3mdev_accept = 0
            net.ipv4.tcp_limit_output_bytes = 4194304
            net.ipv4.tcp_low_latency = 0
            net.ipv4.tcp_max_orphans = 16384
            net.ipv4.tcp_max_reordering = 300
            net.ipv4.tcp_max_syn_backlog = 1024
            net.ipv4.tcp_max_tw_buckets = 16384
            net.ipv4.tcp_migrate_req = 0
            net.ipv4.tcp_min_rtt_wlen = 300
            net.ipv4.tcp_min_snd_mss = 48
            net.ipv4.tcp_min_tso_segs = 2
            net.ipv4.tcp_moderate_rcvbuf = 1
            net.ipv4.tcp_mtu_probe_floor = 48
            net.ipv4.tcp_mtu_probing = 0
            net.ipv4.tcp_no_metrics_save = 0
            net.ipv4.tcp_no_ssthresh_metrics_save = 1
            net.ipv4.tcp_notsent_lowat = 4294967295
            net.ipv4.tcp_orphan_retries = 0
            net.ipv4.tcp_pacing_ca_ratio = 120
            net.ipv4.tcp_pacing_ss_ratio = 200
            net.ipv4.tcp_pingpong_thresh = 1
            net.ipv4.tcp_plb_enabled = 0
            net.ipv4.tcp_probe_interval = 600
            net.ipv4.tcp_probe_threshold = 8
            net.ipv4.tcp_rcvbuf_low_rtt = 1000
            net.ipv4.tcp_recovery = 1
            net.ipv4.tcp_reflect_tos = 0
            net.ipv4.tcp_reordering = 3
            net.ipv4.tcp_retrans_collapse = 1
            net.ipv4.tcp_retries1 = 3
            net.ipv4.tcp_retries2 = 15
            net.ipv4.tcp_rfc1337 = 0
            net.ipv4.tcp_rmem = 4096 131072 33554432
            net.ipv4.tcp_rto_max_ms = 120000
            net.ipv4.tcp_rto_min_us = 200000
            net.ipv4.tcp_sack = 1
            net.ipv4.tcp_shrink_window = 0
            net.ipv4.tcp_slow_start_after_idle = 1
            net.ipv4.tcp_stdurg = 0
            net.ipv4.tcp_syn_linear_timeouts = 4
            net.ipv4.tcp_syn_retries = 6
            net.ipv4.tcp_synack_retries = 5
            net.ipv4.tcp_syncookies = 1
            net.ipv4.tcp_thin_linear_timeouts = 0
            net.ipv4.tcp_timestamps = 1
            net.ipv4.tcp_tso_rtt_log = 9
            net.ipv4.tcp_tso_win_divisor = 3
            net.ipv4.tcp_tw_reuse = 2
            net.ipv4.tcp_tw_reuse_delay = 1000
            net.ipv4.tcp_window_scaling = 1
            net.ipv4.tcp_wmem = 4096 16384 4194304
            net.ipv4.tcp_workaround_signed_windows = 0
            net.ipv4.udp_rmem_min = 4096
            net.ipv4.udp_wmem_min = 4096
            net.ipv6.bindv6only = 0
            """;

    private static final String FASTOPEN_KEY = "net.ipv4.tcp_fastopen_key";
    private static final String AVAILABLE = "net.ipv4.tcp_available_congestion_control";
    private static final String CONGESTION_CONTROL = "net.ipv4.tcp_congestion_control";

    /** Those that are there; Linux loads the module of one that is not in use yet. */
    private static final List<String> CONGESTION_CONTROLS = List.of("reno", "cubic", "vegas");

    private static final Pattern KEYS =
            Pattern.compile("[0-9a-f]{1,8}(-[0-9a-f]{1,8}){3}(,[0-9a-f]{1,8}(-[0-9a-f]{1,8}){3})?");
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern NUMBERS = Pattern.compile("-?[0-9]{1,18}( -?[0-9]{1,18})*");
    private static final Map<String, Value> DEFAULTS = defaults();

    /** What has been set; all else is as by default. Looked up and never iterated over. */
    private final Map<String, Value> set = new HashMap<>(0);

    private int version;

    /**
     * A setting's value.
     *
     * @param numbers those it consists of; none if it is no number
     */
    private record Value(String text, long[] numbers) {

        static Value of(String text) {
            long[] numbers =
                    isNumbers(text)
                            ? Arrays.stream(text.split(" ")).mapToLong(Long::parseLong).toArray()
                            : new long[0];
            return new Value(text, numbers);
        }
    }

    private static Map<String, Value> defaults() {
        var defaults = new LinkedHashMap<String, Value>();
        for (String line : DEFAULT_LINES.split("\n", -1)) {
            int equals = line.indexOf(" = ");
            if (equals < 0) continue;
            defaults.put(line.substring(0, equals), Value.of(line.substring(equals + 3)));
        }
        return defaults;
    }

    /** Every setting there is. */
    public static Set<String> names() {
        return DEFAULTS.keySet();
    }

    /**
     * Sets {@code name} as sysctl(8) does.
     *
     * @throws IllegalArgumentException if there is no such setting, or it cannot be {@code value}:
     *     EINVAL, or ENOENT where it names something that is not there, see {@link #isMissing}
     */
    public void set(String name, String value) {
        String before = text(name);
        String wanted = SPACES.matcher(value.strip()).replaceAll(" ");
        if (isNumbers(before)) wanted = SysctlNumbers.written(name, before, wanted);
        else checkText(name, wanted);
        set.put(name, Value.of(wanted));
        version++;
    }

    /** Whether {@code name} has been set, if only to its default. */
    public boolean isSet(String name) {
        return set.containsKey(name);
    }

    /** Changes with every setting: who keeps values need only look at this. */
    public int version() {
        return version;
    }

    private static void checkText(String name, String wanted) {
        if (name.equals(FASTOPEN_KEY) && !KEYS.matcher(wanted).matches()) {
            throw new IllegalArgumentException(
                    name
                            + " is four hexadecimal words such as a0b1c2d3-0-0-1, twice with a comma"
                            + " between for two keys, not "
                            + wanted);
        }
        if (name.equals(AVAILABLE)) {
            throw new IllegalArgumentException(name + " can be read only");
        }
        if (isMissing(name, wanted)) {
            throw new IllegalArgumentException(
                    name
                            + " is one of "
                            + String.join(", ", CONGESTION_CONTROLS)
                            + ", not "
                            + wanted);
        }
    }

    /** Whether {@code name} cannot be {@code wanted} because nothing is called so: ENOENT. */
    public static boolean isMissing(String name, String wanted) {
        return name.equals(CONGESTION_CONTROL) && !CONGESTION_CONTROLS.contains(wanted.strip());
    }

    private static boolean isNumbers(String value) {
        return NUMBERS.matcher(value).matches();
    }

    private Value value(String name) {
        Value value = set.get(name);
        if (value == null) value = DEFAULTS.get(name);
        if (value == null) throw new IllegalArgumentException("no sysctl is called " + name);
        return value;
    }

    /** The value as text. */
    public String text(String name) {
        return value(name).text;
    }

    /**
     * The value as a number; of several the first.
     *
     * @throws IllegalArgumentException if it is none
     */
    public long number(String name) {
        Value value = value(name);
        if (value.numbers.length == 0) throw new IllegalArgumentException(name + " is no number");
        return value.numbers[0];
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
        return value(name).numbers.clone();
    }
}
