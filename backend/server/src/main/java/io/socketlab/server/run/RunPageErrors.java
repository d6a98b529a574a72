package io.socketlab.server.run;

import io.socketlab.server.web.RefusedPage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** What pages of runs say where a run cannot be opened. */
@ControllerAdvice(assignableTypes = {RunController.class, ResultController.class})
class RunPageErrors {

    private final RefusedPage page;

    RunPageErrors(RefusedPage page) {
        this.page = page;
    }

    @ExceptionHandler(BenchUnavailableException.class)
    String unavailable(
            BenchUnavailableException e,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        String title = "This run cannot be opened";
        return page.show(HttpStatus.CONFLICT, title, e.getMessage(), request, response, model);
    }
}
