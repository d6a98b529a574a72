package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.AddressFamily;
import io.socketlab.kernel.socket.Ipv6Options;
import io.socketlab.kernel.socket.SocketOptions;
import io.socketlab.kernel.sysctl.Sysctls;

/** The sysctls that TCP looks at for each segment, read once for each change of them. */
final class TcpTunables {

    private static final int SOCK_STREAM = 1;

    private static final long MS = RttEstimator.MS;

    final boolean sack;
    final boolean dsack;
    final boolean timestamps;
    final boolean windowScaling;
    final boolean frto;
    final boolean slowStartAfterIdle;
    final boolean moderateRcvbuf;
    final boolean shrinkWindow;
    final boolean abortOnOverflow;
    final boolean rfc1337;
    final boolean retransCollapse;
    final boolean thinLinearTimeouts;
    final int maxOrphans;
    final int ecn;
    final int mtuProbing;
    final int baseMss;
    final int minSndMss;
    final int mtuProbeFloor;
    final int probeThreshold;
    final long probeInterval;
    final boolean ecnFallback;
    final int synCookies;

    /** The bits of net.ipv4.tcp_fastopen. */
    final int fastOpen;

    final int fastOpenBlackholeSeconds;
    final int rmemDefault;
    final int rmemMax;
    final int wmemDefault;
    final int wmemMax;
    final int coreRmemMax;
    final int coreWmemMax;
    final int somaxconn;
    final int optmemMax;

    /** Octets, unsigned: TCP_NOTSENT_LOWAT where a socket has none of its own. */
    final long notsentLowat;

    final int maxSynBacklog;
    final int synRetries;
    final int synLinearTimeouts;
    final int synAckRetries;
    final int retries1;
    final int retries2;
    final int orphanRetries;
    final int reordering;

    /** The most that the degree of reordering may grow to, segments. */
    final int maxReordering;

    final int recovery;
    final int earlyRetrans;
    final int minTsoSegs;
    final int tsoRttLog;
    final int pacingSlowStart;
    final int pacingAvoidance;

    /** Octets of memory that may wait in the host for the wire: net.ipv4.tcp_limit_output_bytes. */
    final long limitOutputOctets;

    final boolean autocorking;
    final int tsoWinDivisor;
    final int portLow;
    final int portHigh;
    final int ttl;
    final int noPmtuDiscovery;
    final int keepAliveProbes;
    final int twReuse;
    final int maxTimeWaits;

    /** Nanoseconds. */
    final long rtoMin;

    final long rtoMax;
    final long keepAliveTime;
    final long keepAliveInterval;
    final long finTimeout;
    final long invalidRateLimit;
    final String congestion;

    final RttEstimator.Bounds rtoBounds;

    private final SocketOptions socketOptions;

    private final SocketOptions ipv6SocketOptions;
    private final Ipv6Options ipv6Options;

    TcpTunables(Sysctls s) {
        sack = s.isOn("net.ipv4.tcp_sack");
        dsack = s.isOn("net.ipv4.tcp_dsack");
        timestamps = s.isOn("net.ipv4.tcp_timestamps");
        windowScaling = s.isOn("net.ipv4.tcp_window_scaling");
        frto = s.isOn("net.ipv4.tcp_frto");
        slowStartAfterIdle = s.isOn("net.ipv4.tcp_slow_start_after_idle");
        moderateRcvbuf = s.isOn("net.ipv4.tcp_moderate_rcvbuf");
        shrinkWindow = s.isOn("net.ipv4.tcp_shrink_window");
        abortOnOverflow = s.isOn("net.ipv4.tcp_abort_on_overflow");
        rfc1337 = s.isOn("net.ipv4.tcp_rfc1337");
        thinLinearTimeouts = s.isOn("net.ipv4.tcp_thin_linear_timeouts");
        maxOrphans = s.integer("net.ipv4.tcp_max_orphans");
        retransCollapse = s.isOn("net.ipv4.tcp_retrans_collapse");
        mtuProbing = s.integer("net.ipv4.tcp_mtu_probing");
        baseMss = s.integer("net.ipv4.tcp_base_mss");
        minSndMss = s.integer("net.ipv4.tcp_min_snd_mss");
        mtuProbeFloor = s.integer("net.ipv4.tcp_mtu_probe_floor");
        probeThreshold = s.integer("net.ipv4.tcp_probe_threshold");
        probeInterval = s.number("net.ipv4.tcp_probe_interval") * 1000 * MS;
        ecn = s.integer("net.ipv4.tcp_ecn");
        ecnFallback = s.isOn("net.ipv4.tcp_ecn_fallback");
        synCookies = s.integer("net.ipv4.tcp_syncookies");
        fastOpen = s.integer("net.ipv4.tcp_fastopen");
        fastOpenBlackholeSeconds = s.integer("net.ipv4.tcp_fastopen_blackhole_timeout_sec");
        long[] rmem = s.numbers("net.ipv4.tcp_rmem");
        long[] wmem = s.numbers("net.ipv4.tcp_wmem");
        rmemDefault = (int) rmem[1];
        rmemMax = (int) rmem[2];
        wmemDefault = (int) wmem[1];
        wmemMax = (int) wmem[2];
        socketOptions = options(AddressFamily.AF_INET, s);
        ipv6SocketOptions = options(AddressFamily.AF_INET6, s);
        ipv6Options = new Ipv6Options(s);
        coreRmemMax = s.integer("net.core.rmem_max");
        coreWmemMax = s.integer("net.core.wmem_max");
        somaxconn = s.integer("net.core.somaxconn");
        optmemMax = s.integer("net.core.optmem_max");
        notsentLowat = s.number("net.ipv4.tcp_notsent_lowat");
        maxSynBacklog = s.integer("net.ipv4.tcp_max_syn_backlog");
        synRetries = s.integer("net.ipv4.tcp_syn_retries");
        synLinearTimeouts = s.integer("net.ipv4.tcp_syn_linear_timeouts");
        synAckRetries = s.integer("net.ipv4.tcp_synack_retries");
        retries1 = s.integer("net.ipv4.tcp_retries1");
        retries2 = s.integer("net.ipv4.tcp_retries2");
        orphanRetries = s.integer("net.ipv4.tcp_orphan_retries");
        reordering = s.integer("net.ipv4.tcp_reordering");
        maxReordering = s.integer("net.ipv4.tcp_max_reordering");
        recovery = s.integer("net.ipv4.tcp_recovery");
        earlyRetrans = s.integer("net.ipv4.tcp_early_retrans");
        minTsoSegs = s.integer("net.ipv4.tcp_min_tso_segs");
        tsoRttLog = s.integer("net.ipv4.tcp_tso_rtt_log");
        pacingSlowStart = s.integer("net.ipv4.tcp_pacing_ss_ratio");
        pacingAvoidance = s.integer("net.ipv4.tcp_pacing_ca_ratio");
        limitOutputOctets = s.number("net.ipv4.tcp_limit_output_bytes");
        autocorking = s.isOn("net.ipv4.tcp_autocorking");
        tsoWinDivisor = s.integer("net.ipv4.tcp_tso_win_divisor");
        long[] ports = s.numbers("net.ipv4.ip_local_port_range");
        portLow = (int) ports[0];
        portHigh = (int) ports[1];
        ttl = s.integer("net.ipv4.ip_default_ttl");
        noPmtuDiscovery = s.integer("net.ipv4.ip_no_pmtu_disc");
        keepAliveProbes = s.integer("net.ipv4.tcp_keepalive_probes");
        twReuse = s.integer("net.ipv4.tcp_tw_reuse");
        maxTimeWaits = s.integer("net.ipv4.tcp_max_tw_buckets");
        rtoMin = s.number("net.ipv4.tcp_rto_min_us") * 1000;
        rtoMax = s.number("net.ipv4.tcp_rto_max_ms") * MS;
        rtoBounds = new RttEstimator.Bounds(rtoMin, rtoMax);
        keepAliveTime = s.number("net.ipv4.tcp_keepalive_time") * 1000 * MS;
        keepAliveInterval = s.number("net.ipv4.tcp_keepalive_intvl") * 1000 * MS;
        finTimeout = s.number("net.ipv4.tcp_fin_timeout") * 1000 * MS;
        invalidRateLimit = s.number("net.ipv4.tcp_invalid_ratelimit") * MS;
        congestion = s.text("net.ipv4.tcp_congestion_control");
    }

    private SocketOptions options(AddressFamily family, Sysctls s) {
        return new SocketOptions(
                family, SOCK_STREAM, TcpLayer.PROTOCOL, wmemDefault, rmemDefault, s);
    }

    /** What a new socket has; each takes a copy. */
    SocketOptions socketOptions(AddressFamily family) {
        return family == AddressFamily.AF_INET ? socketOptions : ipv6SocketOptions;
    }

    /** Those of a new socket's level IPPROTO_IPV6. */
    Ipv6Options newIpv6Options() {
        return new Ipv6Options(ipv6Options);
    }
}
