package io.socketlab.server.grading;

import com.github.kagkarlsson.scheduler.Scheduler;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Work that is scheduled in the database while the server is up. */
public abstract class DatabaseSchedule implements SmartLifecycle {

    /** A scheduler that has been stopped cannot be started again: each start builds another. */
    private volatile @Nullable Scheduler scheduler;

    private volatile boolean running;

    /** A scheduler of its tasks, not started yet. */
    protected abstract Scheduler build();

    /** Empty while the server is not up. */
    protected final Optional<Scheduler> scheduler() {
        return Optional.ofNullable(scheduler);
    }

    @Override
    public final void start() {
        running = true;
        Scheduler started = build();
        scheduler = started;
        started.start();
    }

    @Override
    public final void stop() {
        running = false;
        Scheduler started = scheduler;
        scheduler = null;
        if (started != null) started.stop();
    }

    @Override
    public final boolean isRunning() {
        return running;
    }
}
