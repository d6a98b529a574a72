package io.socketlab.kernel.tcp;

import io.socketlab.kernel.wait.EventMask;

/** What poll(2) finds of a stream socket, its errors aside. net/ipv4/tcp.c, tcp_poll(). */
final class TcpReadiness {

    private static final int READABLE = EventMask.IN | EventMask.RDNORM;
    private static final int WRITABLE = EventMask.OUT | EventMask.WRNORM;

    private TcpReadiness() {}

    /** inet_csk_listen_poll(). */
    static int ofListener(Listener listener) {
        return listener.acceptQueue() > 0 ? READABLE : 0;
    }

    /**
     * Of what has no connection: it hangs up, and writing would not wait, but fail.
     *
     * @param writable not where TCP_NOTSENT_LOWAT counts what an end of the connection has left
     */
    static int unconnected(boolean shutForReading, boolean writable) {
        int mask = writable ? WRITABLE | EventMask.HUP : EventMask.HUP;
        return shutForReading ? mask | READABLE | EventMask.RDHUP : mask;
    }

    /**
     * @param deferred connect(2) has returned and the SYN is to go with the first data: tcp(7),
     *     TCP_FASTOPEN_CONNECT
     */
    static int of(Connection c, boolean deferred) {
        int mask = 0;
        boolean closed = c.tcb.state == TcpState.CLOSED;
        if (closed || (c.receiveShutdown && c.sendShutdown)) mask |= EventMask.HUP;
        if (c.receiveShutdown) mask |= READABLE | EventMask.RDHUP;
        if (deferred) return mask | WRITABLE;
        return c.isOpening() ? mask : mask | ofBuffers(c);
    }

    private static int ofBuffers(Connection c) {
        int mask = StreamReceive.isReadable(c) ? READABLE : 0;
        if (c.sendShutdown || c.sendBuffer.isWritable()) mask |= WRITABLE;
        else c.sendBuffer.noSpace = true; // whoever finds it full is told when there is room
        return c.urgent.isHere() ? mask | EventMask.PRI : mask;
    }
}
