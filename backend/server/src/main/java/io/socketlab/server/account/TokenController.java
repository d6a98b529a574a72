package io.socketlab.server.account;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
    private final TokenCourses courses;

    TokenController(TokenService tokens, TokenCourses courses) {
        this.tokens = tokens;
        this.courses = courses;
    }

    /**
     * A token in the list.
     *
     * @param course what it is bound to is called; empty if it is not bound
     */
    record Row(ApiToken token, String course) {}

    @GetMapping("/account")
    String account(@AuthenticationPrincipal SignedIn who, Model model) {
        List<TokenCourses.Named> mine = courses.of(who);
        model.addAttribute("courses", mine);
        model.addAttribute(
                "tokens",
                tokens.of(who).stream().map(token -> new Row(token, name(token, mine))).toList());
        return "account/account";
    }

    /**
     * Of a course that one has left there is no name any more, and the token is good for nothing.
     */
    private static String name(ApiToken token, List<TokenCourses.Named> mine) {
        return token.course()
                .map(id ->
                        mine.stream()
                                .filter(course -> course.id().equals(id))
                                .map(TokenCourses.Named::name)
                                .findFirst()
                                .orElse("a course you have left"))
                .orElse("");
    }

    /** The token goes to the page once, by way of the session. */
    @PostMapping("/account/tokens")
    String create(
            @AuthenticationPrincipal SignedIn who,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "90") int days,
            @RequestParam(defaultValue = "") List<String> scope,
            @RequestParam(defaultValue = "") String course,
            RedirectAttributes once) {
        String called = name.strip();
        Set<Scope> scopes = Scope.parse(String.join(" ", scope));
        Optional<UUID> bound =
                courses.of(who).stream()
                        .map(TokenCourses.Named::id)
                        .filter(id -> id.toString().equals(course))
                        .findFirst();
        if (called.isEmpty() || called.length() > 80) {
            once.addFlashAttribute("problem", "A token needs a name of 1 to 80 characters.");
        } else if (days < 1 || days > MAX_DAYS) {
            once.addFlashAttribute("problem", "A token is valid for 1 to " + MAX_DAYS + " days.");
        } else if (scopes.isEmpty()) {
            once.addFlashAttribute("problem", "A token needs something that it is good for.");
        } else if (!course.isEmpty() && bound.isEmpty()) {
            once.addFlashAttribute("problem", "You are in no such course.");
        } else {
            var grant = new TokenService.Grant(scopes, bound, Duration.ofDays(days));
            once.addFlashAttribute("token", tokens.create(who, called, grant));
        }
        return "redirect:/account";
    }

    @PostMapping("/account/tokens/{id}/revoke")
    String revoke(@AuthenticationPrincipal SignedIn who, @PathVariable UUID id) {
        if (!tokens.revoke(who, id)) throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        return "redirect:/account";
    }
}
