package io.socketlab.server.web;

import io.socketlab.server.account.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What the layout of every page needs. */
@ControllerAdvice(annotations = Controller.class)
public class PageModel {

    private final Vite vite;

    PageModel(Vite vite) {
        this.vite = vite;
    }

    @ModelAttribute("vite")
    Vite vite() {
        return vite;
    }

    /** Who is signed in; absent if nobody is. */
    @ModelAttribute("me")
    @Nullable SignedIn me(@AuthenticationPrincipal @Nullable Object principal) {
        return principal instanceof SignedIn who ? who : null;
    }

    @ModelAttribute("path")
    String path(HttpServletRequest request) {
        return request.getRequestURI();
    }

    /** Of the styles that scripts add to this page. */
    @ModelAttribute("nonce")
    String nonce(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(ContentSecurityPolicy.NONCE));
    }

    /** Puts the same into the model of a page that tells of a failure: there nobody else does. */
    public void addTo(Model model, HttpServletRequest request) {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        model.addAttribute("vite", vite);
        model.addAttribute("path", path(request));
        model.addAttribute("nonce", nonce(request));
        model.addAttribute("me", me(who == null ? null : who.getPrincipal()));
    }
}
