package io.socketlab.server.run;

import io.socketlab.server.account.SignedIn;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came of something handed in, as a story, and where it parts from a solution. */
@Controller
class ResultController {

    private final Runs runs;
    private final SubmissionStore submissions;
    private final Comparisons comparisons;
    private final RunRules rules;
    private final ResultNotes notes;
    private final JsonMapper json;

    ResultController(
            Runs runs,
            SubmissionStore submissions,
            Comparisons comparisons,
            RunRules rules,
            ResultNotes notes,
            JsonMapper json) {
        this.runs = runs;
        this.submissions = submissions;
        this.comparisons = comparisons;
        this.rules = rules;
        this.notes = notes;
        this.json = json;
    }

    @GetMapping("/runs/{id}/submissions/{n}")
    String result(
            @PathVariable UUID id,
            @PathVariable int n,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        Run run = runs.work(me.id(), id).orElseThrow(ResultController::notFound);
        Submission submission = submissions.find(id, n).orElseThrow(ResultController::notFound);
        JsonNode document = json.readTree(submission.document());
        boolean mine = run.accountId().equals(me.id());
        Optional<RunRules.Terms> terms = rules.terms(run);
        model.addAttribute("run", run);
        model.addAttribute("submission", submission);
        model.addAttribute("mine", mine);
        model.addAttribute("notes", notes.of(id, n));
        model.addAttribute("terms", terms.orElse(null));
        model.addAttribute(
                "result",
                ResultPage.of(document)
                        .shown(!mine, terms.filter(RunRules.Terms::due).isPresent()));
        boolean hides = mine && terms.filter(RunRules.Terms::hidesScores).isPresent();
        if (hides) return "run/handed-in";
        return "run/result";
    }

    @GetMapping("/runs/{id}/submissions/{n}/comparison")
    String comparison(
            @PathVariable UUID id,
            @PathVariable int n,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        Run run = runs.find(me.id(), id).orElseThrow(ResultController::notFound);
        Submission submission = submissions.find(id, n).orElseThrow(ResultController::notFound);
        model.addAttribute("run", run);
        model.addAttribute("submission", submission);
        model.addAttribute(
                "comparison",
                ComparisonPage.of(
                        comparisons.of(run, submission).orElseThrow(ResultController::notFound)));
        return "run/comparison";
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
