package io.socketlab.lab.script;

import io.socketlab.lab.expr.Spelling;
import io.socketlab.lab.script.Formula.Operator;
import io.socketlab.lab.script.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads programs: what stands in braces behind a host.
 *
 * <pre>{@code
 * program   = "{" statement… "}"
 * statement = [variable "="] call ["=" result [ERRNO]]
 *           | [variable "="] "pthread_create()" program
 *           | variable ("=" | "+=" | "-=") formula
 *           | "if" formula program ["else" (program | if)]
 *           | "while" formula program
 *           | "for" variable "in" formula program
 *           | "break" | "continue"
 * }</pre>
 */
final class ProgramParser {

    private static final int MAX_DEPTH = 30;

    private final Tokens tokens;
    private final FormulaParser formulas;
    private final Supplier<Optional<Expected>> expected;

    /** The variables that something gives a value to. */
    private final Set<String> assigned = new LinkedHashSet<>(Set.of(FormulaParser.ERRNO));

    private int depth;
    private int loops;

    /**
     * @param expected reads what a call is to return
     */
    ProgramParser(Tokens tokens, ArgumentParser arguments, Supplier<Optional<Expected>> expected) {
        this.tokens = tokens;
        this.formulas = new FormulaParser(tokens, arguments);
        this.expected = expected;
    }

    /** A whole program, of which the opening brace is next. */
    List<Statement> program() {
        List<Statement> body = block();
        for (Map.Entry<String, Token> read : formulas.variablesRead().entrySet()) {
            if (assigned.contains(read.getKey())) continue;
            throw tokens.error(
                    read.getValue(),
                    "expected a variable that something gives a value to, found '"
                            + read.getKey()
                            + "'"
                            + Spelling.hint(read.getKey(), List.copyOf(assigned)));
        }
        return body;
    }

    private List<Statement> block() {
        Token open = tokens.expect('{', "expected '{'");
        if (++depth > MAX_DEPTH) {
            throw tokens.error(open, "expected at most " + MAX_DEPTH + " blocks in blocks");
        }
        var statements = new ArrayList<Statement>();
        skipSeparators();
        while (!tokens.accept('}')) {
            if (tokens.peek().is(Kind.END)) {
                throw tokens.unexpected("expected '}' for the '{' at " + tokens.at(open));
            }
            statements.add(statement());
            if (!tokens.atLineEnd() && !tokens.peek().is(';') && !tokens.peek().is('}')) {
                throw tokens.unexpected("expected the end of the line, ';' or '}'");
            }
            skipSeparators();
        }
        depth--;
        return statements;
    }

    private void skipSeparators() {
        while (tokens.peek().is(Kind.NEWLINE) || tokens.peek().is(';')) tokens.next();
    }

    private Statement statement() {
        Token first = tokens.next();
        Position at = tokens.at(first);
        if (first.is(Kind.VARIABLE)) return assignment(at, first);
        if (!first.is(Kind.WORD)) {
            throw tokens.error(
                    first,
                    "expected a call, if, while, for or a variable such as $fd, found "
                            + first.found());
        }
        return switch (first.text()) {
            case "if" -> condition(at);
            case "while" -> new Statement.While(at, formulas.formula(), loop());
            case "for" -> forEach(at);
            case "break", "continue" -> jump(at, first);
            default -> make(at, Optional.empty(), first);
        };
    }

    private Statement jump(Position at, Token word) {
        if (loops == 0) {
            throw tokens.error(word, "expected a loop around " + word.text());
        }
        return word.text().equals("break") ? new Statement.Break(at) : new Statement.Continue(at);
    }

    private Statement condition(Position at) {
        Formula condition = formulas.formula();
        List<Statement> then = block();
        Token after = tokens.peek();
        skipSeparators();
        if (!tokens.accept("else")) {
            tokens.lexer().backTo(after);
            return new Statement.If(at, condition, then, List.of());
        }
        Position elseAt = tokens.here();
        if (tokens.accept("if")) {
            return new Statement.If(at, condition, then, List.of(condition(elseAt)));
        }
        return new Statement.If(at, condition, then, block());
    }

    private Statement forEach(Position at) {
        Token variable =
                tokens.expect(Kind.VARIABLE, "expected a variable, as in for $fd in $ready {");
        if (!tokens.accept("in")) {
            throw tokens.unexpected("expected in and a list, as in for $fd in $ready {");
        }
        assigned.add(variable.text());
        return new Statement.ForEach(at, variable.text(), formulas.formula(), loop());
    }

    private List<Statement> loop() {
        Token open = tokens.peek();
        loops++;
        List<Statement> body = block();
        loops--;
        if (body.isEmpty()) throw tokens.error(open, "expected something to do in the loop");
        return body;
    }

    private Statement assignment(Position at, Token variable) {
        String name = variable.text();
        assigned.add(name);
        Optional<Operator> operator = Optional.empty();
        if (tokens.accept('+')) operator = Optional.of(Operator.PLUS);
        else if (tokens.accept('-')) operator = Optional.of(Operator.MINUS);
        tokens.expect('=', "expected '=' and a value for " + name);
        Token value = tokens.peek();
        if (operator.isEmpty() && value.is(Kind.WORD)) {
            tokens.next();
            boolean isCall =
                    tokens.peek().is('(') && !FormulaParser.FUNCTIONS.contains(value.text());
            if (isCall) return make(at, Optional.of(name), value);
            tokens.lexer().backTo(value);
        }
        return new Statement.Assign(at, name, operator, formulas.formula());
    }

    private Statement make(Position at, Optional<String> target, Token name) {
        tokens.expect('(', "expected '(' after " + name.text());
        if (CallCatalogue.find(name.text()).isEmpty()) {
            throw tokens.error(
                    name,
                    "expected a call, found '"
                            + name.text()
                            + "'"
                            + Spelling.hint(name.text(), CallCatalogue.names()));
        }
        List<Formula> arguments = arguments(name.text());
        Position end = tokens.here();
        Optional<List<Statement>> thread =
                name.text().equals("pthread_create") && tokens.peek().is('{')
                        ? Optional.of(threadBlock())
                        : Optional.empty();
        Optional<Expected> result = target.isEmpty() ? expected.get() : Optional.empty();
        return new Statement.Make(at, target, name.text(), arguments, end, result, thread);
    }

    /** A thread leaves no loop of the one that made it. */
    private List<Statement> threadBlock() {
        int outer = loops;
        loops = 0;
        List<Statement> body = block();
        loops = outer;
        return body;
    }

    /** What the call writes to may be a variable that has no value yet. */
    private List<Formula> arguments(String call) {
        List<Formula> arguments = formulas.list(')');
        if (WrittenArguments.isReadToo(call)) return arguments;
        for (int i : WrittenArguments.of(call, arguments.size())) {
            if (arguments.get(i) instanceof Formula.Variable(_, var name)) assigned.add(name);
        }
        return arguments;
    }
}
