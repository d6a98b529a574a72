package io.socketlab.lab.program;

import io.socketlab.lab.script.Argument;
import io.socketlab.lab.script.Call;
import io.socketlab.lab.script.Expected;
import io.socketlab.lab.script.Formula;
import io.socketlab.lab.script.Position;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Statement;
import io.socketlab.lab.script.Statement.Make;
import io.socketlab.lab.script.WrittenArguments;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A program on its way. It asks for one call at a time and goes on when it is told what came of it;
 * it knows of no task and no time.
 */
public final class ProgramRun {

    private static final String ERRNO = "errno";

    /** A program that goes through so many statements without a call goes in circles. */
    private static final int MAX_STATEMENTS = 100_000;

    /**
     * The next call.
     *
     * @param expected what the program says that it will return
     */
    public record Asked(Call call, Optional<Expected> expected) {}

    private final Evaluator variables;

    /** The blocks that it is in, the innermost first. */
    private final Deque<Block> blocks = new ArrayDeque<>();

    /** The call that it makes when it has come to its end, as C's library does. */
    private Optional<String> atEnd;

    /** What it waits for. */
    private @Nullable Make asked;

    private ProgramRun(Evaluator variables, Optional<String> atEnd) {
        this.variables = variables;
        this.atEnd = atEnd;
    }

    /**
     * @param file what errors call the script
     */
    public static ProgramRun start(String file, List<Statement> body) {
        var run = new ProgramRun(new Evaluator(file), Optional.empty());
        run.blocks.push(Block.of(body));
        run.variables.set(ERRNO, Values.number(new Position(1, 1), 0));
        return run;
    }

    /**
     * Goes on to the next call; empty if the program has come to its end.
     *
     * @throws ScriptException if it cannot go on
     */
    public Optional<Asked> next() {
        for (int i = 0; i < MAX_STATEMENTS; i++) {
            Block block = blocks.peek();
            if (block == null) return end();
            Optional<Statement> statement = block.next(variables);
            if (statement.isEmpty()) blocks.pop();
            else if (statement.get() instanceof Make make) return Optional.of(ask(make));
            else step(statement.get());
        }
        Position at = blocks.element().position();
        throw variables.error(
                at, "expected a call within " + MAX_STATEMENTS + " steps; it goes in circles");
    }

    private Optional<Asked> end() {
        Optional<String> last = atEnd;
        atEnd = Optional.empty();
        asked = null;
        var nowhere = new Position(1, 1);
        return last.map(name ->
                new Asked(
                        new Call(
                                nowhere,
                                name,
                                name.equals("exit")
                                        ? List.of(Values.number(nowhere, 0))
                                        : List.of(),
                                nowhere),
                        Optional.empty()));
    }

    private void step(Statement statement) {
        switch (statement) {
            case Statement.Assign assign -> assign(assign);
            case Statement.If(_, var condition, var then, var otherwise) ->
                    blocks.push(Block.of(variables.isTrue(condition) ? then : otherwise));
            case Statement.While loop -> blocks.push(Block.loop(loop));
            case Statement.ForEach loop ->
                    blocks.push(Block.forEach(loop, variables.list(loop.list())));
            case Statement.Break _ -> {
                leaveToLoop();
                blocks.pop();
            }
            case Statement.Continue _ -> {
                leaveToLoop();
                blocks.element().skip();
            }
            case Make make -> throw new IllegalStateException("asked for: " + make);
        }
    }

    private void leaveToLoop() {
        while (!blocks.element().isLoop()) blocks.pop();
    }

    private void assign(Statement.Assign assign) {
        Formula value =
                assign.operator()
                        .<Formula>map(operator ->
                                new Formula.Binary(
                                        assign.position(),
                                        operator,
                                        new Formula.Variable(assign.position(), assign.target()),
                                        assign.value()))
                        .orElse(assign.value());
        variables.set(assign.target(), variables.value(value));
    }

    private Asked ask(Make make) {
        asked = make;
        var arguments = new ArrayList<Argument>();
        for (int i = 0; i < make.arguments().size(); i++) arguments.add(argument(make, i));
        var call = new Call(make.position(), make.call(), arguments, make.end());
        return new Asked(call, make.expected());
    }

    /** Where a call only writes, its variable may have no value yet. */
    private Argument argument(Make make, int i) {
        Formula argument = make.arguments().get(i);
        Position at = argument.position();
        boolean written =
                argument instanceof Formula.Variable
                        && WrittenArguments.of(make.call(), make.arguments().size()).contains(i);
        if (!written) return Values.at(at, variables.value(argument));
        return WrittenArguments.isReadToo(make.call())
                ? Values.withoutResults(Values.at(at, variables.value(argument)))
                : new Argument.Ellipsis(at);
    }

    /**
     * What came of the call that it asked for.
     *
     * @param errno the symbol, if it failed
     * @param given what the kernel gave back, if it did not
     */
    public void returned(long result, Optional<String> errno, Optional<Object> given) {
        Make make = asked;
        if (make == null) return; // it has come to its end
        Position at = make.position();
        make.target().ifPresent(target -> variables.set(target, Values.number(at, result)));
        errno.ifPresent(symbol ->
                variables.set(
                        ERRNO, new Argument.Symbols(at, List.of(new Argument.Term(at, symbol)))));
        given.ifPresent(value -> write(make, value));
    }

    private void write(Make make, Object given) {
        int count = make.arguments().size();
        for (int place : WrittenArguments.of(make.call(), count)) {
            if (!(make.arguments().get(place) instanceof Formula.Variable(var at, var name))) {
                continue;
            }
            WrittenBack.to(place, given, at).ifPresent(value -> variables.set(name, value));
        }
    }

    /** Whether the call that it asked for makes a process, which goes on as this one does. */
    public boolean isForking() {
        return asked != null && asked.call().equals("fork");
    }

    /** The new process: it goes on where this one does, with fork() = 0. */
    public ProgramRun forked() {
        var child = new ProgramRun(variables.copy(), Optional.of("exit"));
        for (Block block : blocks) child.blocks.addLast(block.copy());
        child.asked = asked;
        child.returned(0, Optional.empty(), Optional.empty());
        return child;
    }

    /**
     * The thread that the call has made, with the variables as they are now; empty if it has made
     * none, or none that does anything.
     */
    public Optional<ProgramRun> thread() {
        if (asked == null) return Optional.empty();
        return asked.thread()
                .map(body -> {
                    var thread = new ProgramRun(variables.copy(), Optional.of("pthread_exit"));
                    thread.blocks.push(Block.of(body));
                    return thread;
                });
    }
}
