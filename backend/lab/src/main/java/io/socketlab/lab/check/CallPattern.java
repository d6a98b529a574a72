package io.socketlab.lab.check;

import io.socketlab.lab.check.Shape.Phase;
import io.socketlab.lab.check.Shape.Who;
import io.socketlab.lab.expr.Cursor;
import io.socketlab.lab.expr.SyntaxException;
import io.socketlab.lab.expr.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a call has to be. {@code accept($ls, ...)} is the call being made, {@code accept(...)
 * blocks} its having to wait, {@code accept(...) = $fd} its return; {@code ->} may stand for {@code
 * =}.
 */
final class CallPattern {

    private CallPattern() {}

    static Shape read(Cursor in, Who who) throws SyntaxException {
        List<String> names = names(in);
        Map<String, Term> arguments = arguments(in, names);
        in.skipSpace();
        Phase phase = Phase.ENTERED;
        Term result = Term.ANY;
        Optional<Term> errno = Optional.empty();
        if (in.takeWord("blocks")) {
            phase = Phase.BLOCKED;
        } else if (in.take("=") || in.take("->")) {
            phase = Phase.RETURNED;
            in.skipSpace();
            int start = in.offset();
            result = TermParser.read(in);
            in.skipSpace();
            if (result instanceof Term.Fixed(Value.Word(var word))
                    && FieldNames.ERRORS.contains(word)) {
                throw new SyntaxException(start, "expected -1 " + word + ", not " + word);
            }
            if (Cursor.startsName(in.peek())) errno = Optional.of(errno(in));
        }
        in.skipSpace();
        if (!in.atEnd()) throw in.expected("'=', '->', 'blocks' or the end of the line");
        return new Shape.Call(who, names, arguments, phase, result, errno);
    }

    private static List<String> names(Cursor in) throws SyntaxException {
        var names = new ArrayList<String>();
        do {
            int start = in.offset();
            if (in.take("*")) {
                names.add("*");
                continue;
            }
            String name = in.name("a call, as in 'accept(...)'");
            if (!CallText.NAMES.contains(name)) {
                throw SyntaxException.unknown(start, "call", name, CallText.NAMES);
            }
            names.add(name);
        } while (in.take("|"));
        return names;
    }

    private static Map<String, Term> arguments(Cursor in, List<String> names)
            throws SyntaxException {
        int start = in.offset() + 1;
        if (in.peek() != '(') throw in.expected("'('");
        String inside = in.takeBalanced('(', ')');
        var terms = new ArrayList<Term>();
        boolean open = false;
        int offset = start;
        List<String> parts = inside.isBlank() ? List.of() : Split.at(inside, ",");
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            if (part.strip().equals("...")) {
                open = i == parts.size() - 1;
                if (!open) terms.add(Term.ANY);
            } else {
                terms.add(argument(part, offset));
            }
            offset += part.length() + 1;
        }
        return CallText.byRole(names.getFirst(), terms, open, start);
    }

    private static Term argument(String part, int offset) throws SyntaxException {
        int blank = part.length() - part.stripLeading().length();
        String text = part.strip();
        if (CallText.isFlags(text)) return new Term.Fixed(CallText.flags(text));
        if (text.endsWith("|...") && CallText.isFlags(text.substring(0, text.length() - 4))) {
            return new Term.Flags(CallText.flagNames(text.substring(0, text.length() - 4)), true);
        }
        boolean maybe = text.startsWith("?");
        if (maybe) text = " " + text.substring(1);
        try {
            Term term = TermParser.parse(text);
            return maybe ? new Term.Maybe(term) : term;
        } catch (SyntaxException e) {
            throw e.shifted(offset + blank);
        }
    }

    private static Term errno(Cursor in) throws SyntaxException {
        int start = in.offset();
        Term term = TermParser.read(in);
        List<Term> choices = term instanceof Term.OneOf(var several) ? several : List.of(term);
        for (Term choice : choices) {
            if (choice instanceof Term.Fixed(Value.Word(var word))
                    && !FieldNames.ERRORS.contains(word)) {
                throw SyntaxException.unknown(start, "error", word, FieldNames.ERRORS);
            }
        }
        return term;
    }
}
