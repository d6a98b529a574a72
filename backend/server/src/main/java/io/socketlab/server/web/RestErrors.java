package io.socketlab.server.web;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Every error of REST as problem+json with a type of ours. */
@Order(Ordered.HIGHEST_PRECEDENCE) // a RestController is a Controller too, whose errors are pages
@RestControllerAdvice(annotations = RestController.class)
class RestErrors extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(RestErrors.class);

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        if (e.getMostSpecificCause() instanceof BodyLimitFilter.TooLargeException large) {
            return answer(Problem.bodyTooLarge(large.limit()));
        }
        return answer(
                e.getCause() instanceof JacksonException json
                        ? MalformedJson.problem(json)
                        : MalformedJson.missing());
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(
                Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "invalid-parameter",
                        "Invalid parameter",
                        "Parameter '%s': expected %s, found '%s'."
                                .formatted(
                                        e.getPropertyName(),
                                        MalformedJson.words(e.getRequiredType()),
                                        e.getValue())));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        List<Map<String, String>> errors =
                e.getFieldErrors().stream()
                        .map(f ->
                                Map.of(
                                        "field", f.getField(),
                                        "message", String.valueOf(f.getDefaultMessage())))
                        .toList();
        ProblemDetail problem =
                Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "invalid-body",
                        "Invalid body",
                        "Some fields are not as they must be.");
        problem.setProperty("errors", errors);
        return answer(problem);
    }

    /** What Spring itself refuses keeps its words and gets a type by its status. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e,
            @Nullable Object body,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        if (body instanceof ProblemDetail problem && isUntyped(problem)) {
            problem.setType(PageErrors.type(status.value()));
        }
        return super.handleExceptionInternal(e, body, headers, status, request);
    }

    private static boolean isUntyped(ProblemDetail problem) {
        return problem.getType() == null || problem.getType().toString().equals("about:blank");
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<Object> unexpected(Exception e) {
        LOG.error("a request failed", e);
        return answer(
                Problem.of(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "internal-error",
                        "Our fault",
                        "Something went wrong on our side. It has been logged."));
    }

    private static ResponseEntity<Object> answer(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }
}
