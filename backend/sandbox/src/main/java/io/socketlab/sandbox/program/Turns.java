package io.socketlab.sandbox.program;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Two threads of which one runs at a time: the event loop's, and a program's own. The loop gives
 * the turn with an answer, and has it back with what the program asks next. So a program may wait
 * in the midst of its C functions while order stays the loop's, and neither needs a lock.
 *
 * @param <A> what the loop answers
 * @param <Q> what the program asks
 */
final class Turns<A, Q> {

    private final Thread program;
    private volatile @Nullable Thread loop;
    private volatile boolean programsTurn;
    private volatile boolean stopped;
    private volatile boolean over;
    private @Nullable A answer;
    private @Nullable Q question;
    private @Nullable RuntimeException failure;

    /**
     * @param body what the program does; asking ends by {@link Stopped} when it is not to go on
     */
    Turns(String name, java.util.function.Consumer<Turns<A, Q>> body) {
        this.program = Thread.ofVirtual().name(name).unstarted(() -> run(body));
    }

    // ---- the loop's side

    /**
     * Lets the program run until it asks; null when it has come to its end.
     *
     * @param answer to what it asked last; to nothing at its beginning
     * @throws RuntimeException what the program's side has thrown and did not mean to
     */
    @Nullable Q go(@Nullable A answer) {
        if (over) return null;
        this.answer = answer;
        question = null;
        loop = Thread.currentThread();
        programsTurn = true;
        if (program.getState() == Thread.State.NEW) program.start();
        else LockSupport.unpark(program);
        boolean interrupted = false;
        while (programsTurn) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) Thread.currentThread().interrupt();
        loop = null; // a program keeps nothing of its run alive
        RuntimeException thrown = failure;
        failure = null;
        if (thrown != null) throw thrown;
        return question;
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
        } catch (RuntimeException e) {
            failure = e;
        } catch (StackOverflowError | OutOfMemoryError e) {
            failure = new IllegalStateException("a program was too much for this machine", e);
        }
        over = true;
        question = null;
        giveBack();
    }

    /** Gives the turn to the loop and waits for its answer. */
    A ask(Q asked) {
        question = asked;
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

    private void giveBack() {
        Thread waiting = loop;
        programsTurn = false;
        if (waiting != null) LockSupport.unpark(waiting);
    }
}
