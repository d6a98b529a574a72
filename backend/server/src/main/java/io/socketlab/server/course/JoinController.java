package io.socketlab.server.course;

import io.socketlab.server.account.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Where the links lead by which people join a course. */
@Controller
class JoinController {

    private final Invitations invitations;

    JoinController(Invitations invitations) {
        this.invitations = invitations;
    }

    @GetMapping("/join/{code}")
    String invited(
            @PathVariable String code,
            @AuthenticationPrincipal @Nullable SignedIn me,
            Model model) {
        Invitations.Invited invited = invitations.find(code);
        model.addAttribute("course", invited.course());
        model.addAttribute("role", invited.invitation().role());
        model.addAttribute("expected", invited.member().map(Member::name).orElse(""));
        return "course/join";
    }

    @PostMapping("/join/{code}")
    String join(@PathVariable String code, @AuthenticationPrincipal SignedIn me) {
        return "redirect:/courses/" + invitations.join(me, code).course();
    }
}
