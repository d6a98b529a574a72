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
        Term from = single(in);
        if (in.looksAt("...") || !in.take("..")) return from;
        boolean open =
                in.atEnd() || Character.isWhitespace(in.peek()) || ",)".indexOf(in.peek()) >= 0;
        return new Term.Between(from, open ? Term.ANY : single(in));
    }

    private static Term single(Cursor in) throws SyntaxException {
        if (in.peek() == '[') return elements(in);
        if (in.peek() == '{' && !in.looksAt("{{")) return members(in);
        if (in.take("*")) return in.take(":") ? new Term.Address("*", read(in)) : Term.ANY;
        if (in.take("$")) return bound(in);
        if (in.looksAt("{{")) return new Term.Filled(ExpressionParser.parseBraces(in));
        if (in.peek() == '"') return new Term.Fixed(new Value.Word(Quoted.read(in)));
        if (Character.isDigit(in.peek()) || in.peek() == '-') return number(in);
        if (Cursor.startsName(in.peek())) {
            String word = word(in);
            if (in.peek() != ':') return new Term.Fixed(new Value.Word(word));
            in.need(":");
            return new Term.Address(word, single(in));
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
            return new Term.Address(text.toString(), single(in));
        }
        Value value = Value.of(text.toString());
        if (value instanceof Value.Word && !text.toString().matches("[0-9.]+")) {
            throw new SyntaxException(start, "expected a number, not '" + text + "'");
        }
        return new Term.Fixed(value);
    }
}
