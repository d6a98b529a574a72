package io.socketlab.lab.model;

import io.socketlab.lab.check.Assertion;
import io.socketlab.lab.check.Condition;
import io.socketlab.lab.check.EventPattern;
import io.socketlab.lab.check.Shape;
import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.ExpressionParser;
import io.socketlab.lab.expr.LocalText;
import io.socketlab.lab.expr.SyntaxException;
import io.socketlab.lab.expr.Value;
import io.socketlab.lab.model.Samples.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads assertions. One that cannot be read has been reported, and stands for one that always
 * holds.
 */
final class AssertionReader {

    private static final Assertion UNREADABLE = new Assertion.All(List.of());
    static final List<String> KINDS =
            List.of(
                    "exists",
                    "never",
                    "count",
                    "order",
                    "dag",
                    "response",
                    "during",
                    "window",
                    "series",
                    "always",
                    "reaches",
                    "final",
                    "stream",
                    "all",
                    "any",
                    "none");

    /** Those whose parts are assertions, each with variables of its own. */
    private static final List<String> PARTED = List.of("all", "any", "none");

    private final Names names;

    AssertionReader(Names names) {
        this.names = names;
    }

    /** A text alone is a condition that holds when the run is over. */
    Assertion readOrCondition(Element element) {
        if (!element.isScalar()) return read(element);
        return names.condition(element).<Assertion>map(Assertion.Final::new).orElse(UNREADABLE);
    }

    Assertion read(Element element) {
        try (Fields fields = element.fields("an assertion, as in {exists: …}")) {
            List<String> kinds =
                    KINDS.stream().filter(kind -> fields.get(kind).isPresent()).toList();
            boolean both = kinds.equals(List.of("always", "reaches"));
            if (kinds.isEmpty() || (kinds.size() > 1 && !both)) {
                if (element.isMapping() && !fields.hasUnknown()) {
                    element.problem("expected one of " + String.join(", ", KINDS));
                }
                return UNREADABLE;
            }
            String kind = kinds.getFirst();
            if (PARTED.contains(kind)) return read(kind, fields);
            names.shareVariables();
            Assertion assertion = read(kind, fields);
            names.checkVariables();
            return assertion;
        }
    }

    private Assertion read(String kind, Fields fields) {
        Element value = fields.need(kind).orElseThrow();
        return switch (kind) {
            case "exists" -> one(value, Assertion.Exists::new);
            case "never" -> one(value, Assertion.Never::new);
            case "count" -> count(value);
            case "order" -> new Assertion.Order(patterns(value));
            case "dag" -> new DagReader(names).read(value);
            case "response" -> response(value);
            case "during" -> during(value);
            case "window" -> window(value);
            case "series" -> new SeriesReader(names).read(value).orElse(UNREADABLE);
            case "always", "reaches" -> invariant(fields);
            case "final" -> readOrCondition(value);
            case "stream" -> new StreamReader(names).read(value).orElse(UNREADABLE);
            case "all" -> new Assertion.All(parts(value));
            case "any" -> new Assertion.AnyOf(parts(value));
            case "none" -> new Assertion.None(parts(value));
            default -> throw new IllegalStateException("no reader for " + kind);
        };
    }

    private Assertion one(Element value, Function<EventPattern, Assertion> make) {
        return names.pattern(value).map(make).orElse(UNREADABLE);
    }

    private List<EventPattern> patterns(Element value) {
        if (!value.isSequence() || value.items().isEmpty()) {
            value.problem("expected a list of pattern lines, at least one");
        }
        var patterns = new ArrayList<EventPattern>();
        for (Element item : value.items()) names.pattern(item).ifPresent(patterns::add);
        return patterns;
    }

    private List<Assertion> parts(Element value) {
        if (value.items().isEmpty()) value.problem("expected a list of assertions, at least one");
        return value.items().stream().map(this::read).toList();
    }

    private Assertion count(Element value) {
        try (Fields fields = value.fields("count")) {
            Optional<EventPattern> of = fields.need("of").flatMap(names::pattern);
            Optional<Bounds> is = fields.need("is").flatMap(this::bounds);
            if (of.isEmpty() || is.isEmpty()) return UNREADABLE;
            return new Assertion.Count(of.get(), is.get().atLeast(), is.get().atMost());
        }
    }

    private record Bounds(Expression atLeast, Optional<Expression> atMost) {}

    /** {@code 2}, {@code >= 2}, {@code 2..4}, {@code "{{n}}+1"}. */
    private Optional<Bounds> bounds(Element element) {
        Optional<Bounds> bounds = element.parsed("a number", AssertionReader::bounds);
        bounds.ifPresent(b -> {
            if (b.atMost().isEmpty()
                    && b.atLeast() instanceof Expression.Constant(Value.Int(var least))
                    && least == 0) {
                element.problem("expected a number that not every run has, as in >= 1");
            }
            names.check(element, b.atLeast(), Kind.NUMBER);
            if (b.atLeast() instanceof Expression.Constant(Value.Int(var least))
                    && b.atMost().orElse(b.atLeast())
                            instanceof Expression.Constant(Value.Int(var most))
                    && least > most) {
                element.problem("expected the least first, as in 1..3, not " + least + ".." + most);
            }
            b.atMost()
                    .filter(most -> !most.equals(b.atLeast()))
                    .ifPresent(most -> names.check(element, most, Kind.NUMBER));
        });
        return bounds;
    }

    private static Bounds bounds(String text) throws SyntaxException {
        Expression none = new Expression.Constant(new Value.Int(0));
        String line = text.strip();
        if (line.startsWith(">=")) return new Bounds(number(line, 2), Optional.empty());
        if (line.startsWith("<=")) return new Bounds(none, Optional.of(number(line, 2)));
        if (line.startsWith("==")) {
            Expression exact = number(line, 2);
            return new Bounds(exact, Optional.of(exact));
        }
        int dots = line.indexOf("..");
        if (dots >= 0) {
            return new Bounds(
                    ExpressionParser.parse(line.substring(0, dots)),
                    Optional.of(number(line, dots + 2)));
        }
        Expression exact = ExpressionParser.parse(line);
        return new Bounds(exact, Optional.of(exact));
    }

    private static Expression number(String text, int from) throws SyntaxException {
        try {
            return ExpressionParser.parse(text.substring(from));
        } catch (SyntaxException e) {
            throw e.shifted(from);
        }
    }

    private Assertion response(Element value) {
        try (Fields fields = value.fields("response")) {
            Optional<EventPattern> each = fields.need("each").flatMap(names::pattern);
            Optional<EventPattern> leadsTo = fields.need("leads_to").flatMap(names::pattern);
            Optional<Expression> within = fields.get("within").flatMap(names::within);
            if (each.isEmpty() || leadsTo.isEmpty()) return UNREADABLE;
            return new Assertion.Response(each.get(), leadsTo.get(), within);
        }
    }

    private Assertion during(Element value) {
        try (Fields fields = value.fields("during")) {
            Optional<EventPattern> from = fields.need("from").flatMap(names::pattern);
            Optional<EventPattern> to = fields.need("to").flatMap(names::pattern);
            Optional<Condition> expect = fields.get("expect").flatMap(names::condition);
            Optional<EventPattern> never = fields.get("never").flatMap(names::pattern);
            if (fields.has("expect") == fields.has("never")) {
                value.problem("expected either 'expect' or 'never' beside 'from' and 'to'");
            }
            if (from.isEmpty() || to.isEmpty()) return UNREADABLE;
            if (isBoundary(from.get(), true)) {
                fields.need("from").ifPresent(e -> e.problem("nothing comes after the end"));
            }
            if (isBoundary(to.get(), false)) {
                fields.need("to").ifPresent(e -> e.problem("nothing comes before the start"));
            }
            return new Assertion.During(from.get(), to.get(), expect, never);
        }
    }

    private static boolean isBoundary(EventPattern pattern, boolean end) {
        return pattern.shape() instanceof Shape.Boundary(var atEnd) && atEnd == end;
    }

    private Assertion invariant(Fields fields) {
        return new Assertion.Invariant(
                fields.get("always").flatMap(names::condition),
                fields.get("reaches").flatMap(names::condition));
    }

    private Assertion window(Element value) {
        try (Fields fields = value.fields("window")) {
            Optional<Element> inOrder = fields.get("order");
            Optional<Element> all = inOrder.isPresent() ? fields.get("all") : fields.need("all");
            if (inOrder.isPresent() && all.isPresent()) {
                value.problem("expected either 'all' or 'order', not both of them");
            }
            List<EventPattern> no = fields.get("no").map(this::patterns).orElse(List.of());
            Optional<Expression> within = fields.get("within").flatMap(names::within);
            Optional<Element> wanted = inOrder.or(() -> all);
            if (wanted.isEmpty()) return UNREADABLE;
            return new Assertion.Window(patterns(wanted.get()), inOrder.isPresent(), no, within);
        }
    }

    /** What an author says about an edge. */
    static LocalText why(Names names, Fields fields) {
        return fields.get("why").map(names::feedback).orElse(LocalText.NONE);
    }
}
