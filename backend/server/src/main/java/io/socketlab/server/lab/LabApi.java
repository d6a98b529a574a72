package io.socketlab.server.lab;

import io.socketlab.kernel.trace.Rule;
import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.grade.Engine;
import io.socketlab.lab.grade.ResultDocument;
import io.socketlab.lab.model.Check;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabSchema;
import io.socketlab.lab.reference.Otherwise;
import io.socketlab.lab.script.CallCatalogue;
import io.socketlab.lab.script.CallInfo;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.web.Problem;
import io.socketlab.server.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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

/** Labs and their grading for programs; and what the pages' help is made of. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Labs")
class LabApi {

    private static final int MAX_SCRIPT = 200_000;

    private final LabCatalogue labs;
    private final LabShelf shelf;
    private final GradeService grading;
    private final CourseLabs courses;

    LabApi(LabCatalogue labs, LabShelf shelf, GradeService grading, CourseLabs courses) {
        this.labs = labs;
        this.shelf = shelf;
        this.grading = grading;
        this.courses = courses;
    }

    /**
     * @param points of all checks
     * @param checks those that students see from the beginning
     */
    record LabView(
            String id,
            int revision,
            String title,
            List<String> objectives,
            List<String> topics,
            int level,
            int minutes,
            List<String> after,
            String profile,
            int seeds,
            int points,
            List<CheckView> checks) {

        static LabView of(Lab lab) {
            return new LabView(
                    lab.id(),
                    lab.revision(),
                    lab.title().text(),
                    lab.about().objectives().stream().map(o -> o.text()).toList(),
                    lab.about().topics(),
                    lab.about().level(),
                    lab.about().minutes(),
                    lab.about().after(),
                    lab.stack().profile(),
                    lab.variants().pool(),
                    lab.maxScore(),
                    lab.checks().stream()
                            .filter(c -> c.visibility() == Check.Visibility.ALWAYS)
                            .map(c -> new CheckView(c.id(), c.title().text(), c.points()))
                            .toList());
        }
    }

    record CheckView(String id, String title, int points) {}

    /**
     * @param otherwise what would have been different if it had not decided
     */
    record RuleView(
            String id, String source, String sentence, String misunderstanding, String otherwise) {}

    /**
     * @param script in the language of the console, see docs/scripts.md
     * @param seed which of the lab's variants, 1 if left out
     */
    record GradeRequest(
            @Schema(example = "server: socket(AF_INET, SOCK_STREAM, 0) = 3")
                    @NotNull(message = "expected the script to be graded")
                    @Size(max = MAX_SCRIPT, message = "at most " + MAX_SCRIPT + " characters")
                    String script,
            @Positive(message = "a seed is at least 1") @Nullable Long seed) {}

    @GetMapping("/labs")
    @Operation(operationId = "listLabs", summary = "The labs there are")
    List<LabView> all() {
        return labs.all().stream().map(LabView::of).toList();
    }

    @GetMapping("/labs/{id}")
    @Operation(operationId = "getLab", summary = "One lab")
    ResponseEntity<LabView> one(@PathVariable String id) {
        return view(find(id));
    }

    private static ResponseEntity<LabView> view(Lab lab) {
        String eTag = "\"%s-%d-%s\"".formatted(lab.id(), lab.revision(), Engine.version());
        return ResponseEntity.ok().eTag(eTag).body(LabView.of(lab));
    }

    /**
     * @param revision counts from 1; a revision that has been published does not change
     */
    record RevisionView(int revision, boolean current) {}

    @GetMapping("/labs/{id}/revisions")
    @Operation(operationId = "listRevisions", summary = "A lab's revisions that there are here")
    List<RevisionView> revisions(@PathVariable String id) {
        int current = find(id).revision();
        if (labs.find(id).isPresent()) return List.of(new RevisionView(current, true));
        return shelf.revisions(id).stream().map(n -> new RevisionView(n, n == current)).toList();
    }

    @GetMapping("/labs/{id}/revisions/{revision}")
    @Operation(operationId = "getRevision", summary = "One revision of a lab")
    ResponseEntity<LabView> revision(@PathVariable String id, @PathVariable int revision) {
        Lab lab = find(id);
        if (lab.revision() == revision) return view(lab);
        Optional<Lab> former =
                labs.find(id).isPresent() ? Optional.empty() : shelf.find(id, revision);
        if (former.isPresent()) return view(former.get());
        throw new ProblemException(
                HttpStatus.NOT_FOUND,
                "unknown-revision",
                "Unknown revision",
                "Lab %s has no revision %d here; there is %d."
                        .formatted(id, revision, lab.revision()));
    }

    @PostMapping(path = "/labs/{id}/grade", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "grade",
            summary = "Grades a script at once",
            description =
                    "Runs the script on the lab's network with the seed's parameters, in virtual time, and judges"
                            + " the trace. The same script and seed always give the same trace_hash.")
    @ApiResponse(responseCode = "200", description = "The result, whatever the verdict")
    ResultDocument grade(
            @PathVariable String id,
            @Valid @RequestBody GradeRequest body,
            @AuthenticationPrincipal SignedIn me) {
        return grade(inReach(me, find(id)), body.script(), body.seed() == null ? 1 : body.seed());
    }

    /** The same for a script as it is, so that a file can be sent without wrapping it. */
    @PostMapping(path = "/labs/{id}/grade", consumes = MediaType.TEXT_PLAIN_VALUE)
    @Operation(operationId = "gradeText", summary = "Grades a script that is the body itself")
    ResultDocument gradeText(
            @PathVariable String id,
            @RequestParam(defaultValue = "1") long seed,
            @RequestBody(required = false) @Nullable String script,
            @AuthenticationPrincipal SignedIn me) {
        return grade(inReach(me, find(id)), script == null ? "" : script, seed);
    }

    /** A token of a course is good for its labs. */
    private Lab inReach(SignedIn me, Lab lab) {
        Problem.checkReach(me, me.boundTo().filter(course -> courses.uses(me, course, lab.id())));
        return lab;
    }

    private ResultDocument grade(Lab lab, String script, long seed) {
        check(lab, script, seed);
        return grading.grade(lab, seed, script);
    }

    private static void check(Lab lab, String script, long seed) {
        if (script.length() > MAX_SCRIPT) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "script-too-long",
                    "Script too long",
                    "A script has at most " + MAX_SCRIPT + " characters.");
        }
        if (seed < 1 || seed > lab.variants().pool()) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "unknown-seed",
                    "Unknown seed",
                    "Lab " + lab.id() + " has the seeds 1 to " + lab.variants().pool() + ".");
        }
    }

    @GetMapping("/calls")
    @Operation(operationId = "listCalls", summary = "The calls that scripts and the console know")
    List<CallInfo> calls() {
        return CallCatalogue.calls();
    }

    @GetMapping("/rules")
    @Operation(operationId = "listRules", summary = "The rules that traces and feedback name")
    List<RuleView> rules() {
        return Arrays.stream(Rule.values())
                .map(r ->
                        new RuleView(
                                r.id(),
                                r.source(),
                                r.sentence(),
                                r.misunderstanding(),
                                Otherwise.of(r)))
                .toList();
    }

    @GetMapping("/lab-schema")
    @Operation(operationId = "getLabSchema", summary = "The JSON Schema of lab.yaml, for editors")
    Map<String, Object> schema() {
        return LabSchema.schema();
    }

    private Lab find(String id) {
        return labs.find(id)
                .or(() -> id.startsWith(Labs.DRAFT) ? Optional.empty() : shelf.find(id))
                .orElseThrow(() ->
                        new ProblemException(
                                HttpStatus.NOT_FOUND,
                                "unknown-lab",
                                "Unknown lab",
                                "There is no lab " + id + ". GET /api/v1/labs lists them."));
    }
}
