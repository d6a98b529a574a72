package io.socketlab.kernel.tcp;

import io.socketlab.kernel.sim.Timer;
import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.TimerKind;
import io.socketlab.kernel.trace.Trace;
import io.socketlab.kernel.trace.TraceEvent.TimerCancelled;
import io.socketlab.kernel.trace.TraceEvent.TimerFired;
import io.socketlab.kernel.trace.TraceEvent.TimerSet;
import org.jspecify.annotations.Nullable;

/**
 * A timer of a socket that tells the trace when it is set, called off and fires, and that what it
 * does was caused by its having been set. It may stand for several kinds, one at a time.
 */
final class SocketTimer implements Runnable {

    private final TcpEnvironment env;
    private final int socket;
    private final Runnable action;
    private final @Nullable Connection connection;
    private TimerKind kind;
    private @Nullable Timer timer;
    private int setEvent;

    SocketTimer(TcpEnvironment env, int socket, TimerKind kind, Runnable action) {
        this.env = env;
        this.socket = socket;
        this.kind = kind;
        this.action = action;
        this.connection = null;
    }

    /** One of a connection, which is settled when it has fired. */
    SocketTimer(Connection connection, TimerKind kind, Runnable action) {
        this.env = connection.env;
        this.socket = connection.number;
        this.kind = kind;
        this.action = action;
        this.connection = connection;
    }

    /** Arms or moves it, to {@code delay} nanoseconds from now. */
    void start(long delay, @Nullable Rule rule, @Nullable String why) {
        start(kind, delay, rule, why);
    }

    /** Arms or moves it, as a timer of another kind. */
    void start(TimerKind newKind, long delay, @Nullable Rule rule, @Nullable String why) {
        long deadline = env.loop().now() + Math.max(delay, 0);
        if (isRunning() && newKind != kind) stop();
        kind = newKind;
        if (timer == null) timer = new Timer(env.loop(), this);
        boolean moved = !timer.isRunning() || timer.deadline() != deadline;
        timer.startAt(deadline);
        Trace trace = env.trace();
        if (moved && trace.isOn()) {
            setEvent =
                    trace.emit(
                            new TimerSet(env.stamp(rule, why), socket, kind.traceName(), deadline));
        }
    }

    void stop() {
        if (timer == null || !timer.isRunning()) return;
        timer.stop();
        timer = null; // a connection at rest has none
        if (env.trace().isOn()) {
            env.trace().emit(new TimerCancelled(env.stamp(), socket, kind.traceName()));
        }
    }

    boolean isRunning() {
        return timer != null && timer.isRunning();
    }

    boolean isRunning(TimerKind asked) {
        return kind == asked && isRunning();
    }

    TimerKind kind() {
        return kind;
    }

    /** When it fires, virtual nanoseconds; only while it is running. */
    long deadline() {
        return timer == null ? 0 : timer.deadline();
    }

    /** It has fired. */
    @Override
    public void run() {
        Trace trace = env.trace();
        if (!trace.isOn()) {
            act();
            return;
        }
        int before = trace.because(setEvent);
        trace.because(trace.emit(new TimerFired(env.stamp(), socket, kind.traceName())));
        act();
        trace.because(before);
    }

    private void act() {
        action.run();
        if (connection != null) connection.settle();
    }
}
