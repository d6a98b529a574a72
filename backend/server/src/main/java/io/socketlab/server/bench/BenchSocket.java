package io.socketlab.server.bench;

import io.socketlab.server.run.Bench;
import io.socketlab.server.run.BenchUnavailableException;
import io.socketlab.server.run.InputOutcome;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

/** {@code /ws/runs/{run}}: what a browser says, done. docs/websocket.md. */
@Component
class BenchSocket extends AbstractWebSocketHandler {

    private static final Logger LOG = LoggerFactory.getLogger(BenchSocket.class);

    /** One connection. */
    private static final class Connection {
        private final Subscriber subscriber;
        private final BenchStream stream;
        private int malformed;

        private Connection(Subscriber subscriber, BenchStream stream) {
            this.subscriber = subscriber;
            this.stream = stream;
        }
    }

    private final BenchStreams streams;
    private final SocketProperties properties;
    private final Map<String, Connection> connections = new ConcurrentHashMap<>();

    BenchSocket(BenchStreams streams, SocketProperties properties) {
        this.streams = streams;
        this.properties = properties;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        session.setTextMessageSizeLimit((int) properties.message().toBytes());
        Bench bench = BenchHandshake.bench(session);
        var outbox = new Outbox(properties.batches(), properties.ranges());
        var subscriber =
                new Subscriber(
                        session,
                        BenchHandshake.tab(session),
                        BenchHandshake.isMine(session),
                        BenchHandshake.seesWork(session),
                        bench::events,
                        outbox);
        try {
            BenchStream stream = streams.join(bench, subscriber, BenchHandshake.after(session));
            connections.put(session.getId(), new Connection(subscriber, stream));
        } catch (BenchUnavailableException e) {
            subscriber.close(String.valueOf(e.getMessage()), CloseStatus.SERVER_ERROR);
        }
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) {
        Connection connection = connections.get(session.getId());
        if (connection == null) return;
        connection.subscriber.isThere();
        try {
            handle(connection, BrowserMessage.parse(message.getPayload()));
        } catch (MalformedMessageException e) {
            malformed(connection, String.valueOf(e.getMessage()));
        } catch (BenchUnavailableException e) {
            connection.subscriber.close(String.valueOf(e.getMessage()), CloseStatus.SERVER_ERROR);
        }
    }

    @Override
    protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) {
        Connection connection = connections.get(session.getId());
        if (connection != null) malformed(connection, "expected text, found a binary message");
    }

    @Override
    protected void handlePongMessage(WebSocketSession session, PongMessage message) {
        Connection connection = connections.get(session.getId());
        if (connection != null) connection.subscriber.isThere();
    }

    private void malformed(Connection connection, String detail) {
        connection.subscriber.tell(ServerMessage.refused(null, "malformed message", detail));
        connection.malformed++;
        if (connection.malformed < properties.malformed()) return;
        connection.subscriber.close(
                "too many malformed messages", CloseStatus.BAD_DATA.withReason("malformed"));
    }

    private static void handle(Connection connection, BrowserMessage message) {
        Subscriber subscriber = connection.subscriber;
        switch (message) {
            case BrowserMessage.Input(String id, String line) -> input(connection, id, line);
            case BrowserMessage.Seen _ -> {}
            case BrowserMessage.Range(int from, int to) -> subscriber.tellRange(from, to);
            case BrowserMessage.Takeover _ -> connection.stream.takeOver(subscriber);
        }
    }

    private static void input(Connection connection, String id, String line) {
        Subscriber subscriber = connection.subscriber;
        if (!connection.stream.isOwner(subscriber)) {
            subscriber.tell(
                    ServerMessage.refused(
                            id,
                            subscriber.mayType() ? "another window is typing" : "not your run",
                            subscriber.mayType()
                                    ? "This run is open in another window. Take over to type here."
                                    : "This run is somebody else's: you can look at it."));
            return;
        }
        switch (connection.stream.bench().input(id, line)) {
            case InputOutcome.Accepted accepted -> subscriber.tell(ServerMessage.ack(id, accepted));
            case InputOutcome.Refused refused ->
                    subscriber.tell(ServerMessage.refused(id, refused));
        }
    }

    @Override
    public void handleTransportError(WebSocketSession session, Throwable e) {
        LOG.debug("browser {}: {}", session.getId(), e.toString());
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        @Nullable Connection connection = connections.remove(session.getId());
        if (connection == null) return;
        streams.leave(connection.stream, connection.subscriber);
        connection.subscriber.gone();
    }
}
