package io.socketlab.server.grading;

import io.socketlab.lab.grade.ResultDocument;
import io.socketlab.lab.grade.Verifier;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;

/** Describes an answer that is a result, in whichever format was asked for. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ApiResponse(
        responseCode = "200",
        description = "The result",
        content = {
            @Content(
                    mediaType = "application/json",
                    schema =
                            @Schema(
                                    description =
                                            "which of them is said by format and the job's kind",
                                    anyOf = {
                                        ResultDocument.class,
                                        Verifier.Report.class,
                                        Map.class
                                    })),
            @Content(mediaType = "application/xml", schema = @Schema(type = "string")),
            @Content(mediaType = "text/plain", schema = @Schema(type = "string")),
            @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
        })
@interface AnswersResult {}
