package io.socketlab.server.privacy;

import io.socketlab.server.account.AccountService;
import io.socketlab.server.account.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What is kept of oneself: seen, taken along, deleted. */
@Controller
class PrivacyController {

    private static final String PAGE = "/account/privacy";

    private final PersonalData data;
    private final AccountService accounts;
    private final RetentionProperties retention;

    PrivacyController(PersonalData data, AccountService accounts, RetentionProperties retention) {
        this.data = data;
        this.accounts = accounts;
        this.retention = retention;
    }

    @GetMapping(PAGE)
    String page(@AuthenticationPrincipal SignedIn me, Model model) {
        model.addAttribute("parts", data.parts(me.id()));
        model.addAttribute("alone", data.ownedAlone(me.id()));
        model.addAttribute("guestDays", retention.guests().toDays());
        model.addAttribute("trialDays", retention.trials().toDays());
        return "privacy/privacy";
    }

    @PostMapping(PAGE + "/export")
    void export(@AuthenticationPrincipal SignedIn me, HttpServletResponse response)
            throws IOException {
        response.setContentType("application/zip");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=socketlab-export.zip");
        data.export(me.id(), response.getOutputStream());
    }

    /** The password is asked for once more; a guest has none and writes a word. */
    @PostMapping(PAGE + "/delete")
    String delete(
            @RequestParam(defaultValue = "") String confirm,
            @AuthenticationPrincipal SignedIn me,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        String problem = "";
        if (!data.ownedAlone(me.id()).isEmpty()) {
            problem = "Nothing was deleted: some courses would be without an owner.";
        } else if (!isConfirmed(me, confirm)) {
            problem =
                    me.guest()
                            ? "Nothing was deleted: write delete to be sure."
                            : "Nothing was deleted: that is not your password.";
        }
        if (!problem.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            model.addAttribute("problem", problem);
            return page(me, model);
        }
        data.delete(me.id());
        new SecurityContextLogoutHandler().logout(request, response, null);
        return "redirect:/";
    }

    private boolean isConfirmed(SignedIn me, String confirm) {
        if (me.guest()) return confirm.strip().equals("delete");
        return accounts.login(me.id())
                .flatMap(login -> accounts.recognise(login, confirm))
                .filter(who -> who.id().equals(me.id()))
                .isPresent();
    }
}
