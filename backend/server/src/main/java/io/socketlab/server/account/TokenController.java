package io.socketlab.server.account;

import java.time.Duration;
import java.util.List;
import java.util.Set;
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
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The account page: who one is, and one's tokens. */
@Controller
class TokenController {

    private static final int MAX_DAYS = 366;

    private final TokenService tokens;

    TokenController(TokenService tokens) {
        this.tokens = tokens;
    }

    @GetMapping("/account")
    String account(@AuthenticationPrincipal SignedIn who, Model model) {
        model.addAttribute("tokens", tokens.of(who));
        return "account/account";
    }

    /** The token goes to the page once, by way of the session. */
    @PostMapping("/account/tokens")
    String create(
            @AuthenticationPrincipal SignedIn who,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "90") int days,
            @RequestParam(defaultValue = "") List<String> scope,
            RedirectAttributes once) {
        String called = name.strip();
        Set<Scope> scopes = Scope.parse(String.join(" ", scope));
        if (called.isEmpty() || called.length() > 80) {
            once.addFlashAttribute("problem", "A token needs a name of 1 to 80 characters.");
        } else if (days < 1 || days > MAX_DAYS) {
            once.addFlashAttribute("problem", "A token is valid for 1 to " + MAX_DAYS + " days.");
        } else if (scopes.isEmpty()) {
            once.addFlashAttribute("problem", "A token needs something that it is good for.");
        } else {
            Duration validity = Duration.ofDays(days);
            once.addFlashAttribute("token", tokens.create(who, called, scopes, validity));
        }
        return "redirect:/account";
    }

    @PostMapping("/account/tokens/{id}/revoke")
    String revoke(@AuthenticationPrincipal SignedIn who, @PathVariable UUID id) {
        if (!tokens.revoke(who, id)) throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        return "redirect:/account";
    }
}
