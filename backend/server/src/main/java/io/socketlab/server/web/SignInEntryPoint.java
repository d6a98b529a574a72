package io.socketlab.server.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/** Sends whoever has to sign in to that page, and afterwards back to where he wanted to go. */
final class SignInEntryPoint implements AuthenticationEntryPoint {

    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        if (request.getRequestURI().startsWith("/ws/")) {
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        boolean canReturn = HttpMethod.GET.matches(request.getMethod());
        String next = canReturn ? request.getRequestURI() : "/";
        response.sendRedirect(
                "/sign-in?sent=true&next=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
    }
}
