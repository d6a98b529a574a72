package io.socketlab.server.authoring;

import io.socketlab.lab.model.Lab;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.run.Runs;
import io.socketlab.server.web.ProblemException;
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

/** Trying a draft on a bench, having it proven, and publishing it. */
@Controller
@RequestMapping("/author/{id}")
class ProofController {

    private final Drafts drafts;
    private final DraftReader reader;
    private final Publishing publishing;
    private final Revisions revisions;
    private final Runs runs;
    private final ReferenceRuns trials;

    ProofController(
            Drafts drafts,
            DraftReader reader,
            Publishing publishing,
            Revisions revisions,
            Runs runs,
            ReferenceRuns trials) {
        this.drafts = drafts;
        this.reader = reader;
        this.publishing = publishing;
        this.revisions = revisions;
        this.runs = runs;
        this.trials = trials;
    }

    @GetMapping("/verify")
    String proof(@PathVariable String id, @AuthenticationPrincipal SignedIn me, Model model) {
        Draft draft = drafts.mine(me, id);
        DraftReader.Reading reading = reader.read(draft, drafts.folder(draft));
        Optional<Lab> lab =
                reading.mistakes().isEmpty()
                        ? Optional.of(publishing.lab(draft))
                        : Optional.empty();
        int last = revisions.of(draft).stream().mapToInt(LabRevision::number).max().orElse(0);
        int next = lab.map(Lab::revision).filter(n -> n > last).orElse(0);
        model.addAttribute(
                "page",
                new ProofPage(
                        draft,
                        lab.map(l -> l.title().text()).orElse(draft.labId()),
                        reading.mistakes().size(),
                        lab.map(l -> l.variants().pool()).orElse(1),
                        publishing.verification(draft),
                        next));
        model.addAttribute("trials", trials.of(draft));
        model.addAttribute("draft", draft);
        model.addAttribute("tab", "verify");
        return "authoring/verify";
    }

    /**
     * A bench on the draft as it is now.
     *
     * @param seed one of the pool
     */
    @PostMapping("/try")
    String tryIt(
            @PathVariable String id,
            @RequestParam(defaultValue = "1") long seed,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Draft draft = drafts.mine(me, id);
        return answer(
                draft,
                once,
                () -> {
                    Lab lab = publishing.lab(draft);
                    long chosen = Math.clamp(seed, 1, lab.variants().pool());
                    return "redirect:/runs/" + runs.begin(me.id(), lab, chosen).id();
                });
    }

    @PostMapping("/verify")
    String verify(
            @PathVariable String id,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Draft draft = drafts.mine(me, id);
        return answer(
                draft,
                once,
                () -> {
                    publishing.verify(draft);
                    return proofOf(draft);
                });
    }

    @PostMapping("/publish")
    String publish(
            @PathVariable String id,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Draft draft = drafts.mine(me, id);
        return answer(
                draft,
                once,
                () -> {
                    LabRevision revision = publishing.publish(draft);
                    once.addFlashAttribute("published", revision.number());
                    return "redirect:/author/" + draft.id() + "/revisions";
                });
    }

    private interface Answer {
        String get();
    }

    /** What is refused is said on the page where it was asked for. */
    private static String answer(Draft draft, RedirectAttributes once, Answer answer) {
        try {
            return answer.get();
        } catch (ProblemException e) {
            once.addFlashAttribute("problem", e.getBody().getDetail());
            return proofOf(draft);
        }
    }

    private static String proofOf(Draft draft) {
        return "redirect:/author/" + draft.id() + "/verify";
    }
}
