package io.socketlab.lab.program;

import io.socketlab.lab.script.Argument;
import io.socketlab.lab.script.Position;
import io.socketlab.lab.script.Statement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements that a program is in the midst of, once or over and over. */
final class Block {

    private final List<Statement> body;

    /** What has it begun again; null if it is gone through once. */
    private final @Nullable Statement loop;

    /** What a {@code for} goes through. */
    private final List<Argument> elements;

    private int next;
    private int element;

    private Block(
            List<Statement> body, @Nullable Statement loop, List<Argument> elements, int next) {
        this.body = body;
        this.loop = loop;
        this.elements = elements;
        this.next = next;
    }

    static Block of(List<Statement> body) {
        return new Block(body, null, List.of(), 0);
    }

    static Block loop(Statement.While loop) {
        return new Block(loop.body(), loop, List.of(), loop.body().size());
    }

    /** The elements are those that there are now, whatever becomes of the list meanwhile. */
    static Block forEach(Statement.ForEach loop, List<Argument> elements) {
        return new Block(loop.body(), loop, elements, loop.body().size());
    }

    Block copy() {
        var copy = new Block(body, loop, elements, next);
        copy.element = element;
        return copy;
    }

    boolean isLoop() {
        return loop != null;
    }

    /** Goes on with the next round. */
    void skip() {
        next = body.size();
    }

    /** Where it stands. */
    Position position() {
        if (loop != null) return loop.position();
        return body.isEmpty() ? new Position(1, 1) : body.getFirst().position();
    }

    /** The statement that is next; empty if it is over. */
    Optional<Statement> next(Evaluator variables) {
        if (next == body.size() && !beginsAgain(variables)) return Optional.empty();
        return Optional.of(body.get(next++));
    }

    private boolean beginsAgain(Evaluator variables) {
        boolean again =
                switch (loop) {
                    case Statement.While(_, var condition, _) -> variables.isTrue(condition);
                    case Statement.ForEach(_, var variable, _, _)
                            when element < elements.size() -> {
                        variables.set(variable, elements.get(element++));
                        yield true;
                    }
                    case null, default -> false;
                };
        if (again) next = 0;
        return again;
    }
}
