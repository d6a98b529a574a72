package io.socketlab.server.classroom;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;

/** Where the wall's socket is. */
@Configuration
class WallConfig implements WebSocketConfigurer {

    private final WallSocket socket;

    WallConfig(WallSocket socket) {
        this.socket = socket;
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        registry.addHandler(socket, "/ws/courses/*/wall").addInterceptors(socket);
    }
}
