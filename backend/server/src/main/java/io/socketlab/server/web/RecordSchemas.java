package io.socketlab.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.type.TypeFactory;

/**
 * What the description of REST does not see by itself in our records: that what is not optional is
 * always there, that nothing else is, and that names go by an annotation of Jackson 3.
 */
@Component
class RecordSchemas implements ModelConverter {

    private static final String OURS = "io.socketlab.";
    private static final String MODELS = "#/components/schemas/";

    private static final Set<Class<?>> OPTIONAL =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class);

    private final TypeFactory types = TypeFactory.createDefaultInstance();

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType annotated,
            ModelConverterContext context,
            Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) return null;
        Schema<?> schema = chain.next().resolve(annotated, context, chain);
        Class<?> type = rawClass(annotated.getType());
        if (schema == null || !type.isRecord() || !type.getName().startsWith(OURS)) return schema;
        describe(type, model(schema, context));
        return schema;
    }

    private Class<?> rawClass(@Nullable Type type) {
        // the description's own library has types of another Jackson
        if (type instanceof com.fasterxml.jackson.databind.JavaType java) {
            return java.getRawClass();
        }
        return type == null ? Object.class : types.constructType(type).getRawClass();
    }

    private static Schema<?> model(Schema<?> schema, ModelConverterContext context) {
        String ref = schema.get$ref();
        if (ref == null) return schema;
        Schema<?> model = context.getDefinedModels().get(ref.substring(MODELS.length()));
        return model == null ? schema : model;
    }

    @SuppressWarnings("rawtypes") // a model's properties are
    private static void describe(Class<?> type, Schema<?> model) {
        Map<String, Schema> properties = model.getProperties();
        if (properties == null) return;
        boolean snake =
                type.isAnnotationPresent(JsonNaming.class)
                        && type.getAnnotation(JsonNaming.class).value() == SnakeCaseStrategy.class;
        var renamed = new LinkedHashMap<String, Schema>();
        properties.forEach((name, of) -> renamed.put(snake ? snake(name) : name, of));
        model.setProperties(renamed);
        var required = new ArrayList<String>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = snake ? snake(component.getName()) : component.getName();
            Schema<?> of = renamed.get(name);
            if (of == null) continue;
            if (isAlwaysThere(component)) required.add(name);
            else renamed.put(name, optional(component, of, leavesOut(type)));
        }
        model.setRequired(required.isEmpty() ? null : required);
        model.setAdditionalProperties(false);
    }

    private static boolean isAlwaysThere(RecordComponent component) {
        boolean nullable =
                Arrays.stream(component.getAnnotatedType().getAnnotations())
                        .anyMatch(a -> a.annotationType() == Nullable.class);
        boolean demanded = component.getAccessor().isAnnotationPresent(NotNull.class);
        return demanded || !nullable && !OPTIONAL.contains(component.getType());
    }

    /** Whether what is not there is left out, rather than written as null. */
    private static boolean leavesOut(Class<?> type) {
        JsonInclude include = type.getAnnotation(JsonInclude.class);
        return include != null && include.value() != JsonInclude.Include.ALWAYS;
    }

    private static Schema<?> optional(RecordComponent component, Schema<?> of, boolean leftOut) {
        Schema<?> schema = of;
        // it is seen as an object with getters
        if (component.getType() == OptionalInt.class || component.getType() == OptionalLong.class) {
            schema = new JsonSchema().typesItem("integer");
        }
        if (leftOut) return schema;
        if (schema.get$ref() == null) return schema.typesItem("null");
        return new JsonSchema().anyOf(List.of(schema, new JsonSchema().typesItem("null")));
    }

    private static String snake(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
