package io.socketlab.server.grading;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.socketlab.lab.grade.ResultDocument;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A job as programs see it.
 *
 * @param phases the phases it has been in, the first first
 * @param estimate when it will be done, if it waits and there is something to go by
 * @param result in short, once it is there
 * @param links what there is to get of it
 */
@Schema(name = "Job")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record JobView(
        UUID id,
        @Schema(example = "script") String kind,
        Optional<UUID> attempt,
        Optional<UUID> batch,
        @Schema(example = "c1-handshake") String lab,
        int labRevision,
        long seed,
        Phase phase,
        List<PhaseView> phases,
        int tries,
        Optional<Instant> estimate,
        Optional<ShortResult> result,
        Map<String, String> links) {

    record PhaseView(Phase phase, Instant at) {}

    record ShortResult(
            @Schema(example = "PASS") String verdict,
            double score,
            double maxScore,
            boolean gradable) {

        static ShortResult of(ResultDocument result) {
            return new ShortResult(
                    result.verdict().name(), result.score(), result.maxScore(), result.gradable());
        }
    }

    static JobView of(Job job, Optional<Instant> estimate, Optional<ShortResult> result) {
        return new JobView(
                job.id(),
                job.kind().name().toLowerCase(Locale.ROOT),
                job.attempt(),
                job.batch(),
                job.lab(),
                job.revision(),
                job.seed(),
                job.phase(),
                phases(job),
                job.tries(),
                estimate,
                result,
                links(job));
    }

    private static List<PhaseView> phases(Job job) {
        var phases = new ArrayList<PhaseView>();
        phases.add(new PhaseView(Phase.QUEUED, job.queued()));
        job.started().ifPresent(at -> phases.add(new PhaseView(Phase.RUNNING, at)));
        job.finished().ifPresent(at -> phases.add(new PhaseView(job.phase(), at)));
        return phases;
    }

    private static Map<String, String> links(Job job) {
        var links = new LinkedHashMap<String, String>();
        String self = path(job.id());
        links.put("self", self);
        if (job.phase() != Phase.DONE) return links;
        links.put("result", self + "/result");
        if (job.kind() != JobKind.VERIFICATION) {
            links.put("trace", self + "/trace.jsonl");
            links.put("capture", self + "/capture.pcapng");
        }
        return links;
    }

    static String path(UUID job) {
        return "/api/v1/jobs/" + job;
    }

    /** Changes whenever the job has. */
    String eTag() {
        return "\"%s-%d-%d\""
                .formatted(phase, tries, estimate.map(Instant::toEpochMilli).orElse(0L));
    }
}
