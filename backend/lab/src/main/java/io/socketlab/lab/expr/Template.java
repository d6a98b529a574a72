package io.socketlab.lab.expr;

import java.util.ArrayList;
import java.util.List;

/** A text with {@code {{…}}} in it. */
public record Template(List<Part> parts) {

    public Template {
        parts = List.copyOf(parts);
    }

    /** A piece of text, or what stands in braces. */
    public sealed interface Part {
        record Fixed(String text) implements Part {}

        record Open(Expression expression) implements Part {}
    }

    /** Reads a text; braces that are never closed are a mistake. */
    public static Template of(String text) throws SyntaxException {
        var parts = new ArrayList<Part>();
        var in = new Cursor(text);
        int fixed = 0;
        while (!in.atEnd()) {
            int open = text.indexOf("{{", in.offset());
            if (open < 0) break;
            if (open > fixed) parts.add(new Part.Fixed(text.substring(fixed, open)));
            in.moveTo(open);
            parts.add(new Part.Open(ExpressionParser.parseBraces(in)));
            fixed = in.offset();
        }
        if (fixed < text.length()) parts.add(new Part.Fixed(text.substring(fixed)));
        return new Template(parts);
    }

    /**
     * @throws IllegalArgumentException if a parameter is not there
     */
    public String fill(Scope scope) {
        var text = new StringBuilder();
        for (Part part : parts) {
            text.append(
                    switch (part) {
                        case Part.Fixed(var fixed) -> fixed;
                        case Part.Open(var expression) ->
                                Evaluation.constant(expression, scope).toString();
                    });
        }
        return text.toString();
    }

    public List<Expression.Parameter> parameters() {
        var found = new ArrayList<Expression.Parameter>();
        for (Part part : parts) {
            if (part instanceof Part.Open(var expression)) {
                found.addAll(Expression.parameters(expression));
            }
        }
        return found;
    }
}
