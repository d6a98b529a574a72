package io.socketlab.sandbox.program;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Two threads of which one runs at a time: the event loop's, and a program's own. The loop gives
 * the turn with an answer, and has it back with what the program asks next. So a program may wait
 * in the midst of its C functions while order stays the loop's, and neither needs a lock.
 *
 * <p>To give the turn to the other thread and back takes longer than most calls do. So with the
 * turn comes a {@link Deputy}, by whom the program's thread may do what the loop's would: most
 * calls are made and have returned before the loop's thread would have woken up.
 *
 * @param <A> what the loop answers
 * @param <Q> what the program asks
 */
final class Turns<A, Q> {

    /** Does on the program's thread what the loop's has to do. */
    interface Deputy<A, Q> {

        /** Does what the program asks, unless the loop's thread has to. */
        boolean takes(Q asked);

        /** Lets what is due happen until there is an answer; null if the loop's thread has to. */
        @Nullable A untilAnswered();
    }

    private final Thread program;
    private volatile @Nullable Thread loop;
    private volatile boolean programsTurn;
    private volatile boolean stopped;
    private volatile boolean over;
    private @Nullable Deputy<A, Q> deputy;
    private @Nullable A answer;
    private @Nullable Q question;
    private @Nullable Throwable failure;

    /**
     * @param body what the program does; asking ends by {@link Stopped} when it is not to go on
     */
    Turns(String name, java.util.function.Consumer<Turns<A, Q>> body) {
        this.program = Thread.ofVirtual().name(name).unstarted(() -> run(body));
    }

    // ---- the loop's side

    /** As {@link #go(Object, Deputy)} without one: it comes back with whatever it asks. */
    @Nullable Q go(@Nullable A answer) {
        return go(answer, null);
    }

    /**
     * Lets the program run until it asks; null when it has come to its end, or what it asked has
     * been done.
     *
     * @param answer to what it asked last; to nothing at its beginning
     * @param deputy for this turn
     * @throws RuntimeException or an error: what the program's side has thrown and did not mean to,
     *     or the deputy has
     */
    @Nullable Q go(@Nullable A answer, @Nullable Deputy<A, Q> deputy) {
        if (over) return null;
        this.answer = answer;
        this.deputy = deputy;
        question = null;
        loop = Thread.currentThread();
        programsTurn = true;
        if (program.getState() == Thread.State.NEW) program.start();
        else LockSupport.unpark(program);
        boolean interrupted = false;
        while (programsTurn && !over) { // who was stopped may have ended before it got the turn
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) Thread.currentThread().interrupt();
        loop = null; // a program keeps nothing of its run alive
        Throwable thrown = failure;
        failure = null;
        if (thrown instanceof RuntimeException e) throw e;
        if (thrown instanceof Error e) throw e;
        return question;
    }

    /** Whether the program has come to its end. */
    boolean isOver() {
        return over;
    }

    /** The program gets no more turns: its thread unwinds, wherever it is. */
    void stop() {
        stopped = true;
        LockSupport.unpark(program);
    }

    /** Whether the program's thread has begun and not ended. */
    boolean isAlive() {
        return program.isAlive();
    }

    /** Waits for the end of a thread that has been stopped; answers whether it has come. */
    boolean hasEnded(Duration within) throws InterruptedException {
        return program.join(within);
    }

    // ---- the program's side

    private void run(java.util.function.Consumer<Turns<A, Q>> body) {
        try {
            body.accept(this);
        } catch (Stopped e) {
            // as it was told
        } catch (StackOverflowError | OutOfMemoryError e) {
            failure = new IllegalStateException("a program was too much for this machine", e);
        } catch (RuntimeException | Error e) {
            failure = e; // whichever: the loop's thread waits
        }
        over = true;
        question = null;
        giveBack();
    }

    /** Asks, and waits for the answer: gives the turn to the loop if it has to. */
    A ask(Q asked) {
        A own = ownAnswer(asked);
        if (own != null && !stopped) return own;
        giveBack();
        while (!programsTurn) {
            if (stopped) throw new Stopped();
            LockSupport.park(this);
        }
        if (stopped) throw new Stopped();
        A given = answer;
        answer = null;
        if (given == null) throw new IllegalStateException("no answer to " + asked);
        return given;
    }

    /** The deputy's answer; null where it has none. Who waits then keeps nothing of the run. */
    private @Nullable A ownAnswer(Q asked) {
        Deputy<A, Q> here = deputy;
        question = asked;
        if (here == null) return null;
        try {
            if (!here.takes(asked)) return null;
            question = null;
            return here.untilAnswered();
        } catch (RuntimeException | Error e) {
            failure = e; // of the loop's side, which gets it: the engine would make a trap of some
            question = null;
            return null;
        }
    }

    private void giveBack() {
        deputy = null;
        Thread waiting = loop;
        programsTurn = false;
        if (waiting != null) LockSupport.unpark(waiting);
    }
}
