package io.socketlab.server.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody of the demo course, who does all over HTTP as a browser and a program do. */
final class DemoPerson {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final Pattern BOOT_CSRF =
            Pattern.compile("\"csrf\":\\{\"name\":\"_csrf\",\"value\":\"([^\"]+)\"");
    private static final Pattern TOKEN = Pattern.compile("slt_[A-Za-z0-9_-]+");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int ERROR = 400;
    private static final long ANSWER_SECONDS = 30;

    private final String base;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http;
    private String token = "";

    private DemoPerson(String base) {
        this.base = base;
        this.http =
                HttpClient.newBuilder()
                        .cookieHandler(cookies)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    /** One who signs up; answers him as he is then. */
    static DemoPerson signUp(String base, String name, String login, String password)
            throws InterruptedException {
        var person = new DemoPerson(base);
        person.post(
                "/sign-up", "/sign-up", Map.of("name", name, "login", login, "password", password));
        return person;
    }

    private HttpResponse<String> send(HttpRequest request) throws InterruptedException {
        while (true) {
            HttpResponse<String> response;
            try {
                response = http.send(request, BodyHandlers.ofString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (response.statusCode() != TOO_MANY_REQUESTS) return checked(response);
            long seconds = response.headers().firstValueAsLong("Retry-After").orElse(1);
            Thread.sleep(Duration.ofSeconds(seconds));
        }
    }

    private static HttpResponse<String> checked(HttpResponse<String> response) {
        if (response.statusCode() < ERROR) return response;
        throw new IllegalStateException(
                "%s %s: %d %s"
                        .formatted(
                                response.request().method(),
                                response.uri(),
                                response.statusCode(),
                                response.body()));
    }

    String get(String path) throws InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(base + path)).build()).body();
    }

    /** Posts a form as it stands on a page; answers where it leads. */
    String post(String path, String page, Map<String, String> fields) throws InterruptedException {
        String text = get(page);
        String csrf =
                List.of(CSRF, BOOT_CSRF).stream()
                        .map(pattern -> pattern.matcher(text))
                        .filter(Matcher::find)
                        .map(found -> found.group(1))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no form on " + page));
        String form =
                fields.entrySet().stream()
                        .map(field -> "&" + field.getKey() + "=" + encode(field.getValue()))
                        .collect(Collectors.joining());
        HttpResponse<String> response =
                send(
                        HttpRequest.newBuilder(URI.create(base + path))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("_csrf=" + encode(csrf) + form))
                                .build());
        return response.headers()
                .firstValue("Location")
                .orElse(path)
                .replaceFirst("^https?://[^/]+", "");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Makes the token that {@link #rest} goes by. */
    void makeToken() throws InterruptedException {
        post(
                "/account/tokens",
                "/account",
                Map.of("name", "demo", "days", "1", "scope", "read,grade,author"));
        Matcher found = TOKEN.matcher(get("/account"));
        if (!found.find()) throw new IllegalStateException("no token on the account page");
        token = found.group();
    }

    /** Asks REST. */
    JsonNode rest(String method, String path, Object body) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base + "/api/v1" + path))
                        .header("Authorization", "Bearer " + token)
                        .header(
                                "Content-Type",
                                body instanceof String ? "text/csv" : "application/json")
                        .method(
                                method,
                                BodyPublishers.ofString(
                                        body instanceof String text
                                                ? text
                                                : JSON.writeValueAsString(body)))
                        .build();
        return JSON.readTree(send(request).body());
    }

    /**
     * Types lines at the bench of a run, {@code /runs/…}; those that are refused are passed over.
     */
    void type(String run, List<String> lines) throws InterruptedException {
        var answers = new LinkedBlockingQueue<String>();
        WebSocket socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .header("Cookie", cookie())
                        .header("Origin", base)
                        .buildAsync(
                                URI.create(base.replaceFirst("^http", "ws") + "/ws" + run),
                                new Listener(answers))
                        .join();
        await(answers, message -> message.path("type").asString().equals("hello"));
        int n = 0;
        for (String line : lines) {
            String id = "demo-" + n++;
            socket.sendText(
                            JSON.writeValueAsString(
                                    Map.of("type", "input", "id", id, "line", line)),
                            true)
                    .join();
            await(answers, message -> message.path("id").asString("").equals(id));
        }
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    private static void await(LinkedBlockingQueue<String> answers, Predicate<JsonNode> wanted)
            throws InterruptedException {
        while (true) {
            String text = answers.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
            if (text == null) throw new IllegalStateException("a bench does not answer");
            if (wanted.test(JSON.readTree(text))) return;
        }
    }

    private String cookie() {
        return cookies.getCookieStore().getCookies().stream()
                .map(HttpCookie::toString)
                .collect(Collectors.joining("; "));
    }

    /** Puts whole text messages in a queue, and leaves the events aside. */
    private static final class Listener implements WebSocket.Listener {

        private final LinkedBlockingQueue<String> answers;
        private final StringBuilder text = new StringBuilder();

        Listener(LinkedBlockingQueue<String> answers) {
            this.answers = answers;
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                answers.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
