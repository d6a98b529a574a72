package io.socketlab.server.web;

import io.socketlab.server.account.TokenService;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * {@code Authorization: Bearer slt_…}. RFC 6750 §2.1. A token that is wrong is an error even where
 * none is needed.
 */
final class BearerTokenFilter extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";

    private final TokenService tokens;
    private final Problems problems;
    private final Clock clock;

    BearerTokenFilter(TokenService tokens, Problems problems, Clock clock) {
        this.tokens = tokens;
        this.problems = problems;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            chain.doFilter(request, response);
            return;
        }
        Optional<TokenService.Bearer> bearer =
                header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                        ? tokens.recognise(header.substring(SCHEME.length()).strip())
                        : Optional.empty();
        if (bearer.isEmpty()) {
            problems.write(response, Problem.badToken());
            return;
        }
        if (bearer.get().isExpired(clock.instant())) {
            problems.write(response, Problem.expiredToken(bearer.get().expires()));
            return;
        }
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(
                UsernamePasswordAuthenticationToken.authenticated(
                        bearer.get().who(), null, TokenScopes.authorities(bearer.get().scopes())));
        SecurityContextHolder.setContext(context);
        chain.doFilter(request, response);
    }
}
