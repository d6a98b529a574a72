package io.socketlab.lab.run;

import java.util.function.Supplier;

/**
 * Says to runs under way that nobody wants what comes of them any more. A run looks at the sign of
 * the work that it was started in, before each line and each event, so that it stops soon, and
 * between two events, so that what has happened is not half done. Any thread may raise it.
 */
public final class StopSign {

    private static final ScopedValue<StopSign> HERE = ScopedValue.newInstance();

    private volatile boolean raised;

    /** That work was stopped: there is no result. */
    public static final class StoppedException extends RuntimeException {

        private static final long serialVersionUID = 1;

        StoppedException() {
            super("nobody waits for the result any more");
        }
    }

    /** The sign of the work that this thread does; one that nobody raises if it has none. */
    public static StopSign here() {
        return HERE.isBound() ? HERE.get() : new StopSign();
    }

    /**
     * Does some work under this sign.
     *
     * @throws StoppedException if it was raised meanwhile and a run looked
     */
    public <T> T over(Supplier<T> work) {
        return ScopedValue.where(HERE, this).call(work::get);
    }

    /** Stops what is done under it, and what will be. */
    public void raise() {
        raised = true;
    }

    /**
     * Looks.
     *
     * @throws StoppedException if it is raised
     */
    public void check() {
        if (raised) throw new StoppedException();
    }
}
