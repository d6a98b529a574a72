package io.socketlab.server.classroom;

import io.socketlab.server.account.SignedIn;
import io.socketlab.server.course.Assignments;
import io.socketlab.server.course.Courses;
import io.socketlab.server.course.Permission;
import io.socketlab.server.course.Seat;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.ConcurrentWebSocketSessionDecorator;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Tells the walls that are open that somebody has put something in. It says no more than that: the
 * page asks for its tiles again, so they are drawn and allowed in one place. Whoever opens it must
 * be staff, and is looked at again each time that something is said.
 */
@Component
class WallSocket extends TextWebSocketHandler implements HandshakeInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(WallSocket.class);
    private static final String WATCHER = "watcher";
    private static final TextMessage CHANGED = new TextMessage("{\"type\":\"changed\"}");
    private static final int SEND_MILLIS = 5000;
    private static final int BUFFER = 4096;
    private static final int MOST = 500;

    private final Courses courses;
    private final Assignments assignments;
    private final Wall wall;
    private final Map<String, Watcher> watchers = new ConcurrentHashMap<>();

    WallSocket(Courses courses, Assignments assignments, Wall wall) {
        this.courses = courses;
        this.assignments = assignments;
        this.wall = wall;
    }

    /** Who looks at what. */
    private static final class Watcher {
        private final UUID account;
        private final UUID course;
        private final UUID assignment;
        private final WebSocketSession session;
        private String version = "";

        Watcher(UUID account, UUID course, UUID assignment, WebSocketSession session) {
            this.account = account;
            this.course = course;
            this.assignment = assignment;
            this.session = session;
        }
    }

    private record Address(UUID account, UUID course, UUID assignment) {}

    @Override
    public boolean beforeHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            Map<String, Object> attributes) {
        Optional<Address> address = address(request);
        if (address.isEmpty() || watchers.size() >= MOST) {
            response.setStatusCode(HttpStatus.NOT_FOUND);
            return false;
        }
        attributes.put(WATCHER, address.get());
        return true;
    }

    private Optional<Address> address(ServerHttpRequest request) {
        if (!(request.getPrincipal() instanceof Authentication authentication)
                || !(authentication.getPrincipal() instanceof SignedIn me)) {
            return Optional.empty();
        }
        var uri = UriComponentsBuilder.fromUri(request.getURI()).build();
        try {
            // /ws/courses/{course}/wall
            UUID course = UUID.fromString(uri.getPathSegments().get(2));
            UUID assignment =
                    UUID.fromString(String.valueOf(uri.getQueryParams().getFirst("assignment")));
            return courses.seat(me.id(), course)
                    .filter(seat -> seat.may(Permission.SEE_WORK))
                    .filter(seat -> isOf(seat, assignment))
                    .map(_ -> new Address(me.id(), course, assignment));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean isOf(Seat seat, UUID assignment) {
        return assignments.of(seat.course()).stream().anyMatch(a -> a.id().equals(assignment));
    }

    private boolean mayLook(UUID account, UUID course) {
        Optional<Seat> seat = courses.seat(account, course);
        return seat.filter(s -> s.may(Permission.SEE_WORK)).isPresent();
    }

    @Override
    public void afterHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            @Nullable Exception e) {}

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        if (!(session.getAttributes().get(WATCHER) instanceof Address at)) return;
        var safe = new ConcurrentWebSocketSessionDecorator(session, SEND_MILLIS, BUFFER);
        var watcher = new Watcher(at.account, at.course, at.assignment, safe);
        watcher.version = wall.version(at.assignment);
        watchers.put(session.getId(), watcher);
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        watchers.remove(session.getId());
    }

    /** One question an assignment, however many look at it. */
    @Scheduled(fixedDelayString = "${socketlab.wall.pause:2s}")
    void look() {
        if (watchers.isEmpty()) return;
        Map<UUID, String> versions = new HashMap<>();
        for (Map.Entry<String, Watcher> entry : watchers.entrySet()) {
            Watcher watcher = entry.getValue();
            String now = versions.computeIfAbsent(watcher.assignment, wall::version);
            if (now.equals(watcher.version)) continue;
            watcher.version = now;
            tell(entry.getKey(), watcher);
        }
    }

    private void tell(String id, Watcher watcher) {
        try {
            if (mayLook(watcher.account, watcher.course)) {
                watcher.session.sendMessage(CHANGED);
            } else {
                watcher.session.close(CloseStatus.POLICY_VIOLATION);
                watchers.remove(id);
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("wall {}: {}", id, e.toString());
            watchers.remove(id);
        }
    }
}
