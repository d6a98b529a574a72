package io.socketlab.server.web;

import io.socketlab.lab.grade.Engine;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the description of REST says of all operations. */
@Configuration
class ApiDescription {

    private static final String PROBLEM = "Problem";
    private static final String TOKEN = "token";

    @Bean
    OpenApiCustomizer whatHoldsForAll() {
        return api -> {
            api.setInfo(
                    new Info()
                            .title("SocketLab")
                            .version(Engine.version())
                            .description(
                                    "Labs, attempts and grading. Errors are problem documents (RFC 9457) whose types"
                                            + " are listed at /problems. A token is made on the account page and is"
                                            + " good for reading, grading or authoring,"
                                            + " in all that its owner may or in one course."));
            api.getComponents()
                    .addSchemas(PROBLEM, problem())
                    .addSecuritySchemes(
                            TOKEN,
                            new SecurityScheme()
                                    .type(SecurityScheme.Type.HTTP)
                                    .scheme("bearer")
                                    .description("slt_…, made on the account page"));
            api.setSecurity(
                    List.of(new SecurityRequirement(), new SecurityRequirement().addList(TOKEN)));
            api.getPaths().values().stream()
                    .flatMap(path -> path.readOperations().stream())
                    .forEach(ApiDescription::complete);
        };
    }

    /** In 3.1 a type is one of several, and must be said in that way too. */
    private static Schema<?> problem() {
        return typed(
                        new ObjectSchema()
                                .addProperty("type", typed(new StringSchema(), "string"))
                                .addProperty("title", typed(new StringSchema(), "string"))
                                .addProperty("status", typed(new IntegerSchema(), "integer"))
                                .addProperty("detail", typed(new StringSchema(), "string"))
                                .addProperty("instance", typed(new StringSchema(), "string")),
                        "object")
                .required(List.of("type", "title", "status", "detail"))
                .description("RFC 9457; some types have more members");
    }

    private static Schema<?> typed(Schema<?> schema, String type) {
        schema.addType(type);
        return schema;
    }

    private static void complete(Operation operation) {
        var schema = new Schema<>();
        schema.set$ref("#/components/schemas/" + PROBLEM);
        // what is said of them in words is said of their types at /problems
        operation.getResponses().keySet().removeIf(status -> status.startsWith("4"));
        operation
                .getResponses()
                .addApiResponse(
                        "default",
                        new ApiResponse()
                                .description("What is wrong with the request")
                                .content(
                                        new Content()
                                                .addMediaType(
                                                        "application/problem+json",
                                                        new MediaType().schema(schema))));
    }
}
