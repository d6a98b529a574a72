package io.socketlab.lab.packetdrill;

/** What the start-up file of the public suites sets, for scripts that come without it. */
final class SuiteDefaults {

    static final String COMMANDS =
            """
            ip tcp_metrics flush all
            sysctl -q net.ipv4.tcp_rmem="4096 540000 15728640" net.ipv4.tcp_wmem="4096 262144 4194304"
            sysctl -q net.ipv4.tcp_timestamps=1 net.ipv4.tcp_sack=1 net.ipv4.tcp_dsack=1
            sysctl -q net.ipv4.tcp_syn_retries=5 net.ipv4.tcp_synack_retries=5 net.ipv4.tcp_frto=2
            sysctl -q net.ipv4.tcp_fack=0 net.ipv4.tcp_reordering=3
            sysctl -q net.ipv4.tcp_early_retrans=4 net.ipv4.tcp_recovery=1
            sysctl -q net.ipv4.tcp_congestion_control=cubic net.ipv4.tcp_slow_start_after_idle=0
            sysctl -q net.ipv4.tcp_tso_win_divisor=3 net.ipv4.tcp_notsent_lowat=4294967295
            sysctl -q net.ipv4.tcp_pacing_ss_ratio=200 net.ipv4.tcp_pacing_ca_ratio=120
            sysctl -q net.ipv4.tcp_ecn=0 net.ipv4.tcp_ecn_option=2 net.ipv4.tcp_syncookies=1
            sysctl -q net.ipv4.tcp_fastopen=0x70403
            sysctl -q net.ipv4.tcp_fastopen_key=a1a1a1a1-b2b2b2b2-c3c3c3c3-d4d4d4d4
            tc qdisc add dev tun0 root pfifo
            """;

    private SuiteDefaults() {}
}
