package io.socketlab.server.bench;

import io.socketlab.server.account.SignedIn;
import io.socketlab.server.run.Bench;
import io.socketlab.server.run.BenchRegistry;
import io.socketlab.server.run.Run;
import io.socketlab.server.run.Runs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.util.UriComponentsBuilder;

/** Lets in whoever may look at the run; to others it is not there. */
@Component
class BenchHandshake implements HandshakeInterceptor {

    private static final String BENCH = "bench";
    private static final String MINE = "mine";
    private static final String WORK = "work";
    private static final String AFTER = "after";
    private static final String TAB = "tab";

    private final Runs runs;
    private final BenchRegistry benches;

    BenchHandshake(Runs runs, BenchRegistry benches) {
        this.runs = runs;
        this.benches = benches;
    }

    static Bench bench(WebSocketSession session) {
        return (Bench) Objects.requireNonNull(session.getAttributes().get(BENCH));
    }

    /** Whether whoever looks is the run's owner; others never type. */
    static boolean isMine(WebSocketSession session) {
        return (Boolean) Objects.requireNonNull(session.getAttributes().get(MINE));
    }

    /**
     * Whether whoever looks is the run's owner, or teaches him: who else looks on sees no
     * questions.
     */
    static boolean seesWork(WebSocketSession session) {
        return (Boolean) Objects.requireNonNull(session.getAttributes().get(WORK));
    }

    static int after(WebSocketSession session) {
        return (Integer) Objects.requireNonNull(session.getAttributes().get(AFTER));
    }

    /** Which tab it is; a tab that does not say so is the same as no other. */
    static String tab(WebSocketSession session) {
        return (String) session.getAttributes().getOrDefault(TAB, session.getId());
    }

    @Override
    public boolean beforeHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            Map<String, Object> attributes)
            throws IOException {
        var uri = UriComponentsBuilder.fromUri(request.getURI()).build();
        Optional<Integer> after = after(uri.getQueryParams().getFirst(AFTER));
        if (after.isEmpty()) {
            return refuse(
                    response,
                    HttpStatus.BAD_REQUEST,
                    "expected after to be the number of an event, or 0");
        }
        String tab = uri.getQueryParams().getFirst(TAB);
        if (tab != null && !tab.matches("[A-Za-z0-9-]{1,64}")) {
            return refuse(
                    response,
                    HttpStatus.BAD_REQUEST,
                    "expected tab to be 1 to 64 letters, digits or hyphens");
        }
        Optional<Run> run = run(request, uri.getPathSegments().getLast());
        if (run.isEmpty()) {
            return refuse(
                    response,
                    HttpStatus.NOT_FOUND,
                    "There is no such run, or it belongs to somebody else.");
        }
        attributes.put(MINE, isMine(request, run.get()));
        attributes.put(WORK, me(request).filter(me -> runs.seesWork(me, run.get())).isPresent());
        attributes.put(BENCH, benches.bench(run.get()));
        attributes.put(AFTER, after.get());
        if (tab != null) attributes.put(TAB, tab);
        return true;
    }

    private static boolean refuse(ServerHttpResponse response, HttpStatus status, String why)
            throws IOException {
        response.setStatusCode(status);
        response.getHeaders().setContentType(MediaType.TEXT_PLAIN);
        response.getBody().write(why.getBytes(StandardCharsets.UTF_8));
        return false;
    }

    private static Optional<Integer> after(@Nullable String text) {
        if (text == null) return Optional.of(0);
        return text.matches("[0-9]{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    private static boolean isMine(ServerHttpRequest request, Run run) {
        return me(request).filter(run.accountId()::equals).isPresent();
    }

    private static Optional<UUID> me(ServerHttpRequest request) {
        return request.getPrincipal() instanceof Authentication authentication
                        && authentication.getPrincipal() instanceof SignedIn me
                ? Optional.of(me.id())
                : Optional.empty();
    }

    private Optional<Run> run(ServerHttpRequest request, String id) {
        try {
            UUID run = UUID.fromString(id);
            return me(request).flatMap(me -> runs.readable(me, run));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public void afterHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            @Nullable Exception e) {}
}
