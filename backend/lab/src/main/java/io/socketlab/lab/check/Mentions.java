package io.socketlab.lab.check;

import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.Template;
import io.socketlab.lab.expr.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a pattern or a condition refers to.
 *
 * @param hosts by name
 * @param counted hosts of which there are several, those with a number in brackets
 * @param numbered of those, the ones whose number is written: {@code client3} of client[3]
 * @param parameters by name
 * @param constants words that stand for arguments of calls
 * @param variables each as often as it stands there
 * @param predictions by id
 * @param ports expressions that stand for one
 * @param processors hosts whose tasks are asked whether they wait for a CPU
 */
public record Mentions(
        Set<String> hosts,
        Set<String> counted,
        Set<String> numbered,
        Set<String> parameters,
        Set<String> constants,
        List<Term.Bound> variables,
        Set<String> predictions,
        List<Expression> ports,
        Set<String> processors) {

    private static final Pattern FLAGS = Pattern.compile("[A-Z][A-Z0-9_]+(\\|[A-Z][A-Z0-9_]+)*");

    private static Mentions none() {
        return new Mentions(
                new LinkedHashSet<>(),
                new LinkedHashSet<>(),
                new LinkedHashSet<>(),
                new LinkedHashSet<>(),
                new LinkedHashSet<>(),
                new ArrayList<>(),
                new LinkedHashSet<>(),
                new ArrayList<>(),
                new LinkedHashSet<>());
    }

    public static Mentions of(EventPattern pattern) {
        Mentions mentions = none();
        mentions.add(pattern.shape());
        return mentions;
    }

    public static Mentions of(Condition condition) {
        Mentions mentions = none();
        mentions.add(condition.expression());
        condition.metrics().values().forEach(mentions::add);
        return mentions;
    }

    private void add(Expression expression) {
        Expression.parameters(expression).forEach(p -> parameters.add(p.name()));
    }

    private void add(Template template) {
        template.parameters().forEach(p -> parameters.add(p.name()));
    }

    private void add(Metric metric) {
        switch (metric) {
            case Metric.Variable(var host, var selector, _) -> {
                hosts.add(host);
                index(selector).ifPresent(this::add);
                port(selector).ifPresent(ports::add);
            }
            case Metric.CostOf(var host, var task, _) -> {
                hosts.add(host);
                task.ifPresent(this::add);
            }
            case Metric.RunQueueLength(var host) -> {
                hosts.add(host);
                processors.add(host);
            }
            case Metric.KernelStack(var host) -> hosts.add(host);
            case Metric.CountOf(var pattern) -> add(pattern.shape());
            case Metric.SumOf(var pattern) -> add(pattern.shape());
            case Metric.Seen(var pattern) -> add(pattern.shape());
            case Metric.TimeOf(var pattern) -> add(pattern.shape());
            case Metric.Extreme(_, var of) -> add(of);
            case Metric.Growth(var of, var since) -> {
                add(of);
                add(since.shape());
            }
            case Metric.Fairness(var of) -> of.forEach(this::add);
            case Metric.Prediction(var name) -> predictions.add(name);
        }
    }

    private static Optional<Expression> port(Metric.Selector selector) {
        return switch (selector) {
            case Metric.Selector.Listening(var port) -> Optional.of(port);
            case Metric.Selector.Udp(var port) -> port;
            case Metric.Selector.Connections _,
                    Metric.Selector.Child _,
                    Metric.Selector.Connection _ ->
                    Optional.empty();
        };
    }

    private static Optional<Expression> index(Metric.Selector selector) {
        return switch (selector) {
            case Metric.Selector.Connections _ -> Optional.empty();
            case Metric.Selector.Listening(var port) -> Optional.of(port);
            case Metric.Selector.Child(var number) -> number;
            case Metric.Selector.Connection(var number) -> Optional.of(number);
            case Metric.Selector.Udp(var port) -> port;
        };
    }

    private void add(Shape shape) {
        switch (shape) {
            case Shape.Packet p -> {
                add(p.who());
                p.fields().values().forEach(this::add);
                p.options().ifPresent(o -> o.wanted().forEach(this::add));
            }
            case Shape.Range(var who, _, var from, var to) -> {
                add(who);
                add(List.of(from, to));
            }
            case Shape.Call c -> {
                add(c.who());
                c.arguments().values().forEach(this::argument);
                add(c.result());
                c.errno().ifPresent(this::add);
            }
            case Shape.Move(var who, var from, var to) -> {
                add(who);
                add(List.of(from, to));
            }
            case Shape.Timing(var who, var timer, _) -> {
                add(who);
                add(timer);
            }
            case Shape.Happening(var who, _, var fields) -> {
                add(who);
                fields.values().forEach(this::add);
            }
            case Shape.Boundary _ -> {}
            case Shape.Either(var choices) -> choices.forEach(this::add);
        }
    }

    private void add(Shape.Who who) {
        if (who.index().isPresent()) counted.add(who.host());
        else if (!who.host().equals("*")) hosts.add(who.host());
        who.index().ifPresent(this::add);
        if (who.index().isPresent()
                && who.index().get() instanceof Term.Fixed(Value.Int(var number))) {
            numbered.add(who.host() + number);
        }
        who.socket().ifPresent(this::add);
        who.task().ifPresent(this::add);
    }

    private void argument(Term term) {
        add(term);
        constants(term);
    }

    private void constants(Term term) {
        switch (term) {
            case Term.Fixed(Value.Word(var word)) -> {
                if (FLAGS.matcher(word).matches()) constants.addAll(List.of(word.split("\\|")));
            }
            case Term.OneOf(var choices) -> choices.forEach(this::constants);
            case Term.Maybe(var inner) -> constants(inner);
            case Term.Members(var terms) -> terms.values().forEach(this::constants);
            case Term.Elements(var terms) -> terms.forEach(this::constants);
            case Term.Flags(var names, _) -> constants.addAll(names);
            default -> {} // no word
        }
    }

    private void add(List<Term> terms) {
        terms.forEach(this::add);
    }

    private void add(Term term) {
        switch (term) {
            case Term.Any _, Term.Fixed _, Term.Flags _ -> {}
            case Term.Bound bound -> variables.add(bound);
            case Term.Filled(var expression) -> add(expression);
            case Term.Maybe(var inner) -> add(inner);
            case Term.OneOf(var choices) -> add(choices);
            case Term.Members(var terms) -> add(List.copyOf(terms.values()));
            case Term.Elements(var terms) -> add(terms);
            case Term.Between(var from, var to) -> add(List.of(from, to));
            case Term.Address(var host, var port) -> {
                if (Character.isLetter(host.charAt(0))) hosts.add(host);
                add(port);
                if (port instanceof Term.Filled(var number)) ports.add(number);
            }
        }
    }
}
