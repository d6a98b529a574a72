package io.socketlab.lab.command;

import io.socketlab.kernel.socket.SocketReport;
import io.socketlab.kernel.socket.SocketReport.Clock;
import io.socketlab.kernel.socket.SocketReport.Memory;
import io.socketlab.kernel.socket.TcpInfo;
import io.socketlab.kernel.socket.TcpInfoField;
import java.util.StringJoiner;

/** What ss(8) tells of a socket beside its line: timers, memory, the inside of TCP. */
final class SsDetail {

    private static final int PAGE = 4096;
    private static final double MICRO = 1000;
    private static final int USUAL_REORDERING = 3;

    /** What is no limit yet is left out; so is cwnd where it is what it was long ago. */
    private static final int NO_THRESHOLD = 0xFFFF;

    private static final int OLD_INITIAL_CWND = 2;
    private static final int OLD_INITIAL_RTO = 3_000_000;
    private static final long UNKNOWN_32 = 0xFFFF_FFFFL;

    private final TcpInfo info;
    private final StringJoiner out = new StringJoiner(" ");

    private SsDetail(TcpInfo info) {
        this.info = info;
    }

    /** The column Process. */
    static String process(SsCommand command, SocketReport socket) {
        var out = new StringJoiner(" ");
        Clock clock = socket.waiting().clock();
        boolean timer = command.has('o') || command.has('e') && clock == Clock.TIMEWAIT;
        if (timer && clock != Clock.OFF) out.add(timer(socket.waiting()));
        if (command.has('e')) {
            out.add("ino:" + Sockets.inode(socket) + " sk:" + Integer.toHexString(socket.number()));
            if (socket.domain().isIpv6()) out.add("v6only:" + (socket.domain().ipv6Only() ? 1 : 0));
        }
        return out.toString();
    }

    private static String timer(SocketReport.Waiting waiting) {
        String name =
                switch (waiting.clock()) {
                    case OFF, ON -> "on";
                    case KEEPALIVE -> "keepalive";
                    case TIMEWAIT -> "timewait";
                    case PERSIST -> "persist";
                };
        int tries =
                switch (waiting.clock()) {
                    case KEEPALIVE, PERSIST -> waiting.probes();
                    case OFF, ON, TIMEWAIT -> waiting.retransmissions();
                };
        return "timer:(" + name + "," + span(waiting.nanos() / 1_000_000) + "," + tries + ")";
    }

    /** As ss(8) writes milliseconds: {@code 1min22sec}, {@code 59sec}, {@code 1.204ms}. */
    static String span(long milliseconds) {
        long minutes = milliseconds / 60_000;
        long seconds = milliseconds / 1000 % 60;
        long rest = milliseconds % 1000;
        if (minutes > 9) seconds = 0;
        if (minutes > 0 || seconds > 9) rest = 0;
        String text = minutes > 0 ? minutes + "min" : "";
        if (seconds > 0) text += seconds + (rest > 0 ? "." : "sec");
        if (rest > 0) text += Text.format("%03dms", rest);
        return text;
    }

    /** The line below; empty if there is nothing to tell. */
    static String of(SsCommand command, SocketReport socket) {
        var out = new StringJoiner(" ");
        if (command.has('m')) out.add(memory(socket.memory()));
        if (command.has('i') && socket.tcp().isPresent()) {
            SocketReport.Tcp tcp = socket.tcp().get();
            if (tcp.info().isPresent()) {
                var detail = new SsDetail(tcp.info().get());
                boolean listens = socket.state() == Sockets.LISTEN;
                out.add(detail.print(command.has('o'), tcp.congestion(), listens));
            }
        }
        return out.toString();
    }

    /** Memory is forwarded to a socket in pages; what is not used of them is in {@code f}. */
    private static String memory(Memory m) {
        int used = m.received() + m.queued();
        int forwarded = (used + PAGE - 1) / PAGE * PAGE - used;
        return Text.format(
                "skmem:(r%d,rb%d,t0,tb%d,f%d,w%d,o0,bl0,d%d)",
                m.received(), m.receiveLimit(), m.sendLimit(), forwarded, m.queued(), m.drops());
    }

    private String print(boolean options, String congestion, boolean listens) {
        if (options) options();
        out.add(congestion);
        if (hasOption(TcpInfo.OPT_WSCALE)) {
            out.add("wscale:" + get(TcpInfoField.SND_WSCALE) + "," + get(TcpInfoField.RCV_WSCALE));
        }
        timing();
        sizes();
        traffic();
        rates();
        limits();
        losses(listens);
        receiver();
        return out.toString();
    }

    private long get(TcpInfoField field) {
        return info.get(field);
    }

    private boolean hasOption(int bit) {
        return (get(TcpInfoField.OPTIONS) & bit) != 0;
    }

    private void options() {
        if (hasOption(TcpInfo.OPT_TIMESTAMPS)) out.add("ts");
        if (hasOption(TcpInfo.OPT_SACK)) out.add("sack");
        if (hasOption(TcpInfo.OPT_ECN)) out.add("ecn");
        if (hasOption(TcpInfo.OPT_ECN_SEEN)) out.add("ecnseen");
        if (hasOption(TcpInfo.OPT_SYN_DATA)) out.add("fastopen");
    }

    /** Adds what is not 0. */
    private void add(String name, TcpInfoField field) {
        if (get(field) != 0) out.add(name + ":" + get(field));
    }

    private void addMilliseconds(String name, TcpInfoField field) {
        if (get(field) != 0) out.add(name + ":" + Text.g(get(field) / MICRO));
    }

    private void timing() {
        if (get(TcpInfoField.RTO) != OLD_INITIAL_RTO) addMilliseconds("rto", TcpInfoField.RTO);
        add("backoff", TcpInfoField.BACKOFF);
        if (get(TcpInfoField.RTT) != 0) {
            String deviation = Text.g(get(TcpInfoField.RTTVAR) / MICRO);
            out.add("rtt:" + Text.g(get(TcpInfoField.RTT) / MICRO) + "/" + deviation);
        }
        addMilliseconds("ato", TcpInfoField.ATO);
    }

    private void sizes() {
        add("mss", TcpInfoField.SND_MSS);
        add("pmtu", TcpInfoField.PMTU);
        add("rcvmss", TcpInfoField.RCV_MSS);
        add("advmss", TcpInfoField.ADVMSS);
        if (get(TcpInfoField.SND_CWND) != OLD_INITIAL_CWND) add("cwnd", TcpInfoField.SND_CWND);
        if (get(TcpInfoField.SND_SSTHRESH) < NO_THRESHOLD) {
            add("ssthresh", TcpInfoField.SND_SSTHRESH);
        }
    }

    private void traffic() {
        add("bytes_sent", TcpInfoField.BYTES_SENT);
        add("bytes_retrans", TcpInfoField.BYTES_RETRANS);
        add("bytes_acked", TcpInfoField.BYTES_ACKED);
        add("bytes_received", TcpInfoField.BYTES_RECEIVED);
        add("segs_out", TcpInfoField.SEGS_OUT);
        add("segs_in", TcpInfoField.SEGS_IN);
        add("data_segs_out", TcpInfoField.DATA_SEGS_OUT);
        add("data_segs_in", TcpInfoField.DATA_SEGS_IN);
    }

    private void rates() {
        long rtt = get(TcpInfoField.RTT);
        if (rtt > 0 && get(TcpInfoField.SND_MSS) > 0 && get(TcpInfoField.SND_CWND) > 0) {
            double octets = (double) get(TcpInfoField.SND_CWND) * get(TcpInfoField.SND_MSS);
            out.add("send " + Text.format("%.0f", octets * 8_000_000 / rtt) + "bps");
        }
        add("lastsnd", TcpInfoField.LAST_DATA_SENT);
        add("lastrcv", TcpInfoField.LAST_DATA_RECV);
        add("lastack", TcpInfoField.LAST_ACK_RECV);
        long pacing = get(TcpInfoField.PACING_RATE);
        long most = get(TcpInfoField.MAX_PACING_RATE);
        if (pacing != 0 && pacing != -1) {
            String limit = most == 0 || most == -1 ? "" : "/" + 8 * most + "bps";
            out.add("pacing_rate " + 8 * pacing + "bps" + limit);
        }
        long delivery = get(TcpInfoField.DELIVERY_RATE);
        if (delivery != 0) out.add("delivery_rate " + 8 * delivery + "bps");
        add("delivered", TcpInfoField.DELIVERED);
        if (get(TcpInfoField.DELIVERY_RATE_APP_LIMITED) != 0) out.add("app_limited");
    }

    private void limits() {
        long busy = get(TcpInfoField.BUSY_TIME);
        if (busy == 0) return;
        out.add("busy:" + busy / 1000 + "ms");
        limited("rwnd_limited", TcpInfoField.RWND_LIMITED, busy);
        limited("sndbuf_limited", TcpInfoField.SNDBUF_LIMITED, busy);
    }

    private void limited(String name, TcpInfoField field, long busy) {
        long time = get(field);
        if (time == 0) return;
        double part = 100.0 * time / busy;
        out.add(name + ":" + Text.format("%dms(%.1f%%)", time / 1000, part));
    }

    private void losses(boolean listens) {
        add("unacked", TcpInfoField.UNACKED);
        long again = get(TcpInfoField.RETRANS);
        long everAgain = get(TcpInfoField.TOTAL_RETRANS);
        if (again != 0 || everAgain != 0) out.add("retrans:" + again + "/" + everAgain);
        add("lost", TcpInfoField.LOST);
        if (!listens) add("sacked", TcpInfoField.SACKED);
        add("dsack_dups", TcpInfoField.DSACK_DUPS);
        if (get(TcpInfoField.REORDERING) != USUAL_REORDERING) {
            add("reordering", TcpInfoField.REORDERING);
        }
        add("reord_seen", TcpInfoField.REORD_SEEN);
    }

    private void receiver() {
        addMilliseconds("rcv_rtt", TcpInfoField.RCV_RTT);
        add("rcv_space", TcpInfoField.RCV_SPACE);
        add("rcv_ssthresh", TcpInfoField.RCV_SSTHRESH);
        add("notsent", TcpInfoField.NOTSENT_BYTES);
        long least = get(TcpInfoField.MIN_RTT);
        if (least != UNKNOWN_32) addMilliseconds("minrtt", TcpInfoField.MIN_RTT);
        add("rcv_ooopack", TcpInfoField.RCV_OOOPACK);
        add("snd_wnd", TcpInfoField.SND_WND);
    }
}
