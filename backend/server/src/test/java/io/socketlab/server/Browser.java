package io.socketlab.server;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A bench's socket as a browser has it: collects what comes, and sends. */
public final class Browser implements WebSocket.Listener, AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int HEADER = 16;
    private static final int MAGIC = 0x534C;

    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final List<Integer> frames = new CopyOnWriteArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final List<byte[]> parts = new ArrayList<>();
    private final WebSocket socket;
    private volatile int closeCode;

    private Browser(WebSocket.Builder builder, URI uri) {
        socket = builder.buildAsync(uri, this).join();
    }

    /**
     * Opens the socket of {@code run}, {@code /runs/…}.
     *
     * @param cookie the session's
     */
    public static Browser open(int port, String run, String cookie, int after) {
        return connect(port, run + "?after=" + after, cookie);
    }

    /** The same, saying which tab it is. */
    public static Browser openIn(String tab, int port, String run, String cookie) {
        return connect(port, run + "?tab=" + tab, cookie);
    }

    private static Browser connect(int port, String address, String cookie) {
        return new Browser(
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .header("Cookie", cookie)
                        .header("Origin", "http://localhost:" + port),
                URI.create("ws://localhost:" + port + "/ws" + address));
    }

    /** The status that an opening handshake is refused with. */
    public static int refusal(int port, String path, String cookie, String origin) {
        try {
            HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .header("Cookie", cookie)
                    .header("Origin", origin)
                    .buildAsync(
                            URI.create("ws://localhost:" + port + path),
                            new WebSocket.Listener() {})
                    .join()
                    .abort();
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            messages.add(JSON.readTree(text.toString()));
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        parts.add(part);
        if (last) batch();
        webSocket.request(1);
        return null;
    }

    private void batch() {
        var whole = ByteBuffer.allocate(parts.stream().mapToInt(p -> p.length).sum());
        parts.forEach(whole::put);
        parts.clear();
        whole.flip();
        if (whole.getShort() != MAGIC || whole.get() != 1 || whole.get() != 1) {
            throw new AssertionError("not a batch of events");
        }
        frames.add(whole.getInt());
        int first = whole.getInt();
        int count = whole.getInt();
        List<String> lines =
                new String(whole.array(), HEADER, whole.limit() - HEADER, StandardCharsets.UTF_8)
                        .lines()
                        .toList();
        if (lines.size() != count) throw new AssertionError(count + " events, not " + lines.size());
        for (int i = 0; i < count; i++) {
            JsonNode event = JSON.readTree(lines.get(i));
            if (event.path("seq").asInt() != first + i) throw new AssertionError(lines.get(i));
            events.add(event);
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeCode = statusCode;
        return null;
    }

    public void send(String json) {
        socket.sendText(json, true).join();
    }

    public void sendBinary(byte[] octets) {
        socket.sendBinary(ByteBuffer.wrap(octets), true).join();
    }

    /** Puts a line in and answers the server's word on it. */
    public JsonNode input(String id, String line) {
        send(JSON.writeValueAsString(Map.of("type", "input", "id", id, "line", line)));
        return await(
                m -> m.path("id").asString("").equals(id) && (is(m, "ack") || is(m, "refused")));
    }

    public static boolean is(JsonNode message, String type) {
        return message.path("type").asString().equals(type);
    }

    /** The first message that {@code wanted} accepts, waiting for it. */
    public JsonNode await(Predicate<JsonNode> wanted) {
        return Awaitility.await()
                .until(() -> messages.stream().filter(wanted).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    public JsonNode awaitMessage(String type) {
        return await(m -> is(m, type));
    }

    /** Waits until all events up to {@code seq} are here; answers them. */
    public List<JsonNode> awaitEvents(int seq) {
        Awaitility.await()
                .until(() -> !events.isEmpty() && events.getLast().path("seq").asInt() >= seq);
        return List.copyOf(events);
    }

    public int awaitClose() {
        Awaitility.await().until(() -> closeCode != 0);
        return closeCode;
    }

    public List<JsonNode> messages() {
        return messages;
    }

    public List<JsonNode> events() {
        return events;
    }

    public List<Integer> frames() {
        return frames;
    }

    /** As a network does that breaks: without a word. */
    @Override
    public void close() {
        socket.abort();
    }
}
