package io.socketlab.server.web;

import io.socketlab.server.account.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What the layout of every page needs. */
@ControllerAdvice(annotations = Controller.class)
class PageModel {

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
}
