package io.socketlab.lab.script;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.lab.expr.Spelling;
import io.socketlab.lab.script.Formula.Operator;
import io.socketlab.lab.script.Token.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads formulas. {@code &} and {@code |} bind more closely than comparisons, unlike in C, so that
 * {@code $e.revents & POLLIN != 0} asks what it seems to ask.
 */
final class FormulaParser {

    /** What counts and picks, where a program has no call for it. */
    static final Set<String> FUNCTIONS = Set.of("len", "max");

    /** What the last call that failed said. */
    static final String ERRNO = "errno";

    private static final int MAX_DEPTH = 50;

    private final Tokens tokens;
    private final ArgumentParser arguments;

    /** The variables that have been read, and where first. */
    private final Map<String, Token> read = new LinkedHashMap<>();

    private int depth;

    FormulaParser(Tokens tokens, ArgumentParser arguments) {
        this.tokens = tokens;
        this.arguments = arguments;
    }

    /** The variables that are read, and where each is first. */
    Map<String, Token> variablesRead() {
        return read;
    }

    Formula formula() {
        deeper();
        Formula formula = binary(0);
        depth--;
        return formula;
    }

    private void deeper() {
        if (++depth > MAX_DEPTH) {
            throw tokens.error(
                    tokens.peek(), "expected at most " + MAX_DEPTH + " brackets in brackets");
        }
    }

    private Formula binary(int level) {
        if (level > Operator.CLOSEST) return unary();
        Formula left = binary(level + 1);
        while (true) {
            Position at = tokens.here();
            Operator operator = operator(level);
            if (operator == null) return left;
            left = new Formula.Binary(at, operator, left, binary(level + 1));
        }
    }

    /** Takes an operator of that level, if one is next. */
    private @Nullable Operator operator(int level) {
        Token first = tokens.peek();
        String sign = sign();
        for (Operator operator : Operator.values()) {
            if (operator.level() == level && operator.sign().equals(sign)) return operator;
        }
        tokens.lexer().backTo(first);
        return null;
    }

    /** Takes one sign, or two that stand together and mean one thing. */
    private String sign() {
        Token first = tokens.next();
        Token second = tokens.peek();
        String both = first.text() + second.text();
        boolean together = first.end() == second.start() && second.is(Kind.PUNCTUATION);
        return together && Set.of("&&", "||", "==", "!=", "<=", ">=", "+=", "-=").contains(both)
                ? first.text() + tokens.next().text()
                : first.text();
    }

    private Formula unary() {
        Token token = tokens.peek();
        Position at = tokens.at(token);
        if (tokens.accept('!')) return new Formula.Unary(at, Operator.NOT, operand());
        if (tokens.accept('-')) return new Formula.Unary(at, Operator.MINUS, operand());
        return postfix(atom());
    }

    private Formula operand() {
        deeper();
        Formula operand = unary();
        depth--;
        return operand;
    }

    private Formula postfix(Formula of) {
        Formula formula = of;
        while (true) {
            Position at = tokens.here();
            if (tokens.accept('.')) {
                Token name = tokens.expect(Kind.WORD, "expected the name of a member after '.'");
                formula = new Formula.Member(at, formula, name.text());
            } else if (tokens.accept('[')) {
                formula = picked(at, formula);
            } else {
                return formula;
            }
        }
    }

    /** {@code [0]}, {@code [4:]}, {@code [:2]}. */
    private Formula picked(Position at, Formula of) {
        Optional<Formula> from = tokens.peek().is(':') ? Optional.empty() : Optional.of(formula());
        if (!tokens.accept(':')) {
            tokens.expect(']', "expected ']' or ':'");
            return new Formula.Element(at, of, from.orElseThrow());
        }
        Optional<Formula> to = tokens.peek().is(']') ? Optional.empty() : Optional.of(formula());
        tokens.expect(']', "expected ']'");
        return new Formula.Slice(at, of, from, to);
    }

    private Formula atom() {
        Token token = tokens.peek();
        Position at = tokens.at(token);
        return switch (token.kind()) {
            case VARIABLE -> {
                read.putIfAbsent(token.text(), token);
                yield new Formula.Variable(at, tokens.next().text());
            }
            case WORD -> word();
            case INTEGER -> {
                tokens.next();
                yield new Formula.Literal(
                        new Argument.Numeral(at, tokens.value(token), token.text()));
            }
            case PUNCTUATION -> bracket();
            case DECIMAL,
                    ADDRESS,
                    BRACKETED,
                    STRING,
                    ELLIPSIS,
                    COMMAND,
                    CODE,
                    OPTION,
                    NEWLINE,
                    END ->
                    new Formula.Literal(arguments.argument());
        };
    }

    private Formula bracket() {
        Position at = tokens.here();
        if (tokens.accept('(')) {
            tokens.skipNewlines();
            Formula inner = formula();
            tokens.skipNewlines();
            tokens.expect(')', "expected ')'");
            return inner;
        }
        if (tokens.accept('[')) return new Formula.Several(at, list(']'));
        if (tokens.accept('{')) return structure(at);
        return new Formula.Literal(arguments.argument());
    }

    /** What is written between commas up to {@code close}, which is taken. */
    List<Formula> list(char close) {
        var elements = new ArrayList<Formula>();
        tokens.skipNewlines();
        while (!tokens.accept(close)) {
            elements.add(formula());
            tokens.skipNewlines();
            if (!tokens.accept(',') && !tokens.peek().is(close)) {
                throw tokens.unexpected("expected ',' or '" + close + "'");
            }
            tokens.skipNewlines();
        }
        return elements;
    }

    private Formula structure(Position at) {
        var parts = new ArrayList<Formula.Part>();
        tokens.skipNewlines();
        while (!tokens.accept('}')) {
            Token name = tokens.expect(Kind.WORD, "expected the name of a member");
            tokens.expect('=', "expected '=' and the value of " + name.text());
            parts.add(new Formula.Part(tokens.at(name), name.text(), formula()));
            tokens.skipNewlines();
            if (!tokens.accept(',') && !tokens.peek().is('}')) {
                throw tokens.unexpected("expected ',' or '}'");
            }
            tokens.skipNewlines();
        }
        return new Formula.Structure(at, parts);
    }

    private Formula word() {
        Token word = tokens.next();
        Position at = tokens.at(word);
        if (tokens.peek().is('(') && FUNCTIONS.contains(word.text())) {
            tokens.next();
            Formula of = formula();
            tokens.expect(')', "expected ')' after what " + word.text() + "() is asked of");
            return new Formula.Function(at, word.text(), of);
        }
        if (tokens.peek().is('(') && CallCatalogue.find(word.text()).isPresent()) {
            throw tokens.error(
                    word,
                    "expected each call on a line of its own, as in $n = " + word.text() + "(...)");
        }
        boolean isAddress = tokens.peek().is(':') || tokens.peek().is('.');
        if (isAddress || tokens.peek().is('(')) {
            tokens.lexer().backTo(word);
            return new Formula.Literal(arguments.argument());
        }
        if (word.text().equals(ERRNO)) return new Formula.Variable(at, ERRNO);
        if (!isConstant(word.text())) throw unknown(word);
        return new Formula.Literal(
                new Argument.Symbols(at, List.of(new Argument.Term(at, word.text()))));
    }

    private static boolean isConstant(String word) {
        return word.equals("NULL")
                || Constants.anyValue(word).isPresent()
                || Arrays.stream(Errno.values()).anyMatch(e -> e.name().equals(word));
    }

    private ScriptException unknown(Token word) {
        String near =
                read.containsKey("$" + word.text())
                        ? "; did you mean '$" + word.text() + "'?"
                        : Spelling.hint(word.text(), Constants.allNames());
        return tokens.error(
                word,
                "expected a constant, or a variable such as $fd, found '"
                        + word.text()
                        + "'"
                        + near);
    }
}
