package io.socketlab.lab.command;

import io.socketlab.kernel.link.Fifo;
import io.socketlab.kernel.link.Fq;
import io.socketlab.kernel.link.FqOptions;
import io.socketlab.kernel.link.Nic;
import io.socketlab.kernel.link.PacketOwner;
import io.socketlab.kernel.link.Qdisc;
import io.socketlab.kernel.link.QdiscCounters;
import io.socketlab.kernel.link.Red;
import io.socketlab.kernel.link.RedOptions;

/** What {@code tc qdisc show} prints of a queueing discipline. */
final class QdiscText {

    private static final int KILO = 1024;
    private static final int MEGA = KILO * KILO;

    /** How far a size may be from one that is written with a unit. */
    private static final int NEAR = 16;

    private QdiscText() {}

    /**
     * @param named whether the device is told, as where all are shown
     */
    static String loopback(boolean named, boolean statistics) {
        String head = "qdisc noqueue 0: " + (named ? "dev lo " : "") + "root refcnt 2 \n";
        return statistics ? head + counters(new QdiscCounters(0, 0, 0), 0, 0, 0) : head;
    }

    static String of(Nic nic, boolean named, boolean statistics) {
        Qdisc qdisc = nic.qdisc();
        String head =
                Text.format(
                        "qdisc %s %x: %sroot refcnt 2 %s\n",
                        qdisc.kind(),
                        nic.qdiscHandle(),
                        named ? "dev " + nic.device() + " " : "",
                        options(qdisc));
        if (!statistics) return head;
        long overlimits = qdisc instanceof Red red ? red.overlimits() : 0;
        String counters =
                counters(nic.qdiscCounters(), overlimits, qdisc.backlog(), qdisc.length());
        return head + counters + more(qdisc);
    }

    private static String counters(QdiscCounters n, long overlimits, long octets, int packets) {
        String sent = " Sent %d bytes %d pkt (dropped %d, overlimits %d requeues 0) \n";
        String backlog = " backlog " + size(octets) + " " + packets + "p requeues 0\n";
        return Text.format(sent, n.octets(), n.packets(), n.dropped(), overlimits) + backlog;
    }

    private static String more(Qdisc qdisc) {
        return qdisc instanceof Red red
                ? Text.format(
                        "  marked %d early %d pdrop %d other 0\n",
                        red.marked(), red.early(), red.overLimit())
                : "";
    }

    private static String options(Qdisc qdisc) {
        return switch (qdisc) {
            case Fifo fifo when fifo.kind().equals("pfifo") -> "limit " + fifo.limit() + "p";
            case Fifo fifo -> "limit " + size(fifo.limit());
            case Red red -> red(red.options());
            case Fq fq -> fq(fq.options());
            default -> "bands 3 priomap 1 2 2 2 1 2 0 0 1 1 1 1 1 1 1 1";
        };
    }

    private static String red(RedOptions o) {
        return "limit "
                + size(o.limit())
                + " min "
                + size(o.min())
                + " max "
                + size(o.max())
                + " "
                + (o.ecn() ? "ecn " : "")
                + (o.hardDrop() ? "harddrop " : "");
    }

    private static String fq(FqOptions o) {
        boolean limited = o.maxRate() != PacketOwner.UNLIMITED;
        return Text.format(
                "limit %dp flow_limit %dp buckets 1024 orphan_mask 1023 %squantum %s"
                        + " initial_quantum %s %slow_rate_threshold 550Kbit refill_delay 40ms"
                        + " timer_slack 10us horizon %s horizon_%s ",
                o.limit(),
                o.flowLimit(),
                o.pacing() ? "" : "nopacing ",
                size(o.quantum()),
                size(o.initialQuantum()),
                limited ? "maxrate " + rate(8 * o.maxRate()) + " " : "",
                time(o.horizon()),
                o.dropsBeyondHorizon() ? "drop" : "cap");
    }

    /** As print_size() of iproute2. */
    private static String size(long octets) {
        if (octets >= MEGA && isNear(octets, MEGA, KILO)) return rounded(octets, MEGA) + "Mb";
        if (octets >= KILO && isNear(octets, KILO, NEAR)) return rounded(octets, KILO) + "Kb";
        return octets + "b";
    }

    private static boolean isNear(long octets, int unit, int distance) {
        return Math.abs(rounded(octets, unit) * unit - octets) < distance;
    }

    private static long rounded(long octets, int unit) {
        return (long) Math.rint((double) octets / unit);
    }

    private static String rate(long bits) {
        if (bits >= 1_000_000_000 && bits % 1_000_000_000 == 0)
            return bits / 1_000_000_000 + "Gbit";
        if (bits >= 1_000_000 && bits % 1_000_000 == 0) return bits / 1_000_000 + "Mbit";
        return bits >= 1000 && bits % 1000 == 0 ? bits / 1000 + "Kbit" : bits + "bit";
    }

    private static String time(long nanos) {
        if (nanos >= 1_000_000_000) return Text.g(nanos / 1e9) + "s";
        return nanos >= 1_000_000 ? Text.g(nanos / 1e6) + "ms" : nanos / 1000 + "us";
    }
}
