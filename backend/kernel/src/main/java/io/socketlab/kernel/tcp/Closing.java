package io.socketlab.kernel.tcp;

import io.socketlab.kernel.trace.Rule;

/** shutdown(2) and close(2) on a connection. RFC 9293 §3.10.4, §3.10.5; tcp_close(). */
final class Closing {

    private Closing() {}

    static void shutdown(Connection c, boolean reading, boolean writing) {
        if (reading) c.receiveShutdown = true;
        if (!writing) return;
        c.sendShutdown = true;
        if (c.tcb.state.maySend()) sendFin(c, Rule.RFC9293_SHUTDOWN);
    }

    /** To FIN_WAIT_1 or LAST_ACK, and FIN behind what waits to be sent. */
    static void sendFin(Connection c, Rule rule) {
        if (c.tcb.state == TcpState.CLOSE_WAIT) c.moveTo(TcpState.LAST_ACK, rule, null);
        else c.moveTo(TcpState.FIN_WAIT_1, rule, null);
        c.finQueued = true;
        c.output.sendFin();
    }

    /** The last descriptor has gone; answers whether the connection closes in order. */
    static boolean close(Connection c) {
        boolean unread = c.receiveBuffer.readable() > 0;
        c.receiveBuffer.clear();
        c.receiveShutdown = true;
        TcpState state = c.tcb.state;
        if (state == TcpState.CLOSED) {
            if (c.timeWait == null) {
                c.releasePort();
                c.destroy();
            }
            return false;
        }
        if (unread) {
            c.count(TcpCounter.ABORT_ON_CLOSE);
            abort(c, Rule.RFC2525_UNREAD_DATA);
            return false;
        }
        boolean abortive = c.settings.base.linger().on() && c.settings.base.linger().seconds() == 0;
        if (abortive) {
            c.count(TcpCounter.ABORT_ON_DATA);
            abort(c, Rule.LINUX_LINGER_ZERO);
            return false;
        }
        if (state == TcpState.SYN_SENT) {
            c.close(Rule.RFC9293_ABORT, null);
            return false;
        }
        c.sendShutdown = true;
        if (state.maySend() || state == TcpState.SYN_RECEIVED) sendFin(c, Rule.RFC9293_CLOSE);
        if (c.tcb.state == TcpState.FIN_WAIT_2) waitForFin(c);
        if (c.tcb.state != TcpState.CLOSED && Orphans.areTooMany(c, 0)) Orphans.giveUp(c, true);
        return true;
    }

    private static void waitForFin(Connection c) {
        if (c.settings.times().linger2Seconds < 0) {
            c.count(TcpCounter.ABORT_ON_LINGER);
            c.output.sendReset(Rule.LINUX_FIN_WAIT_2, null);
            c.close(Rule.LINUX_FIN_WAIT_2, null);
        } else {
            c.keepAlive().waitForFin();
        }
    }

    /** RST instead of FIN: the peer is told that the connection is no more. RFC 9293 §3.10.5. */
    static void abort(Connection c, Rule rule) {
        boolean tell = c.tcb.state.isSynchronized() || c.tcb.state == TcpState.SYN_RECEIVED;
        if (tell) c.output.sendReset(rule, null);
        c.clearSendQueue();
        c.close(rule, null);
    }

    /** Whether a lingering close(2) need wait no longer: FIN is acknowledged, or all is over. */
    static boolean isDone(Connection c) {
        return switch (c.tcb.state) {
            case FIN_WAIT_1, CLOSING, LAST_ACK -> false;
            default -> true;
        };
    }
}
