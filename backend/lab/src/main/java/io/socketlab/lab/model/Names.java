package io.socketlab.lab.model;

import io.socketlab.lab.check.Condition;
import io.socketlab.lab.check.EventPattern;
import io.socketlab.lab.check.Mentions;
import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.ExpressionParser;
import io.socketlab.lab.expr.LocalText;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.expr.SyntaxException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the parts of one lab can refer to, and the reading of the texts that do. Hosts are known
 * only once the topology has been read.
 */
final class Names {

    /** What feedback can name beside the parameters. */
    private static final List<String> OF_A_VERDICT = List.of("actual", "expected", "event");

    private static final String NUMBER_OF_A_HOST = "i";

    private final Set<String> parameters = new LinkedHashSet<>();
    private final Set<String> hosts = new LinkedHashSet<>();
    private final Set<String> calls = new LinkedHashSet<>();

    void addParameter(String name) {
        parameters.add(name);
    }

    void addHost(String name) {
        hosts.add(name);
    }

    Set<String> hosts() {
        return hosts;
    }

    Set<String> calls() {
        return calls;
    }

    /** An expression over parameters. */
    Optional<Expression> expression(Element element) {
        Optional<Expression> expression =
                element.parsed("a number or an expression", ExpressionParser::parse);
        expression.ifPresent(e -> {
            for (Expression.Parameter p : Expression.parameters(e)) {
                known(element, "parameter", p.name(), parameters);
            }
        });
        return expression;
    }

    Optional<EventPattern> pattern(Element element) {
        Optional<EventPattern> pattern = element.parsed("a pattern line", EventPattern::parse);
        pattern.ifPresent(p -> check(element, p));
        return pattern;
    }

    /** Reports what a pattern names and is not there. */
    void check(Element element, EventPattern pattern) {
        known(element, Mentions.of(pattern));
    }

    Optional<Condition> condition(Element element) {
        Optional<Condition> condition = element.parsed("a condition", Condition::parse);
        condition.ifPresent(c -> known(element, Mentions.of(c)));
        return condition;
    }

    private void known(Element element, Mentions mentions) {
        mentions.hosts().forEach(host -> known(element, "host", host, hosts));
        mentions.parameters().forEach(name -> known(element, "parameter", name, parameters));
    }

    private static void known(Element element, String what, String name, Collection<String> names) {
        if (names.contains(name)) return;
        element.problemWith(
                name, String.valueOf(SyntaxException.unknown(0, what, name, names).getMessage()));
    }

    /** A text with parameters in it. */
    String template(Element element) {
        return template(element, List.of());
    }

    /** A script for peers, in which the hosts that there are several of have a number. */
    String peers(Element element) {
        return template(element, List.of(NUMBER_OF_A_HOST));
    }

    private String template(Element element, List<String> further) {
        var all = new LinkedHashSet<>(parameters);
        all.addAll(further);
        element.parsed("a text", Parameters::namedIn)
                .ifPresent(found -> found.forEach(p -> known(element, "parameter", p.name(), all)));
        return element.isScalar() ? element.text("a text") : "";
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
        if (element.isScalar()) return LocalText.english(template(element, further));
        var texts = new LinkedHashMap<String, String>();
        element.fields("a text, or texts by language as in {en: …}")
                .named()
                .forEach((locale, text) -> texts.put(locale, template(text, further)));
        return new LocalText(texts);
    }
}
