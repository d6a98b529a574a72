package io.socketlab.lab.run;

import io.socketlab.kernel.sim.EventLoop;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.model.Limits;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Lets the virtual time of a run pass: as far as is asked, never past a moment that waits for an
 * answer, and within the limits of the lab.
 */
final class Driver {

    /** A network that does nothing for longer than this is quiet. */
    static final long QUIET_NANOS = 500_000_000L;

    /** Loop events that one event of the trace may take; more is a run that goes in circles. */
    private static final int MAX_STEPS_PER_EVENT = 1_000;

    private static final Optional<String> IDLE = Optional.of("nothing is under way");

    private final EventLoop loop;
    private final List<TraceEvent> events;
    private final Halts halts;
    private final TaskBoard board;
    private final LabPrograms programs;
    private final Limits limits;
    private final StopSign stop = StopSign.here();
    private Runnable between = () -> {};
    private boolean limitReached;

    /**
     * @param events of the run, growing
     */
    Driver(
            EventLoop loop,
            List<TraceEvent> events,
            Halts halts,
            TaskBoard board,
            LabPrograms programs,
            Limits limits) {
        this.loop = loop;
        this.events = events;
        this.halts = halts;
        this.board = board;
        this.programs = programs;
        this.limits = limits;
    }

    /**
     * @throws StopSign.StoppedException if nobody waits for the run any more
     */
    void checkStop() {
        stop.check();
    }

    /** As {@link LabRun#between}. */
    void between(Runnable between) {
        this.between = between;
    }

    /** Lets an event happen, so many times, with what happens in the same breath. */
    Optional<String> step(int times) {
        if (loop.isIdle()) return IDLE;
        for (int i = 0; i < times && !loop.isIdle() && !limitReached && !halts.isAsking(); i++) {
            int before = events.size();
            while (events.size() == before && runNext()) {}
        }
        return Optional.empty();
    }

    /**
     * Runs until a call returns.
     *
     * @param until when at the latest, in virtual nanoseconds
     */
    Optional<String> stepCall(OptionalLong until) {
        if (!board.isAnyBlocked() && until.isEmpty()) return Optional.of("no call is waiting");
        int before = board.returns();
        long end = until.orElse(EventLoop.NEVER);
        drive(() -> board.returns() == before && loop.nextAt() <= end);
        if (board.returns() == before && until.isPresent()) moveTo(end);
        return Optional.empty();
    }

    Optional<String> runUntilQuiet() {
        if (loop.isIdle()) return IDLE;
        long before = loop.steps();
        drive(() -> loop.steps() == before || !isQuiet());
        return Optional.empty();
    }

    /**
     * @param at in virtual nanoseconds
     */
    Optional<String> runUntil(long at) {
        drive(() -> loop.nextAt() <= at);
        moveTo(at);
        return Optional.empty();
    }

    /**
     * @param seq the number of the event that is to have happened
     */
    Optional<String> runUntilEvent(int seq) {
        drive(() -> events.size() < seq);
        return Optional.empty();
    }

    /** Runs events as long as it may and {@code goesOn} says so, by programs' threads or this. */
    private void drive(BooleanSupplier goesOn) {
        programs.drivenBy(() -> stepAhead(goesOn));
        try {
            while (goesOn.getAsBoolean() && runNext()) {}
        } finally {
            programs.drivenBy(null);
        }
    }

    /** As {@link #drive} would, within an event that a program has not finished. */
    private boolean stepAhead(BooleanSupplier goesOn) {
        stop.check();
        checkLimits();
        boolean stands = limitReached || loop.isIdle() || halts.isAsking();
        if (stands || loop.nextAt() > limits.virtualNanos() || !goesOn.getAsBoolean()) {
            return false;
        }
        loop.runNext();
        return true;
    }

    /**
     * Runs one event of the loop, unless that would go beyond the limits; answers whether it did.
     */
    boolean runNext() {
        stop.check();
        if (limitReached || loop.isIdle() || halts.isAsking()) return false;
        if (loop.nextAt() > limits.virtualNanos()) {
            moveTo(limits.virtualNanos());
            limitReached = true;
            return false;
        }
        loop.runNext();
        checkLimits();
        between.run();
        return true;
    }

    /** Moves the clock over a stretch in which nothing is due. */
    private void moveTo(long at) {
        if (limitReached || halts.isAsking()) return;
        loop.runUntil(Math.min(at, limits.virtualNanos()));
        if (at > limits.virtualNanos()) limitReached = true;
    }

    /** Looks whether what has happened has come to a limit; to be called after each input. */
    void checkLimits() {
        boolean tooMany = events.size() >= limits.events();
        boolean circles = loop.steps() > (long) MAX_STEPS_PER_EVENT * limits.events();
        if (tooMany || circles) limitReached = true;
    }

    /** Whether nothing is under way: no event is due within half a second. */
    boolean isQuiet() {
        return loop.nextAt() > loop.now() + QUIET_NANOS || loop.isIdle();
    }

    /** When the next event is due; empty if nothing is under way, or something is asked. */
    OptionalLong nextAt() {
        boolean stands = loop.isIdle() || halts.isAsking();
        return stands ? OptionalLong.empty() : OptionalLong.of(loop.nextAt());
    }

    boolean limitReached() {
        return limitReached;
    }

    /** Which limit was reached, in a sentence. */
    Optional<String> limitMessage() {
        if (!limitReached) return Optional.empty();
        String limit =
                events.size() >= limits.events()
                        ? limits.events() + " events"
                        : loop.now() >= limits.virtualNanos()
                                ? limits.virtualNanos() / 1_000_000_000 + " s of virtual time"
                                : "steps without an event";
        return Optional.of("the run has reached its lab's limit of " + limit);
    }
}
