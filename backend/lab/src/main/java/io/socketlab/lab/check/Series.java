package io.socketlab.lab.check;

import io.socketlab.kernel.syscall.Task;
import io.socketlab.kernel.trace.Cost;
import io.socketlab.kernel.trace.TcbVariable;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.expr.Evaluation;
import io.socketlab.lab.expr.Scope;
import io.socketlab.lab.expr.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The values of a metric over a run: what it is from which event on. */
final class Series {

    private static final List<TcbVariable> TIMES =
            List.of(TcbVariable.SRTT, TcbVariable.RTTVAR, TcbVariable.RTO);

    private static final Map<String, TcbVariable> VARIABLES =
            Arrays.stream(TcbVariable.values())
                    .collect(Collectors.toUnmodifiableMap(TcbVariable::traceName, v -> v));

    private static final int PERCENT = 100;

    /** The process of the tasks that nobody has made. */
    private static final int FIRST = 1;

    private static final List<String> SEQUENCE_NUMBERS =
            List.of(
                    TcbVariable.SND_UNA.traceName(),
                    TcbVariable.SND_NXT.traceName(),
                    TcbVariable.RCV_NXT.traceName());

    /** The kinds of event that tell how many tasks wait for a CPU. */
    private static final Set<Class<? extends TraceEvent>> RUN_QUEUE =
            Set.of(
                    TraceEvent.RunQueueEntered.class,
                    TraceEvent.RunQueueLeft.class,
                    TraceEvent.CpuAcquired.class);

    /** The kinds of event that tell which tasks there are. */
    private static final Set<Class<? extends TraceEvent>> TASKS =
            Set.of(
                    TraceEvent.TaskStarted.class,
                    TraceEvent.CallEntered.class,
                    TraceEvent.TaskExited.class,
                    TraceEvent.ProcessExited.class);

    private final TreeMap<Integer, Value> steps = new TreeMap<>();

    private Series() {}

    /** The value after the event at {@code position}; empty where there is none yet. */
    Optional<Value> at(int position) {
        return Optional.ofNullable(steps.floorEntry(position)).map(e -> e.getValue());
    }

    /** The positions at which it changes. */
    Iterable<Integer> changes() {
        return steps.keySet();
    }

    /** The last position up to this at which it changes; negative if there is none. */
    int lastChange(int position) {
        Integer last = steps.floorKey(position);
        return last == null ? -1 : last;
    }

    /**
     * @param others gives the values of the metrics that this one is made of
     */
    static Series of(
            Metric metric,
            TraceIndex index,
            Matcher matcher,
            Scope scope,
            Function<Metric, Series> others) {
        var series = new Series();
        switch (metric) {
            case Metric.Variable variable -> new Reading(index, scope, variable).fill(series);
            case Metric.CostOf cost -> series.cost(cost, index, scope);
            case Metric.RunQueueLength(var host) -> series.runQueue(host, index);
            case Metric.KernelStack(var host) -> series.kernelStack(host, index);
            case Metric.CountOf(var pattern) -> series.count(pattern, matcher);
            case Metric.SumOf(var pattern) -> series.sum(pattern, index, matcher);
            case Metric.Seen(var pattern) -> series.seen(pattern, matcher);
            case Metric.TimeOf(var pattern) -> series.time(pattern, index, matcher);
            case Metric.Extreme(var most, var of) -> series.extreme(most, others.apply(of));
            case Metric.Growth(var of, var since) ->
                    series.growth(
                            others.apply(of),
                            matcher.candidates(since.shape()),
                            isSequenceNumber(of));
            case Metric.Fairness(var of) -> series.fairness(of.stream().map(others).toList());
            case Metric.Prediction(var name) ->
                    scope.parameter("predict." + name).ifPresent(v -> series.steps.put(-1, v));
        }
        return series;
    }

    /** Whether a variable of a connection is a time. */
    static boolean isTime(String variable) {
        return TIMES.stream().anyMatch(v -> v.traceName().equals(variable));
    }

    static boolean isTime(Metric.CostOf cost) {
        return cost.costs().stream().allMatch(Cost::isTime);
    }

    private void cost(Metric.CostOf metric, TraceIndex index, Scope scope) {
        Optional<Value> task = metric.task().map(t -> Evaluation.constant(t, scope));
        boolean isTime = isTime(metric);
        long sum = 0;
        steps.put(-1, isTime ? new Value.Span(0) : new Value.Int(0));
        var kinds =
                metric.costs().stream()
                        .<Class<? extends TraceEvent>>map(CostOfEvent::kind)
                        .collect(Collectors.toSet());
        for (int i : index.positions(kinds)) {
            TraceEvent event = index.events().get(i);
            if (!event.stamp().host().equals(metric.host())) continue;
            if (task.isPresent() && !task.equals(TraceFields.value(event, "task"))) continue;
            long more = 0;
            for (Cost cost : metric.costs()) more += CostOfEvent.of(event, cost);
            if (more == 0) continue;
            sum += more;
            steps.put(i, isTime ? new Value.Span(sum) : new Value.Int(sum));
        }
    }

    private void runQueue(String host, TraceIndex index) {
        steps.put(-1, new Value.Int(0));
        for (int i : index.positions(RUN_QUEUE)) {
            TraceEvent event = index.events().get(i);
            if (!event.stamp().host().equals(host)) continue;
            if (event instanceof TraceEvent.RunQueueEntered e) {
                steps.put(i, new Value.Int(e.length()));
            } else if (event instanceof TraceEvent.RunQueueLeft e) {
                steps.put(i, new Value.Int(e.length()));
            } else if (event instanceof TraceEvent.CpuAcquired e) {
                steps.put(i, new Value.Int(e.runQueue()));
            }
        }
    }

    private void kernelStack(String host, TraceIndex index) {
        Map<Integer, Integer> processes = new HashMap<>(); // of each task that there is
        steps.put(-1, new Value.Int(0));
        for (int i : index.positions(TASKS)) {
            TraceEvent event = index.events().get(i);
            if (!event.stamp().host().equals(host)) continue;
            int before = processes.size();
            switch (event) {
                case TraceEvent.TaskStarted e -> processes.put(e.task(), e.process());
                case TraceEvent.CallEntered e -> processes.putIfAbsent(e.task(), FIRST);
                case TraceEvent.TaskExited e -> processes.remove(e.task());
                case TraceEvent.ProcessExited e ->
                        processes.values().removeIf(p -> p == e.process());
                default -> {}
            }
            if (processes.size() == before) continue;
            steps.put(i, new Value.Int((long) processes.size() * Task.KERNEL_STACK));
        }
    }

    private void count(EventPattern pattern, Matcher matcher) {
        long count = 0;
        steps.put(-1, new Value.Int(0));
        for (int position : matcher.candidates(pattern.shape())) {
            steps.put(position, new Value.Int(++count));
        }
    }

    private void sum(EventPattern pattern, TraceIndex index, Matcher matcher) {
        long sum = 0;
        steps.put(-1, new Value.Int(0));
        for (int position : matcher.candidates(pattern.shape())) {
            if (!(index.events().get(position) instanceof TraceEvent.CallReturned call)) continue;
            sum += Math.max(0, call.result());
            steps.put(position, new Value.Int(sum));
        }
    }

    private void time(EventPattern pattern, TraceIndex index, Matcher matcher) {
        for (int position : matcher.candidates(pattern.shape())) {
            steps.put(position, new Value.Span(index.events().get(position).stamp().at()));
        }
    }

    private void seen(EventPattern pattern, Matcher matcher) {
        steps.put(-1, new Value.Truth(false));
        List<Integer> positions = matcher.candidates(pattern.shape());
        if (!positions.isEmpty()) steps.put(positions.getFirst(), new Value.Truth(true));
    }

    private void extreme(boolean most, Series of) {
        Value extreme = null;
        for (var step : of.steps.entrySet()) {
            long value = number(step.getValue());
            boolean better =
                    extreme == null || (most ? value > number(extreme) : value < number(extreme));
            if (better) extreme = step.getValue();
            if (extreme != null) steps.put(step.getKey(), extreme);
        }
    }

    private void fairness(List<Series> of) {
        var positions = new TreeSet<Integer>();
        for (Series one : of) positions.addAll(one.steps.keySet());
        for (int position : positions) {
            double sum = 0;
            double squares = 0;
            for (Series one : of) {
                double x = one.at(position).map(Series::number).orElse(0L);
                sum += x;
                squares += x * x;
            }
            boolean defined = of.stream().allMatch(one -> one.at(position).isPresent());
            if (!defined || squares == 0) continue;
            steps.put(
                    position, new Value.Int(Math.round(PERCENT * sum * sum / squares / of.size())));
        }
    }

    private static boolean isSequenceNumber(Metric metric) {
        return metric instanceof Metric.Variable(_, _, var name) && SEQUENCE_NUMBERS.contains(name);
    }

    private void growth(Series of, List<Integer> starts, boolean wraps) {
        for (int i = 0; i < starts.size(); i++) {
            int from = starts.get(i);
            int to = i + 1 < starts.size() ? starts.get(i + 1) : Integer.MAX_VALUE;
            var first = of.steps.floorEntry(from);
            if (first == null) first = of.steps.higherEntry(from);
            if (first == null || first.getKey() >= to) continue;
            long base = number(first.getValue());
            int start = Math.max(from, first.getKey());
            steps.put(start, grown(first.getValue(), base, wraps));
            of.steps
                    .subMap(start, false, to, false)
                    .forEach((at, value) -> steps.put(at, grown(value, base, wraps)));
        }
    }

    private static Value grown(Value value, long base, boolean wraps) {
        long more = number(value) - base;
        if (value instanceof Value.Span) return new Value.Span(more);
        return new Value.Int(wraps ? Integer.toUnsignedLong((int) more) : more);
    }

    private static long number(Value value) {
        return switch (value) {
            case Value.Int(var n) -> n;
            case Value.Span(var nanos) -> nanos;
            case Value.Word _, Value.Truth _ ->
                    throw new IllegalArgumentException("max and min are of numbers, not " + value);
        };
    }

    /** Reads a variable of a socket out of the events. */
    private record Reading(TraceIndex index, Scope scope, Metric.Variable variable) {

        void fill(Series series) {
            Set<Integer> chosen =
                    new SocketChoice(index, scope)
                            .sockets(variable).stream()
                                    .map(s -> s.number)
                                    .collect(Collectors.toSet());
            for (int i : index.positions(kind())) {
                TraceEvent event = index.events().get(i);
                if (!event.stamp().host().equals(variable.host())) continue;
                if (!chosen.contains(socket(event))) continue;
                value(event).ifPresent(value -> series.steps.put(i, value));
            }
        }

        private static int socket(TraceEvent event) {
            return switch (event) {
                case TraceEvent.StateChanged e -> e.socket();
                case TraceEvent.ListenQueuesChanged e -> e.socket();
                case TraceEvent.SendBufferChanged e -> e.socket();
                case TraceEvent.ReceiveBufferChanged e -> e.socket();
                case TraceEvent.TcbChanged e -> e.socket();
                default -> throw new IllegalArgumentException(event + " is of no socket");
            };
        }

        /** The kind of event that tells of it. */
        private Class<? extends TraceEvent> kind() {
            return switch (variable.name()) {
                case "state" -> TraceEvent.StateChanged.class;
                case "acceptq", "synq", "backlog" -> TraceEvent.ListenQueuesChanged.class;
                case String name when name.startsWith("sndbuf.") ->
                        TraceEvent.SendBufferChanged.class;
                case String name when name.startsWith("rcvbuf.") ->
                        TraceEvent.ReceiveBufferChanged.class;
                default -> TraceEvent.TcbChanged.class;
            };
        }

        private Optional<Value> value(TraceEvent event) {
            return switch (event) {
                case TraceEvent.StateChanged e when variable.name().equals("state") ->
                        Optional.of(new Value.Word(e.to()));
                case TraceEvent.ListenQueuesChanged e ->
                        switch (variable.name()) {
                            case "acceptq" -> number(e.acceptQueue());
                            case "synq" -> number(e.synQueue());
                            case "backlog" -> number(e.backlog());
                            default -> Optional.empty();
                        };
                case TraceEvent.SendBufferChanged e ->
                        switch (variable.name()) {
                            case "sndbuf.used" -> number(e.unacknowledged() + (long) e.unsent());
                            case "sndbuf.unacknowledged" -> number(e.unacknowledged());
                            case "sndbuf.unsent" -> number(e.unsent());
                            case "sndbuf.size" -> number(e.size());
                            default -> Optional.empty();
                        };
                case TraceEvent.ReceiveBufferChanged e ->
                        switch (variable.name()) {
                            case "rcvbuf.used" -> number(e.readable());
                            case "rcvbuf.outOfOrder" -> number(e.outOfOrder());
                            case "rcvbuf.datagrams" -> number(e.datagrams());
                            case "rcvbuf.size" -> number(e.size());
                            default -> Optional.empty();
                        };
                case TraceEvent.TcbChanged e -> tcb(e);
                default -> Optional.empty();
            };
        }

        private Optional<Value> tcb(TraceEvent.TcbChanged event) {
            TcbVariable wanted = VARIABLES.get(variable.name());
            if (wanted == null || !event.changed().has(wanted)) return Optional.empty();
            long value = event.changed().get(wanted);
            return Optional.of(
                    TIMES.contains(wanted) ? new Value.Span(value) : new Value.Int(value));
        }

        private static Optional<Value> number(long n) {
            return Optional.of(new Value.Int(n));
        }
    }
}
