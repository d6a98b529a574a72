package io.socketlab.lab.check;

import io.socketlab.kernel.trace.Cost;
import io.socketlab.kernel.trace.TcbVariable;
import io.socketlab.lab.check.Metric.Selector;
import io.socketlab.lab.expr.Cursor;
import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.ExpressionParser;
import io.socketlab.lab.expr.SyntaxException;
import io.socketlab.lab.expr.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads metrics: {@code [host].[selector].[name]}, and the functions over them. */
final class MetricParser {

    /** Of a connection: names of our own beside those of {@link TcbVariable}. */
    static final List<String> OF_CONNECTION = ofConnection();

    static final List<String> OF_LISTENER = List.of("acceptq", "synq", "backlog", "state");

    static final List<String> OF_UDP =
            List.of(
                    "rcvbuf.used",
                    "rcvbuf.datagrams",
                    "rcvbuf.size",
                    "sndbuf.used",
                    "sndbuf.unacknowledged",
                    "sndbuf.unsent",
                    "sndbuf.size");

    static final Map<String, String> SHORT = Map.of("flight", "inFlight", "rwnd", "rcv.wnd");

    static final List<String> FUNCTIONS =
            List.of("count", "sum", "exists", "time", "max", "min", "since", "jain");
    static final String CONTEXT_SWITCHES = "contextSwitches";

    static final String RUN_QUEUE = "runQueue.length";
    static final String KERNEL_STACK = "kernelStack";

    /** {@code cost.…}, by its name. */
    private static final Map<String, List<Cost>> COSTS = costs();

    private static final List<String> SELECTORS = List.of("listen", "child", "conn", "udp", "tcp");

    /** Those whose index is a port. */
    private static final List<String> WITH_PORTS = List.of("listen", "udp");

    private static final int MOST_PORTS = 65_535;

    private MetricParser() {}

    private static List<String> ofConnection() {
        var names =
                new ArrayList<>(
                        List.of(
                                "state",
                                "sndbuf.used",
                                "sndbuf.unacknowledged",
                                "sndbuf.unsent",
                                "sndbuf.size",
                                "rcvbuf.used",
                                "rcvbuf.outOfOrder",
                                "rcvbuf.size",
                                "flight",
                                "rwnd"));
        for (TcbVariable v : TcbVariable.values()) names.add(v.traceName());
        return List.copyOf(names);
    }

    private static List<String> names(Selector selector) {
        return switch (selector) {
            case Selector.Listening _ -> OF_LISTENER;
            case Selector.Udp _ -> OF_UDP;
            case Selector.Connections _, Selector.Child _, Selector.Connection _ -> OF_CONNECTION;
        };
    }

    private static Map<String, List<Cost>> costs() {
        var costs = new LinkedHashMap<String, List<Cost>>();
        for (Cost cost : Cost.values()) costs.put(cost.traceName(), List.of(cost));
        costs.put(CONTEXT_SWITCHES, List.of(Cost.VOLUNTARY_SWITCHES, Cost.INVOLUNTARY_SWITCHES));
        return Collections.unmodifiableMap(costs);
    }

    static Metric parse(String text) throws SyntaxException {
        var in = new Cursor(text);
        String first = in.name("a host or a function");
        if (in.peek() == '(') return function(in, first);
        if (in.atEnd()) {
            throw new SyntaxException(
                    0,
                    "expected something of the run, as in client.cwnd, a state in capitals as in"
                            + " ESTABLISHED, or a parameter in braces as in {{port}}; not '"
                            + first
                            + "'");
        }
        in.need(".");
        if (first.equals("predict")) return new Metric.Prediction(in.rest());
        if (in.looksAt(RUN_QUEUE)) {
            whole(in, RUN_QUEUE);
            return new Metric.RunQueueLength(first);
        }
        if (in.looksAt(KERNEL_STACK)) {
            whole(in, KERNEL_STACK);
            return new Metric.KernelStack(first);
        }
        if (in.looksAt("cost.") || in.looksAt("task[")) return cost(in, first);
        Selector selector = selector(in);
        int start = in.offset();
        String name = in.rest();
        check(selector, name, start);
        return new Metric.Variable(first, selector, SHORT.getOrDefault(name, name));
    }

    private static void whole(Cursor in, String name) throws SyntaxException {
        in.need(name);
        if (!in.atEnd()) throw in.expected("the end of " + name);
    }

    private static void check(Selector selector, String name, int start) throws SyntaxException {
        List<String> names = names(selector);
        if (names.contains(name)) return;
        String where =
                OF_CONNECTION.contains(name)
                        ? "a connection, as in client." + name
                        : OF_LISTENER.contains(name)
                                ? "a listener, as in server.listen[8080]." + name
                                : OF_UDP.contains(name)
                                        ? "a datagram socket, as in server.udp[53]." + name
                                        : "";
        if (where.isEmpty()) throw SyntaxException.unknown(start, "metric", name, names);
        throw new SyntaxException(start, "expected " + name + " of " + where);
    }

    /** {@code cost.calls}, {@code task[2].cost.calls}. */
    private static Metric cost(Cursor in, String host) throws SyntaxException {
        Optional<Expression> task = Optional.empty();
        if (in.take("task")) {
            int inside = in.offset() + 1;
            Expression number = index(in.takeBalanced('[', ']'), inside);
            fromOne(number, inside);
            task = Optional.of(number);
            in.need(".");
        }
        in.need("cost.");
        int start = in.offset();
        String name = in.rest();
        List<Cost> costs = COSTS.get(name);
        if (costs == null) throw SyntaxException.unknown(start, "cost", name, COSTS.keySet());
        return new Metric.CostOf(host, task, costs);
    }

    private static Expression index(String text, int inside) throws SyntaxException {
        try {
            return ExpressionParser.parse(text);
        } catch (SyntaxException e) {
            throw e.shifted(inside);
        }
    }

    private static Metric function(Cursor in, String name) throws SyntaxException {
        int start = in.offset() + 1;
        String inside = in.takeBalanced('(', ')');
        if (!in.atEnd()) throw in.expected("the end of " + name + "(…)");
        try {
            return switch (name) {
                case "count" -> new Metric.CountOf(counted(inside));
                case "sum" -> new Metric.SumOf(returning(inside));
                case "exists" -> new Metric.Seen(counted(inside));
                case "time" -> new Metric.TimeOf(counted(inside));
                case "max" -> new Metric.Extreme(true, parse(inside));
                case "min" -> new Metric.Extreme(false, parse(inside));
                case "since" -> growth(inside);
                case "jain" -> fairness(inside);
                default -> throw SyntaxException.unknown(-start, "function", name, FUNCTIONS);
            };
        } catch (SyntaxException e) {
            throw e.shifted(start);
        }
    }

    /** {@code since(METRIC, PATTERN)}. */
    private static Metric growth(String inside) throws SyntaxException {
        int comma = inside.indexOf(',');
        if (comma < 0) {
            throw new SyntaxException(
                    inside.length(), "expected ', ' and the pattern since which it has grown");
        }
        Metric of = parse(inside.substring(0, comma).strip());
        String pattern = inside.substring(comma + 1);
        try {
            return new Metric.Growth(of, EventPattern.parse(pattern.strip()));
        } catch (SyntaxException e) {
            throw e.shifted(comma + 1 + pattern.length() - pattern.stripLeading().length());
        }
    }

    /** {@code jain(METRIC, METRIC)}, or more of them. */
    private static Metric fairness(String inside) throws SyntaxException {
        var of = new ArrayList<Metric>();
        int start = 0;
        for (String part : Split.at(inside, ",")) {
            int blanks = part.length() - part.stripLeading().length();
            try {
                of.add(parse(part.strip()));
            } catch (SyntaxException e) {
                throw e.shifted(start + blanks);
            }
            start += part.length() + 1;
        }
        if (of.size() > 1) return new Metric.Fairness(of);
        throw new SyntaxException(inside.length(), "expected ', ' and another number");
    }

    /** {@code client.connect.call} is short for the pattern {@code client: connect(...)}. */
    private static EventPattern counted(String inside) throws SyntaxException {
        String[] parts = inside.split("\\.", -1);
        if (parts.length == 3 && parts[2].equals("call")) {
            return EventPattern.parse(parts[0] + ": " + parts[1] + "(...)");
        }
        return EventPattern.parse(inside);
    }

    private static EventPattern returning(String inside) throws SyntaxException {
        EventPattern pattern = EventPattern.parse(inside);
        if (pattern.shape() instanceof Shape.Call(_, _, _, var phase, _, _)
                && phase == Shape.Phase.RETURNED) {
            return pattern;
        }
        throw new SyntaxException(0, "expected a call that returns, as in server: recv(...) = 0..");
    }

    private static Selector selector(Cursor in) throws SyntaxException {
        int start = in.offset();
        String word = in.takeWhile(Cursor::continuesName);
        if (in.peek() == '[') {
            int inside = in.offset() + 1;
            String index = in.takeBalanced('[', ']');
            in.need(".");
            return indexed(word, start, index, inside);
        }
        if (SELECTORS.contains(word) && in.take(".")) {
            return word.equals("udp")
                    ? new Selector.Udp(Optional.empty())
                    : word.equals("child")
                            ? new Selector.Child(Optional.empty())
                            : new Selector.Connections();
        }
        in.moveTo(start);
        return new Selector.Connections();
    }

    private static Selector indexed(String word, int start, String index, int inside)
            throws SyntaxException {
        if (word.equals("child") && index.equals("*")) return new Selector.Child(Optional.empty());
        Expression number = index(index, inside);
        fromOne(number, inside);
        if (number instanceof Expression.Constant(Value.Int(var n))
                && n > MOST_PORTS
                && WITH_PORTS.contains(word)) {
            throw new SyntaxException(inside, "expected a port up to 65535, not " + n);
        }
        return switch (word) {
            case "listen" -> new Selector.Listening(number);
            case "child" -> new Selector.Child(Optional.of(number));
            case "conn", "tcp" -> new Selector.Connection(number);
            case "udp" -> new Selector.Udp(Optional.of(number));
            default -> throw SyntaxException.unknown(start, "selector", word, SELECTORS);
        };
    }

    private static void fromOne(Expression number, int offset) throws SyntaxException {
        if (number instanceof Expression.Constant(Value.Int(var n)) && n < 1) {
            throw new SyntaxException(offset, "expected a number from 1 on, not " + n);
        }
    }
}
