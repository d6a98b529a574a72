package io.socketlab.lab.expr;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a seed made of a lab's parameters, in the order in which the lab names them. */
public record Parameters(Map<String, Value> values) implements Scope {

    public static final Parameters NONE = new Parameters(Map.of());

    public Parameters {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    @Override
    public Optional<Value> parameter(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** These, and {@code value} under {@code name}. */
    public Parameters with(String name, Value value) {
        var more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Parameters(more);
    }

    /**
     * {@code text} with its {@code {{…}}} worked out.
     *
     * @throws IllegalArgumentException if one cannot be read or names no parameter
     */
    public String fill(String text) {
        try {
            Template template = Template.of(text);
            for (Expression.Parameter p : template.parameters()) {
                if (!values.containsKey(p.name())) {
                    throw SyntaxException.unknown(0, "parameter", p.name(), values.keySet());
                }
            }
            return template.fill(this);
        } catch (SyntaxException e) {
            throw new IllegalArgumentException(e.getMessage() + " in '" + text + "'", e);
        }
    }

    /** The parameters that {@code text} names in its {@code {{…}}}. */
    public static List<Expression.Parameter> namedIn(String text) throws SyntaxException {
        return Template.of(text).parameters();
    }
}
