package io.socketlab.lab.check;

import io.socketlab.kernel.trace.TcbVariable;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.expr.Evaluation;
import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.expr.Scope;
import io.socketlab.lab.expr.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A run as conditions see it: its parameters, its metrics at any event, its units of time. */
final class RunView implements Scope {

    private static final long FIRST_RTO = 1_000_000_000L;
    private static final long MSL = 30_000_000_000L;
    private static final long TICK = 1_000_000L;

    private final TraceIndex index;
    private final Parameters parameters;
    private final Matcher matcher;
    private final Map<Metric, Series> series = new HashMap<>();

    RunView(TraceIndex index, Parameters parameters) {
        this.index = index;
        this.parameters = parameters;
        this.matcher = new Matcher(index, parameters);
    }

    TraceIndex index() {
        return index;
    }

    Matcher matcher() {
        return matcher;
    }

    @Override
    public Optional<Value> parameter(String name) {
        return parameters.parameter(name);
    }

    @Override
    public Optional<Long> unit(String name) {
        return switch (name) {
            case "rtt" -> Optional.of(index.roundTrip());
            case "rto" -> Optional.of(lastRto());
            // As Linux: TCP_TIMEWAIT_LEN is 60 s, twice the MSL.
            case "msl" -> Optional.of(MSL);
            case "tick" -> Optional.of(TICK);
            default -> Optional.empty();
        };
    }

    private long lastRto() {
        long rto = FIRST_RTO;
        for (TraceEvent event : index.events()) {
            if (event instanceof TraceEvent.TcbChanged e && e.changed().has(TcbVariable.RTO)) {
                rto = e.changed().get(TcbVariable.RTO);
            }
        }
        return rto;
    }

    /** What a condition comes to after the event at {@code position}; empty where not defined. */
    Optional<Boolean> holds(Condition condition, int position) {
        return Evaluation.of(condition.expression(), at(condition, position))
                .map(Evaluation::truth);
    }

    /** What an expression over the run comes to after an event; empty where not defined. */
    Optional<Value> value(Condition expression, int position) {
        return Evaluation.of(expression.expression(), at(expression, position));
    }

    /** What an expression over parameters and units of time comes to. */
    Value value(Expression expression) {
        return Evaluation.constant(expression, this);
    }

    /** The sockets that a metric is about. */
    List<TraceIndex.SocketFacts> sockets(Metric.Variable variable) {
        return new SocketChoice(index, parameters).sockets(variable);
    }

    /** The positions at which a condition can change, in order. */
    SortedSet<Integer> changes(Condition condition) {
        var positions = new TreeSet<Integer>();
        for (Metric metric : condition.metrics().values()) {
            series(metric).changes().forEach(positions::add);
        }
        return positions;
    }

    /** Where a condition could change last, up to a position; negative if nothing has happened. */
    int lastChange(Condition condition, int position) {
        int last = -1;
        for (Metric metric : condition.metrics().values()) {
            last = Math.max(last, series(metric).lastChange(position));
        }
        return last;
    }

    /** The values of a condition's metrics after an event: "the state of client is CLOSED". */
    String values(Condition condition, int position) {
        return condition.metrics().values().stream()
                .map(metric -> Spoken.value(metric, series(metric).at(position), condition, this))
                .collect(Collectors.joining(", "));
    }

    long nanos(Expression expression) {
        Value value = Evaluation.constant(expression, this);
        if (value instanceof Value.Span(var nanos)) return nanos;
        throw new IllegalArgumentException("expected a time, not " + value);
    }

    long number(Expression expression) {
        Value value = Evaluation.constant(expression, this);
        if (value instanceof Value.Int(var n)) return n;
        throw new IllegalArgumentException("expected a number, not " + value);
    }

    String fill(String text) {
        return parameters.fill(text);
    }

    private Series series(Metric metric) {
        Series known = series.get(metric);
        if (known == null) {
            known = Series.of(metric, index, matcher, parameters, this::series);
            series.put(metric, known);
        }
        return known;
    }

    private Scope at(Condition condition, int position) {
        return new Scope() {
            @Override
            public Optional<Value> parameter(String name) {
                return RunView.this.parameter(name);
            }

            @Override
            public Optional<Value> operand(String text) {
                Metric metric = condition.metrics().get(text);
                return metric == null ? Optional.empty() : series(metric).at(position);
            }

            @Override
            public Optional<Long> unit(String name) {
                return RunView.this.unit(name);
            }
        };
    }
}
