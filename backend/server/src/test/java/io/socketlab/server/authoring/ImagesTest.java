package io.socketlab.server.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.server.ServerTest;
import io.socketlab.server.Visitor;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Images beside a statement: brought, shown, published, and never more than images. */
@ServerTest
class ImagesTest {

    private static final String SVG =
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";

    /** One pixel. */
    private static final byte[] PNG =
            Base64.getDecoder()
                    .decode(
                            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    @LocalServerPort private int port;

    private static HttpResponse<String> bring(Author ada, String name, byte[] image) {
        return ada.visitor().upload(ada.page() + "/files/bring", ada.page(), "image", name, image);
    }

    private static void state(Author ada, String image) {
        String before = ada.text("statement.en.md");
        ada.save(
                "statement.en.md",
                ada.version("statement.en.md"),
                before + "\n\n![A queue of three](" + image + ")\n");
    }

    private static String header(HttpResponse<?> response, String name) {
        return String.join("; ", response.headers().allValues(name));
    }

    @Test
    void anImageThatIsBroughtIsShownInThePreviewAndToNobodyElse() {
        Author ada = Author.begin(port);
        bring(ada, "two words.svg", SVG.getBytes(StandardCharsets.UTF_8));
        bring(ada, "dot.png", PNG);
        state(ada, "assets/dot.png");
        String image = ada.page() + "/images/assets/dot.png";
        assertThat(ada.see("?file=statement.en.md"))
                .contains("None: the lab can be read")
                .contains("<img src=\"" + image + "\" alt=\"A queue of three\" />");
        assertThat(ada.see("?file=assets/dot.png")).contains("<img src=\"" + image + "\"");
        assertThat(header(ada.visitor().get(image), "Content-Type")).isEqualTo("image/png");
        HttpResponse<String> svg = ada.visitor().get(ada.page() + "/images/assets/two-words.svg");
        assertThat(svg.body()).isEqualTo(SVG);
        assertThat(header(svg, "Content-Type")).isEqualTo("image/svg+xml");
        assertThat(header(svg, "X-Content-Type-Options")).isEqualTo("nosniff");
        // nothing runs in it, wherever it is opened
        assertThat(header(svg, "Content-Security-Policy"))
                .contains("default-src 'none'", "sandbox")
                .doesNotContain("allow-", "script-src", "'self'");
        assertThat(Visitor.member(port, "Bob").get(image).statusCode()).isEqualTo(404);
        for (String none : new String[] {"assets/lost.png", "lab.yaml", "assets/..%2Flab.yaml"}) {
            HttpResponse<String> refused = ada.visitor().get(ada.page() + "/images/" + none);
            assertThat(refused.statusCode()).as(none).isIn(400, 404);
        }
    }

    @Test
    void whatIsNoImageOrTooLargeIsRefused() {
        Author ada = Author.begin(port);
        String page = Visitor.location(bring(ada, "page.html", new byte[] {1}));
        assertThat(ada.visitor().get(page).body()).contains("is no image");
        page = Visitor.location(bring(ada, "..svg", new byte[] {1}));
        assertThat(ada.visitor().get(page).body()).contains("cannot be a file of a lab");
        page = Visitor.location(bring(ada, "large.png", new byte[FolderLimits.LARGEST_FILE + 1]));
        assertThat(ada.visitor().get(page).body()).contains("a file has at most 262,144");
    }

    @Test
    void anImageThatIsNotThereAndOneFromElsewhereAreMistakes() {
        Author ada = Author.begin(port);
        state(ada, "assets/lost.svg");
        assertThat(ada.see("")).contains("statement.en.md:", "there is no image 'assets/lost.svg'");
        state(ada, "https://example.org/pixel.gif");
        assertThat(ada.see("")).contains("expected an image of the lab's folder");
    }

    @Test
    void aPublishedLabHasItsImagesForAllAndInItsZip() throws IOException {
        Author ada = Author.begin(port);
        bring(ada, "dot.png", PNG);
        state(ada, "assets/dot.png");
        ada.replace("lab.yaml", "pool: 64", "pool: 4");
        assertThat(ada.verify()).contains("Proven.");
        ada.press("/publish");
        String image = "/labs/" + ada.lab() + "/images/1/assets/dot.png";
        Visitor guest = Visitor.guest(port);
        assertThat(guest.get("/labs/" + ada.lab()).body()).contains("<img src=\"" + image + "\"");
        HttpResponse<byte[]> shown = octets(guest, image);
        assertThat(shown.body()).isEqualTo(PNG);
        assertThat(header(shown, "Cache-Control")).isEqualTo("private, max-age=3600");
        assertThat(guest.get(guest.openBench(ada.lab())).body())
                .contains("<img src=\"" + image + "\"");
        assertThat(guest.get("/labs/" + ada.lab() + "/images/1/lab.yaml").statusCode())
                .isEqualTo(404);

        byte[] zip = octets(ada.visitor(), ada.page() + "/zip").body();
        assertThat(LabZip.read(zip).octets("assets/dot.png")).hasValue(PNG);
        String brought =
                Visitor.location(ada.visitor().upload("/author/import", "/author", "zip", zip));
        assertThat(octets(ada.visitor(), brought + "/images/assets/dot.png").body()).isEqualTo(PNG);
    }

    @Test
    void anImageOfATrialIsItsAuthorsAlone() {
        Author ada = Author.begin(port);
        bring(ada, "dot.png", PNG);
        state(ada, "assets/dot.png");
        HttpResponse<String> begun =
                ada.visitor()
                        .post(ada.page() + "/try", ada.page() + "/verify", Map.of("seed", "1"));
        String bench = ada.visitor().get(Visitor.location(begun)).body();
        Matcher source = Pattern.compile("<img src=\"([^\"]+)\"").matcher(bench);
        assertThat(source.find()).isTrue();
        assertThat(source.group(1)).startsWith("/labs/draft:");
        assertThat(ada.visitor().get(source.group(1)).statusCode()).isEqualTo(200);
        assertThat(Visitor.member(port, "Bob").get(source.group(1)).statusCode()).isEqualTo(404);
    }

    private static HttpResponse<byte[]> octets(Visitor visitor, String path) throws IOException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(visitor.uri(path))
                            .header("Cookie", visitor.cookie())
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
