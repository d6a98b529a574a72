package io.socketlab.server.web;

import io.socketlab.server.account.SignedIn;
import io.socketlab.server.account.TokenService;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ProblemDetail;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.savedrequest.NullRequestCache;

/** Who may ask for what. Whatever is not named as public needs somebody who is signed in. */
@Configuration
class SecurityConfig {

    private static final String[] PUBLIC_PAGES = {
        "/",
        "/map",
        "/play",
        "/play/*",
        "/labs/*",
        "/labs/*/images/**",
        "/join/*",
        "/sign-in",
        "/sign-up",
        "/status",
        "/problems",
        "/problems/*",
        "/app/**",
        "/favicon.svg",
        "/error",
        "/actuator/health/**",
        "/api/docs",
        "/api/docs/**",
        "/api/swagger-ui/**",
        "/swagger-ui/**"
    };

    private static final String[] PUBLIC_API = {
        "/api/v1/labs",
        "/api/v1/labs/*",
        "/api/v1/labs/*/revisions",
        "/api/v1/labs/*/revisions/*",
        "/api/v1/status",
        "/api/v1/calls",
        "/api/v1/rules",
        "/api/v1/lab-schema",
        "/api/v1/lab-vocabulary",
        "/api/v1/sysroot",
        "/api/v1/openapi",
        "/api/v1/openapi/**",
        "/api/v1/openapi.yaml"
    };

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    /** In a cookie, so that looking at a page makes no session. */
    @Bean
    CsrfTokenRepository csrfTokenRepository() {
        return new CookieCsrfTokenRepository();
    }

    /** Programs come with a token; our own pages with their session, and then with a CSRF token. */
    @Bean
    @Order(1)
    SecurityFilterChain api(
            HttpSecurity http,
            TokenService tokens,
            TokenScopes scopes,
            CsrfTokenRepository csrf,
            Problems problems,
            Clock clock) {
        return http.securityMatcher("/api/v1/**")
                .authorizeHttpRequests(requests ->
                        requests.requestMatchers(HttpMethod.GET, PUBLIC_API)
                                .permitAll()
                                .anyRequest()
                                .access(scopes))
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .csrf(c ->
                        c.csrfTokenRepository(csrf)
                                .requireCsrfProtectionMatcher(request ->
                                        CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request)
                                                && comesWithASession(request)))
                .addFilterBefore(
                        new BearerTokenFilter(tokens, problems, clock),
                        UsernamePasswordAuthenticationFilter.class)
                .exceptionHandling(e ->
                        e.authenticationEntryPoint((request, response, _) ->
                                        problems.write(response, Problem.unauthenticated()))
                                .accessDeniedHandler((request, response, _) ->
                                        problems.write(response, denied(request))))
                .build();
    }

    private static ProblemDetail denied(HttpServletRequest request) {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null
                && authentication.getPrincipal() instanceof SignedIn who
                && who.boundTo().isPresent()
                && !TokenScopes.isOfCourses(request)) {
            return Problem.boundToken(who.boundTo().get());
        }
        return TokenScopes.isTooNarrow(authentication)
                ? Problem.insufficientScope(TokenScopes.needed(request).word())
                : Problem.forbidden();
    }

    /** Else nobody else's page can do anything with it, and a program is told about tokens. */
    private static boolean comesWithASession(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) == null
                && request.getRequestedSessionId() != null;
    }

    @Bean
    @Order(2)
    SecurityFilterChain pages(HttpSecurity http, CsrfTokenRepository csrf) {
        return http.authorizeHttpRequests(requests ->
                        requests.requestMatchers(HttpMethod.GET, PUBLIC_PAGES)
                                .permitAll()
                                .requestMatchers(HttpMethod.POST, "/sign-in", "/sign-up", "/guest")
                                .permitAll()
                                .requestMatchers("/error")
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .csrf(c -> c.csrfTokenRepository(csrf))
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .exceptionHandling(e -> e.authenticationEntryPoint(new SignInEntryPoint()))
                .logout(out -> out.logoutUrl("/sign-out").logoutSuccessUrl("/"))
                .headers(headers ->
                        headers.referrerPolicy(r ->
                                r.policy(
                                        org.springframework.security.web.header.writers
                                                .ReferrerPolicyHeaderWriter.ReferrerPolicy
                                                .SAME_ORIGIN)))
                .build();
    }
}
