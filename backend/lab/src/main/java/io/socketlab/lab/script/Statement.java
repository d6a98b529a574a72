package io.socketlab.lab.script;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A step of a program. */
public sealed interface Statement {

    Position position();

    /** All calls in {@code statements}, those in inner blocks too. */
    static Stream<Make> calls(List<Statement> statements) {
        return statements.stream().flatMap(Statement::calls);
    }

    private Stream<Make> calls() {
        return switch (this) {
            case Make make ->
                    Stream.concat(Stream.of(make), calls(make.thread().orElse(List.of())));
            case If(_, _, var then, var otherwise) -> Stream.concat(calls(then), calls(otherwise));
            case While(_, _, var body) -> calls(body);
            case ForEach(_, _, _, var body) -> calls(body);
            case Assign _, Break _, Continue _ -> Stream.empty();
        };
    }

    /**
     * {@code $fd = accept($listener)}, {@code bind($fd, *:80) = 0}.
     *
     * @param target the variable that is to hold what it returns
     * @param thread of pthread_create(): what the new thread runs
     */
    record Make(
            Position position,
            Optional<String> target,
            String call,
            List<Formula> arguments,
            Position end,
            Optional<Expected> expected,
            Optional<List<Statement>> thread)
            implements Statement {
        public Make {
            arguments = List.copyOf(arguments);
            thread = thread.map(List::copyOf);
        }
    }

    /**
     * {@code $n = 0}, {@code $fds += $fd}.
     *
     * @param operator of {@code +=} and {@code -=}
     */
    record Assign(
            Position position, String target, Optional<Formula.Operator> operator, Formula value)
            implements Statement {}

    /** {@code if $n > 0 { … } else { … }}. */
    record If(Position position, Formula condition, List<Statement> then, List<Statement> otherwise)
            implements Statement {
        public If {
            then = List.copyOf(then);
            otherwise = List.copyOf(otherwise);
        }
    }

    /** {@code while $n > 0 { … }}. */
    record While(Position position, Formula condition, List<Statement> body) implements Statement {
        public While {
            body = List.copyOf(body);
        }
    }

    /** {@code for $fd in $ready { … }}. */
    record ForEach(Position position, String variable, Formula list, List<Statement> body)
            implements Statement {
        public ForEach {
            body = List.copyOf(body);
        }
    }

    /** Leaves the loop that it stands in. */
    record Break(Position position) implements Statement {}

    /** Goes on with the next round of the loop that it stands in. */
    record Continue(Position position) implements Statement {}
}
