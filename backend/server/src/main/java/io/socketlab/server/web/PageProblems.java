package io.socketlab.server.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** What REST says in a problem document, a page says in words. */
@ControllerAdvice(annotations = Controller.class)
class PageProblems {

    private final RefusedPage page;

    PageProblems(RefusedPage page) {
        this.page = page;
    }

    @ExceptionHandler(ProblemException.class)
    String refused(
            ProblemException e,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        String title = e.getBody().getTitle();
        return page.show(
                e.getStatusCode(), title, e.getBody().getDetail(), request, response, model);
    }
}
