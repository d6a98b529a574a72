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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
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
     * @param grade gradings that are answered at once, per account
     * @param submit what is handed in to be graded, per account
     * @param api requests of any kind under {@code /api/v1}, per account
     */
    @ConfigurationProperties("socketlab.rates")
    record Rates(
            @DefaultValue("60") int signIn,
            @DefaultValue("300") int arrive,
            @DefaultValue("300") int grade,
            @DefaultValue("1200") int submit,
            @DefaultValue("6000") int api) {}

    private static final String API = "/api/v1/";
    private static final Pattern SUBMITTING =
            Pattern.compile("/api/v1/(attempts/[^/]+/submissions|batches|labs/.+/verify)");

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
        for (Bucket bucket : buckets(request)) {
            ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
            if (!probe.isConsumed()) {
                long seconds = 1 + Duration.ofNanos(probe.getNanosToWaitForRefill()).toSeconds();
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
                refuse(request, response, seconds);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    /** A program has a problem document, and who has sent a form a page. */
    private void refuse(HttpServletRequest request, HttpServletResponse response, long seconds)
            throws IOException {
        if (request.getServletPath().startsWith(API)) {
            problems.write(response, Problem.tooManyRequests(seconds));
        } else {
            response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
        }
    }

    /** What a request is counted in. */
    private List<Bucket> buckets(HttpServletRequest request) {
        boolean post = HttpMethod.POST.matches(request.getMethod());
        // decoded, as that by which a controller is found
        String path = request.getServletPath();
        if (!path.startsWith(API)) return post ? ofPages(request, path) : List.of();
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !(authentication.getPrincipal() instanceof SignedIn who)) {
            return List.of();
        }
        var all = new ArrayList<Bucket>();
        all.add(bucket("api " + who.id(), rates.api));
        if (post && path.endsWith("/grade")) all.add(bucket("grade " + who.id(), rates.grade));
        if (post && SUBMITTING.matcher(path).matches()) {
            all.add(bucket("submit " + who.id(), rates.submit));
        }
        return all;
    }

    private List<Bucket> ofPages(HttpServletRequest request, String path) {
        String address = request.getRemoteAddr();
        return switch (path) {
            case "/sign-in" -> List.of(bucket("sign-in " + address, rates.signIn));
            case "/sign-up", "/guest" -> List.of(bucket("arrive " + address, rates.arrive));
            default -> List.of();
        };
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
