package io.socketlab.server.run;

import io.socketlab.server.web.PageModel;
import io.socketlab.server.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;

/** What pages of runs say where a run cannot be opened or asked. */
@Order(Ordered.HIGHEST_PRECEDENCE)
@ControllerAdvice(assignableTypes = {RunController.class, ResultController.class})
class RunPageErrors {

    private final PageModel page;

    RunPageErrors(PageModel page) {
        this.page = page;
    }

    @ExceptionHandler(BenchUnavailableException.class)
    @ResponseStatus(HttpStatus.CONFLICT)
    String unavailable(BenchUnavailableException e, HttpServletRequest request, Model model) {
        return failure("This run cannot be opened", e.getMessage(), request, model);
    }

    /** The page says it in words, as the API does in its problem document. */
    @ExceptionHandler(ProblemException.class)
    String refused(
            ProblemException e,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        response.setStatus(e.getStatusCode().value());
        return failure(e.getBody().getTitle(), e.getBody().getDetail(), request, model);
    }

    private String failure(
            @Nullable String title,
            @Nullable String reason,
            HttpServletRequest request,
            Model model) {
        page.addTo(model, request);
        model.addAttribute("title", title);
        model.addAttribute("reason", reason);
        return "run/unavailable";
    }
}
