package io.socketlab.server.grading;

import io.socketlab.lab.model.Lab;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Having labs proven, for whoever writes them. */
@Service
public class Verifications {

    private final Submissions submissions;
    private final JobStore jobs;
    private final JsonMapper json;

    Verifications(Submissions submissions, JobStore jobs, JsonMapper json) {
        this.submissions = submissions;
        this.jobs = jobs;
        this.json = json;
    }

    /**
     * How far the proof of a lab is.
     *
     * @param seeds how many were asked for
     * @param report what came of it, if it has ended
     */
    public record Verification(
            UUID job, String phase, long seeds, Instant queued, Optional<Report> report) {

        /** Whether there is something to wait for. */
        public boolean isUnderWay() {
            return report.isEmpty() && !Phase.valueOf(phase).isEnd();
        }

        public boolean isProven() {
            return report.filter(Report::isProven).isPresent();
        }
    }

    /**
     * What came of it.
     *
     * @param problems what is wrong, each with its place, or that verifying failed
     * @param gradingMillis how long it takes to grade one script
     * @param document as it is stored, JSON
     */
    public record Report(
            boolean isProven,
            long seeds,
            int runs,
            long gradingMillis,
            List<String> problems,
            String document) {
        public Report {
            problems = List.copyOf(problems);
        }
    }

    /** Has a lab proven over all of its pool; answers the job. */
    public UUID begin(UUID account, Lab lab) {
        return submissions.submit(account, work(lab, lab.variants().pool()), Optional.empty()).id();
    }

    static Submissions.Work work(Lab lab, long seeds) {
        return new Submissions.Work(
                Optional.empty(),
                JobKind.VERIFICATION,
                lab.id(),
                lab.revision(),
                1,
                Long.toString(seeds));
    }

    /** The proof of a lab that this account has asked for last. */
    public Optional<Verification> last(UUID account, String labId) {
        return jobs.lastVerification(account, labId)
                .map(job ->
                        new Verification(
                                job.id(),
                                job.phase().name(),
                                Long.parseLong(job.answer()),
                                job.queued(),
                                jobs.result(job.id()).map(this::report)));
    }

    private Report report(JobResult result) {
        JsonNode document = json.readTree(result.document());
        boolean failed = !document.has("problems");
        List<String> problems =
                failed
                        ? List.of(document.path("message").asString("Verifying failed."))
                        : document.path("problems").valueStream().map(JsonNode::asString).toList();
        return new Report(
                !failed && problems.isEmpty(),
                document.path("seeds").asLong(0),
                document.path("runs").asInt(0),
                document.path("gradingNanos").asLong(0) / 1_000_000,
                problems,
                result.document());
    }
}
