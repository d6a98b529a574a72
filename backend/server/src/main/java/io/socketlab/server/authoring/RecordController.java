package io.socketlab.server.authoring;

import io.socketlab.lab.record.ProposedCheck;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.web.ProblemException;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Recording a reference run, and keeping what is wanted of the checks that it proposes. */
@Controller
@RequestMapping("/author/{id}/record")
class RecordController {

    private final Drafts drafts;
    private final ReferenceRuns references;

    RecordController(Drafts drafts, ReferenceRuns references) {
        this.drafts = drafts;
        this.references = references;
    }

    /**
     * @param run to be recorded; empty for the solutions that there are
     */
    @GetMapping
    String propose(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String run,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        Draft draft = drafts.mine(me, id);
        model.addAttribute("draft", draft);
        model.addAttribute("title", draft.labId());
        model.addAttribute("tab", "record");
        model.addAttribute("runs", references.of(draft));
        model.addAttribute("run", run);
        List<ProposedCheck> proposals = List.of();
        Optional<String> script = Optional.empty();
        try {
            script = script(draft, run);
            proposals = references.proposals(draft, script);
        } catch (ProblemException e) {
            model.addAttribute("problem", e.getBody().getDetail());
        }
        model.addAttribute("script", script.orElse(""));
        model.addAttribute("proposals", proposals);
        return "authoring/record";
    }

    private Optional<String> script(Draft draft, String run) {
        return run.isEmpty()
                ? Optional.empty()
                : Optional.of(references.script(references.find(draft, run)));
    }

    /**
     * @param check the ids of those that are wanted
     */
    @PostMapping
    String keep(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String run,
            @RequestParam(defaultValue = "") List<String> check,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Draft draft = drafts.mine(me, id);
        try {
            Optional<String> script = script(draft, run);
            List<ProposedCheck> wanted =
                    references.proposals(draft, script).stream()
                            .filter(p -> check.contains(p.id()))
                            .toList();
            references.keep(draft, script, wanted);
            return "redirect:/author/" + draft.id();
        } catch (ProblemException e) {
            once.addFlashAttribute("problem", e.getBody().getDetail());
            once.addAttribute("run", run);
            return "redirect:/author/" + draft.id() + "/record";
        }
    }
}
