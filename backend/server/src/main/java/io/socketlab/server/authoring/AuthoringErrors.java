package io.socketlab.server.authoring;

import io.socketlab.server.web.PageModel;
import io.socketlab.server.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** The pages say in words what REST says in problem documents. */
@ControllerAdvice(
        assignableTypes = {
            AuthorController.class,
            DraftController.class,
            ProofController.class,
            RecordController.class,
            RevisionController.class
        })
@Order(Ordered.HIGHEST_PRECEDENCE)
class AuthoringErrors {

    private final PageModel page;

    AuthoringErrors(PageModel page) {
        this.page = page;
    }

    @ExceptionHandler(ProblemException.class)
    String refused(
            ProblemException e,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        response.setStatus(e.getStatusCode().value());
        page.addTo(model, request);
        model.addAttribute("title", e.getBody().getTitle());
        model.addAttribute("reason", e.getBody().getDetail());
        model.addAttribute("status", e.getStatusCode().value());
        return "authoring/refused";
    }
}
