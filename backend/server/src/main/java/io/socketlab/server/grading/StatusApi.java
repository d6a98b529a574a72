package io.socketlab.server.grading;

import io.socketlab.lab.grade.Engine;
import io.socketlab.server.compile.Compilers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How grading goes, for programs. */
@RestController
@RequestMapping(path = "/api/v1/status", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Status")
class StatusApi {

    private final GradingStatistics statistics;
    private final Compilers compilers;

    StatusApi(GradingStatistics statistics, Compilers compilers) {
        this.statistics = statistics;
        this.compilers = compilers;
    }

    /**
     * @param engine the version of the code that runs and grades
     * @param compiler which compiler makes C programs of their source here; null if there is none
     */
    @Schema(name = "Status")
    record StatusView(
            String engine,
            @Schema(example = "clang 14.0.6 (3f2a9c107d4e)") @Nullable String compiler,
            GradingStatistics.Summary grading) {}

    @GetMapping
    @Operation(
            operationId = "getStatus",
            summary = "What waits to be graded, and how long grading takes, in milliseconds")
    StatusView status() {
        return new StatusView(
                Engine.version(), compilers.name().orElse(null), statistics.summary());
    }
}
