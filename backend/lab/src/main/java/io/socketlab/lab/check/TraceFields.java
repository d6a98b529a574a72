package io.socketlab.lab.check;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.expr.Value;
import io.socketlab.lab.trace.Getter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The trace's events and their fields by name, as its written form has them. */
final class TraceFields {

    static final Map<String, Class<? extends TraceEvent>> EVENTS = new TreeMap<>();

    static {
        for (Class<?> event : TraceEvent.class.getPermittedSubclasses()) {
            EVENTS.put(event.getSimpleName(), event.asSubclass(TraceEvent.class));
        }
    }

    /** The components of a kind of event, by name: patterns ask for them at every event. */
    private static final ClassValue<Map<String, RecordComponent>> COMPONENTS =
            new ClassValue<>() {
                @Override
                protected Map<String, RecordComponent> computeValue(Class<?> type) {
                    var components = new LinkedHashMap<String, RecordComponent>();
                    for (RecordComponent c : type.getRecordComponents()) {
                        components.put(c.getName(), c);
                    }
                    return components;
                }
            };

    /** How they are read. */
    private static final ClassValue<Map<String, Function<Object, Object>>> GETTERS =
            new ClassValue<>() {
                @Override
                protected Map<String, Function<Object, Object>> computeValue(Class<?> type) {
                    var getters = new HashMap<String, Function<Object, Object>>();
                    COMPONENTS.get(type).forEach((name, c) -> getters.put(name, Getter.object(c)));
                    return getters;
                }
            };

    private TraceFields() {}

    /** The kind of event that has this name, which is known to be one. */
    static Class<? extends TraceEvent> kind(String event) {
        return Objects.requireNonNull(EVENTS.get(event));
    }

    /** The names of an event's fields, the stamp's cause, rule and reason among them. */
    static List<String> of(String event) {
        var names = new ArrayList<>(List.of("rule", "cause", "why"));
        Class<?> type = EVENTS.get(event);
        if (type == null) return names;
        for (String component : COMPONENTS.get(type).keySet()) {
            if (!component.equals("stamp")) names.add(component);
        }
        return names;
    }

    /** Whether a field of an event, which has it, is a number. */
    static boolean isNumber(String event, String field) {
        RecordComponent component = COMPONENTS.get(kind(event)).get(field);
        if (component == null) return field.equals("cause");
        return component.getType() == int.class || component.getType() == long.class;
    }

    /** What a field is; empty if it is not there. */
    static Optional<Value> value(TraceEvent event, String field) {
        return switch (field) {
            case "rule" -> Optional.ofNullable(event.stamp().rule()).map(r -> word(r.id()));
            case "cause" -> Optional.of(new Value.Int(event.stamp().cause()));
            case "why" -> Optional.ofNullable(event.stamp().why()).map(TraceFields::word);
            default -> component(event, field);
        };
    }

    private static Optional<Value> component(TraceEvent event, String field) {
        Function<Object, Object> getter = GETTERS.get(event.getClass()).get(field);
        return Optional.ofNullable(getter)
                .map(component -> component.apply(event))
                .map(TraceFields::valueOf);
    }

    private static Value valueOf(Object object) {
        return switch (object) {
            case Integer i -> new Value.Int(i);
            case Long l -> new Value.Int(l);
            case Enum<?> e -> word(e.name());
            default -> word(object.toString());
        };
    }

    private static Value word(String text) {
        return new Value.Word(text);
    }
}
