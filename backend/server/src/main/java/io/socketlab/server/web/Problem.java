package io.socketlab.server.web;

import io.socketlab.server.account.SignedIn;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * The errors that REST gives, RFC 9457. Their {@code type} is stable: {@code
 * /problems/unknown-lab}.
 */
public final class Problem {

    private static final String BOUND =
            "The token is bound to the course %s, and good for nothing that is not of it.";
    private static final String TYPES = "/problems/";

    private Problem() {}

    /**
     * @param type last part of the {@code type}
     * @param detail what is wrong with this request, and what was expected
     */
    public static ProblemDetail of(HttpStatus status, String type, String title, String detail) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create(TYPES + type));
        problem.setTitle(title);
        return problem;
    }

    static ProblemDetail unauthenticated() {
        return of(
                HttpStatus.UNAUTHORIZED,
                "unauthenticated",
                "Not signed in",
                "This needs a token: Authorization: Bearer slt_…, made on your account page.");
    }

    static ProblemDetail badToken() {
        return of(
                HttpStatus.UNAUTHORIZED,
                "bad-token",
                "Token not accepted",
                "The token is unknown or revoked. Make another on your account page.");
    }

    static ProblemDetail expiredToken(Instant expired) {
        ProblemDetail problem =
                of(
                        HttpStatus.UNAUTHORIZED,
                        "expired-token",
                        "Token expired",
                        "The token was good until %s. Make another on your account page."
                                .formatted(expired));
        problem.setProperty("expired", expired.toString());
        return problem;
    }

    static ProblemDetail boundToken(UUID course) {
        ProblemDetail problem =
                of(
                        HttpStatus.FORBIDDEN,
                        "bound-token",
                        "Token bound to a course",
                        BOUND.formatted(course));
        problem.setProperty("course", course.toString());
        return problem;
    }

    /**
     * Sees to it that a token is used within the course that it is bound to.
     *
     * @param course that of what was asked for; empty if it is of none
     * @throws ProblemException if that is beyond it
     */
    public static void checkReach(SignedIn who, Optional<UUID> course) {
        if (who.reaches(course)) return;
        UUID bound = who.boundTo().orElseThrow();
        throw new ProblemException(
                        HttpStatus.FORBIDDEN,
                        "bound-token",
                        "Token bound to a course",
                        BOUND.formatted(bound))
                .with("course", bound.toString());
    }

    static ProblemDetail forbidden() {
        return of(
                HttpStatus.FORBIDDEN,
                "forbidden",
                "Not allowed",
                "This request is not allowed for you, or it came without its CSRF token.");
    }

    static ProblemDetail insufficientScope(String scope) {
        ProblemDetail problem =
                of(
                        HttpStatus.FORBIDDEN,
                        "insufficient-scope",
                        "Token not good for this",
                        "The token is not good for this: it needs the scope '" + scope + "'.");
        problem.setProperty("scope", scope);
        return problem;
    }

    static ProblemDetail bodyTooLarge(long limit) {
        return of(
                HttpStatus.CONTENT_TOO_LARGE,
                "body-too-large",
                "Body too large",
                "The body of a request may have " + limit + " octets at most.");
    }

    static ProblemDetail tooManyRequests(long seconds) {
        return of(
                HttpStatus.TOO_MANY_REQUESTS,
                "too-many-requests",
                "Too many requests",
                "Try again in " + seconds + " s.");
    }
}
