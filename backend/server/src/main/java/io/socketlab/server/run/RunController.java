package io.socketlab.server.run;

import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.model.Check;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.Prediction;
import io.socketlab.lab.model.StarterSource;
import io.socketlab.lab.run.RunHost;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.lab.LabImages;
import io.socketlab.server.lab.Labs;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.json.JsonMapper;

/** The bench, and handing in. */
@Controller
class RunController {

    private final Labs labs;
    private final Runs runs;
    private final SubmissionStore submissions;
    private final BenchRegistry benches;
    private final RunRules rules;
    private final ShownResults results;
    private final JsonMapper json;

    RunController(
            Labs labs,
            Runs runs,
            SubmissionStore submissions,
            BenchRegistry benches,
            RunRules rules,
            ShownResults results,
            JsonMapper json) {
        this.labs = labs;
        this.runs = runs;
        this.submissions = submissions;
        this.benches = benches;
        this.rules = rules;
        this.results = results;
        this.json = json;
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
            List<BootPrediction> predictions,
            List<String> faults,
            Map<String, List<StarterSource>> sources,
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

    /**
     * @param halts whether the run halts to ask it
     * @param choices the answers there are; none for any number or time
     */
    record BootPrediction(String id, String name, boolean halts, List<BootChoice> choices) {

        static BootPrediction of(Prediction prediction, Parameters parameters) {
            return new BootPrediction(
                    prediction.id(),
                    parameters.fill(prediction.ask().text()),
                    prediction.halts(),
                    prediction.question().choices().stream()
                            .map(c -> new BootChoice(c.id(), parameters.fill(c.text().text())))
                            .toList());
        }
    }

    record BootChoice(String id, String name) {}

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
        // trials are shown with their draft
        List<Run> mine = runs.of(me.id()).stream().filter(run -> !run.isTrial()).toList();
        Set<UUID> hidden = rules.hidden(mine.stream().map(Run::id).toList());
        model.addAttribute(
                "rows",
                mine.stream()
                        .map(run ->
                                new Row(
                                        run,
                                        all.stream()
                                                .filter(s -> s.runId().equals(run.id()))
                                                .map(results::shown)
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
        model.addAttribute("statement", LabImages.statement(lab, run.seed()));
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
                        .filter(_ -> terms.filter(RunRules.Terms::hidesScores).isEmpty())
                        .map(c ->
                                new BootCheck(
                                        c.id(), lab.parameters(run.seed()).fill(c.title().text())))
                        .toList(),
                lab.predictions().stream()
                        .map(p -> BootPrediction.of(p, lab.parameters(run.seed())))
                        .toList(),
                lab.student().faults(),
                lab.student().sources().keySet().stream()
                        .collect(Collectors.toMap(host -> host, lab::sources)),
                !branches.isEmpty(),
                branches,
                new BootCsrf(token.getParameterName(), token.getToken()));
    }

    @PostMapping("/runs/{id}/submissions")
    String submit(@PathVariable UUID id, @AuthenticationPrincipal SignedIn me) {
        Submission submission = runs.submit(mine(me, id));
        return "redirect:/runs/" + id + "/submissions/" + submission.n();
    }

    private Run mine(SignedIn me, UUID id) {
        return runs.find(me.id(), id).orElseThrow(RunController::notFound);
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
