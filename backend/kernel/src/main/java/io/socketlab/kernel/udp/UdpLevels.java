package io.socketlab.kernel.udp;

import io.socketlab.kernel.socket.SocketLevels;

/**
 * The levels of a datagram socket.
 *
 * @param readable octets of all datagrams that wait
 * @param room octets: a datagram is sent at once or not at all, so that it is the whole buffer
 */
record UdpLevels(
        int readable, boolean hasSomething, int room, boolean receivesNoMore, boolean sendsNoMore)
        implements SocketLevels {

    @Override
    public boolean isListening() {
        return false;
    }

    @Override
    public int waiting() {
        return 0;
    }

    @Override
    public boolean canSend() {
        return true;
    }

    @Override
    public boolean isUrgent() {
        return false;
    }
}
