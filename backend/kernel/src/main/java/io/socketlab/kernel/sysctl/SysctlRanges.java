package io.socketlab.kernel.sysctl;

import java.util.HashMap;
import java.util.Map;

/**
 * What numbers settings can be. Each bound is where Linux 6.18 begins to answer EINVAL to a write
 * (proc_dointvec_minmax() and its kin, net/ipv4/sysctl_net_ipv4.c, net/core/sysctl_net_core.c); it
 * was found there, but for those of net.core that no network namespace may set.
 */
final class SysctlRanges {

    /**
     * Least and greatest.
     *
     * @param least of each number, where there are several
     */
    record Range(long least, long greatest) {

        boolean has(long value) {
            return value >= least && value <= greatest;
        }
    }

    /** Of proc_dointvec(), of which most of those not named below are. */
    private static final Range ANY_INT = new Range(Integer.MIN_VALUE, Integer.MAX_VALUE);

    private static final String BOUNDS =
            """
            0 1 net.core.tstamp_allow_data net.ipv4.tcp_autocorking net.ipv4.tcp_backlog_ack_defer
            0 1 net.ipv4.tcp_ecn_fallback net.ipv4.tcp_l3mdev_accept net.ipv4.tcp_migrate_req
            0 1 net.ipv4.tcp_no_ssthresh_metrics_save net.ipv4.tcp_plb_enabled
            0 1 net.ipv4.tcp_reflect_tos net.ipv4.tcp_shrink_window
            0 2 net.ipv4.tcp_ecn net.ipv4.tcp_ecn_option net.ipv4.tcp_tw_reuse
            0 3 net.ipv4.tcp_ecn_option_beacon
            0 4 net.ipv4.tcp_early_retrans
            0 31 net.ipv4.tcp_app_win
            0 127 net.ipv4.tcp_syn_linear_timeouts
            0 255 net.ipv4.ip_forward_use_pmtu net.ipv4.ip_no_pmtu_disc net.ipv4.ip_nonlocal_bind
            0 255 net.ipv4.tcp_abort_on_overflow net.ipv4.tcp_comp_sack_nr net.ipv4.tcp_dsack
            0 255 net.ipv4.tcp_fack net.ipv4.tcp_frto net.ipv4.tcp_fwmark_accept
            0 255 net.ipv4.tcp_keepalive_probes net.ipv4.tcp_moderate_rcvbuf net.ipv4.tcp_mtu_probing
            0 255 net.ipv4.tcp_no_metrics_save net.ipv4.tcp_orphan_retries net.ipv4.tcp_recovery
            0 255 net.ipv4.tcp_retrans_collapse net.ipv4.tcp_retries1 net.ipv4.tcp_retries2
            0 255 net.ipv4.tcp_rfc1337 net.ipv4.tcp_sack net.ipv4.tcp_slow_start_after_idle
            0 255 net.ipv4.tcp_stdurg net.ipv4.tcp_synack_retries net.ipv4.tcp_syncookies
            0 255 net.ipv4.tcp_thin_linear_timeouts net.ipv4.tcp_timestamps net.ipv4.tcp_tso_rtt_log
            0 255 net.ipv4.tcp_tso_win_divisor net.ipv4.tcp_window_scaling
            0 255 net.ipv4.tcp_workaround_signed_windows net.ipv6.bindv6only
            0 1000 net.ipv4.tcp_pacing_ca_ratio net.ipv4.tcp_pacing_ss_ratio
            0 86400 net.ipv4.tcp_min_rtt_wlen
            0 17179869 net.ipv4.tcp_probe_interval
            0 2147483647 net.core.optmem_max net.core.somaxconn net.ipv4.icmp_ratelimit
            0 2147483647 net.ipv4.tcp_fastopen_blackhole_timeout_sec net.ipv4.tcp_invalid_ratelimit
            0 2147483647 net.ipv4.tcp_rcvbuf_low_rtt net.ipv4.ping_group_range
            0 2147483647 net.ipv4.icmp_msgs_burst net.ipv4.icmp_msgs_per_sec
            0 4294967295 net.ipv4.tcp_notsent_lowat
            0 9223372036854775807 fs.file-max net.ipv4.tcp_comp_sack_delay_ns
            0 9223372036854775807 net.ipv4.tcp_comp_sack_slack_ns
            1 127 net.ipv4.tcp_syn_retries
            1 255 net.ipv4.ip_default_ttl net.ipv4.tcp_min_tso_segs net.ipv4.tcp_pingpong_thresh
            1 300 net.ipv4.tcp_reordering
            1 1000 net.ipv4.tcp_comp_sack_rtt_percent
            1 60000 net.ipv4.tcp_tw_reuse_delay
            1 65535 net.ipv4.ip_local_port_range
            1 2147483647 net.ipv4.tcp_max_reordering net.ipv4.tcp_rto_min_us net.ipv4.tcp_rmem
            1 2147483647 net.ipv4.tcp_wmem net.ipv4.udp_rmem_min net.ipv4.udp_wmem_min
            48 65535 net.ipv4.tcp_min_snd_mss net.ipv4.tcp_mtu_probe_floor
            1000 120000 net.ipv4.tcp_rto_max_ms
            2304 2147483647 net.core.rmem_default net.core.rmem_max
            4608 2147483647 net.core.wmem_default net.core.wmem_max
            -31 31 net.ipv4.tcp_adv_win_scale
            -8589934 8589934 net.ipv4.tcp_fin_timeout net.ipv4.tcp_keepalive_intvl
            -8589934 8589934 net.ipv4.tcp_keepalive_time
            """;

    /** Looked up and never iterated over. */
    private static final Map<String, Range> RANGES = ranges();

    private SysctlRanges() {}

    private static Map<String, Range> ranges() {
        var ranges = new HashMap<String, Range>();
        BOUNDS.lines()
                .forEach(line -> {
                    String[] words = line.split(" ", -1);
                    var range = new Range(Long.parseLong(words[0]), Long.parseLong(words[1]));
                    for (int i = 2; i < words.length; i++) ranges.put(words[i], range);
                });
        return ranges;
    }

    /** What each number of {@code name} can be. */
    static Range of(String name) {
        return RANGES.getOrDefault(name, ANY_INT);
    }
}
