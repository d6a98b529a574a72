package io.socketlab.server.webhook;

import io.socketlab.server.account.SignedIn;
import io.socketlab.server.web.ProblemException;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One's webhooks and how their deliveries went, as a page. */
@Controller
class WebhookController {

    private static final String PAGE = "/account/webhooks";

    private final Webhooks webhooks;

    WebhookController(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    /** A webhook with its log. */
    record Row(Webhook webhook, List<Delivery> log) {}

    @GetMapping(PAGE)
    String all(@AuthenticationPrincipal SignedIn me, Model model) {
        model.addAttribute(
                "rows",
                webhooks.of(me).stream()
                        .map(w -> new Row(w, webhooks.log(me, w.id().toString())))
                        .toList());
        return "webhook/webhooks";
    }

    /** The secret goes to the page once, by way of the session. */
    @PostMapping(PAGE)
    String add(
            @RequestParam(defaultValue = "") String url,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        try {
            once.addFlashAttribute("secret", webhooks.add(me, url.strip()).secret());
        } catch (ProblemException e) {
            once.addFlashAttribute("problem", e.getBody().getDetail());
        }
        return "redirect:" + PAGE;
    }

    @PostMapping(PAGE + "/{id}/remove")
    String remove(@PathVariable String id, @AuthenticationPrincipal SignedIn me) {
        try {
            webhooks.remove(me, id);
        } catch (ProblemException e) {
            throw new ResponseStatusException(e.getStatusCode(), null, e);
        }
        return "redirect:" + PAGE;
    }
}
