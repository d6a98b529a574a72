package io.socketlab.server.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What a page may load: our own scripts, styles, fonts and images, WebAssembly of our own (the
 * compiler for C), and nothing inline but styles that carry the request's nonce. The OpenAPI page
 * brings styles of its own.
 */
@Component
class ContentSecurityPolicy extends OncePerRequestFilter {

    /** Request attribute that templates and scripts find the nonce under. */
    static final String NONCE = "cspNonce";

    private static final int NONCE_OCTETS = 16;

    private final SecureRandom random = new SecureRandom();

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        byte[] octets = new byte[NONCE_OCTETS];
        random.nextBytes(octets);
        String nonce = Base64.getEncoder().encodeToString(octets);
        request.setAttribute(NONCE, nonce);
        boolean docs =
                request.getRequestURI().startsWith("/api/docs")
                        || request.getRequestURI().contains("/swagger-ui");
        String styles = docs ? "'unsafe-inline'" : "'nonce-" + nonce + "'";
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' "
                        + styles
                        + "; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
                        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        chain.doFilter(request, response);
    }
}
