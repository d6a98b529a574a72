package io.socketlab.server.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.socketlab.server.account.SignedIn;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * How often one caller may do what costs us something. Callers are told apart by who is signed in,
 * else by their address, behind which a whole class may sit.
 */
class RateLimits extends OncePerRequestFilter {

    /**
     * Requests a minute.
     *
     * @param signIn attempts at signing in, per address
     * @param arrive new accounts and guests, per address
     * @param grade gradings, per account
     */
    @ConfigurationProperties("socketlab.rates")
    record Rates(
            @DefaultValue("60") int signIn,
            @DefaultValue("300") int arrive,
            @DefaultValue("300") int grade) {}

    private static final long REMEMBERED = 100_000;

    private final Rates rates;
    private final Problems problems;
    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder()
                    .maximumSize(REMEMBERED)
                    .expireAfterAccess(Duration.ofMinutes(10))
                    .build();

    RateLimits(Rates rates, Problems problems) {
        this.rates = rates;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Bucket bucket = bucket(request);
        if (bucket != null) {
            ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
            if (!probe.isConsumed()) {
                long seconds = 1 + Duration.ofNanos(probe.getNanosToWaitForRefill()).toSeconds();
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
                problems.write(response, Problem.tooManyRequests(seconds));
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private @Nullable Bucket bucket(HttpServletRequest request) {
        if (!HttpMethod.POST.matches(request.getMethod())) return null;
        String path = request.getRequestURI();
        if (path.equals("/sign-in"))
            return bucket("sign-in " + request.getRemoteAddr(), rates.signIn);
        if (path.equals("/sign-up") || path.equals("/guest")) {
            return bucket("arrive " + request.getRemoteAddr(), rates.arrive);
        }
        if (path.startsWith("/api/v1/labs/") && path.endsWith("/grade")) {
            var authentication = SecurityContextHolder.getContext().getAuthentication();
            return authentication != null && authentication.getPrincipal() instanceof SignedIn who
                    ? bucket("grade " + who.id(), rates.grade)
                    : null;
        }
        return null;
    }

    private Bucket bucket(String key, int perMinute) {
        return buckets.get(
                key,
                _ ->
                        Bucket.builder()
                                .addLimit(limit ->
                                        limit.capacity(perMinute)
                                                .refillGreedy(perMinute, Duration.ofMinutes(1)))
                                .build());
    }
}
