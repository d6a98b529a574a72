package io.socketlab.kernel.socket;

/**
 * The levels of a socket that never listens and knows no urgent data.
 *
 * @param readable octets of all that waits
 * @param room octets; of a datagram socket the whole buffer, for a datagram is sent at once or not
 *     at all
 */
public record PlainLevels(
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
