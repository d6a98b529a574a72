package io.socketlab.server.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Signing up, in and out, and the way in that needs no form. */
@Controller
class AccountController {

    private final AccountService accounts;
    private final Sessions sessions;

    AccountController(AccountService accounts, Sessions sessions) {
        this.accounts = accounts;
        this.sessions = sessions;
    }

    @GetMapping("/sign-in")
    String signInForm(
            @RequestParam(defaultValue = "/") String next,
            @RequestParam(defaultValue = "false") boolean sent,
            Model model) {
        model.addAttribute("sent", sent);
        model.addAttribute("next", Next.safe(next));
        model.addAttribute("login", "");
        return "account/sign-in";
    }

    @PostMapping("/sign-in")
    String signIn(
            @RequestParam(defaultValue = "") String login,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "/") String next,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        Optional<SignedIn> who = accounts.recognise(login, password);
        if (who.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("next", Next.safe(next));
            model.addAttribute("login", login);
            model.addAttribute(
                    "problem", "No account has this name and password. Look at both once more.");
            return "account/sign-in";
        }
        sessions.signIn(who.get(), request, response);
        return "redirect:" + Next.safe(next);
    }

    @GetMapping("/sign-up")
    String signUpForm(@RequestParam(defaultValue = "/") String next, Model model) {
        model.addAttribute("next", Next.safe(next));
        model.addAttribute("signUp", SignUp.empty());
        return "account/sign-up";
    }

    @PostMapping("/sign-up")
    String signUp(
            @Valid @ModelAttribute("signUp") SignUp form,
            BindingResult errors,
            @RequestParam(defaultValue = "/") String next,
            @AuthenticationPrincipal SignedIn current,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!errors.hasErrors()) {
            try {
                boolean guest = current != null && current.guest();
                SignedIn who = guest ? accounts.keep(current, form) : accounts.signUp(form);
                sessions.signIn(who, request, response);
                return "redirect:" + Next.safe(next);
            } catch (AccountService.LoginTakenException e) {
                errors.rejectValue(
                        "login", "taken", "Somebody has an account with this name already.");
            }
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("next", Next.safe(next));
        return "account/sign-up";
    }

    @PostMapping("/guest")
    String guest(
            @RequestParam(defaultValue = "/") String next,
            @AuthenticationPrincipal SignedIn current,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (current == null) sessions.signIn(accounts.guest(), request, response);
        return "redirect:" + Next.safe(next);
    }
}
