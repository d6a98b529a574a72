package io.socketlab.lab.check;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.expr.Parameters;

/** The events of a run that goes on, each held against patterns as it happens. */
public final class Happenings {

    private final TraceIndex index = new TraceIndex();
    private final Matcher matcher;

    public Happenings(Parameters parameters) {
        this.matcher = new Matcher(index, parameters);
    }

    /** Something has happened. */
    public void add(TraceEvent event) {
        index.add(event);
    }

    /**
     * Whether what happened last fits. Ranges of a stream do so over several events, and never fit
     * here.
     */
    public boolean lastFits(EventPattern pattern) {
        Shape shape = pattern.shape();
        return !Matcher.isOfSeveral(shape)
                && matcher.match(shape, index.events().size() - 1, Bindings.NONE).isPresent();
    }
}
