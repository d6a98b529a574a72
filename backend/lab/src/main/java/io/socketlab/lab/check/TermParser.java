package io.socketlab.lab.check;

import io.socketlab.lab.expr.Cursor;
import io.socketlab.lab.expr.ExpressionParser;
import io.socketlab.lab.expr.SyntaxException;
import io.socketlab.lab.expr.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Reads terms: {@code *}, {@code 5}, {@code $x+1}, {@code {{port}}}, {@code a|b}, {@code 1..9},
 * {@code {fd=5}}.
 */
final class TermParser {

    private static final int MOST_PORTS = 65_535;

    /** For a bound that is not written as a number. */
    private static final long UNKNOWN = Long.MIN_VALUE;

    private TermParser() {}

    /** The whole of {@code text} is one term. */
    static Term parse(String text) throws SyntaxException {
        var in = new Cursor(text);
        in.skipSpace();
        Term term = read(in);
        in.skipSpace();
        if (!in.atEnd()) throw in.expected("the end of the value");
        return term;
    }

    /** Reads as far as the term goes. */
    static Term read(Cursor in) throws SyntaxException {
        var choices = new ArrayList<Term>();
        do {
            choices.add(range(in));
        } while (in.take("|"));
        return choices.size() == 1 ? choices.getFirst() : new Term.OneOf(choices);
    }

    private static Term range(Cursor in) throws SyntaxException {
        int start = in.offset();
        Term from = single(in);
        if (in.looksAt("...") || !in.take("..")) return from;
        boolean open =
                in.atEnd() || Character.isWhitespace(in.peek()) || ",)".indexOf(in.peek()) >= 0;
        Term to = open ? Term.ANY : single(in);
        numbers(from, start);
        numbers(to, start);
        boolean told = number(from) != UNKNOWN && number(to) != UNKNOWN;
        if (told && number(from) > number(to)) {
            throw new SyntaxException(start, "expected the least first, not " + in.since(start));
        }
        return new Term.Between(from, to);
    }

    private static long number(Term term) {
        return term instanceof Term.Fixed(Value.Int(var n)) ? n : UNKNOWN;
    }

    /**
     * A term that stands for a number.
     *
     * @param offset where it stands
     * @throws SyntaxException if it is a word
     */
    static Term numbers(Term term, int offset) throws SyntaxException {
        switch (term) {
            case Term.Fixed(Value.Word(var word)) ->
                    throw new SyntaxException(offset, "expected a number, not '" + word + "'");
            case Term.OneOf(var choices) -> {
                for (Term choice : choices) numbers(choice, offset);
            }
            case Term.Maybe(var inner) -> numbers(inner, offset);
            default -> {} // told only by the run
        }
        return term;
    }

    /** An address of a host, with its port. */
    private static Term address(String host, Term port, int offset) throws SyntaxException {
        numbers(port, offset);
        if (port instanceof Term.Fixed(Value.Int(var n)) && (n < 0 || n > MOST_PORTS)) {
            throw new SyntaxException(offset, "expected a port up to 65535, not " + n);
        }
        return new Term.Address(host, port);
    }

    private static Term single(Cursor in) throws SyntaxException {
        if (in.peek() == '[') return elements(in);
        if (in.peek() == '{' && !in.looksAt("{{")) return members(in);
        if (in.take("*")) {
            if (!in.take(":")) return Term.ANY;
            int port = in.offset();
            return address("*", read(in), port);
        }
        if (in.take("$")) return bound(in);
        if (in.looksAt("{{")) return new Term.Filled(ExpressionParser.parseBraces(in));
        if (in.peek() == '"') return new Term.Fixed(new Value.Word(Quoted.read(in)));
        if (Character.isDigit(in.peek()) || in.peek() == '-') return number(in);
        if (Cursor.startsName(in.peek())) {
            String word = word(in);
            if (in.peek() != ':') return new Term.Fixed(new Value.Word(word));
            in.need(":");
            int port = in.offset();
            return address(word, single(in), port);
        }
        throw in.expected("a value: *, a number, a word, \"text\", $variable or {{parameter}}");
    }

    /** Names of hosts and of rules have dots in them. */
    private static String word(Cursor in) {
        int start = in.offset();
        do {
            in.takeWhile(Cursor::continuesName);
        } while (in.rest().matches("(?s)\\.[A-Za-z_].*") && in.take("."));
        return in.since(start);
    }

    private static Term elements(Cursor in) throws SyntaxException {
        int start = in.offset() + 1;
        var terms = new ArrayList<Term>();
        for (Part part : parts(in.takeBalanced('[', ']'), start)) terms.add(inner(part));
        return new Term.Elements(terms);
    }

    private static Term members(Cursor in) throws SyntaxException {
        int start = in.offset() + 1;
        var terms = new LinkedHashMap<String, Term>();
        for (Part part : parts(in.takeBalanced('{', '}'), start)) {
            int equals = part.text.indexOf('=');
            if (equals < 1) {
                throw new SyntaxException(part.offset, "expected a member, as in fd=$c");
            }
            var value = new Part(part.text.substring(equals + 1), part.offset + equals + 1);
            terms.put(part.text.substring(0, equals).strip(), inner(value));
        }
        return new Term.Members(terms);
    }

    /**
     * What stands between two commas.
     *
     * @param offset of the text in what is parsed
     */
    private record Part(String text, int offset) {}

    private static List<Part> parts(String inside, int start) {
        var parts = new ArrayList<Part>();
        int offset = start;
        for (String piece : inside.isBlank() ? List.<String>of() : Split.at(inside, ",")) {
            int blank = piece.length() - piece.stripLeading().length();
            if (!piece.strip().equals("...")) parts.add(new Part(piece.strip(), offset + blank));
            offset += piece.length() + 1;
        }
        return parts;
    }

    private static Term inner(Part part) throws SyntaxException {
        String text = part.text;
        boolean open = text.endsWith("|...");
        String named = open ? text.substring(0, text.length() - 4) : text;
        if (CallText.isFlags(named)) return new Term.Flags(CallText.flagNames(named), open);
        try {
            return parse(text);
        } catch (SyntaxException e) {
            throw e.shifted(part.offset);
        }
    }

    private static Term bound(Cursor in) throws SyntaxException {
        String name = in.name("a variable's name after '$'");
        int start = in.offset();
        boolean plus = in.take("+");
        if (!plus && (in.looksAt("->") || !in.take("-"))) return new Term.Bound(name, 0);
        String digits = in.takeWhile(Character::isDigit);
        if (digits.isEmpty()) throw new SyntaxException(start, "expected a number after the sign");
        long amount = Long.parseLong(digits);
        return new Term.Bound(name, plus ? amount : -amount);
    }

    /** A number in decimal or hexadecimal, a time, or a dotted address with a port. */
    private static Term number(Cursor in) throws SyntaxException {
        int start = in.offset();
        boolean minus = in.take("-");
        if (in.take("0x") || in.take("0X")) {
            String digits = in.takeWhile(c -> Character.digit(c, 16) >= 0);
            if (digits.isEmpty()) throw in.expected("hexadecimal digits");
            return new Term.Fixed(new Value.Int(Long.parseLong(digits, 16)));
        }
        var text = new StringBuilder(minus ? "-" : "");
        while (Character.isLetterOrDigit(in.peek()) || (in.peek() == '.' && !in.looksAt(".."))) {
            text.append(in.peek());
            in.moveTo(in.offset() + 1);
        }
        if (text.toString().matches("\\d+\\.\\d+\\.\\d+\\.\\d+") && in.take(":")) {
            int port = in.offset();
            return address(text.toString(), single(in), port);
        }
        Value value = Value.of(text.toString());
        if (value instanceof Value.Word && !text.toString().matches("[0-9.]+")) {
            throw new SyntaxException(start, "expected a number, not '" + text + "'");
        }
        return new Term.Fixed(value);
    }
}
