package io.socketlab.lab.trace;

import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Stamp;
import io.socketlab.kernel.trace.TcbValues;
import io.socketlab.kernel.trace.TcbVariable;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.kernel.wire.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;

/**
 * Events as JSON, one object a line: the event's type, its stamp, and its components in the order
 * in which the record has them, without those that are null or empty lists. {@code
 * docs/trace-format.md} has the whole of it.
 */
public final class TraceJson {

    private static final JsonFactory JSON = JsonFactory.builder().rootValueSeparator("\n").build();

    /** How an event names its kind, and the components of each kind of record. */
    private record Shape(SerializedString name, List<Component> components) {

        static Shape of(Class<?> type) {
            return new Shape(
                    new SerializedString(type.getSimpleName()),
                    Arrays.stream(type.getRecordComponents())
                            .map(c -> new Component(new SerializedString(c.getName()), c))
                            .toList());
        }
    }

    private record Component(SerializedString name, RecordComponent of) {}

    private static final ClassValue<Shape> SHAPES =
            new ClassValue<>() {
                @Override
                protected Shape computeValue(Class<?> type) {
                    return Shape.of(type);
                }
            };

    private static final SerializedString TYPE = new SerializedString("type");
    private static final SerializedString SEQ = new SerializedString("seq");
    private static final SerializedString AT = new SerializedString("at");
    private static final SerializedString HOST = new SerializedString("host");
    private static final SerializedString CAUSE = new SerializedString("cause");
    private static final SerializedString RULE = new SerializedString("rule");
    private static final SerializedString WHY = new SerializedString("why");

    private static final List<SerializedString> VARIABLES =
            Arrays.stream(TcbVariable.values())
                    .map(variable -> new SerializedString(variable.traceName()))
                    .toList();

    private TraceJson() {}

    /** One event as a line of JSON, without the line's end. */
    public static String line(TraceEvent event) {
        return new String(bytes(event), StandardCharsets.UTF_8);
    }

    /** One event as a line of JSON in UTF-8, without the line's end. */
    public static byte[] bytes(TraceEvent event) {
        var out = new ByteArrayOutputStream(256);
        write(List.of(event), out);
        return out.toByteArray();
    }

    /** Events as JSON lines in UTF-8, with line ends between them and none behind the last. */
    static void write(List<TraceEvent> events, OutputStream out) {
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            for (TraceEvent event : events) {
                json.writeStartObject();
                json.writeName(TYPE);
                json.writeString(SHAPES.get(event.getClass()).name);
                write(json, event.stamp());
                writeComponents(json, event, 1);
                json.writeEndObject();
            }
        }
    }

    /** Events as JSON lines, each with its end. */
    public static String lines(List<TraceEvent> events) {
        var lines = new StringBuilder();
        for (TraceEvent event : events) lines.append(line(event)).append('\n');
        return lines.toString();
    }

    private static void write(JsonGenerator json, Stamp stamp) {
        json.writeName(SEQ);
        json.writeNumber(stamp.seq());
        json.writeName(AT);
        json.writeNumber(stamp.at());
        json.writeName(HOST);
        json.writeString(stamp.host());
        json.writeName(CAUSE);
        json.writeNumber(stamp.cause());
        write(json, stamp.rule(), stamp.why());
    }

    private static void write(JsonGenerator json, @Nullable Rule rule, @Nullable String why) {
        if (rule != null) {
            json.writeName(RULE);
            json.writeString(rule.id());
        }
        if (why != null) {
            json.writeName(WHY);
            json.writeString(why);
        }
    }

    /**
     * @param from the first component that is written
     */
    private static void writeComponents(JsonGenerator json, Object record, int from) {
        List<Component> all = SHAPES.get(record.getClass()).components;
        for (int i = from; i < all.size(); i++) {
            Component component = all.get(i);
            Object value = value(component.of, record);
            if (value != null) write(json, component.name, value);
        }
    }

    private static @Nullable Object value(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(component + " of " + record, e);
        }
    }

    private static void write(JsonGenerator json, SerializedString name, Object value) {
        if (value instanceof List<?> list && list.isEmpty()) return;
        json.writeName(name);
        switch (value) {
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            case String text -> json.writeString(text);
            case Endpoint endpoint -> json.writeString(endpoint.toString());
            case Enum<?> constant -> json.writeString(constant.name());
            case byte[] octets -> json.writeBinary(octets);
            case TcbValues values -> {
                json.writeStartObject();
                values.forEach((variable, number) -> {
                    json.writeName(VARIABLES.get(variable.ordinal()));
                    json.writeNumber(number);
                });
                json.writeEndObject();
            }
            case List<?> list -> writeList(json, list);
            default ->
                    throw new IllegalStateException(
                            "no JSON for " + name + " of " + value.getClass());
        }
    }

    private static void writeList(JsonGenerator json, List<?> records) {
        json.writeStartArray();
        for (Object record : records) {
            json.writeStartObject();
            writeComponents(json, record, 0);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
