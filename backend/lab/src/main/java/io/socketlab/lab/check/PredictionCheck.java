package io.socketlab.lab.check;

import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.Value;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Holds what was said of a run beforehand against it. */
public final class PredictionCheck {

    private final RunView run;
    private final Matcher matcher;

    PredictionCheck(RunView run) {
        this.run = run;
        this.matcher = run.matcher();
    }

    /**
     * What was said, beside what the run came to.
     *
     * @param said empty if nothing was
     * @param text of a choice, with the run's numbers
     */
    public Finding compare(Question question, Optional<Value> said, Function<Choice, String> text) {
        return question.value()
                .map(value -> compare(value, question, said))
                .orElseGet(() -> choose(question, said, text));
    }

    private Finding compare(Condition value, Question question, Optional<Value> said) {
        if (said.isEmpty()) return unsaid();
        String expected = said.get() + ", as you said";
        int position = decision(question);
        Optional<Value> came = run.value(value, position);
        if (position < 0 || came.isEmpty()) {
            return Finding.notExercised(expected, "it never had a value");
        }
        boolean comparable = said.get().getClass().equals(came.get().getClass());
        String actual = "it was " + came.get() + (comparable ? "" : "; " + wanted(came.get()));
        int changed = run.lastChange(value, position);
        List<Integer> evidence = changed < 0 ? List.of() : List.of(seq(changed));
        long by = question.tolerance().map(t -> amount(run.value(t))).orElse(0L);
        if (isNear(said.get(), came.get(), by)) return Finding.pass(evidence, expected, actual);
        int divergence = changed < 0 ? seq(last()) : seq(changed);
        boolean decided =
                question.at().isPresent()
                        || question.halt().isPresent()
                        || isBeyond(value, said.get(), came.get(), by);
        return Finding.fail(0, evidence, divergence, expected, actual).open(!decided);
    }

    private static Finding unsaid() {
        return Finding.notExercised("an answer beforehand", "nothing was said");
    }

    /**
     * Whether a value that only goes one way has gone past what was said: a count, a sum or a
     * greatest value grows, a least one falls.
     */
    private static boolean isBeyond(Condition value, Value said, Value came, long by) {
        if (!said.getClass().equals(came.getClass())
                || !(value.expression() instanceof Expression.Operand operand)) return false;
        return switch (value.metrics().get(operand.text())) {
            case Metric.CountOf _, Metric.SumOf _ -> amount(came) > amount(said) + by;
            case Metric.Extreme extreme ->
                    extreme.most()
                            ? amount(came) > amount(said) + by
                            : amount(came) < amount(said) - by;
            case null, default -> false;
        };
    }

    private Finding choose(Question question, Optional<Value> said, Function<Choice, String> text) {
        Optional<Choice> chosen =
                question.choices().stream()
                        .filter(c -> said.filter(new Value.Word(c.id())::equals).isPresent())
                        .findFirst();
        if (chosen.isEmpty()) return unsaid();
        String expected = "‘" + text.apply(chosen.get()) + "’, as you said";
        int position = decision(question);
        if (position < 0) return Finding.notExercised(expected, "it has not come to that");
        List<Choice> right = right(question, position);
        if (right.isEmpty()) {
            return Finding.notExercised(expected, "it was none of the answers that there are");
        }
        List<Integer> evidence = List.of(seq(position));
        String actual = "it was ‘" + text.apply(right.getFirst()) + "’";
        if (right.contains(chosen.get())) return Finding.pass(evidence, expected, actual);
        return Finding.missing(0, evidence, seq(position), expected, actual)
                .open(question.halt().isEmpty());
    }

    /** The number of the event at which it is decided; empty while it is not. */
    public OptionalInt decided(Question question) {
        int position = decision(question);
        return position < 0 ? OptionalInt.empty() : OptionalInt.of(seq(position));
    }

    /** The number of the event at which it is asked; empty if the run does not come to it. */
    public OptionalInt asked(Halt halt) {
        int position = position(halt);
        return position < 0 ? OptionalInt.empty() : OptionalInt.of(seq(position));
    }

    /** What the value comes to when it is decided; empty while it is not. */
    public Optional<Value> came(Question question) {
        int position = decision(question);
        if (position < 0) return Optional.empty();
        return question.value().flatMap(value -> run.value(value, position));
    }

    /** The choices that hold when it is decided; more than one only where the lab is wrong. */
    public List<Choice> right(Question question) {
        int position = decision(question);
        return position < 0 ? List.of() : right(question, position);
    }

    /** Those that hold already when they are asked for, and should not. */
    public List<Choice> rightBefore(Question question) {
        int position = question.halt().map(this::position).orElse(-1);
        if (position < 0) return List.of();
        return right(question, position).stream().filter(choice -> !choice.still()).toList();
    }

    private List<Choice> right(Question question, int position) {
        return question.choices().stream()
                .filter(c -> run.holds(c.when(), position).orElse(false))
                .toList();
    }

    /** Less than 0 if the run does not come to it. */
    private int decision(Question question) {
        int asked = question.halt().map(this::position).orElse(-1);
        if (question.halt().isPresent() && asked < 0) return -1;
        return question.at()
                .map(p ->
                        matcher.candidates(p.shape()).stream()
                                .filter(i -> i > asked)
                                .findFirst()
                                .orElse(-1))
                .orElseGet(this::last);
    }

    private int position(Halt halt) {
        return matcher.candidates(halt.pattern().shape()).stream()
                .skip(halt.nth(run) - 1L)
                .findFirst()
                .orElse(-1);
    }

    private int last() {
        return run.index().events().size() - 1;
    }

    private int seq(int position) {
        return run.index().events().get(position).stamp().seq();
    }

    /** What is to be said where something else was. */
    private static String wanted(Value came) {
        return switch (came) {
            case Value.Int _ -> "say a number without a unit, as in 4";
            case Value.Span _ -> "say a time with its unit, as in 250ms";
            case Value.Word _, Value.Truth _ -> "say a word, as in " + came;
        };
    }

    private static boolean isNear(Value said, Value came, long by) {
        boolean comparable = said.getClass().equals(came.getClass());
        if (!comparable) return false;
        return switch (came) {
            case Value.Int _, Value.Span _ -> Math.abs(amount(said) - amount(came)) <= by;
            case Value.Word _, Value.Truth _ -> said.equals(came);
        };
    }

    private static long amount(Value value) {
        return switch (value) {
            case Value.Int(var n) -> n;
            case Value.Span(var nanos) -> nanos;
            case Value.Word _, Value.Truth _ ->
                    throw new IllegalArgumentException("expected a number or a time, not " + value);
        };
    }
}
