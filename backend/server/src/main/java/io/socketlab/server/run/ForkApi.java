package io.socketlab.server.run;

import io.socketlab.lab.diff.Divergence;
import io.socketlab.lab.diff.SideBySide;
import io.socketlab.lab.grade.Comparison;
import io.socketlab.server.account.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Forks of one's own runs, for programs. */
@RestController
@RequestMapping(path = "/api/v1/runs/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Runs")
class ForkApi {

    private final Runs runs;
    private final Forks forks;

    ForkApi(Runs runs, Forks forks) {
        this.runs = runs;
        this.forks = forks;
    }

    /**
     * @param event the last that both are to have in common
     */
    record ForkRequest(int event, @Nullable String name) {}

    /**
     * @param parent the run that it was forked from; null for the run that was begun
     * @param event the last event that both have in common
     */
    record BranchView(
            UUID id,
            int branch,
            String name,
            @Nullable UUID parent,
            int event,
            Instant created,
            Instant updated) {

        static BranchView of(Run run) {
            Branch branch = run.branch();
            return new BranchView(
                    run.id(),
                    branch.number(),
                    branch.title(),
                    branch.parent().orElse(null),
                    branch.seq(),
                    run.created(),
                    run.updated());
        }
    }

    /**
     * @param same whether nothing that matters differs
     * @param divergence where they first part; null if they do not
     */
    record ComparisonView(boolean same, @Nullable Divergence divergence) {}

    @PostMapping(path = "/forks", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "forkRun",
            summary = "A run of its own that begins as this one does, up to an event")
    @ApiResponse(responseCode = "201", description = "Forked")
    ResponseEntity<BranchView> fork(
            @PathVariable String id,
            @RequestBody ForkRequest request,
            @AuthenticationPrincipal SignedIn me) {
        String name = Optional.ofNullable(request.name()).orElse("");
        Run fork = forks.fork(runs.mine(me, id), request.event(), name);
        return ResponseEntity.created(URI.create("/api/v1/runs/" + fork.id()))
                .body(BranchView.of(fork));
    }

    @GetMapping("/branches")
    @Operation(
            operationId = "listBranches",
            summary = "This run and all that were forked of the same attempt")
    List<BranchView> branches(@PathVariable String id, @AuthenticationPrincipal SignedIn me) {
        return runs.family(runs.mine(me, id)).stream().map(BranchView::of).toList();
    }

    /**
     * @param parting the row where they first part in a way that matters; null if they do not
     * @param rows those from {@code from} on
     * @param total rows of the whole
     */
    record ColumnsView(@Nullable Integer parting, int from, int total, List<SideBySide.Row> rows) {}

    @GetMapping("/comparison/rows")
    @Operation(summary = "This run and another of its lab and seed in two columns, event by event")
    ColumnsView columns(
            @PathVariable String id,
            @RequestParam String with,
            @RequestParam(defaultValue = "0") @Min(0) int from,
            @RequestParam(defaultValue = "1000") @Min(1) @Max(10_000) int limit,
            @AuthenticationPrincipal SignedIn me) {
        SideBySide both = forks.sideBySide(runs.mine(me, id), runs.mine(me, with));
        List<SideBySide.Row> rows = both.rows();
        int start = Math.min(from, rows.size());
        return new ColumnsView(
                both.parting().orElse(null),
                start,
                rows.size(),
                rows.subList(start, start + Math.min(limit, rows.size() - start)));
    }

    @GetMapping("/comparison")
    @Operation(
            operationId = "compareBranches",
            summary = "Where this run and another of its lab and seed first part")
    ComparisonView comparison(
            @PathVariable String id,
            @RequestParam String with,
            @AuthenticationPrincipal SignedIn me) {
        Comparison comparison = forks.compare(runs.mine(me, id), runs.mine(me, with));
        return new ComparisonView(comparison.isSame(), comparison.divergence().orElse(null));
    }
}
