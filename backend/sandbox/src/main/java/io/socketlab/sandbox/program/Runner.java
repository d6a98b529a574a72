package io.socketlab.sandbox.program;

import io.socketlab.kernel.syscall.Signal;
import io.socketlab.kernel.syscall.Syscall;
import io.socketlab.sandbox.engine.HostCalls;
import io.socketlab.sandbox.engine.WasmInstance;
import io.socketlab.sandbox.engine.WasmTrap;
import io.socketlab.sandbox.module.ProgramModule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs one thread of a program, on a Java thread of its own: makes its instance, hands its calls
 * on, and says in a sentence what it did where the engine stops it. A child of fork(2) begins anew,
 * and is given what its parent's calls gave, until it stands where its parent does.
 */
final class Runner {

    /** Instructions between two places where another thread of the program may run. */
    static final long SLICE = 1_000_000;

    /**
     * Instructions, about a millisecond of them, after which other Java threads may run. It is no
     * turn of the program's: nothing of the run depends on it.
     */
    static final long QUANTUM = 100_000;

    /** Instructions of a program in all; who needs more goes in circles. */
    static final long FUEL = 50_000_000;

    /** What a call costs besides, so that a program which only makes calls comes to an end, too. */
    private static final long CALL = 250;

    /** Likewise what a call costs for each octet that it copies, for that is kept in the trace. */
    private static final long OCTET = 1;

    /** And fork(2) for each call that the child makes again. */
    private static final long AGAIN = 50;

    private static final String TICK = "kernel.tick";

    /** With these the library begins and ends a handler. */
    static final String SIGTAKE = "sigtake";

    static final String SIGRETURN = "sigreturn";
    private static final String HANDLER_BEGINS = "kernel." + SIGTAKE;
    private static final String HANDLER_ENDS = "kernel." + SIGRETURN;
    private static final String SIGNAL_FLAG = "__lab_sigflag";
    private static final String STACK = "__stack_pointer";

    /** What a thread is to run: the program from its beginning, or a function of it. */
    sealed interface Beginning {

        /** main(). */
        record Main() implements Beginning {}

        /**
         * A child of fork(2).
         *
         * @param before what its parent's calls gave
         * @param handlers that it is to run, and is in, when it stands where its parent does
         */
        record Child(List<Made> before, PendingHandlers handlers) implements Beginning {
            public Child {
                before = List.copyOf(before);
            }
        }

        /** A function with its argument, on a stack of its own. */
        record Function(WasmInstance process, int function, int argument, int stack)
                implements Beginning {}
    }

    private final Code code;
    private final Turns<Answer, Request> turns;
    private final Context.Start start;
    private final Beginning beginning;
    private final List<Made> made = new ArrayList<>();
    private final Allowance.OfProcess allowance;
    private @Nullable WasmInstance instance;
    private @Nullable UserMemory memory;
    private @Nullable Context context;
    private final List<Made> before;
    private int replayed;
    private long used;

    /** Where it was when the handlers began that it is in, the last one first. */
    private final Deque<Integer> interruptedAt = new ArrayDeque<>();

    /** What of its slice has been taken from the allowance of all. */
    private long settled;

    /** What is left of the slice beyond the fuel that the program has been given of it. */
    private long later;

    Runner(
            Code code,
            Context.Start start,
            Allowance.OfProcess allowance,
            Beginning beginning,
            Turns<Answer, Request> turns) {
        this.code = code;
        this.start = start;
        this.allowance = allowance;
        this.beginning = beginning;
        this.turns = turns;
        this.before = beginning instanceof Beginning.Child child ? child.before() : List.of();
    }

    /** The program, to its end or until it is stopped. */
    void run(long now) {
        HostCalls calls =
                (module, function) -> arguments -> call(module + "." + function, arguments);
        WasmInstance own;
        try {
            own = newInstance(calls);
        } catch (WasmTrap e) { // there is no memory that it could begin with
            turns.ask(
                    new Request(new Asked.Die(String.valueOf(e.getMessage()), Signal.SIGKILL), ""));
            return;
        }
        instance = own;
        memory = new UserMemory(own.memory());
        if (code.forks()) memory().writeDown();
        PendingHandlers handlers =
                beginning instanceof Beginning.Child child
                        ? child.handlers()
                        : new PendingHandlers();
        var started = new Context(turns, this, memory(), start, handlers, now);
        context = started;
        fuel(own, SLICE);
        try {
            begin(own, started);
        } catch (WasmTrap trap) {
            end(started, trap);
        } finally {
            settle();
            code.loaded().used(used + had(own));
        }
    }

    private WasmInstance newInstance(HostCalls calls) {
        return beginning instanceof Beginning.Function thread
                ? code.loaded().newThread(calls, thread.process())
                : code.loaded().newProcess(calls, allowance);
    }

    private void begin(WasmInstance own, Context started) {
        if (own.exportsFunction(SIGNAL_FLAG)) started.signalFlag((int) own.call(SIGNAL_FLAG));
        if (beginning instanceof Beginning.Function thread) {
            own.global(STACK, thread.stack());
            int value = (int) own.call("__lab_thread_main", thread.function(), thread.argument());
            started.ask(new Asked.EndThread(value));
        } else {
            own.call(Code.START);
            started.make(new Syscall.Exit(0));
        }
    }

    private void end(Context started, WasmTrap trap) {
        boolean spent = own().global(ProgramModule.FUEL) < 0 && used >= FUEL;
        String message = Mistakes.explain(trap, own(), spent);
        started.die(message, Mistakes.signal(trap, own()));
    }

    private WasmInstance own() {
        if (instance == null) throw new IllegalStateException("it has not begun");
        return instance;
    }

    /** Where in its sources it is; empty where that is not known. */
    String place() {
        return code.module().place((int) own().global(ProgramModule.PLACE)).orElse("");
    }

    /** What a thread of this program that begins at a function is asked for with. */
    Asked newThread(int function, int argument, int stack) {
        return new Asked.NewThread(own(), function, argument, stack);
    }

    /** What its calls have given so far. */
    List<Made> made() {
        return made;
    }

    private long call(String name, long[] arguments) {
        Context program = context;
        if (program == null) throw new IllegalStateException(name + " before it has begun");
        if (name.equals(TICK)) return tick(own(), program);
        long result = made(program, name, arguments);
        if (name.equals(HANDLER_BEGINS) && result > 0) {
            interruptedAt.push((int) own().global(ProgramModule.PLACE));
        } else if (name.equals(HANDLER_ENDS) && !interruptedAt.isEmpty()) {
            own().global(ProgramModule.PLACE, interruptedAt.pop());
        }
        return result;
    }

    private long made(Context program, String name, long[] arguments) {
        if (replayed < before.size()) return again(program, name, before.get(replayed++));
        if (replayed == before.size() && beginning instanceof Beginning.Child) {
            replayed++; // the fork(2) that has made it
            return write(name, 0, program);
        }
        long result = CallTable.call(name, program, arguments);
        long cost = CALL + OCTET * memory().takeCopied();
        if (name.equals("kernel.fork")) cost += AGAIN * made.size();
        WasmInstance own = own();
        own.global(ProgramModule.FUEL, own.global(ProgramModule.FUEL) - cost);
        return write(name, result, program);
    }

    private UserMemory memory() {
        if (memory == null) throw new IllegalStateException("it has not begun");
        return memory;
    }

    private long write(String name, long result, Context program) {
        if (code.forks()) made.add(new Made(name, result, program.memory().takeWritten()));
        return result;
    }

    /** A call that the parent has made already. */
    private long again(Context program, String name, Made call) {
        if (!call.name().equals(name)) {
            program.die(
                    "a child of fork() made the call %s where its parent made %s: had other threads of the parent changed its memory?"
                            .formatted(name, call.name()),
                    Signal.SIGKILL);
        }
        for (UserMemory.Stored stored : call.stored()) {
            program.memory().put(stored.address(), stored.octets());
        }
        program.memory().takeWritten();
        made.add(call);
        return call.result();
    }

    /** It asks for more fuel: another thread of it may run, where its slice is used up. */
    private long tick(WasmInstance own, Context program) {
        long fuel = own.global(ProgramModule.FUEL);
        long left = later + fuel;
        if (fuel < 0 && left >= 0) {
            fuel(own, left);
            LockSupport.parkNanos(1); // yield(): who was put to the same queue would be first again
            return 0;
        }
        boolean isAgain = beginning instanceof Beginning.Child && replayed <= before.size();
        slice(own, program, isAgain);
        own.global(ProgramModule.FUEL, own.global(ProgramModule.FUEL) - CALL);
        return 0;
    }

    /**
     * Another thread may run, unless it has had all that it gets.
     *
     * @param isAgain whether it does what its parent has done, and has no turns of its own yet
     */
    private void slice(WasmInstance own, Context program, boolean isAgain) {
        used += had(own);
        if (!settle()) {
            program.die(
                    "the programs of this run have run %,d instructions together"
                            .formatted(Allowance.FUEL),
                    Signal.SIGXCPU);
        }
        if (used >= FUEL) {
            program.die(
                    "the program has run %,d instructions and more: does it go in circles?"
                            .formatted(FUEL),
                    Signal.SIGXCPU);
        }
        fuel(own, SLICE);
        settled = 0;
        if (!isAgain) program.ask(new Asked.Yield());
    }

    /** Gives it what is left of its slice, in parts if it asks for more when one is used up. */
    private void fuel(WasmInstance own, long left) {
        long now = code.asksForMore() ? Math.min(left, QUANTUM) : left;
        own.global(ProgramModule.FUEL, now);
        later = left - now;
    }

    /**
     * Takes what it has run from the allowance of all, each time that it gives back its turn: what
     * they have run together is known to the loop then, and does not depend on when the thread of
     * one that has ended unwinds.
     *
     * @return whether some is left
     */
    boolean settle() {
        long had = had(own());
        long since = had - settled;
        settled = had;
        return allowance.spend(since);
    }

    /** What it has had of its slice. */
    private long had(WasmInstance own) {
        return SLICE - later - own.global(ProgramModule.FUEL);
    }
}
