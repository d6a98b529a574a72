package io.socketlab.kernel.tcp;

import io.socketlab.kernel.ip.Route;
import java.util.Optional;

/**
 * The largest segment that a connection's path takes: what the route and the routers say (RFC
 * 1191), and the range in which it is searched where nobody says anything (RFC 4821). Linux's
 * tcp_sync_mss(), tcp_mtup_init() and tcp_mtu_probing().
 */
final class PathMtu {

    private static final int MIN_MSS = 48;
    private static final int SMALLEST_SEGMENT = 68;

    private static final long NOT_AT_ALL = -1;

    private final Connection c;
    private int mtu;

    /** What routers had said, and the routing table, when the route was last looked up. */
    private int pathsSeen;

    private int tableSeen;
    private boolean routeHasChanged;

    // The search: sizes of packets, headers included.
    private int searchLow;
    private int searchHigh;
    private long searchedAt = NOT_AT_ALL;

    PathMtu(Connection c, int mtu) {
        this.c = c;
        this.mtu = mtu;
        this.pathsSeen = c.env.ip().pathMtus().version();
        this.tableSeen = c.env.ip().routesVersion();
    }

    private int headers() {
        return c.tuple.headerLength();
    }

    /** Octets of the largest packet. */
    int mtu() {
        return mtu;
    }

    /** What the route says, whether this connection heeds it or not: IP_MTU. */
    int ofRoute() {
        return c.env.ip()
                .route(c.tuple.remote(), c.settings.base.boundDevice())
                .map(Route::mtu)
                .orElse(mtu);
    }

    boolean isSearching() {
        return searchedAt != NOT_AT_ALL;
    }

    int searchLow() {
        return searchLow;
    }

    int searchHigh() {
        return searchHigh;
    }

    /**
     * The handshake is over: net.ipv4.tcp_mtu_probing says whether to search. The MSS stays as it
     * is until something else changes it. Linux's tcp_mtup_init().
     */
    void beginSearch() {
        boolean searches = c.tunables().mtuProbing > 1;
        searchHigh = c.tcb.snd.mssClamp + headers();
        searchLow = mtuFor(c.tunables().baseMss);
        searchedAt = searches ? c.now() : NOT_AT_ALL;
    }

    /** The largest text in a packet of {@code octets}. */
    int mssFor(int octets) {
        int mss = Math.min(octets - headers(), c.tcb.snd.mssClamp);
        return Math.max(mss, MIN_MSS) - c.tcb.optionLength();
    }

    /** The packet that {@code mss} octets of text make. */
    int mtuFor(int mss) {
        return mss + c.tcb.optionLength() + headers();
    }

    /**
     * A packet goes out: a route from before the table changed is looked up anew, and what it says
     * is heeded from the next one on. Linux's ip_queue_xmit(), __sk_dst_check().
     */
    void packetLeaves() {
        if (tableSeen == c.env.ip().routesVersion()) return;
        tableSeen = c.env.ip().routesVersion();
        routeHasChanged = true;
    }

    /** Takes notice of what routers have said to others on this host, or of its being forgotten. */
    void followRoute() {
        int version = c.env.ip().pathMtus().version();
        if (version == pathsSeen && !routeHasChanged) return;
        Optional<Route> route = c.env.ip().route(c.tuple.remote(), c.settings.base.boundDevice());
        pathsSeen = c.env.ip().pathMtus().version();
        routeHasChanged = false;
        if (route.isPresent() && route.get().mtu() != mtu) sync(route.get().mtu());
    }

    /** The path takes packets of {@code octets}. */
    void sync(int octets) {
        mtu = octets;
        updateMss();
    }

    /** Chooses the MSS for sending anew: path MTU, the peer's limit, half its largest window. */
    void updateMss() {
        if (searchHigh > mtu) searchHigh = mtu;
        int mss = mssFor(mtu);
        int maxWnd = c.tcb.snd.maxWnd;
        int most = maxWnd > Connection.DEFAULT_MSS ? maxWnd >>> 1 : maxWnd;
        if (most > 0 && mss > most) {
            mss = Math.max(most, SMALLEST_SEGMENT - 20 - c.tcb.optionLength());
        }
        if (isSearching()) mss = Math.min(mss, mssFor(searchLow));
        c.tcb.snd.mss = mss;
    }

    /** Several timeouts in a row: perhaps large packets vanish without a word. RFC 2923 §2.1. */
    void suspectBlackHole() {
        TcpTunables t = c.tunables();
        if (t.mtuProbing == 0) return;
        if (isSearching()) {
            int mss = Math.min(t.baseMss, mssFor(searchLow) >> 1);
            mss = Math.max(mss, Math.max(t.mtuProbeFloor, t.minSndMss));
            searchLow = mtuFor(mss);
        } else {
            searchedAt = c.now();
        }
        updateMss();
    }

    /** A packet of {@code size} octets has arrived. */
    void arrived(int size) {
        searchLow = size;
        updateMss();
    }

    /** A packet of {@code size} octets has been lost, and smaller ones have not. */
    void lost(int size) {
        searchHigh = size - 1;
    }

    /** The range has become narrow: begins anew if the last search was long ago. */
    void searchAgainLater() {
        if (c.now() - searchedAt < c.tunables().probeInterval) return;
        searchHigh = c.tcb.snd.mssClamp + headers();
        searchLow = mtuFor(c.currentMss());
        searchedAt = c.now();
    }
}
