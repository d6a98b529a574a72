package io.socketlab.kernel.tcp;

import io.socketlab.kernel.socket.SocketLevels;
import org.jspecify.annotations.Nullable;

/** The levels of a stream socket. */
record TcpLevels(@Nullable Listener listener, @Nullable Connection connection)
        implements SocketLevels {

    @Override
    public boolean isListening() {
        return listener != null;
    }

    @Override
    public int waiting() {
        return listener == null ? 0 : listener.acceptQueue();
    }

    @Override
    public boolean canSend() {
        return connection != null
                && !connection.isOpening()
                && connection.tcb.state != TcpState.CLOSED;
    }

    @Override
    public boolean receivesNoMore() {
        return connection != null && connection.receiveShutdown;
    }

    @Override
    public boolean sendsNoMore() {
        return connection != null && connection.sendShutdown;
    }

    @Override
    public int readable() {
        return connection == null ? 0 : StreamReceive.readable(connection);
    }

    @Override
    public boolean hasSomething() {
        return readable() > 0;
    }

    @Override
    public int room() {
        if (connection == null) return 0;
        connection.sendBuffer.noSpace = true;
        return Math.max(0, connection.settings.sndbuf() - connection.sendBuffer.memory());
    }

    @Override
    public boolean isUrgent() {
        return connection != null && connection.urgent.isHere();
    }
}
