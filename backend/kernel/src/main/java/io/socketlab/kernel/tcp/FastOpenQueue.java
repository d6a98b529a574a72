package io.socketlab.kernel.tcp;

import io.socketlab.kernel.trace.Rule;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Decides for a listener which SYNs make a connection at once, and counts those connections until
 * their handshake is over: no more than TCP_FASTOPEN allows. RFC 7413 §4.2.2, §5.1; Linux's
 * tcp_try_fastopen() and struct fastopen_queue.
 */
final class FastOpenQueue {

    /** Bits of net.ipv4.tcp_fastopen. */
    private static final int SERVER = 2;

    private static final int SERVER_WITHOUT_COOKIE = 0x200;
    private static final int ALL_LISTENERS = 0x400;

    /** How long one that was reset while the program had it counts on. */
    private static final long RESET_COUNTS = 60_000 * RttEstimator.MS;

    /**
     * What to do with a SYN.
     *
     * @param accepted the connection begins now, with the SYN's text
     * @param answer the cookie for the SYN-ACK, if any
     */
    record Decision(
            boolean accepted, @Nullable FastOpenCookie answer, Rule rule, @Nullable String why) {}

    private static final Decision ORDINARY = new Decision(false, null, Rule.RFC9293_SYN_ACK, null);

    private final TcpLayer layer;
    private final SocketSettings settings;
    private int pending;
    private final ArrayDeque<Long> resetUntil = new ArrayDeque<>();

    FastOpenQueue(TcpLayer layer, SocketSettings settings) {
        this.layer = layer;
        this.settings = settings;
    }

    /** listen(2): a sysctl may switch Fast Open on for a socket that did not ask for it. */
    static void listening(SocketSettings settings, TcpTunables tunables, int backlog) {
        int wanted = SERVER | ALL_LISTENERS;
        if ((tunables.fastOpen & wanted) == wanted && settings.fastOpenBacklog == 0) {
            settings.fastOpenBacklog = backlog;
        }
    }

    Decision decide(Segment seg) {
        boolean hasText = seg.length() > 1;
        if (seg.cookieLength == 0) layer.count(TcpCounter.FAST_OPEN_COOKIE_REQUESTED);
        int bits = layer.tunables().fastOpen;
        if ((bits & SERVER) == 0 || (!hasText && seg.cookieLength < 0)) return ORDINARY;
        if (settings.fastOpenBacklog == 0) return ORDINARY;
        if (!hasRoom()) {
            layer.count(TcpCounter.FAST_OPEN_LISTEN_OVERFLOW);
            return new Decision(false, null, Rule.LINUX_FASTOPEN_QUEUE_FULL, fullWhy());
        }
        boolean needless = (bits & SERVER_WITHOUT_COOKIE) != 0 || settings.fastOpenNoCookie;
        if (hasText && needless) {
            return new Decision(true, null, Rule.RFC7413_DATA_ACCEPTED, "no cookie is asked for");
        }
        FastOpenCookie presented = seg.cookie();
        if (presented == null) return ORDINARY;
        return judge(seg, presented);
    }

    private Decision judge(Segment seg, FastOpenCookie presented) {
        FastOpenKeys keys = settings.fastOpenKeys;
        if (keys == null) keys = layer.fastOpenKeys();
        var current =
                new FastOpenCookie(
                        keys.cookie(seg.source(), seg.destination()), presented.experimental());
        if (presented.isRequest()) {
            return new Decision(false, current, Rule.RFC7413_COOKIE_GRANTED, null);
        }
        int key = keys.find(presented.octets(), seg.source(), seg.destination());
        if (key < 0) layer.count(TcpCounter.FAST_OPEN_PASSIVE_FAIL);
        if (key > 0) layer.count(TcpCounter.FAST_OPEN_PASSIVE_SECOND_KEY);
        return switch (key) {
            case -1 ->
                    new Decision(
                            false, current, Rule.RFC7413_COOKIE_INVALID, "cookie " + presented);
            case 0 -> new Decision(true, null, Rule.RFC7413_DATA_ACCEPTED, "cookie " + presented);
            default ->
                    new Decision(
                            true,
                            current,
                            Rule.RFC7413_DATA_ACCEPTED,
                            "cookie " + presented + " of the second key, renewed");
        };
    }

    /** Whether one more may begin; one that was reset a minute ago makes room. */
    private boolean hasRoom() {
        if (pending < settings.fastOpenBacklog) return true;
        Long oldest = resetUntil.peek();
        if (oldest == null || oldest > layer.environment().loop().now()) return false;
        resetUntil.remove();
        pending--;
        return true;
    }

    private @Nullable String fullWhy() {
        return layer.environment().trace().isOn()
                ? pending
                        + " connections before their handshake, TCP_FASTOPEN allows "
                        + settings.fastOpenBacklog
                : null;
    }

    void begun() {
        pending++;
    }

    /**
     * A connection's handshake is over, or the connection is.
     *
     * @param resetInUse it was reset by its peer, and the program has it: perhaps an attack with a
     *     forged address, so it counts for another minute
     */
    void over(boolean resetInUse) {
        if (resetInUse) resetUntil.add(layer.environment().loop().now() + RESET_COUNTS);
        else pending--;
    }
}
