package io.socketlab.server.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.server.Visitor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.springframework.web.util.HtmlUtils;

/** Somebody who writes a lab in the pages, without JavaScript. */
final class Author {

    private static final Pattern VERSION = Pattern.compile("name=\"version\" value=\"(\\d+)\"");
    private static final Pattern TEXT =
            Pattern.compile("<textarea[^>]*>\n?(.*?)</textarea>", Pattern.DOTALL);

    private final Visitor visitor;
    private final String lab;
    private final String page;

    private Author(Visitor visitor, String lab, String page) {
        this.visitor = visitor;
        this.lab = lab;
        this.page = page;
    }

    /** Begins a lab from the template. */
    static Author begin(int port) {
        return begin(Visitor.member(port, "Ada"), newId());
    }

    static Author begin(Visitor visitor, String lab) {
        HttpResponse<String> made = visitor.post("/author", "/author", Map.of("id", lab));
        return new Author(visitor, lab, Visitor.location(made));
    }

    static String newId() {
        return "lab-" + UUID.randomUUID().toString().substring(0, 13);
    }

    Visitor visitor() {
        return visitor;
    }

    String lab() {
        return lab;
    }

    /** Where the draft is, {@code /author/…}. */
    String page() {
        return page;
    }

    String see(String path) {
        HttpResponse<String> seen = visitor.get(page + path);
        assertThat(seen.statusCode()).as(page + path).isEqualTo(200);
        return HtmlUtils.htmlUnescape(seen.body());
    }

    private String file(String path) {
        return visitor.get(page + "?file=" + path).body();
    }

    String text(String path) {
        Matcher text = TEXT.matcher(file(path));
        assertThat(text.find()).isTrue();
        return HtmlUtils.htmlUnescape(text.group(1));
    }

    String version(String path) {
        Matcher version = VERSION.matcher(file(path));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }

    HttpResponse<String> save(String path, String version, String text) {
        return visitor.post(
                page + "/files",
                page + "?file=" + path,
                Map.of("path", path, "version", version, "text", text));
    }

    /** Changes a file as it stands. */
    void replace(String path, String old, String text) {
        String before = text(path);
        assertThat(before).contains(old);
        assertThat(save(path, version(path), before.replace(old, text)).statusCode())
                .isEqualTo(302);
    }

    /** Does it, and answers the page that it leads to. */
    String press(String button) {
        HttpResponse<String> done = visitor.post(page + button, page + "/verify", Map.of());
        return HtmlUtils.htmlUnescape(visitor.get(Visitor.location(done)).body());
    }

    /** Has it verified, and answers the page with the report. */
    String verify() {
        press("/verify");
        return Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> see("/verify"), seen -> !seen.contains("It is being verified"));
    }
}
