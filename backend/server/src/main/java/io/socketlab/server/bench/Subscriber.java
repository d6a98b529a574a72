package io.socketlab.server.bench;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.server.run.BenchUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * One browser: what waits to be sent to it, and the virtual thread that sends it. Sending waits
 * while the browser does not read, so that TCP's flow control keeps the outbox from being emptied;
 * those who put something in never wait.
 */
final class Subscriber {

    /** Where the events of a range are to be had. */
    @FunctionalInterface
    interface Events {
        /** Those from one number to another, as far as there are such. */
        List<TraceEvent> between(int from, int to);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);

    /** So many events of a range are fetched at a time. */
    private static final int AT_A_TIME = 256;

    /** A browser that leaves so many pings unanswered is taken for gone. */
    private static final int PINGS = 2;

    private final WebSocketSession session;
    private final String tab;
    private final boolean mayType;
    private final boolean seesWork;
    private final Events events;
    private final Outbox outbox;
    private final Thread writer;
    private int frame;
    private final AtomicInteger unanswered = new AtomicInteger();

    /**
     * @param mayType whether it is the run's owner's
     * @param seesWork whether it is his, or of somebody who teaches him
     */
    Subscriber(
            WebSocketSession session,
            String tab,
            boolean mayType,
            boolean seesWork,
            Events events,
            Outbox outbox) {
        this.session = session;
        this.tab = tab;
        this.mayType = mayType;
        this.seesWork = seesWork;
        this.events = events;
        this.outbox = outbox;
        this.writer = Thread.ofVirtual().name("browser-" + session.getId()).start(this::write);
    }

    boolean mayType() {
        return mayType;
    }

    /** Whether it is told what is asked about the run. */
    boolean seesWork() {
        return seesWork;
    }

    /** Whether both are connections of one tab, so that the earlier one must be broken. */
    boolean isSameTab(Subscriber other) {
        return tab.equals(other.tab);
    }

    void tell(String json) {
        if (!outbox.add(json))
            breakOff(CloseStatus.POLICY_VIOLATION.withReason("reads too slowly"));
    }

    void tell(EventBatch batch) {
        outbox.add(batch);
    }

    /** Sends events again; nothing if there are none of these numbers. */
    void tellRange(int from, int to) {
        if (from > to || outbox.addRange(from, to)) return;
        tell(
                ServerMessage.refused(
                        null,
                        "too many ranges",
                        "expected to be asked for a range after the last ones have been read"));
    }

    /** Says why it is the end, and closes. */
    void close(String reason, CloseStatus status) {
        outbox.close(ServerMessage.closing(reason), status);
    }

    /** Asks whether it is still there; gives it up if it has not answered before. */
    void ping() {
        if (unanswered.getAndIncrement() >= PINGS) {
            breakOff(CloseStatus.SESSION_NOT_RELIABLE);
            return;
        }
        outbox.addPing();
    }

    /** The browser has given a sign of life. */
    void isThere() {
        unanswered.set(0);
    }

    /** Waits until everything is sent; answers whether it is. */
    boolean awaitEnd(Duration atMost) throws InterruptedException {
        return writer.join(atMost);
    }

    /** Closes without sending what waits. */
    void breakOff(CloseStatus status) {
        writer.interrupt();
        end(status);
    }

    /** The browser has closed the connection. */
    void gone() {
        writer.interrupt();
    }

    private void write() {
        try {
            while (session.isOpen()) {
                switch (outbox.take()) {
                    case Outbox.Item.Text(var json) -> session.sendMessage(new TextMessage(json));
                    case Outbox.Item.Events(var batch) -> send(batch);
                    case Outbox.Item.Range(var from, var to) -> sendRange(from, to);
                    case Outbox.Item.Ping _ -> session.sendMessage(new PingMessage());
                    case Outbox.Item.Close(var status) -> end(status);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (BenchUnavailableException e) {
            end(CloseStatus.SERVER_ERROR);
        } catch (IOException | IllegalStateException e) {
            LOG.debug("browser {} is gone", session.getId(), e);
            end(CloseStatus.SESSION_NOT_RELIABLE);
        }
    }

    private void send(EventBatch batch) throws IOException {
        frame++;
        session.sendMessage(new BinaryMessage(batch.message(frame)));
    }

    private void sendRange(int from, int to) throws IOException {
        int next = from;
        while (next <= to) {
            int last = (int) Math.min(to, (long) next + AT_A_TIME - 1);
            List<TraceEvent> found = events.between(next, last);
            if (found.isEmpty()) return;
            for (EventBatch batch : EventBatch.of(found)) send(batch);
            next = found.getLast().stamp().seq() + 1;
        }
    }

    private void end(CloseStatus status) {
        try {
            session.close(status);
        } catch (IOException | IllegalStateException e) {
            LOG.debug("browser {} was gone", session.getId(), e);
        }
    }
}
