package io.socketlab.server.authoring;

import io.socketlab.server.account.SignedIn;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What has been published of a draft, and what differs between any two of them. */
@Controller
@RequestMapping("/author/{id}")
class RevisionController {

    private final Drafts drafts;
    private final Revisions revisions;

    RevisionController(Drafts drafts, Revisions revisions) {
        this.drafts = drafts;
        this.revisions = revisions;
    }

    @GetMapping("/revisions")
    String list(@PathVariable String id, @AuthenticationPrincipal SignedIn me, Model model) {
        Draft draft = drafts.mine(me, id);
        List<LabRevision> published = revisions.of(draft);
        model.addAttribute("draft", draft);
        model.addAttribute("title", draft.labId());
        model.addAttribute("revisions", published);
        model.addAttribute("tab", "revisions");
        return "authoring/revisions";
    }

    /**
     * @param from a revision
     * @param to another; 0 for the draft as it is now
     */
    @GetMapping("/diff")
    String diff(
            @PathVariable String id,
            @RequestParam int from,
            @RequestParam(defaultValue = "0") int to,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        Draft draft = drafts.mine(me, id);
        model.addAttribute("draft", draft);
        model.addAttribute("title", draft.labId());
        model.addAttribute("from", from);
        model.addAttribute("to", to);
        model.addAttribute("changes", revisions.diff(draft, from, to));
        model.addAttribute("tab", "revisions");
        return "authoring/diff";
    }

    @GetMapping("/revisions/{number}/zip")
    ResponseEntity<byte[]> export(
            @PathVariable String id,
            @PathVariable int number,
            @AuthenticationPrincipal SignedIn me) {
        Draft draft = drafts.mine(me, id);
        return DraftController.zip(draft.labId(), revisions.folder(draft, number));
    }
}
