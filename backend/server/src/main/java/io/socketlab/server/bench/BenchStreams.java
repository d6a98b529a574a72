package io.socketlab.server.bench;

import io.socketlab.server.run.Bench;
import io.socketlab.server.run.RunQuestions;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;

/** The streams of the runs that somebody looks at now. */
@Component
class BenchStreams implements DisposableBean {

    private static final long END_SECONDS = 2;

    private final SocketProperties properties;
    private final RunQuestions questions;
    private final Map<UUID, BenchStream> streams = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("bench-clock").daemon().factory());

    BenchStreams(SocketProperties properties, RunQuestions questions) {
        this.properties = properties;
        this.questions = questions;
        long ping = properties.ping().toMillis();
        var _ = clock.scheduleAtFixedRate(this::ping, ping, ping, TimeUnit.MILLISECONDS);
    }

    /** {@code subscriber} looks at {@code bench} from now on. */
    BenchStream join(Bench bench, Subscriber subscriber, int after) {
        BenchStream joined =
                streams.compute(
                        bench.run().id(),
                        (_, there) -> {
                            BenchStream stream = there == null ? begin(bench) : there;
                            stream.expect();
                            return stream;
                        });
        try {
            joined.join(subscriber, after);
        } catch (RuntimeException e) {
            leave(joined, subscriber);
            throw e;
        }
        return joined;
    }

    private BenchStream begin(Bench bench) {
        var stream = new BenchStream(bench, properties.flush().toNanos(), clock, questions);
        bench.listen(stream);
        return stream;
    }

    /** Who looks at a run is told at once what is asked about it, and answered. */
    @EventListener
    void changed(RunQuestions.Changed change) {
        BenchStream stream = streams.get(change.run());
        if (stream != null) stream.tellQuestions();
    }

    /** The last one out ends the stream. */
    void leave(BenchStream stream, Subscriber subscriber) {
        stream.leave(subscriber);
        streams.computeIfPresent(
                stream.bench().run().id(),
                (_, there) -> {
                    if (there != stream || !stream.isDeserted()) return there;
                    stream.bench().unlisten(stream);
                    return null;
                });
    }

    private void ping() {
        streams.values().forEach(stream -> stream.subscribers().forEach(Subscriber::ping));
    }

    /** The server goes down: browsers come back by themselves. */
    @Override
    public void destroy() throws InterruptedException {
        clock.shutdownNow();
        for (BenchStream stream : streams.values()) {
            for (Subscriber subscriber : stream.subscribers()) {
                subscriber.close("the server is restarting", CloseStatus.SERVICE_RESTARTED);
                var _ = subscriber.awaitEnd(Duration.ofSeconds(END_SECONDS));
            }
        }
    }
}
