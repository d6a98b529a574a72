package io.socketlab.server.web;

import static java.util.stream.Collectors.joining;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorAttributes;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.context.request.ServletWebRequest;

/** Whatever went wrong outside a controller: a page for people, problem+json under {@code /api}. */
@Controller
class PageErrors implements ErrorController {

    private final Problems problems;
    private final ErrorAttributes errors;

    PageErrors(Problems problems, ErrorAttributes errors) {
        this.problems = problems;
        this.errors = errors;
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
            Throwable cause = errors.getError(new ServletWebRequest(request));
            String detail = detail(status, path, cause);
            var problem = Problem.of(status, "", status.getReasonPhrase(), detail);
            problem.setType(type(code));
            problems.write(response, problem);
            return null;
        }
        response.setStatus(status.value());
        model.addAttribute("status", status.value());
        model.addAttribute("wait", response.getHeader(HttpHeaders.RETRY_AFTER));
        return "error";
    }

    private static String detail(
            HttpStatus status, @Nullable Object path, @Nullable Throwable cause) {
        return switch (cause) {
            case HttpRequestMethodNotSupportedException e ->
                    "%s takes %s, not %s."
                            .formatted(path, list(e.getSupportedHttpMethods()), e.getMethod());
            case HttpMediaTypeNotSupportedException e ->
                    "%s takes a body of %s, not of %s."
                            .formatted(path, list(e.getSupportedMediaTypes()), e.getContentType());
            case HttpMediaTypeNotAcceptableException e ->
                    "%s answers with %s only.".formatted(path, list(e.getSupportedMediaTypes()));
            case null, default -> detail(status, path);
        };
    }

    private static String list(@Nullable Collection<?> supported) {
        if (supported == null) return "nothing";
        return supported.stream().map(String::valueOf).sorted().collect(joining(" or "));
    }

    private static String detail(HttpStatus status, @Nullable Object path) {
        if (status == HttpStatus.NOT_FOUND) return "There is nothing at " + path + ".";
        return status.is5xxServerError()
                ? "Something went wrong on our side. It has been logged."
                : "The request to " + path + " was refused.";
    }

    /** The type of an error that is known by its status alone: {@code /problems/not-found}. */
    static URI type(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        String name = known == null ? "error" : known.name();
        return URI.create("/problems/" + name.toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
