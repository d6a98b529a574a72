package io.socketlab.server.run;

import io.socketlab.lab.grade.Comparison;
import io.socketlab.server.account.SignedIn;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Forking a run, naming what came of it, and looking where two of them part. */
@Controller
class ForkController {

    private final Runs runs;
    private final Forks forks;

    ForkController(Runs runs, Forks forks) {
        this.runs = runs;
        this.forks = forks;
    }

    @PostMapping("/runs/{id}/forks")
    String fork(
            @PathVariable UUID id,
            @RequestParam int event,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String line,
            @AuthenticationPrincipal SignedIn me) {
        Run parent = mine(me, id);
        Run fork =
                line.isBlank()
                        ? forks.fork(parent, event, name)
                        : forks.fork(parent, event, name, line);
        return "redirect:/runs/" + fork.id();
    }

    @PostMapping("/runs/{id}/name")
    String rename(
            @PathVariable UUID id,
            @RequestParam String name,
            @AuthenticationPrincipal SignedIn me) {
        forks.rename(mine(me, id), name);
        return "redirect:/runs/" + id;
    }

    @GetMapping("/runs/{id}/comparison")
    String comparison(
            @PathVariable UUID id,
            @RequestParam UUID with,
            @RequestParam(defaultValue = "-1") int from,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        Run run = mine(me, id);
        Run other = mine(me, with);
        Comparison comparison = forks.compare(run, other);
        model.addAttribute("run", run);
        model.addAttribute("other", other);
        model.addAttribute("comparison", ComparisonPage.of(comparison));
        model.addAttribute("columns", ColumnsPage.of(forks.sideBySide(run, other), from));
        return "run/branches";
    }

    private Run mine(SignedIn me, UUID id) {
        return runs.find(me.id(), id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
