package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.LocalAddress;
import io.socketlab.kernel.trace.DropReason;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TraceEvent.ListenQueuesChanged;
import io.socketlab.kernel.trace.TraceEvent.PacketDropped;
import io.socketlab.kernel.trace.TraceEvent.QueueEntryChanged;
import io.socketlab.kernel.wait.EventMask;
import io.socketlab.kernel.wait.WaitQueue;
import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpAddress;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket's two queues: half-open connections, and complete ones that wait for
 * accept(2). SEGMENT ARRIVES in LISTEN, RFC 9293 §3.10.7.2; as Linux's tcp_conn_request, where a
 * queue is full when it holds more than the backlog.
 */
final class Listener {

    private final TcpLayer layer;
    private final TcpEnvironment env;
    private final int number;
    private final Endpoint local;
    private final WaitQueue waitQueue;
    final SocketSettings settings;
    private final Set<HalfOpen> halfOpen = new LinkedHashSet<>();
    private final ArrayDeque<TcpSocket> complete = new ArrayDeque<>();
    private final SynCookies cookies;
    private final FastOpenQueue fastOpen;
    private boolean open = true;
    private int backlog;
    private boolean shutForReading;
    private boolean shutForWriting;

    Listener(
            TcpLayer layer,
            int number,
            Endpoint local,
            SocketSettings settings,
            WaitQueue waitQueue) {
        this.layer = layer;
        this.env = layer.environment();
        this.number = number;
        this.local = local;
        this.settings = settings;
        this.waitQueue = waitQueue;
        this.cookies = new SynCookies(layer, this);
        this.fastOpen = new FastOpenQueue(layer, settings);
    }

    FastOpenQueue fastOpen() {
        return fastOpen;
    }

    boolean isOpen() {
        return open;
    }

    int number() {
        return number;
    }

    Endpoint local() {
        return local;
    }

    int backlog() {
        return backlog;
    }

    /**
     * What shutdown(2) has done before listen(2) holds for all that are accepted: a child is a copy
     * of its listener. sk_clone_lock(), and tcp_rcv_state_process() in SYN_RECV.
     */
    void childrenAreShut(boolean reading, boolean writing) {
        shutForReading = reading;
        shutForWriting = writing;
    }

    /** listen(2) again changes only this. */
    void backlog(int entries) {
        backlog = entries;
        tellQueues(null, null);
    }

    int synQueue() {
        return halfOpen.size();
    }

    /** Requests whose SYN-ACK has not been sent again yet. */
    int young() {
        int young = 0;
        for (HalfOpen request : halfOpen) if (request.isYoung()) young++;
        return young;
    }

    int acceptQueue() {
        return complete.size();
    }

    boolean isAcceptQueueFull() {
        return complete.size() > backlog;
    }

    private boolean isSynQueueFull() {
        return halfOpen.size() > backlog;
    }

    /**
     * How well it fits a destination: -1 not at all. compute_score() of inet_hashtables.c, where
     * the address counts more than the interface.
     *
     * @param device the index of the interface that the segment came by
     */
    int score(IpAddress address, int device) {
        int score = 2 * LocalAddress.score(local.address(), settings.ipv6Only(), address);
        if (score < 0 || !settings.base.receivesBy(device)) return -1;
        return settings.base.boundDevice() == 0 ? score : score + 2;
    }

    void arrive(Segment seg) {
        if (settings.isTooFar(seg.ip())) {
            layer.dropTooFar(seg);
        } else if (seg.isRst()) {
            layer.drop(seg, DropReason.NO_SOCKET);
        } else if (seg.isAck()) {
            HandshakeOptions agreed = cookies.agreed(seg);
            if (agreed != null) {
                layer.count(TcpCounter.COOKIES_RECEIVED);
                cookieReturned(seg, agreed);
                return;
            }
            layer.drop(seg, DropReason.BAD_ACK);
            layer.resets().answer(seg, Rule.RFC9293_RESET_LISTEN);
        } else if (seg.isSyn() && !seg.isFin()) {
            request(seg, 0);
        } else {
            layer.drop(seg, DropReason.NO_ACK_FLAG);
        }
    }

    /**
     * A SYN.
     *
     * @param iss the initial sequence number to use, 0 for a new one
     */
    void request(Segment seg, int iss) {
        TcpTunables t = layer.tunables();
        boolean wantCookie = false;
        if (iss == 0 && (t.synCookies == 2 || isSynQueueFull())) {
            wantCookie = t.synCookies != 0;
            layer.count(
                    wantCookie
                            ? TcpCounter.SYN_QUEUE_FULL_COOKIES
                            : TcpCounter.SYN_QUEUE_FULL_DROP);
            if (!wantCookie) {
                drop(seg, DropReason.SYN_QUEUE_FULL, Rule.LINUX_SYN_QUEUE_FULL, synQueueWhy());
                return;
            }
        }
        if (isAcceptQueueFull()) {
            drop(seg, DropReason.ACCEPT_QUEUE_FULL, Rule.LINUX_ACCEPT_QUEUE_FULL, acceptQueueWhy());
            return;
        }
        if (wantCookie) {
            layer.count(TcpCounter.COOKIES_SENT);
            if (!HalfOpen.answerByCookie(layer, this, seg)) {
                drop(seg, DropReason.NO_ROUTE, Rule.LINUX_SYN_QUEUE_FULL, null);
            }
            return;
        }
        int left = t.maxSynBacklog - halfOpen.size();
        if (iss == 0 && t.synCookies == 0 && left < t.maxSynBacklog >> 2) {
            drop(seg, DropReason.SYN_QUEUE_FULL, Rule.LINUX_SYN_QUEUE_FULL, synQueueWhy());
            return;
        }
        var request = HalfOpen.open(layer, this, seg, iss);
        if (request == null) {
            drop(seg, DropReason.NO_ROUTE, Rule.LINUX_SYN_QUEUE_FULL, null);
            return;
        }
        FastOpenQueue.Decision fast = fastOpen.decide(seg);
        if (fast.accepted()) {
            request.child().claim = request.claim();
            layer.ports().add(request.claim());
            FastOpenChild.begin(request.child(), this, seg, fast);
            return;
        }
        halfOpen.add(request);
        tellEntry("syn", request.child(), true);
        tellQueues(Rule.RFC9293_SYN_ACK, null);
        request.child().output.grant(fast.answer());
        request.begin(fast.rule(), fast.why());
    }

    /** The ACK of a SYN-ACK that was a cookie. */
    private void cookieReturned(Segment seg, HandshakeOptions agreed) {
        if (isAcceptQueueFull()) {
            drop(seg, DropReason.ACCEPT_QUEUE_FULL, Rule.LINUX_ACCEPT_QUEUE_FULL, acceptQueueWhy());
            return;
        }
        HalfOpen request = HalfOpen.rebuild(layer, this, seg, agreed);
        if (request == null) drop(seg, DropReason.NO_ROUTE, Rule.LINUX_SYN_QUEUE_FULL, null);
        else request.complete(seg);
    }

    SynCookies cookies() {
        return cookies;
    }

    @Nullable String synQueueWhy() {
        return env.trace().isOn() ? "SYN queue " + halfOpen.size() + " > backlog " + backlog : null;
    }

    @Nullable String acceptQueueWhy() {
        return env.trace().isOn()
                ? "accept queue " + complete.size() + " > backlog " + backlog
                : null;
    }

    void drop(Segment seg, DropReason reason, Rule rule, @Nullable String why) {
        layer.count(TcpCounter.LISTEN_DROPS);
        if (reason == DropReason.ACCEPT_QUEUE_FULL) layer.count(TcpCounter.LISTEN_OVERFLOWS);
        if (!env.trace().isOn()) return;
        env.trace().emit(new PacketDropped(env.stamp(rule, why), seg.packet, "tcp", reason));
    }

    /** Gives up a request: its peer has reset it, or never answered. */
    void remove(HalfOpen request, @Nullable Rule rule, @Nullable String why) {
        if (!halfOpen.remove(request)) return;
        tellEntry("syn", request.child(), false);
        tellQueues(rule, why);
    }

    /** The handshake is complete: from the SYN queue to the accept queue. */
    void completed(HalfOpen request, TcpSocket socket) {
        if (halfOpen.remove(request)) tellEntry("syn", request.child(), false);
        complete.add(socket);
        tellEntry("accept", request.child(), true);
        tellQueues(Rule.LINUX_ACCEPT_QUEUE, null);
        Connection child = request.child();
        if (shutForReading || shutForWriting) {
            Closing.shutdown(child, shutForReading, shutForWriting);
            child.settle();
        }
        waitQueue.wake(EventMask.READABLE);
    }

    /** A SYN has opened a connection at once: it can be accepted now. */
    void opened(Connection child) {
        complete.add(new TcpSocket(layer, child));
        tellEntry("accept", child, true);
        tellQueues(Rule.LINUX_ACCEPT_QUEUE, null);
        waitQueue.wake(EventMask.IN | EventMask.RDNORM);
    }

    /** accept(2) takes the first. */
    @Nullable TcpSocket take() {
        TcpSocket child = complete.poll();
        if (child == null) return null;
        FastOpenChild fast = child.connectionOrThrow().fastOpenChild;
        if (fast != null) fast.accepted();
        tellEntry("accept", child.connectionOrThrow(), false);
        tellQueues(Rule.LINUX_ACCEPT_QUEUE, null);
        return child;
    }

    /**
     * close(2): nobody will accept what waits. Half-open connections find that out when their peer
     * says something, or their timer fires.
     */
    void close() {
        open = false;
        while (!complete.isEmpty()) complete.remove().abort(Rule.LINUX_LISTENER_CLOSED);
        tellQueues(Rule.LINUX_LISTENER_CLOSED, null);
    }

    private void tellEntry(String queue, Connection child, boolean entered) {
        if (!env.trace().isOn()) return;
        env.trace()
                .emit(
                        new QueueEntryChanged(
                                env.stamp(),
                                number,
                                queue,
                                child.number,
                                child.remoteEndpoint(),
                                entered));
    }

    private void tellQueues(@Nullable Rule rule, @Nullable String why) {
        if (!env.trace().isOn()) return;
        env.trace()
                .emit(
                        new ListenQueuesChanged(
                                env.stamp(rule, why),
                                number,
                                halfOpen.size(),
                                complete.size(),
                                backlog));
    }
}
