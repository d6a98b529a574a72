package io.socketlab.server.authoring;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.model.Lab;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.web.ProblemException;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The labs that one writes, and beginning another. */
@Controller
class AuthorController {

    private final Drafts drafts;
    private final TrialStore trials;
    private final RevisionStore revisions;
    private final LabCatalogue catalogue;

    AuthorController(
            Drafts drafts, TrialStore trials, RevisionStore revisions, LabCatalogue catalogue) {
        this.drafts = drafts;
        this.trials = trials;
        this.revisions = revisions;
        this.catalogue = catalogue;
    }

    /**
     * A draft in the list.
     *
     * @param revision what was published last; 0 if nothing has been
     */
    record Row(Draft draft, int revision) {}

    @GetMapping("/author")
    String list(@AuthenticationPrincipal SignedIn me, Model model) {
        List<Row> rows = drafts.of(me).stream().map(this::row).toList();
        model.addAttribute("rows", rows);
        model.addAttribute("catalogue", catalogue.all().stream().map(Lab::id).toList());
        return "authoring/drafts";
    }

    private Row row(Draft draft) {
        int revision =
                revisions
                        .publishedAs(draft.id())
                        .flatMap(revisions::last)
                        .map(LabRevision::number)
                        .orElse(0);
        return new Row(draft, revision);
    }

    /**
     * @param from the lab of the catalogue to copy; empty for the template
     */
    @PostMapping("/author")
    String begin(
            @AuthenticationPrincipal SignedIn me,
            @RequestParam(defaultValue = "") String id,
            @RequestParam(defaultValue = "") String from,
            RedirectAttributes once) {
        try {
            String labId = id.strip();
            Draft draft =
                    from.isEmpty()
                            ? drafts.fromTemplate(me, labId)
                            : drafts.copyOf(me, from, labId);
            return "redirect:/author/" + draft.id();
        } catch (ProblemException e) {
            return again(e, once);
        }
    }

    @PostMapping("/author/import")
    String bring(
            @AuthenticationPrincipal SignedIn me,
            @RequestParam MultipartFile zip,
            RedirectAttributes once)
            throws IOException {
        try {
            Draft draft = drafts.imported(me, LabZip.read(zip.getBytes()));
            return "redirect:/author/" + draft.id();
        } catch (ProblemException e) {
            return again(e, once);
        }
    }

    private static String again(ProblemException e, RedirectAttributes once) {
        once.addFlashAttribute("problem", e.getBody().getDetail());
        return "redirect:/author";
    }

    /** From a bench that a draft is tried on, back to the draft. */
    @GetMapping("/author/trials/{id}")
    String ofTrial(@AuthenticationPrincipal SignedIn me, @PathVariable String id) {
        Trial trial =
                trials.find(id)
                        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        return "redirect:/author/" + drafts.mine(me, trial.draft().toString()).id();
    }
}
