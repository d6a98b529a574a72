package io.socketlab.kernel.tcp;

import io.socketlab.kernel.ip.IcmpError;
import io.socketlab.kernel.ip.TransportProtocol;
import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.socket.AddressFamily;
import io.socketlab.kernel.socket.PortRange;
import io.socketlab.kernel.socket.Socket;
import io.socketlab.kernel.socket.SocketReport;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.kernel.trace.TraceEvent.SegmentReceived;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.IpHeader;
import io.socketlab.kernel.wire.Ipv4Header;
import io.socketlab.kernel.wire.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** TCP of one host: finds what a segment is for. RFC 9293, net/ipv4/tcp_ipv4.c. */
public final class TcpLayer implements TransportProtocol {

    static final int PROTOCOL = Ipv4Header.TCP;

    private static final String FASTOPEN_KEY = "net.ipv4.tcp_fastopen_key";
    private static final int ISS_CLOCK_SHIFT = 6;
    private static final int QUOTED_FOR_US = 8;

    private final TcpEnvironment env;
    private final TcpProfile profile = TcpProfile.LINUX;
    private final SegmentDraft draft;
    private final Resets resets;
    private final Segment segment = new Segment();
    private final AckNews ackNews = new AckNews();
    private final DeliveryRate.Sample rateSample = new DeliveryRate.Sample();
    private final Flows flows = new Flows();
    private final PortTable ports;
    // looked up by port and never iterated over; each list is in the order of listening
    private final Map<Integer, List<Listener>> listeners = new HashMap<>();
    private final FastOpenCache fastOpenCache = new FastOpenCache();
    private final FastOpenBlackhole fastOpenBlackhole = new FastOpenBlackhole();
    private int orphans;
    private FastOpenKeys fastOpenKeys;
    private boolean fastOpenKeysNeeded;
    private final FastOpenKeys randomKeys;
    private final long[] counters = new long[TcpCounter.values().length];
    private long secret;
    private int timestampEpoch;
    private int starts;
    private TcpTunables tunables;
    private int tunablesVersion;

    /** Connections of which only a TIME_WAIT is left, or a FIN_WAIT_2 without a program. */
    private int timeWaits;

    public TcpLayer(TcpEnvironment env) {
        this.env = env;
        this.draft = new SegmentDraft(env);
        this.resets = new Resets(this, draft);
        this.ports =
                new PortTable(
                        new PortRange(env.sysctls(), env.chance().fork("ports")), env.sharing());
        this.secret = env.chance().fork("secret").nextLong();
        this.timestampEpoch = env.chance().fork("uptime").nextInt() >>> 2;
        this.starts = 1;
        this.randomKeys = FastOpenKeys.random(env.chance().fork("fast open"));
        this.tunables = new TcpTunables(env.sysctls());
        this.fastOpenKeys = keys();
        this.tunablesVersion = env.sysctls().version();
        env.ip().register(this);
    }

    @Override
    public int number() {
        return PROTOCOL;
    }

    /** A stream socket: CLOSED, with no address. */
    public Socket newSocket(AddressFamily family) {
        return new TcpSocket(this, family);
    }

    /** What holds of its connections, for tests to check after each event. */
    public Invariants invariants() {
        return new Invariants(this);
    }

    void flows(Consumer<Flow> user) {
        flows.each(user);
    }

    /** In no particular order. */
    void listeners(Consumer<Listener> user) {
        listeners.values().forEach(held -> held.forEach(user));
    }

    /**
     * Makes room for one more TIME_WAIT; answers false where net.ipv4.tcp_max_tw_buckets forbids.
     */
    boolean addTimeWait() {
        if (timeWaits >= tunables().maxTimeWaits) return false;
        timeWaits++;
        return true;
    }

    void removeTimeWait() {
        timeWaits--;
    }

    /** Connections that no program holds any more. */
    public int orphans() {
        return orphans;
    }

    void countOrphans(int more) {
        orphans += more;
    }

    /** All its sockets that have an address, as sock_diag(7) tells of them. */
    public List<SocketReport> sockets() {
        return new SocketReports(this).all();
    }

    TcpEnvironment environment() {
        return env;
    }

    TcpProfile profile() {
        return profile;
    }

    SegmentDraft draft() {
        return draft;
    }

    DeliveryRate.Sample rateSample() {
        return rateSample;
    }

    /** What the acknowledgement at hand has told. */
    AckNews ackNews() {
        return ackNews;
    }

    Resets resets() {
        return resets;
    }

    PortTable ports() {
        return ports;
    }

    /** The sysctls as they are now. */
    TcpTunables tunables() {
        if (tunablesVersion != env.sysctls().version()) {
            tunablesVersion = env.sysctls().version();
            tunables = new TcpTunables(env.sysctls());
            fastOpenKeys = keys();
        }
        return tunables;
    }

    private FastOpenKeys keys() {
        boolean set = env.sysctls().isSet(FASTOPEN_KEY);
        return set ? FastOpenKeys.ofText(env.sysctls().text(FASTOPEN_KEY)) : randomKeys;
    }

    /** A socket may need keys from now on: Linux's tcp_fastopen_init_key_once(). */
    void needFastOpenKeys() {
        fastOpenKeysNeeded = true;
    }

    /** Whether there are keys that getsockopt(2) can tell. */
    boolean hasFastOpenKeys() {
        return fastOpenKeysNeeded || env.sysctls().isSet(FASTOPEN_KEY);
    }

    /** The keys of cookies, as sysctl(8) has set them or random ones. */
    FastOpenKeys fastOpenKeys() {
        tunables();
        return fastOpenKeys;
    }

    FastOpenCache fastOpenCache() {
        return fastOpenCache;
    }

    FastOpenBlackhole fastOpenBlackhole() {
        return fastOpenBlackhole;
    }

    void count(TcpCounter counter) {
        counters[counter.ordinal()]++;
    }

    void count(TcpCounter counter, int more) {
        counters[counter.ordinal()] += more;
    }

    /** How often it has happened since the host was started. */
    long counted(TcpCounter counter) {
        return counters[counter.ordinal()];
    }

    /** How often what nstat(8) tells has happened since the host was started, by its names. */
    public Map<String, Long> counters() {
        var named = new LinkedHashMap<String, Long>();
        for (TcpCounter c : TcpCounter.values()) {
            named.put(c.toString(), counters[c.ordinal()]);
        }
        return named;
    }

    /** What is held for sockets, in words: nothing once all are closed and TIME_WAIT is over. */
    public List<String> held() {
        var held = new ArrayList<String>();
        if (flows.size() > 0) held.add(flows.size() + " flows");
        if (!listeners.isEmpty()) held.add(listeners.size() + " listening ports");
        if (ports.held() > 0) held.add(ports.held() + " TCP ports");
        return held;
    }

    /** Forgets what earlier connections have taught: {@code ip tcp_metrics flush}. */
    public void flushMetrics() {
        fastOpenCache.flush();
    }

    /** Sends a segment past every connection: raw(7), IP_HDRINCL. */
    public void send(RawSegment raw) {
        SegmentDraft d = draft;
        d.begin();
        d.socket = 0;
        d.src = raw.src();
        d.srcPort = raw.srcPort();
        d.dst = raw.dst();
        d.dstPort = raw.dstPort();
        d.seq = raw.seq();
        d.ack = raw.ack();
        d.iss = raw.seq();
        d.irs = raw.ack();
        d.flags = raw.flags();
        d.window = raw.window();
        d.ttl = raw.ttl();
        d.dontFragment = false;
        d.text = raw.text();
        d.textLength = raw.text().length;
        d.because(Rule.RAW_PACKET, null);
        d.send();
    }

    /**
     * As after a loss of power: connections are gone without a word, and so is what was learnt and
     * counted. What numbers begin with is drawn anew.
     */
    public void forget() {
        var all = new ArrayList<Flow>();
        flows.each(all::add);
        all.forEach(Flow::vanish);
        flushMetrics();
        Arrays.fill(counters, 0);
        starts++;
        secret = env.chance().fork("secret " + starts).nextLong();
        timestampEpoch = env.chance().fork("uptime " + starts).nextInt() >>> 2;
    }

    int timestampEpoch() {
        return timestampEpoch;
    }

    /** RFC 7323 §7.1: not the same for every peer. */
    int timestampOffset(FourTuple tuple) {
        return (int) hash(tuple.local().folded(), tuple.remote().folded(), 1);
    }

    /** RFC 6528: a clock, and a number that differs from tuple to tuple. */
    int newIss(FourTuple tuple) {
        int clock = (int) (env.loop().now() >>> ISS_CLOCK_SHIFT);
        long portsAndHosts = hash(tuple.local().folded(), tuple.remote().folded(), 2);
        long key = hash((int) portsAndHosts, tuple.localPort() << 16 | tuple.remotePort(), 3);
        int iss = (int) key + clock;
        return iss == 0 ? 1 : iss;
    }

    /** The keyed hash in a SYN cookie. */
    int cookieHash(FourTuple tuple, int count, int use) {
        long hosts = hash(tuple.local().folded(), tuple.remote().folded(), 5 + use);
        long ports = hash((int) hosts, tuple.localPort() << 16 | tuple.remotePort(), 7 + use);
        return (int) hash((int) ports, count, 9 + use);
    }

    private long hash(int a, int b, int use) {
        long h = secret + use * 0x9E3779B97F4A7C15L;
        h = mix(h ^ (long) a << 32 ^ (b & 0xFFFF_FFFFL));
        return mix(h);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    // ---- flows and listeners

    void add(Flow flow) {
        flows.put(flow);
    }

    void remove(Flow flow) {
        flows.remove(flow);
    }

    boolean isTupleFree(IpAddress local, int localPort, IpAddress remote, int remotePort) {
        return flows.find(local, localPort, remote, remotePort) == null;
    }

    void add(Listener listener) {
        listeners.computeIfAbsent(listener.local().port(), _ -> new ArrayList<>(1)).add(listener);
    }

    void remove(Listener listener) {
        List<Listener> held = listeners.get(listener.local().port());
        if (held == null) return;
        held.remove(listener);
        if (held.isEmpty()) listeners.remove(listener.local().port());
    }

    /**
     * The one bound to the address before one bound to any; of equals the connection's hash
     * decides.
     */
    private @Nullable Listener findListener(Segment seg) {
        List<Listener> held = listeners.get(seg.dstPort);
        if (held == null) return null;
        int best = -1;
        int equals = 0;
        IpAddress destination = seg.destination();
        Listener first = null;
        for (Listener listener : held) {
            int score = listener.score(destination, seg.device);
            if (score > best) {
                best = score;
                equals = 1;
                first = listener;
            } else if (score == best && score >= 0) {
                equals++;
            }
        }
        if (first == null) return null;
        int chosen = 0;
        if (equals > 1 && !env.sharing().isBalanced(first.settings.base)) {
            chosen = equals - 1; // FreeBSD's SO_REUSEPORT: the last has it all
        } else if (equals > 1) {
            long h = hash(seg.srcFolded, seg.srcPort << 16 | seg.dstPort, 4);
            chosen = (int) Math.floorMod(h, (long) equals);
        }
        for (Listener listener : held) {
            if (listener.score(destination, seg.device) == best && chosen-- == 0) return listener;
        }
        return null;
    }

    /** A SYN to a 4-tuple in TIME_WAIT, which has made room for it. */
    void reopen(Segment seg, int iss) {
        Listener listener = findListener(seg);
        if (listener == null) resets.answer(seg, Rule.RFC9293_RESET_CLOSED);
        else listener.request(seg, iss);
    }

    // ---- arrivals

    @Override
    public void receive(IpHeader header, PacketBuffer packet) {
        Segment seg = segment;
        count(TcpCounter.SEGMENTS_IN);
        seg.packet = packet.number();
        seg.from(header);
        seg.segmentSize = packet.segmentSize();
        seg.device = packet.interfaceIndex();
        if (!seg.read(packet.octets(), packet.start(), packet.end())) {
            count(TcpCounter.ERRORS_IN);
            drop(seg, DropReason.MALFORMED);
            return;
        }
        if (packet.corrupted() && !isIntact(header, packet)) {
            count(TcpCounter.CHECKSUM_ERRORS);
            count(TcpCounter.ERRORS_IN);
            drop(seg, DropReason.BAD_CHECKSUM);
            return;
        }
        Flow flow = findFlow(seg);
        Listener listener = flow == null ? findListener(seg) : null;
        tell(packet, flow, listener);
        if (seg.isSigned && !(flow instanceof TimeWait)) {
            count(TcpCounter.MD5_UNEXPECTED);
            drop(seg, DropReason.UNEXPECTED_SIGNATURE);
        } else hand(seg, flow, listener);
    }

    /**
     * What it was for is gone now, and there may be another: {@code goto lookup} of tcp_v4_rcv().
     */
    void arriveAgain(Segment seg) {
        Flow flow = findFlow(seg);
        hand(seg, flow, flow == null ? findListener(seg) : null);
    }

    private @Nullable Flow findFlow(Segment seg) {
        Flow flow = flows.find(seg);
        return flow == null || flow.receivesBy(seg.device) ? flow : null;
    }

    private void hand(Segment seg, @Nullable Flow flow, @Nullable Listener listener) {
        if (flow != null) flow.arrive(seg);
        else if (listener != null) listener.arrive(seg);
        else closed(seg);
    }

    private static boolean isIntact(IpHeader header, PacketBuffer packet) {
        return TcpChecksum.of(
                        header.source(),
                        header.destination(),
                        packet.octets(),
                        packet.start(),
                        packet.end())
                == 0;
    }

    private void tell(PacketBuffer packet, @Nullable Flow flow, @Nullable Listener listener) {
        if (!env.trace().isOn()) return;
        int socket = 0;
        if (flow != null) socket = flow.socketNumber();
        else if (listener != null) socket = listener.number();
        packet.causedBy(
                env.trace().emit(new SegmentReceived(env.stamp(), packet.number(), socket)));
        env.trace().because(packet.cause());
    }

    /** SEGMENT ARRIVES in CLOSED. RFC 9293 §3.10.7.1. */
    private void closed(Segment seg) {
        drop(seg, DropReason.NO_SOCKET);
        resets.answer(seg, Rule.RFC9293_RESET_CLOSED);
    }

    /** Its TTL is lower than the socket's IP_MINTTL. tcp_v4_rcv(). */
    void dropTooFar(Segment seg) {
        count(TcpCounter.MIN_TTL_DROP);
        drop(seg, DropReason.TTL_TOO_LOW);
    }

    void drop(Segment seg, DropReason reason) {
        if (!env.trace().isOn()) return;
        env.trace().emit(new PacketDropped(env.stamp(), seg.packet, "tcp", reason));
    }

    // ---- ICMP

    @Override
    public void error(IcmpError error) {
        if (error.quoted().length < QUOTED_FOR_US) return;
        int localPort = Octets.getShort(error.quoted(), 0);
        int remotePort = Octets.getShort(error.quoted(), 2);
        IpHeader original = error.original();
        Flow flow = flows.find(original.source(), localPort, original.destination(), remotePort);
        if (flow instanceof Connection c
                && original instanceof Ipv4Header
                && c.settings.isTooFar(original)) {
            count(TcpCounter.MIN_TTL_DROP); // tcp_v4_err() looks at the TTL of what is quoted
            return;
        }
        IcmpNotice notice = IcmpNotice.of(error);
        if (flow != null && notice != null) flow.unreachable(notice);
    }
}
