package io.socketlab.server.run;

import io.socketlab.lab.model.Check;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.run.RunHost;
import io.socketlab.lab.statement.Statement;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.lab.Labs;
import io.socketlab.server.web.PageModel;
import io.socketlab.server.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bench, handing in, and the result as a story. */
@Controller
class RunController {

    private final Labs labs;
    private final Runs runs;
    private final SubmissionStore submissions;
    private final Comparisons comparisons;
    private final BenchRegistry benches;
    private final RunRules rules;
    private final ResultNotes notes;
    private final JsonMapper json;
    private final PageModel page;

    RunController(
            Labs labs,
            Runs runs,
            SubmissionStore submissions,
            Comparisons comparisons,
            BenchRegistry benches,
            RunRules rules,
            ResultNotes notes,
            JsonMapper json,
            PageModel page) {
        this.labs = labs;
        this.runs = runs;
        this.submissions = submissions;
        this.comparisons = comparisons;
        this.benches = benches;
        this.rules = rules;
        this.notes = notes;
        this.json = json;
        this.page = page;
    }

    /**
     * A run in the list of one's runs.
     *
     * @param hidden whether its scores are not shown
     */
    record Row(Run run, List<Submission> submissions, boolean hidden) {}

    /** What the bench island is told. */
    record Boot(
            UUID run,
            BootLab lab,
            List<BootHost> hosts,
            List<String> modes,
            String socket,
            String submit,
            HandIns handIns,
            @Nullable BootCourse course,
            List<BootCheck> tests,
            List<BootCheck> predictions,
            List<String> faults,
            boolean mine,
            List<ForkApi.BranchView> branches,
            BootCsrf csrf) {}

    /**
     * @param made how often something was handed in for the lab
     * @param graded how many of these the lab grades, 0 for any number
     */
    record HandIns(int made, int graded) {}

    /**
     * What it is made for.
     *
     * @param worth what a hand-in is worth now, as a sentence
     */
    record BootCourse(String name, String path, String worth) {}

    record BootLab(String id, String title, int revision) {}

    record BootHost(String name, String address, boolean driven) {}

    record BootCheck(String id, String name) {}

    record BootCsrf(String name, String value) {}

    @PostMapping("/labs/{id}/runs")
    String begin(
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean anew,
            @AuthenticationPrincipal SignedIn me) {
        Lab lab = labs.openTo(me.id(), id).orElseThrow(RunController::notFound);
        Run run = anew ? runs.begin(me.id(), lab) : runs.open(me.id(), lab);
        return "redirect:/runs/" + run.id();
    }

    @GetMapping("/runs")
    String list(@AuthenticationPrincipal SignedIn me, Model model) {
        List<Submission> all = submissions.ofAccount(me.id());
        List<Run> mine = runs.of(me.id());
        Set<UUID> hidden = rules.hidden(mine.stream().map(Run::id).toList());
        model.addAttribute(
                "rows",
                mine.stream()
                        .map(run ->
                                new Row(
                                        run,
                                        all.stream()
                                                .filter(s -> s.runId().equals(run.id()))
                                                .toList(),
                                        hidden.contains(run.id())))
                        .toList());
        return "run/list";
    }

    @GetMapping("/runs/{id}")
    String bench(
            @PathVariable UUID id,
            @AuthenticationPrincipal SignedIn me,
            HttpServletRequest request,
            Model model) {
        Run run = runs.readable(me.id(), id).orElseThrow(RunController::notFound);
        Lab lab = labs.find(run.labId(), run.labRevision()).orElseThrow(RunController::notFound);
        boolean mine = run.accountId().equals(me.id());
        List<ForkApi.BranchView> branches =
                mine ? runs.family(run).stream().map(ForkApi.BranchView::of).toList() : List.of();
        CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        model.addAttribute("run", run);
        model.addAttribute("mine", mine);
        model.addAttribute("terms", rules.terms(run).orElse(null));
        List<RunHost> hosts = benches.bench(run).state().hosts();
        // within a script element "</script>" would end it
        String boot = json.writeValueAsString(boot(run, lab, hosts, branches, token));
        model.addAttribute("boot", boot.replace("<", "\\u003c"));
        model.addAttribute(
                "statement",
                Statement.of(lab, "en").map(s -> s.html(lab.parameters(run.seed()))).orElse(""));
        return "run/bench";
    }

    private Boot boot(
            Run run,
            Lab lab,
            List<RunHost> hosts,
            List<ForkApi.BranchView> branches,
            CsrfToken token) {
        Optional<RunRules.Terms> terms = rules.terms(run);
        return new Boot(
                run.id(),
                new BootLab(lab.id(), lab.title().text(), lab.revision()),
                hosts.stream().map(h -> new BootHost(h.name(), h.address(), h.driven())).toList(),
                lab.student().modes(),
                "/ws/runs/" + run.id(),
                "/runs/" + run.id() + "/submissions",
                terms.map(t -> new HandIns(t.made(), t.graded()))
                        .orElseGet(() ->
                                new HandIns(
                                        submissions.count(run.accountId(), run.labId()),
                                        lab.scoring().gradedAttempts())),
                terms.map(t -> new BootCourse(t.course(), t.path(), t.worth())).orElse(null),
                lab.checks().stream()
                        .filter(c -> c.visibility() == Check.Visibility.ALWAYS)
                        .map(c ->
                                new BootCheck(
                                        c.id(), lab.parameters(run.seed()).fill(c.title().text())))
                        .toList(),
                lab.predictions().stream()
                        .map(p ->
                                new BootCheck(
                                        p.id(), lab.parameters(run.seed()).fill(p.ask().text())))
                        .toList(),
                lab.student().faults(),
                !branches.isEmpty(),
                branches,
                new BootCsrf(token.getParameterName(), token.getToken()));
    }

    @PostMapping("/runs/{id}/submissions")
    String submit(@PathVariable UUID id, @AuthenticationPrincipal SignedIn me) {
        Submission submission = runs.submit(mine(me, id));
        return "redirect:/runs/" + id + "/submissions/" + submission.n();
    }

    @GetMapping("/runs/{id}/submissions/{n}")
    String result(
            @PathVariable UUID id,
            @PathVariable int n,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        Run run = runs.work(me.id(), id).orElseThrow(RunController::notFound);
        Submission submission = submissions.find(id, n).orElseThrow(RunController::notFound);
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
        Run run = mine(me, id);
        Submission submission = submissions.find(id, n).orElseThrow(RunController::notFound);
        model.addAttribute("run", run);
        model.addAttribute("submission", submission);
        model.addAttribute(
                "comparison",
                ComparisonPage.of(
                        comparisons.of(run, submission).orElseThrow(RunController::notFound)));
        return "run/comparison";
    }

    private Run mine(SignedIn me, UUID id) {
        return runs.find(me.id(), id).orElseThrow(RunController::notFound);
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }

    @ExceptionHandler(BenchUnavailableException.class)
    @ResponseStatus(HttpStatus.CONFLICT)
    String unavailable(BenchUnavailableException e, HttpServletRequest request, Model model) {
        return failure("This run cannot be opened", e.getMessage(), request, model);
    }

    /** The page says it in words, as the API does in its problem document. */
    @ExceptionHandler(ProblemException.class)
    String refused(
            ProblemException e,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        response.setStatus(e.getStatusCode().value());
        return failure(e.getBody().getTitle(), e.getBody().getDetail(), request, model);
    }

    private String failure(
            @Nullable String title,
            @Nullable String reason,
            HttpServletRequest request,
            Model model) {
        page.addTo(model, request);
        model.addAttribute("title", title);
        model.addAttribute("reason", reason);
        return "run/unavailable";
    }
}
