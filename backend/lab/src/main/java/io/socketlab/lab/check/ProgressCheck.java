package io.socketlab.lab.check;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;

/** Whether a value goes on as it should, step by step. */
final class ProgressCheck {

    private final RunView run;
    private final Narrator narrator;

    ProgressCheck(RunView run, Narrator narrator) {
        this.run = run;
        this.narrator = narrator;
    }

    /**
     * One step of the way.
     *
     * @param position the event at which it was taken
     * @param text from what to what
     */
    private record Step(int position, boolean right, String text) {}

    /** A value and since which event. */
    private record Sample(int position, Value value) {

        long number() {
            return switch (value) {
                case Value.Int(var n) -> n;
                case Value.Span(var nanos) -> nanos;
                case Value.Word _, Value.Truth _ ->
                        throw new IllegalArgumentException(
                                "expected a number or a time, not " + value);
            };
        }
    }

    Finding check(Assertion.Progress progress) {
        String expected = expected(progress);
        OptionalInt from = start(progress);
        if (from.isEmpty()) return Finding.notExercised(expected, "it never began");
        int end = end(progress, from.getAsInt());
        List<Step> steps = steps(progress, from.getAsInt(), end);
        if (steps.isEmpty()) {
            return Finding.notExercised(
                    expected, Words.of(progress.metric(), run) + " took no such step");
        }
        List<Integer> evidence = steps.stream().map(s -> seq(s.position())).toList();
        List<Step> wrong = steps.stream().filter(s -> !s.right()).toList();
        if (wrong.isEmpty()) return Finding.pass(evidence, expected, texts(steps));
        Step first = wrong.getFirst();
        return Finding.fail(
                (double) (steps.size() - wrong.size()) / steps.size(),
                evidence,
                seq(first.position()),
                expected,
                first.text()
                        + " at: "
                        + say(first.position())
                        + " (event "
                        + seq(first.position())
                        + ")");
    }

    private String expected(Assertion.Progress progress) {
        String metric = Words.of(progress.metric(), run);
        String course =
                switch (progress.course()) {
                    case Course.PerRoundTrip(var times, var plus) ->
                            times == 1
                                    ? metric + " grows by " + plus + " each round trip"
                                    : metric
                                            + " becomes "
                                            + times
                                            + " times as much each round trip";
                    case Course.Constant() -> metric + " stays what it is";
                    case Course.Monotone() -> metric + " never falls";
                    case Course.Sawtooth() -> metric + " rises and falls, and that twice at least";
                    case Course.HalvesAt(var when) ->
                            metric + " is halved whenever " + Words.of(when, run);
                };
        return course
                + progress.from().map(p -> ", from " + Words.of(p, run)).orElse("")
                + progress.since().map(c -> ", since " + Words.of(c, run)).orElse("")
                + progress.until().map(c -> ", until " + Words.of(c, run)).orElse("");
    }

    private static String texts(List<Step> steps) {
        return String.join(", ", steps.stream().map(Step::text).limit(12).toList())
                + (steps.size() > 12 ? ", …" : "");
    }

    // ---- the stretch

    private OptionalInt start(Assertion.Progress progress) {
        OptionalInt from =
                progress.from()
                        .map(p ->
                                run.matcher().candidates(p.shape()).stream()
                                        .mapToInt(Integer::intValue)
                                        .findFirst())
                        .orElse(OptionalInt.of(0));
        if (progress.since().isEmpty() || from.isEmpty()) return from;
        return first(progress.since().get(), from.getAsInt());
    }

    /** The first position that does not belong to it any more. */
    private int end(Assertion.Progress progress, int from) {
        int last = run.index().events().size();
        return progress.until().map(c -> first(c, from + 1).orElse(last)).orElse(last);
    }

    /** Where a condition first holds, not before {@code from}. */
    private OptionalInt first(Condition condition, int from) {
        if (run.holds(condition, from).orElse(false)) return OptionalInt.of(from);
        return run.changes(condition).tailSet(from).stream()
                .filter(i -> run.holds(condition, i).orElse(false))
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    // ---- the steps

    private List<Step> steps(Assertion.Progress progress, int from, int end) {
        long tolerance = progress.tolerance().map(this::amount).orElse(0L);
        return switch (progress.course()) {
            case Course.PerRoundTrip course ->
                    perRoundTrip(samples(progress, rounds(progress, from, end)), course, tolerance);
            case Course.Constant() -> constant(changes(progress, from, end), tolerance);
            case Course.Monotone() -> monotone(changes(progress, from, end), tolerance);
            case Course.Sawtooth() -> sawtooth(changes(progress, from, end));
            case Course.HalvesAt(var when) -> halved(progress, when, from, end, tolerance);
        };
    }

    private long amount(Expression expression) {
        return new Sample(0, run.value(expression)).number();
    }

    private List<Integer> rounds(Assertion.Progress progress, int from, int end) {
        Metric.Variable variable =
                progress.metric().metrics().values().stream()
                        .filter(Metric.Variable.class::isInstance)
                        .map(Metric.Variable.class::cast)
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "round trips are those of a connection, and "
                                                + progress.metric()
                                                + " names none"));
        List<TraceEvent> events = run.index().events();
        return run.sockets(variable).stream()
                .map(socket -> Rounds.of(events, socket, from, end))
                .filter(rounds -> !rounds.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private List<Sample> changes(Assertion.Progress progress, int from, int end) {
        SortedSet<Integer> changes = run.changes(progress.metric());
        var positions = new ArrayList<Integer>();
        positions.add(from);
        positions.addAll(changes.subSet(from + 1, Math.max(from + 1, end)));
        return samples(progress, positions);
    }

    private List<Sample> samples(Assertion.Progress progress, List<Integer> positions) {
        var samples = new ArrayList<Sample>();
        for (int position : positions) {
            run.value(progress.metric(), position)
                    .ifPresent(value -> samples.add(new Sample(position, value)));
        }
        return samples;
    }

    private static List<Step> perRoundTrip(
            List<Sample> samples, Course.PerRoundTrip course, long tolerance) {
        var steps = new ArrayList<Step>();
        for (int i = 1; i < samples.size(); i++) {
            long wanted = samples.get(i - 1).number() * course.times() + course.plus();
            steps.add(step(samples, i, Math.abs(samples.get(i).number() - wanted) <= tolerance));
        }
        return steps;
    }

    private static Step step(List<Sample> samples, int i, boolean right) {
        Sample sample = samples.get(i);
        return new Step(
                sample.position(),
                right,
                "from " + samples.get(i - 1).value() + " to " + sample.value());
    }

    private static List<Step> constant(List<Sample> samples, long tolerance) {
        var steps = new ArrayList<Step>();
        for (Sample sample : samples) {
            long away = Math.abs(sample.number() - samples.getFirst().number());
            steps.add(new Step(sample.position(), away <= tolerance, "it is " + sample.value()));
        }
        return steps;
    }

    private static List<Step> monotone(List<Sample> samples, long tolerance) {
        var steps = new ArrayList<Step>();
        for (int i = 1; i < samples.size(); i++) {
            boolean right = samples.get(i).number() >= samples.get(i - 1).number() - tolerance;
            steps.add(step(samples, i, right));
        }
        return steps;
    }

    /** A tooth is a rise and then a fall to three quarters or less; two are wanted. */
    private static List<Step> sawtooth(List<Sample> samples) {
        if (samples.size() < 2) return List.of();
        var steps = new ArrayList<Step>();
        long low = samples.getFirst().number();
        long peak = low;
        for (Sample sample : samples) {
            long value = sample.number();
            if (value > peak) peak = value;
            if (peak > low && value * 4 <= peak * 3) {
                steps.add(new Step(sample.position(), true, "from " + peak + " to " + value));
                low = value;
                peak = value;
            }
        }
        for (int missing = steps.size(); missing < 2; missing++) {
            steps.add(
                    new Step(
                            samples.getLast().position(),
                            false,
                            missing == 0 ? "it never fell" : "it fell once"));
        }
        return steps;
    }

    /**
     * Recovery brings a window down over a round trip, by PRR little by little, in Reno's manner by
     * way of what it was inflated to: so the lowest of two round trips counts.
     */
    private List<Step> halved(
            Assertion.Progress progress, EventPattern when, int from, int end, long tolerance) {
        var steps = new ArrayList<Step>();
        for (int position : run.matcher().candidates(when.shape())) {
            if (position < from || position >= end) continue;
            Optional<Value> value = run.value(progress.metric(), instantStart(position) - 1);
            if (value.isEmpty()) continue;
            Sample before = new Sample(position, value.get());
            Sample low = lowest(progress, before, at(position) + 2 * run.index().roundTrip());
            boolean right = Math.abs(low.number() - before.number() / 2) <= tolerance;
            steps.add(
                    new Step(
                            low.position(),
                            right,
                            "from " + before.value() + " to " + low.value()));
        }
        return steps;
    }

    private Sample lowest(Assertion.Progress progress, Sample before, long deadline) {
        Sample lowest = before;
        for (int i : run.changes(progress.metric()).tailSet(instantStart(before.position()))) {
            if (at(i) > deadline) break;
            Optional<Value> value = run.value(progress.metric(), i);
            if (value.isEmpty()) continue;
            Sample sample = new Sample(i, value.get());
            if (sample.number() < lowest.number()) lowest = sample;
        }
        return lowest;
    }

    /** The kernel may change a value just before it does what made it: in the same instant. */
    private int instantStart(int position) {
        int start = position;
        while (start > 0 && at(start - 1) == at(position)) start--;
        return start;
    }

    private long at(int position) {
        return run.index().events().get(position).stamp().at();
    }

    private int seq(int position) {
        return run.index().events().get(position).stamp().seq();
    }

    private String say(int position) {
        return narrator.say(run.index().events().get(position));
    }
}
