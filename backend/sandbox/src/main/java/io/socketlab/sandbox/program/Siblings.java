package io.socketlab.sandbox.program;

import io.socketlab.kernel.sim.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * What the threads of one process share besides their memory: who sleeps on what, who has ended.
 */
final class Siblings {

    private record Sleeper(RunningProgram program, int word) {}

    private final EventLoop loop;
    private final Code code;
    private final Context.Start start;
    private final Allowance.OfProcess allowance;
    private final Deque<Sleeper> sleepers = new ArrayDeque<>();
    private final Map<Integer, Integer> values = new HashMap<>();
    private final Map<Integer, RunningProgram> joiners = new HashMap<>();

    Siblings(EventLoop loop, Code code, Context.Start start, Allowance.OfProcess allowance) {
        this.loop = loop;
        this.code = code;
        this.start = start;
        this.allowance = allowance;
    }

    Code code() {
        return code;
    }

    Allowance.OfProcess allowance() {
        return allowance;
    }

    Context.Start start() {
        return start;
    }

    /** A process that begins as this one is: a child of fork(2). */
    Siblings forked() {
        return new Siblings(loop, code, start, allowance.another());
    }

    /**
     * @param nanos for how long; below 0 for as long as it takes
     */
    void sleep(RunningProgram program, int word, long nanos) {
        var sleeper = new Sleeper(program, word);
        sleepers.add(sleeper);
        if (nanos >= 0) {
            loop.after(
                    nanos,
                    () -> {
                        if (sleepers.remove(sleeper)) program.wake(false);
                    });
        }
    }

    /** Wakes those that have slept longest on {@code word}; answers how many. */
    int wake(int word, int most) {
        int woken = 0;
        for (Iterator<Sleeper> all = sleepers.iterator(); all.hasNext() && woken < most; ) {
            Sleeper sleeper = all.next();
            if (sleeper.word != word) continue;
            all.remove();
            sleeper.program.wake(true);
            woken++;
        }
        return woken;
    }

    /** A thread has ended; who waits for it goes on. */
    void ended(int task, int value) {
        RunningProgram joiner = joiners.remove(task);
        if (joiner != null) joiner.joined(value);
        else values.put(task, value);
    }

    /** Waits for the end of a thread. */
    void join(RunningProgram program, int task) {
        Integer value = values.remove(task);
        if (value != null) program.joined(value);
        else joiners.put(task, program);
    }
}
