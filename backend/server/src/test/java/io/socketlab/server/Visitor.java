package io.socketlab.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody with a browser: cookies, forms and all. */
public final class Visitor {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final Pattern BOOT_CSRF =
            Pattern.compile("\"csrf\":\\{\"name\":\"_csrf\",\"value\":\"([^\"]+)\"");

    private final String base;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
            HttpClient.newBuilder()
                    .cookieHandler(cookies)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();

    public Visitor(int port) {
        this.base = "http://localhost:" + port;
    }

    /** One who has clicked "Start as a guest". */
    public static Visitor guest(int port) {
        var visitor = new Visitor(port);
        visitor.post("/guest", "/", Map.of());
        return visitor;
    }

    /** One who has signed up, with a login of his own. */
    public static Visitor member(int port, String name) {
        return member(port, name, name.toLowerCase(Locale.ROOT) + "-" + UUID.randomUUID());
    }

    /** The same with this login. */
    public static Visitor member(int port, String name, String login) {
        var visitor = new Visitor(port);
        visitor.post(
                "/sign-up",
                "/sign-up",
                Map.of("name", name, "login", login, "password", "four words do well"));
        return visitor;
    }

    public URI uri(String path) {
        return URI.create(base + path);
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    /** Posts a form as it stands on the page {@code from}. */
    public HttpResponse<String> post(String path, String from, Map<String, String> fields) {
        String token = csrf(from);
        String form =
                fields.entrySet().stream()
                        .map(f -> encode(f.getKey()) + "=" + encode(f.getValue()))
                        .collect(Collectors.joining("&"));
        String body = "_csrf=" + encode(token) + (form.isEmpty() ? "" : "&" + form);
        return send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    /** The token that forms on {@code page} carry. */
    public String csrf(String page) {
        String text = get(page).body();
        for (Pattern pattern : List.of(CSRF, BOOT_CSRF)) {
            Matcher token = pattern.matcher(text);
            if (token.find()) return token.group(1);
        }
        throw new AssertionError("no form on " + page);
    }

    /** Posts a form with a file, as it stands on the page {@code from}. */
    public HttpResponse<String> upload(String path, String from, String field, byte[] file) {
        return upload(path, from, field, "x", file);
    }

    /** The same with the name that the file has at home. */
    public HttpResponse<String> upload(
            String path, String from, String field, String name, byte[] file) {
        String head =
                "--part\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n%s\r\n--part\r\n"
                                .formatted(csrf(from))
                        + "Content-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n\r\n"
                                .formatted(field, name);
        return send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "multipart/form-data; boundary=part")
                        .POST(
                                HttpRequest.BodyPublishers.concat(
                                        HttpRequest.BodyPublishers.ofString(head),
                                        HttpRequest.BodyPublishers.ofByteArray(file),
                                        HttpRequest.BodyPublishers.ofString("\r\n--part--\r\n")))
                        .build());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Where a redirect leads, as a path. */
    public static String location(HttpResponse<String> response) {
        String location =
                response.headers()
                        .firstValue("Location")
                        .orElseThrow(() ->
                                new AssertionError(response.statusCode() + ": " + response.body()));
        return location.replaceFirst("^https?://[^/]+", "");
    }

    /** Opens the bench of a lab; answers the run's path. */
    public String openBench(String lab) {
        return location(post("/labs/" + lab + "/runs", "/labs/" + lab, Map.of()));
    }

    /** What the session cookie is sent as. */
    public String cookie() {
        return cookies.getCookieStore().getCookies().stream()
                .map(c -> c.getName() + "=" + c.getValue())
                .collect(Collectors.joining("; "));
    }

    /** A token made on the account page, for reading and grading. */
    public String token() {
        return token("read,grade");
    }

    /**
     * A token made on the account page.
     *
     * @param scopes with commas between them
     */
    public String token(String scopes) {
        return token(scopes, "");
    }

    /**
     * The same, bound to a course.
     *
     * @param course its id
     */
    public String token(String scopes, String course) {
        HttpResponse<String> made =
                post(
                        "/account/tokens",
                        "/account",
                        Map.of("name", "test", "days", "1", "scope", scopes, "course", course));
        String page = made.statusCode() == 200 ? made.body() : get(location(made)).body();
        Matcher token = Pattern.compile("slt_[A-Za-z0-9_-]+").matcher(page);
        if (!token.find()) throw new AssertionError("no token on the account page");
        return token.group();
    }
}
