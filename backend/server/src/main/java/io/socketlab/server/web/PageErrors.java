package io.socketlab.server.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.RequestMapping;

/** Whatever went wrong outside a controller: a page for people, problem+json under {@code /api}. */
@Controller
class PageErrors implements ErrorController {

    private final Problems problems;

    PageErrors(Problems problems) {
        this.problems = problems;
    }

    @RequestMapping("/error")
    @Nullable String error(HttpServletRequest request, HttpServletResponse response, Model model)
            throws IOException {
        int code =
                request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer n
                        ? n
                        : 404;
        HttpStatus known = HttpStatus.resolve(code);
        HttpStatus status = known == null ? HttpStatus.INTERNAL_SERVER_ERROR : known;
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        if (String.valueOf(path).startsWith("/api/")) {
            var problem = Problem.of(status, "", status.getReasonPhrase(), detail(status, path));
            problem.setType(type(code));
            problems.write(response, problem);
            return null;
        }
        response.setStatus(status.value());
        model.addAttribute("status", status.value());
        return "error";
    }

    private static String detail(HttpStatus status, @Nullable Object path) {
        return switch (status) {
            case NOT_FOUND -> "There is nothing at " + path + ".";
            case METHOD_NOT_ALLOWED -> path + " does not take this method.";
            default ->
                    status.is5xxServerError()
                            ? "Something went wrong on our side. It has been logged."
                            : "The request to " + path + " was refused.";
        };
    }

    /** The type of an error that is known by its status alone: {@code /problems/not-found}. */
    static URI type(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        String name = known == null ? "error" : known.name();
        return URI.create("/problems/" + name.toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
