package io.socketlab.server.bench;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;

/** Where the socket is. Its Origin is checked: by default only pages of our own may open it. */
@Configuration
@EnableWebSocket
class SocketConfig implements WebSocketConfigurer {

    private static final String PATH = "/ws/runs/*";

    private final BenchSocket socket;
    private final BenchHandshake handshake;

    SocketConfig(BenchSocket socket, BenchHandshake handshake) {
        this.socket = socket;
        this.handshake = handshake;
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        registry.addHandler(socket, PATH).addInterceptors(handshake);
    }

    /** Without compression: deflating each small batch costs eight times what sending it does. */
    @Bean
    FilterRegistrationBean<OncePerRequestFilter> withoutExtensions() {
        var registration = new FilterRegistrationBean<OncePerRequestFilter>(new NoExtensions());
        registration.addUrlPatterns("/ws/*");
        return registration;
    }

    private static final class NoExtensions extends OncePerRequestFilter {

        private static final String HEADER = "Sec-WebSocket-Extensions";

        @Override
        protected void doFilterInternal(
                HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            chain.doFilter(
                    new HttpServletRequestWrapper(request) {
                        @Override
                        public @Nullable String getHeader(String name) {
                            return HEADER.equalsIgnoreCase(name) ? null : super.getHeader(name);
                        }

                        @Override
                        public Enumeration<String> getHeaders(String name) {
                            return HEADER.equalsIgnoreCase(name)
                                    ? Collections.emptyEnumeration()
                                    : super.getHeaders(name);
                        }
                    },
                    response);
        }
    }
}
