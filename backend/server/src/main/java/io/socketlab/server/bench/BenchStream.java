package io.socketlab.server.bench;

import io.socketlab.server.run.Bench;
import io.socketlab.server.run.BenchListener;
import io.socketlab.server.run.BenchUnavailableException;
import io.socketlab.server.run.RunQuestions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.CloseStatus;

/**
 * What one run tells those who look at it. After an input the new events go out in batches made
 * once for all of them, and what comes in shortly after goes out together; a run in which nothing
 * happens costs nothing.
 *
 * <p>Locks are taken in this order: this, the bench. {@link #advanced()} comes with the bench's
 * held and so takes none.
 */
final class BenchStream implements BenchListener {

    private final Bench bench;
    private final long flushNanos;
    private final ScheduledExecutorService clock;
    private final RunQuestions questions;
    private final AtomicBoolean due = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private final AtomicInteger expected = new AtomicInteger();
    private @Nullable Subscriber owner;
    private int sent;
    private String checks = "";
    private String remarks = "";
    private volatile long flushed;

    BenchStream(
            Bench bench, long flushNanos, ScheduledExecutorService clock, RunQuestions questions) {
        this.bench = bench;
        this.flushNanos = flushNanos;
        this.clock = clock;
        this.questions = questions;
        this.flushed = System.nanoTime() - flushNanos;
    }

    /**
     * Somebody looks on from now on, and gets what came after the event {@code after}. Who comes
     * while nobody types is the one who types; and so is the tab that typed, when it comes back
     * before anybody has noticed that its connection broke.
     *
     * @throws BenchUnavailableException if the bench cannot be rebuilt
     */
    void join(Subscriber subscriber, int after) {
        lock.lock();
        try {
            var state = bench.state();
            if (subscribers.isEmpty()) sent = state.lastSeq();
            Subscriber before = owner;
            boolean takes = before == null || before.isSameTab(subscriber);
            if (takes && subscriber.mayType()) owner = subscriber;
            if (before != null && owner == subscriber) {
                before.close("this tab has come back", CloseStatus.GOING_AWAY);
            }
            subscriber.tell(ServerMessage.hello(bench.run().id(), role(subscriber), state));
            // one who has seen more than there is has seen another engine's run: from the start
            int seen = after > state.lastSeq() ? 0 : after;
            subscriber.tellRange(seen + 1, sent);
            Bench.Judgement judgement = bench.judge();
            checks = ServerMessage.checks(judgement.tests(), state);
            remarks = ServerMessage.remarks(judgement.remarks());
            subscriber.tell(checks);
            subscriber.tell(remarks);
            subscribers.add(subscriber);
            if (subscriber.seesWork()) subscriber.tell(askedNow());
        } finally {
            lock.unlock();
        }
    }

    /** Somebody is about to join: the stream must not end meanwhile. */
    void expect() {
        expected.incrementAndGet();
    }

    /** Nobody looks on and nobody is about to. */
    boolean isDeserted() {
        return expected.get() == 0;
    }

    void leave(Subscriber subscriber) {
        lock.lock();
        try {
            expected.decrementAndGet();
            subscribers.remove(subscriber);
            if (owner == subscriber) owner = null;
        } finally {
            lock.unlock();
        }
    }

    /** The one who asks types from now on, and nobody else. */
    void takeOver(Subscriber subscriber) {
        lock.lock();
        try {
            Subscriber before = owner;
            if (before == subscriber || !subscriber.mayType()) return;
            owner = subscriber;
            var state = bench.state();
            if (before != null) {
                before.tell(ServerMessage.hello(bench.run().id(), Role.VIEWER, state));
            }
            subscriber.tell(ServerMessage.hello(bench.run().id(), Role.OWNER, state));
        } finally {
            lock.unlock();
        }
    }

    boolean isOwner(Subscriber subscriber) {
        lock.lock();
        try {
            return owner == subscriber;
        } finally {
            lock.unlock();
        }
    }

    private Role role(Subscriber subscriber) {
        return owner == subscriber ? Role.OWNER : Role.VIEWER;
    }

    @Override
    public void advanced() {
        if (!due.compareAndSet(false, true)) return;
        long wait = flushed + flushNanos - System.nanoTime();
        if (wait <= 0) {
            startFlush();
        } else {
            var _ = clock.schedule(this::startFlush, wait, TimeUnit.NANOSECONDS);
        }
    }

    private void startFlush() {
        Thread.ofVirtual().name("flush-" + bench.run().id()).start(this::flush);
    }

    private void flush() {
        due.set(false);
        flushed = System.nanoTime();
        lock.lock();
        try {
            if (subscribers.isEmpty()) return;
            var events = bench.events(sent + 1, Integer.MAX_VALUE);
            sent += events.size();
            for (EventBatch batch : EventBatch.of(events)) {
                for (Subscriber subscriber : subscribers) subscriber.tell(batch);
            }
            tellJudgement();
        } catch (BenchUnavailableException e) {
            String reason = String.valueOf(e.getMessage());
            subscribers.forEach(s -> s.close(reason, CloseStatus.SERVER_ERROR));
        } finally {
            lock.unlock();
        }
    }

    private void tellJudgement() {
        Bench.Judgement judgement = bench.judge();
        String checksNow = ServerMessage.checks(judgement.tests(), bench.state());
        String remarksNow = ServerMessage.remarks(judgement.remarks());
        if (!checksNow.equals(checks)) subscribers.forEach(s -> s.tell(checksNow));
        if (!remarksNow.equals(remarks)) subscribers.forEach(s -> s.tell(remarksNow));
        checks = checksNow;
        remarks = remarksNow;
    }

    /** Something has been asked about the run, or answered. */
    void tellQuestions() {
        lock.lock();
        try {
            if (subscribers.stream().noneMatch(Subscriber::seesWork)) return;
            String now = askedNow();
            subscribers.stream().filter(Subscriber::seesWork).forEach(s -> s.tell(now));
        } finally {
            lock.unlock();
        }
    }

    private String askedNow() {
        return ServerMessage.questions(questions.about(bench.run()));
    }

    Bench bench() {
        return bench;
    }

    List<Subscriber> subscribers() {
        return subscribers;
    }
}
