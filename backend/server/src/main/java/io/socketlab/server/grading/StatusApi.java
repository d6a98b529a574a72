package io.socketlab.server.grading;

import io.socketlab.lab.grade.Engine;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
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

    StatusApi(GradingStatistics statistics) {
        this.statistics = statistics;
    }

    /**
     * @param engine the version of the code that runs and grades
     */
    @Schema(name = "Status")
    record StatusView(String engine, GradingStatistics.Summary grading) {}

    @GetMapping
    @Operation(
            operationId = "getStatus",
            summary = "What waits to be graded, and how long grading takes, in milliseconds")
    StatusView status() {
        return new StatusView(Engine.version(), statistics.summary());
    }
}
