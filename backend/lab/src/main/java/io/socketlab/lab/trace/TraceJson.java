package io.socketlab.lab.trace;

import io.socketlab.kernel.trace.Rule;
import io.socketlab.kernel.trace.Stamp;
import io.socketlab.kernel.trace.TcbValues;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.kernel.wire.Endpoint;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Events as JSON, one object a line: the event's type, its stamp, and its components in the order
 * in which the record has them, without those that are null or empty lists. {@code
 * docs/trace-format.md} has the whole of it.
 */
public final class TraceJson {

    private static final JsonFactory JSON = new JsonFactory();

    /** The components of each kind of record. */
    private static final ClassValue<List<RecordComponent>> COMPONENTS =
            new ClassValue<>() {
                @Override
                protected List<RecordComponent> computeValue(Class<?> type) {
                    return List.of(type.getRecordComponents());
                }
            };

    private TraceJson() {}

    /** One event as a line of JSON, without the line's end. */
    public static String line(TraceEvent event) {
        return new String(bytes(event), StandardCharsets.UTF_8);
    }

    /** One event as a line of JSON in UTF-8, without the line's end. */
    public static byte[] bytes(TraceEvent event) {
        var out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("type", event.getClass().getSimpleName());
            write(json, event.stamp());
            writeComponents(json, event, 1);
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /** Events as JSON lines, each with its end. */
    public static String lines(List<TraceEvent> events) {
        var lines = new StringBuilder();
        for (TraceEvent event : events) lines.append(line(event)).append('\n');
        return lines.toString();
    }

    private static void write(JsonGenerator json, Stamp stamp) {
        json.writeNumberProperty("seq", stamp.seq());
        json.writeNumberProperty("at", stamp.at());
        json.writeStringProperty("host", stamp.host());
        json.writeNumberProperty("cause", stamp.cause());
        Rule rule = stamp.rule();
        if (rule != null) json.writeStringProperty("rule", rule.id());
        String why = stamp.why();
        if (why != null) json.writeStringProperty("why", why);
    }

    /**
     * @param from the first component that is written
     */
    private static void writeComponents(JsonGenerator json, Object record, int from) {
        List<RecordComponent> all = COMPONENTS.get(record.getClass());
        for (RecordComponent component : all.subList(from, all.size())) {
            Object value = value(component, record);
            if (value != null) write(json, component.getName(), value);
        }
    }

    private static @Nullable Object value(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(component + " of " + record, e);
        }
    }

    private static void write(JsonGenerator json, String name, Object value) {
        switch (value) {
            case Integer number -> json.writeNumberProperty(name, number);
            case Long number -> json.writeNumberProperty(name, number);
            case Boolean truth -> json.writeBooleanProperty(name, truth);
            case String text -> json.writeStringProperty(name, text);
            case Endpoint endpoint -> json.writeStringProperty(name, endpoint.toString());
            case Enum<?> constant -> json.writeStringProperty(name, constant.name());
            case byte[] octets -> {
                json.writeName(name);
                json.writeBinary(octets);
            }
            case TcbValues values -> {
                json.writeObjectPropertyStart(name);
                values.forEach((variable, number) ->
                        json.writeNumberProperty(variable.traceName(), number));
                json.writeEndObject();
            }
            case List<?> list -> writeList(json, name, list);
            default ->
                    throw new IllegalStateException(
                            "no JSON for " + name + " of " + value.getClass());
        }
    }

    private static void writeList(JsonGenerator json, String name, List<?> records) {
        if (records.isEmpty()) return;
        json.writeArrayPropertyStart(name);
        for (Object record : records) {
            json.writeStartObject();
            writeComponents(json, record, 0);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
