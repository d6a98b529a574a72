package io.socketlab.lab.model;

import io.socketlab.lab.check.Condition;
import io.socketlab.lab.check.EventPattern;
import io.socketlab.lab.check.Mentions;
import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.ExpressionParser;
import io.socketlab.lab.expr.LocalText;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.expr.SyntaxException;
import io.socketlab.lab.expr.Value;
import io.socketlab.lab.model.Samples.Kind;
import io.socketlab.lab.script.Constants;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the parts of one lab can refer to, and the reading of the texts that do. Hosts are known
 * only once the topology has been read.
 */
final class Names {

    /** What feedback can name beside the parameters. */
    private static final List<String> OF_A_VERDICT = List.of("actual", "expected", "event");

    /** Of a host's number: there are never so many. */
    private static final int MOST_DIGITS = 9;

    private static final String NUMBER_OF_A_HOST = "i";
    private static final String ENGLISH = "en";

    private final Set<String> parameters = new LinkedHashSet<>();
    private final Samples samples = new Samples();

    /** By name, whether there are several of it. */
    private final Map<String, Boolean> hosts = new LinkedHashMap<>();

    /** Of those that there are several of, how many with any seed; where it can be told. */
    private final Map<String, Long> counts = new LinkedHashMap<>();

    /** Hosts whose calls take time. */
    private final Set<String> processors = new LinkedHashSet<>();

    /** Of the title; the other texts have the same. */
    private Set<String> locales = Set.of(ENGLISH);

    /** Conditions that speak of predictions, which come later in the file. */
    private final Map<Element, Set<String>> predictions = new LinkedHashMap<>();

    /** Virtual nanoseconds that a run has. */
    private long longestRun = Long.MAX_VALUE;

    private Variables variables = new Variables();

    // ---- what there is

    void addParameter(String name) {
        parameters.add(name);
    }

    Samples samples() {
        return samples;
    }

    /** Its calls take time. */
    void addProcessors(String host) {
        processors.add(host);
    }

    void limit(Limits limits) {
        longestRun = limits.virtualNanos();
    }

    void addHost(String name, boolean several) {
        hosts.put(name, several);
    }

    /** How many there are of a host that there are several of. */
    void addCount(String name, Expression count) {
        samples.most(count).ifPresent(most -> counts.put(name, most));
    }

    Set<String> hosts() {
        return hosts.keySet();
    }

    /** Whether a host, or several, are called that; one of several has its number: client3. */
    boolean isHost(String name) {
        return hosts.containsKey(name) || isNumbered(name);
    }

    /** Whether the lab has several hosts of that name, each with its number behind it. */
    boolean isSeveral(String name) {
        return hosts.getOrDefault(name, false);
    }

    private boolean isNumbered(String name) {
        String base = base(name);
        return !base.equals(name) && hosts.getOrDefault(base, false);
    }

    private static String base(String name) {
        return name.replaceFirst("[0-9]+$", "");
    }

    /**
     * Reports one of several hosts whose number is beyond what there are, {@code client3} of two.
     *
     * @param written as it stands there
     */
    void checkNumber(Element element, String name, String written) {
        String base = base(name);
        Long most = counts.get(base);
        if (base.equals(name) || most == null) return;
        String digits = name.substring(base.length());
        boolean isOne = digits.length() <= MOST_DIGITS && Long.parseLong(digits) <= most;
        if (isOne && Long.parseLong(digits) > 0) return;
        element.problemWith(
                written,
                "expected one of the %d of '%s', %s1 to %s%d, not '%s'"
                        .formatted(most, base, base, base, most, name));
    }

    // ---- expressions and patterns

    /** An expression over parameters. */
    Optional<Expression> expression(Element element, Kind kind) {
        Optional<Expression> expression =
                element.parsed("a number or an expression", ExpressionParser::parse);
        expression.ifPresent(e -> check(element, e, kind));
        return expression;
    }

    /** A length of time in which something has to happen: shorter than the longest run. */
    Optional<Expression> within(Element element) {
        Optional<Expression> within = expression(element, Kind.TIME);
        if (within.isPresent()
                && within.get() instanceof Expression.Constant(Value.Span(var nanos))
                && nanos >= longestRun) {
            element.problem(
                    "expected less than "
                            + new Value.Span(longestRun)
                            + ", after which a run of this lab ends; not "
                            + new Value.Span(nanos));
        }
        return within;
    }

    /** Reports what an expression names and is not there, or else what it wrongly comes to. */
    void check(Element element, Expression expression, Kind kind) {
        boolean known = true;
        for (Expression.Parameter p : Expression.parameters(expression)) {
            known &= known(element, "parameter", p.name(), parameters);
        }
        if (known) samples.check(element, expression, kind);
    }

    Optional<EventPattern> pattern(Element element) {
        Optional<EventPattern> pattern = element.parsed("a pattern line", EventPattern::parse);
        pattern.ifPresent(p -> check(element, p));
        return pattern;
    }

    /** Reports what a pattern names and is not there. */
    void check(Element element, EventPattern pattern) {
        Mentions mentions = Mentions.of(pattern);
        known(element, mentions);
        variables.add(element, mentions);
    }

    /** What is true or false of a run. */
    Optional<Condition> condition(Element element) {
        Optional<Condition> condition = value(element);
        if (condition.isPresent() && !condition.get().isTruth()) {
            element.problem("expected a condition, as in client.cwnd > 2, not a value alone");
            return Optional.empty();
        }
        condition
                .flatMap(Condition::certain)
                .ifPresent(holds ->
                        element.problem(
                                "expected a condition that a run decides; this one "
                                        + (holds ? "always" : "never")
                                        + " holds"));
        return condition;
    }

    /** What a run comes to, whatever that is. */
    Optional<Condition> value(Element element) {
        Optional<Condition> condition = element.parsed("a condition", Condition::parse);
        condition.ifPresent(c -> {
            Mentions mentions = Mentions.of(c);
            known(element, mentions);
            predictions.put(element, mentions.predictions());
        });
        return condition;
    }

    /** The patterns from here on share their variables, until {@link #checkVariables}. */
    void shareVariables() {
        variables = new Variables();
    }

    /** Reports variables that are bound nowhere. */
    void checkVariables() {
        variables.check();
        variables = new Variables();
    }

    /** All predictions are known now. */
    void checkPredictions(Collection<String> known) {
        predictions.forEach(
                (element, ids) -> ids.forEach(id -> known(element, "prediction", id, known)));
    }

    private void known(Element element, Mentions mentions) {
        mentions.parameters().forEach(name -> known(element, "parameter", name, parameters));
        for (String host : mentions.hosts()) {
            if (hosts.getOrDefault(host, false)) {
                element.problemWith(
                        host,
                        "there are several of '%s': write %s[1], or %s[k] for one of them"
                                .formatted(host, host, host));
            } else if (!isHost(host)) {
                known(element, "host", host, hosts.keySet());
            } else {
                checkNumber(element, host, host);
            }
        }
        for (String host : mentions.numbered()) checkNumber(element, host, base(host));
        for (String host : mentions.counted()) {
            if (known(element, "host", host, hosts.keySet()) && !hosts.getOrDefault(host, false)) {
                element.problemWith(host, "there is only one '" + host + "': write it without [ ]");
            }
        }
        List<String> constants = Constants.allNames();
        for (String host : mentions.processors()) {
            if (!isHost(host) || processors.contains(host) || processors.contains(base(host))) {
                continue;
            }
            element.problemWith(
                    host, "'" + host + "' has no processors that take time: give it cpu: {}");
        }
        for (Expression port : mentions.ports()) check(element, port, Kind.PORT);
        for (String word : mentions.constants()) {
            boolean quoted = element.text("a pattern line").contains("\"" + word + "\"");
            if (!quoted) known(element, "constant", word, constants);
        }
    }

    /** Reports a name that is not there. */
    static boolean known(Element element, String what, String name, Collection<String> names) {
        if (names.contains(name)) return true;
        element.problemWith(
                name, String.valueOf(SyntaxException.unknown(0, what, name, names).getMessage()));
        return false;
    }

    // ---- texts

    /** A text with parameters in it. */
    String template(Element element) {
        return template(element, List.of());
    }

    /** What a text comes to with some seeds' parameters. */
    List<String> filled(Element element) {
        return samples.filled(element, template(element), List.of());
    }

    /**
     * A script for peers, in which the hosts that there are several of have a number; placed as it
     * is in the file.
     */
    String peers(Element element) {
        template(element, List.of(NUMBER_OF_A_HOST));
        return element.placed();
    }

    private String template(Element element, List<String> further) {
        var all = new LinkedHashSet<>(parameters);
        all.addAll(further);
        Optional<List<Expression.Parameter>> named = element.parsed("a text", Parameters::namedIn);
        if (named.isEmpty()) return "";
        boolean known = true;
        for (Expression.Parameter p : named.get()) {
            known &= known(element, "parameter", p.name(), all);
        }
        String text = element.text("a text");
        if (known && !named.get().isEmpty()) samples.filled(element, text, further);
        return text;
    }

    /** The lab's title: all other texts are in its languages. */
    LocalText title(Element element) {
        if (!element.isMapping()) return text(element);
        Set<String> there = element.fields("a title").keys();
        if (!there.contains(ENGLISH)) {
            element.problem("expected the title in English, {en: …}");
            return LocalText.NONE;
        }
        locales = there;
        return text(element);
    }

    /** A text by language, or one in English. */
    LocalText text(Element element) {
        return text(element, List.of());
    }

    /** The same where the author comments a verdict. */
    LocalText feedback(Element element) {
        return text(element, OF_A_VERDICT);
    }

    private LocalText text(Element element, List<String> further) {
        if (element.isScalar()) {
            checkLocales(element, Set.of(ENGLISH));
            checkBlank(element);
            return LocalText.english(template(element, further));
        }
        try (Fields fields = element.fields("a text, or texts by language as in {en: …}")) {
            return byLanguage(element, fields, further);
        }
    }

    /** A text whose languages are among {@code fields}, whatever else is. */
    LocalText byLanguage(Element element, Fields fields) {
        return byLanguage(element, fields, List.of());
    }

    private LocalText byLanguage(Element element, Fields fields, List<String> further) {
        var texts = new LinkedHashMap<String, String>();
        for (String locale : locales) {
            fields.get(locale)
                    .ifPresent(e -> {
                        checkBlank(e);
                        texts.put(locale, template(e, further));
                    });
        }
        if (element.isMapping() && !fields.hasUnknown()) checkLocales(element, fields.keys());
        return new LocalText(texts);
    }

    private static void checkBlank(Element element) {
        if (element.isScalar() && element.text("a text").isBlank()) {
            element.problem("expected a text; there is nothing in it");
        }
    }

    private void checkLocales(Element element, Set<String> there) {
        var missing = new ArrayList<>(locales);
        missing.removeAll(there);
        if (missing.isEmpty()) return;
        element.problem(
                "expected this text in every language of the title; missing: "
                        + String.join(", ", missing));
    }
}
