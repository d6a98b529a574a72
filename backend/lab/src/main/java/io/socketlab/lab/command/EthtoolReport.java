package io.socketlab.lab.command;

import io.socketlab.kernel.link.Coalescing;
import io.socketlab.kernel.link.Nic;
import io.socketlab.kernel.link.NicSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/** What ethtool(8) prints. */
final class EthtoolReport {

    /** With {@code #} for what can be switched. */
    private static final String FEATURES =
            """
            Features for DEVICE:
            rx-checksumming: on [fixed]
            tx-checksumming: on
            \ttx-checksum-ipv4: off [fixed]
            \ttx-checksum-ip-generic: on [fixed]
            \ttx-checksum-ipv6: off [fixed]
            \ttx-checksum-fcoe-crc: off [fixed]
            \ttx-checksum-sctp: off [fixed]
            scatter-gather: on [fixed]
            \ttx-scatter-gather: on [fixed]
            \ttx-scatter-gather-fraglist: off [fixed]
            tcp-segmentation-offload: off
            \ttx-tcp-segmentation: off [fixed]
            \ttx-tcp-ecn-segmentation: off [fixed]
            \ttx-tcp-mangleid-segmentation: off [fixed]
            \ttx-tcp6-segmentation: off [fixed]
            \ttx-tcp-accecn-segmentation: off [fixed]
            generic-segmentation-offload: off [fixed]
            generic-receive-offload: #
            large-receive-offload: off [fixed]
            rx-vlan-offload: off [fixed]
            tx-vlan-offload: off [fixed]
            ntuple-filters: off [fixed]
            receive-hashing: off [fixed]
            highdma: on [fixed]
            rx-vlan-filter: off [fixed]
            vlan-challenged: off [fixed]
            tx-gso-robust: off [fixed]
            tx-fcoe-segmentation: off [fixed]
            tx-gre-segmentation: off [fixed]
            tx-gre-csum-segmentation: off [fixed]
            tx-ipxip4-segmentation: off [fixed]
            tx-ipxip6-segmentation: off [fixed]
            tx-udp_tnl-segmentation: off [fixed]
            tx-udp_tnl-csum-segmentation: off [fixed]
            tx-gso-partial: off [fixed]
            tx-tunnel-remcsum-segmentation: off [fixed]
            tx-sctp-segmentation: off [fixed]
            tx-esp-segmentation: off [fixed]
            tx-udp-segmentation: off [fixed]
            tx-gso-list: off [fixed]
            tx-nocache-copy: off [fixed]
            loopback: off [fixed]
            rx-fcs: off [fixed]
            rx-all: off [fixed]
            tx-vlan-stag-hw-insert: off [fixed]
            rx-vlan-stag-hw-parse: off [fixed]
            rx-vlan-stag-filter: off [fixed]
            l2-fwd-offload: off [fixed]
            hw-tc-offload: off [fixed]
            esp-hw-offload: off [fixed]
            esp-tx-csum-hw-offload: off [fixed]
            rx-udp_tunnel-port-offload: off [fixed]
            tls-hw-tx-offload: off [fixed]
            tls-hw-rx-offload: off [fixed]
            rx-gro-hw: off [fixed]
            tls-hw-record: off [fixed]
            rx-gro-list: off [fixed]
            macsec-hw-offload: off [fixed]
            rx-udp-gro-forwarding: off [fixed]
            hsr-tag-ins-offload: off [fixed]
            hsr-tag-rm-offload: off [fixed]
            hsr-fwd-offload: off [fixed]
            hsr-dup-offload: off [fixed]
            """;

    private EthtoolReport() {}

    /**
     * @param option {@code -g}, {@code -c}, {@code -k}, {@code -S} or {@code -i}
     */
    static String of(String option, Nic nic) {
        return switch (option) {
            case "-g" -> rings(nic);
            case "-c" -> coalescing(nic);
            case "-k" ->
                    FEATURES.replace("DEVICE", nic.device())
                            .replace("#", nic.settings().gro() ? "on" : "off");
            case "-S" -> statistics(nic);
            default -> DRIVER;
        };
    }

    private static String rings(Nic nic) {
        NicSettings settings = nic.settings();
        return "Ring parameters for "
                + nic.device()
                + ":\nPre-set maximums:\n"
                + rings(NicSettings.MAX_RING, NicSettings.MAX_RING)
                + "Current hardware settings:\n"
                + rings(settings.rxRing(), settings.txRing())
                + "RX Buf Len:\t\tn/a\nCQE Size:\t\tn/a\nTX Push:\toff\nTCP data split:\tn/a\n";
    }

    private static String rings(int rx, int tx) {
        return "RX:\t\t" + rx + "\nRX Mini:\tn/a\nRX Jumbo:\tn/a\nTX:\t\t" + tx + "\n";
    }

    private static String coalescing(Nic nic) {
        Coalescing c = nic.settings().coalescing();
        var out =
                new StringBuilder(
                        "Coalesce parameters for "
                                + nic.device()
                                + ":\nAdaptive RX: off  TX: off\n");
        for (String name : new String[] {"stats-block-usecs", "sample-interval"}) line(out, name);
        for (String name : new String[] {"pkt-rate-low", "pkt-rate-high"}) line(out, name);
        direction(out.append('\n'), "rx", c.rxUsecs(), c.rxFrames());
        direction(out.append('\n'), "tx", c.txUsecs(), c.txFrames());
        for (String load : new String[] {"low", "high"}) {
            out.append('\n');
            for (String direction : new String[] {"rx", "tx"}) {
                line(out, direction + "-usecs-" + load);
                line(out, direction + "-frame-" + load);
            }
        }
        return out.append("\nCQE mode RX: n/a  TX: n/a\n\n").toString();
    }

    private static void direction(StringBuilder out, String name, int usecs, int frames) {
        out.append(name).append("-usecs: ").append(usecs).append('\n');
        out.append(name).append("-frames: ").append(frames).append('\n');
        line(out, name + "-usecs-irq");
        line(out, name + "-frames-irq");
    }

    private static void line(StringBuilder out, String name) {
        out.append(name).append(": n/a\n");
    }

    private static String statistics(Nic nic) {
        Nic.Counters n = nic.counters();
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("rx_packets", n.received());
        counts.put("tx_packets", n.sent());
        counts.put("rx_bytes", n.receivedOctets());
        counts.put("tx_bytes", n.sentOctets());
        counts.put("rx_missed_errors", n.rxMissed());
        counts.put("tx_dropped", n.txDropped());
        counts.put("rx_csum_offload_good", n.received() - n.rxChecksumErrors());
        counts.put("rx_csum_offload_errors", n.rxChecksumErrors());
        counts.put("interrupts", n.interrupts());
        counts.put("napi_polls", n.polls());
        counts.put("napi_time_squeeze", n.timeSqueezes());
        var out = new StringBuilder("NIC statistics:\n");
        counts.forEach((name, count) -> out.append(Text.format("     %s: %d\n", name, count)));
        return out.toString();
    }

    private static final String DRIVER =
            """
            driver: socketlab
            version: 6.18
            firmware-version:\s
            expansion-rom-version:\s
            bus-info:\s
            supports-statistics: yes
            supports-test: no
            supports-eeprom-access: no
            supports-register-dump: no
            supports-priv-flags: no
            """;
}
