package io.socketlab.lab.model;

import io.socketlab.lab.check.Assertion;
import io.socketlab.lab.check.Condition;
import io.socketlab.lab.check.Course;
import io.socketlab.lab.check.EventPattern;
import io.socketlab.lab.check.Metric;
import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.SyntaxException;
import io.socketlab.lab.model.Samples.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code series}: {@code {metric: client.cwnd, shape: doubles_per_rtt, until: client.cwnd >=
 * client.ssthresh}}.
 */
final class SeriesReader {

    private static final String HALVES = "halves_at";

    private final Names names;

    SeriesReader(Names names) {
        this.names = names;
    }

    Optional<Assertion> read(Element value) {
        try (Fields fields = value.fields("series")) {
            Optional<Element> named = fields.need("metric");
            Optional<Condition> metric = named.flatMap(names::value);
            Optional<Course> course = fields.need("shape").flatMap(this::course);
            Optional<EventPattern> from = fields.get("from").flatMap(names::pattern);
            Optional<Condition> since = fields.get("since").flatMap(names::condition);
            Optional<Condition> until = fields.get("until").flatMap(names::condition);
            Optional<Expression> tolerance =
                    fields.get("tol").flatMap(e -> names.expression(e, Kind.MARGIN));
            if (metric.isEmpty() || course.isEmpty()) return Optional.empty();
            if (metric.get().isTruth()) {
                named.get().problem("expected a value, as in client.cwnd, not a condition");
            }
            if (metric.get().isState()) {
                named.get().problem("expected a number or a time, as in client.cwnd, not a state");
            }
            if (course.get() instanceof Course.PerRoundTrip && !isOfConnection(metric.get())) {
                named.get()
                        .problem(
                                "expected a value of a connection, as in client.cwnd: round trips"
                                        + " are a connection's");
            }
            return Optional.of(
                    new Assertion.Progress(
                            metric.get(), course.get(), from, since, until, tolerance));
        }
    }

    private static boolean isOfConnection(Condition metric) {
        return metric.metrics().values().stream().anyMatch(Metric.Variable.class::isInstance);
    }

    private Optional<Course> course(Element element) {
        Optional<Course> course = element.parsed("a shape", SeriesReader::course);
        if (course.isPresent() && course.get() instanceof Course.HalvesAt(var when)) {
            names.check(element, when);
        }
        return course;
    }

    private static Course course(String text) throws SyntaxException {
        String shape = text.strip();
        if (shape.startsWith(HALVES + "(") && shape.endsWith(")")) {
            int inside = HALVES.length() + 1;
            try {
                return new Course.HalvesAt(
                        EventPattern.parse(shape.substring(inside, shape.length() - 1)));
            } catch (SyntaxException e) {
                throw e.shifted(inside);
            }
        }
        Optional<Course> named = Course.named(shape);
        if (named.isPresent()) return named.get();
        throw SyntaxException.unknown(0, "shape", shape, known());
    }

    private static List<String> known() {
        var known = new ArrayList<>(Course.NAMES);
        known.add(HALVES + "(…)");
        return known;
    }
}
