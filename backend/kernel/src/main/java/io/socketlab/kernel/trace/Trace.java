package io.socketlab.kernel.trace;

import io.socketlab.kernel.sim.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * The trace of one run as the kernel writes it. Numbers the events and knows what is going on, so
 * that whoever emits one need not say what caused it. Nobody builds an event unless {@link
 * #isOn()}:
 *
 * <pre>{@code
 * if (trace.isOn()) trace.emit(new TaskWoken(trace.stamp(host), task, call));
 * }</pre>
 */
public final class Trace {

    private final EventLoop loop;
    private final @Nullable TraceSink sink;
    private boolean on;
    private int lastSeq;
    private int cause;

    private Trace(EventLoop loop, @Nullable TraceSink sink) {
        this.loop = loop;
        this.sink = sink;
        this.on = sink != null;
    }

    public static Trace to(TraceSink sink, EventLoop loop) {
        return new Trace(loop, sink);
    }

    /** A trace that nobody reads. */
    public static Trace off(EventLoop loop) {
        return new Trace(loop, null);
    }

    public boolean isOn() {
        return on;
    }

    /**
     * A stamp for the next event, caused by what is going on. To be emitted before another is made.
     */
    public Stamp stamp(String host) {
        return new Stamp(lastSeq + 1, loop.now(), host, cause, null, null);
    }

    public Stamp stamp(String host, Rule rule) {
        return new Stamp(lastSeq + 1, loop.now(), host, cause, rule, null);
    }

    public Stamp stamp(String host, Rule rule, String why) {
        return new Stamp(lastSeq + 1, loop.now(), host, cause, rule, why);
    }

    /** Does what leaves no mark: nobody is left to see it. */
    public void unseen(Runnable what) {
        boolean before = on;
        on = false;
        try {
            what.run();
        } finally {
            on = before;
        }
    }

    /** Adds an event; answers its number, 0 when the trace is off. */
    public int emit(TraceEvent event) {
        if (sink == null || !on) return 0;
        if (event.stamp().seq() != lastSeq + 1) {
            throw new IllegalStateException("event " + event + " emitted after " + lastSeq);
        }
        lastSeq++;
        sink.accept(event);
        return lastSeq;
    }

    /** The number of the last event, 0 before the first. */
    public int lastSeq() {
        return lastSeq;
    }

    /** What is going on: the event that those emitted from now on are caused by. */
    public int cause() {
        return cause;
    }

    /**
     * Says that what follows is caused by {@code event}; answers what it was before, to be put back
     * with another {@code because} when that is over.
     */
    public int because(int event) {
        int before = cause;
        cause = event;
        return before;
    }
}
