package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TimerKind;
import org.jspecify.annotations.Nullable;

/**
 * Asks a silent peer whether it is still there (RFC 9293 §3.8.4), and ends the wait of an orphan
 * for the peer's FIN. Linux's sk_timer, tcp_keepalive_timer.
 */
final class KeepAlive {

    private static final long SECOND = 1000 * RttEstimator.MS;

    private final Connection c;
    private @Nullable SocketTimer timer;

    KeepAlive(Connection c) {
        this.c = c;
    }

    /** The connection is established, and SO_KEEPALIVE is on. */
    void established() {
        start(idleTime());
    }

    /** SO_KEEPALIVE was switched. */
    void switched(boolean on) {
        if (c.tcb.state == TcpState.CLOSED || c.tcb.state == TcpState.SYN_SENT) return;
        if (on) start(idleTime());
        else stop();
    }

    /** TCP_KEEPIDLE was set while it is running. */
    void idleTimeChanged() {
        if (!c.settings.base.keepAlive() || c.tcb.state == TcpState.CLOSED) return;
        start(Math.max(idleTime() - silence(), 0));
    }

    private void start(long delay) {
        timer().start(TimerKind.KEEP_ALIVE, delay, Rule.RFC9293_KEEP_ALIVE, null);
    }

    long idleTime() {
        int seconds = c.settings.times().keepIdleSeconds;
        return seconds > 0 ? seconds * SECOND : c.tunables().keepAliveTime;
    }

    private long interval() {
        int seconds = c.settings.times().keepIntervalSeconds;
        return seconds > 0 ? seconds * SECOND : c.tunables().keepAliveInterval;
    }

    private int mostProbes() {
        return c.settings.times().keepCount > 0
                ? c.settings.times().keepCount
                : c.tunables().keepAliveProbes;
    }

    private long silence() {
        return c.now() - Math.max(c.tcb.rcv.lastAt, c.delayedAck.lastReceived());
    }

    /** How long an orphan waits for the peer's FIN: TCP_LINGER2 or tcp_fin_timeout. */
    private long finTimeout() {
        long wanted =
                c.settings.times().linger2Seconds > 0
                        ? c.settings.times().linger2Seconds * SECOND
                        : c.tunables().finTimeout;
        return Math.max(wanted, (c.rtt.rto() << 2) - (c.rtt.rto() >> 1));
    }

    /** An orphan is in FIN_WAIT_2: as a whole connection only for what TIME_WAIT does not cover. */
    void waitForFin() {
        long wait = finTimeout();
        if (wait > TimeWait.LENGTH) {
            timer().start(
                            TimerKind.FIN_WAIT_2,
                            wait - TimeWait.LENGTH,
                            Rule.LINUX_FIN_WAIT_2,
                            null);
        } else {
            new TimeWait(c, TcpState.FIN_WAIT_2).begin(wait);
        }
    }

    /** A FIN is here, but perhaps something before it is missing. */
    void waitForFinAsConnection() {
        timer().start(TimerKind.FIN_WAIT_2, finTimeout(), Rule.LINUX_FIN_WAIT_2, null);
    }

    /** When its timer fires, virtual nanoseconds; -1 if it is not running. */
    long deadline() {
        return timer != null && timer.isRunning() ? timer.deadline() : -1;
    }

    void stop() {
        if (timer != null) timer.stop();
    }

    /** Made when first needed: a connection at rest has none. */
    private SocketTimer timer() {
        if (timer == null) timer = new SocketTimer(c, TimerKind.KEEP_ALIVE, this::expired);
        return timer;
    }

    private void expired() {
        if (c.tcb.state == TcpState.FIN_WAIT_2 && c.orphan) {
            long left = finTimeout() - TimeWait.LENGTH;
            if (c.settings.times().linger2Seconds >= 0 && left > 0) {
                new TimeWait(c, TcpState.FIN_WAIT_2).begin(left);
                return;
            }
            c.output.sendReset(Rule.LINUX_FIN_WAIT_2, null);
            c.close(Rule.LINUX_FIN_WAIT_2, null);
            return;
        }
        if (!c.settings.base.keepAlive()
                || c.tcb.state == TcpState.CLOSED
                || c.tcb.state == TcpState.SYN_SENT) {
            return;
        }
        if (c.sent.segments() > 0 || !c.sendBuffer.isEmpty()) {
            start(idleTime());
            return;
        }
        if (silence() < idleTime()) {
            start(idleTime() - silence());
            return;
        }
        probe();
    }

    private void probe() {
        long userTimeout = c.settings.times().userTimeoutMs * RttEstimator.MS;
        int probes = c.retransmitTimer.probes();
        boolean over =
                userTimeout > 0 ? silence() >= userTimeout && probes > 0 : probes >= mostProbes();
        if (over) {
            c.output.sendReset(Rule.RFC9293_KEEP_ALIVE, null);
            Errno errno = c.softError != null ? c.softError : Errno.ETIMEDOUT;
            c.fail(
                    errno,
                    Rule.RFC9293_KEEP_ALIVE,
                    c.isTraced() ? probes + " probes were not answered" : null);
            return;
        }
        c.sendBuffer.write().probeWindow(Rule.RFC9293_KEEP_ALIVE);
        c.retransmitTimer.countProbe();
        start(interval());
    }
}
