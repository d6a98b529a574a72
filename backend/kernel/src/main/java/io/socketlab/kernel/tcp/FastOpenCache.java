package io.socketlab.kernel.tcp;

import io.socketlab.kernel.wire.IpAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client remembers of the servers it has asked for cookies. RFC 7413 §4.1.3.1; Linux's
 * tcp_metrics, which {@code ip tcp_metrics flush} forgets.
 */
final class FastOpenCache {

    private record Path(IpAddress local, IpAddress remote) {}

    /** The experimental form of the option is to be tried next. */
    private static final int TRY_EXPERIMENTAL = 1;

    /** Of one path. */
    private static final class Entry {
        int mss;
        @Nullable FastOpenCookie cookie;
        int tryExperimental;
        int synLosses;
    }

    // looked up by path and never iterated over
    private final Map<Path, Entry> entries = new HashMap<>();

    /** The cookie for the server; null if there is none. */
    @Nullable FastOpenCookie cookie(FourTuple tuple) {
        Entry entry = entries.get(path(tuple));
        return entry == null ? null : entry.cookie;
    }

    /** The MSS that the server announced, {@code otherwise} if that is not known. */
    int mss(FourTuple tuple, int otherwise) {
        Entry entry = entries.get(path(tuple));
        return entry == null || entry.mss == 0 ? otherwise : entry.mss;
    }

    /**
     * The server did not answer the option in its standard form: try the experimental one, once.
     */
    boolean wantsExperimental(FourTuple tuple) {
        Entry entry = entries.get(path(tuple));
        return entry != null && entry.cookie == null && entry.tryExperimental == TRY_EXPERIMENTAL;
    }

    /** A server has answered: {@code mss} is what it announced, 0 for nothing. */
    void answered(FourTuple tuple, int mss, @Nullable FastOpenCookie cookie) {
        Entry entry = entry(tuple);
        if (mss != 0) entry.mss = mss;
        if (cookie != null && !cookie.isRequest()) entry.cookie = cookie;
        entry.synLosses = 0;
    }

    /**
     * A request for a cookie was not granted: the other form of the option is tried next time, and
     * after that the standard one for ever.
     */
    void refused(FourTuple tuple, boolean experimental) {
        Entry entry = entry(tuple);
        int step = experimental ? TRY_EXPERIMENTAL + 1 : TRY_EXPERIMENTAL;
        if (entry.cookie == null && step > entry.tryExperimental) entry.tryExperimental = step;
    }

    /** Presumably only the repeated SYN, which has neither cookie nor text, got through. */
    void synLost(FourTuple tuple, int mss) {
        Entry entry = entry(tuple);
        if (mss != 0) entry.mss = mss;
        entry.synLosses++;
    }

    /** SYNs with a cookie that were lost in a row. */
    int synLosses(FourTuple tuple) {
        Entry entry = entries.get(path(tuple));
        return entry == null ? 0 : entry.synLosses;
    }

    void flush() {
        entries.clear();
    }

    private Entry entry(FourTuple tuple) {
        return entries.computeIfAbsent(path(tuple), _ -> new Entry());
    }

    private static Path path(FourTuple tuple) {
        return new Path(tuple.local(), tuple.remote());
    }
}
