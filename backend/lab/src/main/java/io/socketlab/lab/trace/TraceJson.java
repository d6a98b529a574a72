package io.socketlab.lab.trace;

import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Stamp;
import io.socketlab.kernel.trace.TcbValues;
import io.socketlab.kernel.trace.TcbVariable;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.kernel.wire.Endpoint;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Events as JSON, one object a line: the event's type, its stamp, and its components in the order
 * in which the record has them, without those that are null or empty lists. {@code
 * docs/trace-format.md} has the whole of it.
 */
public final class TraceJson {

    /** How an event names its kind, and the components of each kind of record. */
    private record Shape(String name, List<Component> components) {

        static Shape of(Class<?> type) {
            return new Shape(
                    type.getSimpleName(),
                    Arrays.stream(type.getRecordComponents()).map(TraceJson::component).toList());
        }
    }

    /**
     * How a component is read: numbers, which most are, as what they are, and others as objects.
     */
    private record Component(
            byte[] name,
            @Nullable ToLongFunction<Object> number,
            @Nullable Function<Object, Object> object) {}

    private static Component component(RecordComponent component) {
        byte[] name = JsonOctets.quoted(component.getName());
        return Getter.isNumber(component)
                ? new Component(name, Getter.number(component), null)
                : new Component(name, null, Getter.object(component));
    }

    private static final ClassValue<Shape> SHAPES =
            new ClassValue<>() {
                @Override
                protected Shape computeValue(Class<?> type) {
                    return Shape.of(type);
                }
            };

    private static final byte[] TYPE = JsonOctets.quoted("type");
    private static final byte[] SEQ = JsonOctets.quoted("seq");
    private static final byte[] AT = JsonOctets.quoted("at");
    private static final byte[] HOST = JsonOctets.quoted("host");
    private static final byte[] CAUSE = JsonOctets.quoted("cause");
    private static final byte[] RULE = JsonOctets.quoted("rule");
    private static final byte[] WHY = JsonOctets.quoted("why");

    private static final List<byte[]> VARIABLES =
            Arrays.stream(TcbVariable.values())
                    .map(variable -> JsonOctets.quoted(variable.traceName()))
                    .toList();

    private TraceJson() {}

    /** One event as a line of JSON, without the line's end. */
    public static String line(TraceEvent event) {
        return octets(event).toString();
    }

    /** One event as a line of JSON in UTF-8, without the line's end. */
    public static byte[] bytes(TraceEvent event) {
        return octets(event).copy();
    }

    private static JsonOctets octets(TraceEvent event) {
        var json = new JsonOctets(512);
        write(json, event);
        return json;
    }

    /** One event, without the line's end. */
    static void write(JsonOctets json, TraceEvent event) {
        json.sign('{');
        json.name(TYPE);
        json.text(SHAPES.get(event.getClass()).name);
        write(json, event.stamp());
        writeComponents(json, event, 1);
        json.sign('}');
    }

    /** Events as JSON lines, each with its end. */
    public static String lines(List<TraceEvent> events) {
        var json = new JsonOctets(1 << 16);
        for (TraceEvent event : events) {
            write(json, event);
            json.sign('\n');
        }
        return json.toString();
    }

    private static void write(JsonOctets json, Stamp stamp) {
        json.name(SEQ);
        json.number(stamp.seq());
        json.name(AT);
        json.number(stamp.at());
        json.name(HOST);
        json.text(stamp.host());
        json.name(CAUSE);
        json.number(stamp.cause());
        write(json, stamp.rule(), stamp.why());
    }

    private static void write(JsonOctets json, @Nullable Rule rule, @Nullable String why) {
        if (rule != null) {
            json.name(RULE);
            json.text(rule.id());
        }
        if (why != null) {
            json.name(WHY);
            json.text(why);
        }
    }

    /**
     * @param from the first component that is written
     */
    private static void writeComponents(JsonOctets json, Object record, int from) {
        List<Component> all = SHAPES.get(record.getClass()).components;
        for (int i = from; i < all.size(); i++) write(json, all.get(i), record);
    }

    private static void write(JsonOctets json, Component component, Object record) {
        if (component.number != null) {
            json.name(component.name);
            json.number(component.number.applyAsLong(record));
        } else if (component.object != null) {
            Object value = component.object.apply(record);
            if (value != null) write(json, component.name, value);
        }
    }

    private static void write(JsonOctets json, byte[] name, Object value) {
        if (value instanceof List<?> list && list.isEmpty()) return;
        json.name(name);
        switch (value) {
            case Boolean truth -> json.truth(truth);
            case String text -> json.text(text);
            case Endpoint endpoint -> json.text(endpoint.toString());
            case Enum<?> constant -> json.text(constant.name());
            case byte[] octets -> json.binary(octets);
            case TcbValues values -> {
                json.sign('{');
                values.forEach((variable, number) -> {
                    json.name(VARIABLES.get(variable.ordinal()));
                    json.number(number);
                });
                json.sign('}');
            }
            case List<?> list -> writeList(json, list);
            default -> throw new IllegalStateException("no JSON for " + value.getClass());
        }
    }

    private static void writeList(JsonOctets json, List<?> records) {
        json.sign('[');
        for (int i = 0; i < records.size(); i++) {
            Object record = records.get(i);
            if (i > 0) json.sign(',');
            json.sign('{');
            writeComponents(json, record, 0);
            json.sign('}');
        }
        json.sign(']');
    }
}
