package io.socketlab.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.server.ServerTest;
import io.socketlab.server.Visitor;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@ServerTest
class AccountPagesTest {

    @LocalServerPort private int port;

    private static Map<String, String> form(String login) {
        return Map.of("login", login, "name", "Ada", "password", "correct horse battery");
    }

    private static String newLogin() {
        return "ada-" + UUID.randomUUID() + "@example.org";
    }

    @Test
    void signsUpOutAndInAgain() {
        var ada = new Visitor(port);
        String login = newLogin();
        assertThat(Visitor.location(ada.post("/sign-up", "/sign-up", form(login)))).isEqualTo("/");
        assertThat(ada.get("/").body()).contains("Ada");
        ada.post("/sign-out", "/", Map.of());
        assertThat(ada.get("/").body()).doesNotContain("Ada").contains("Sign in");
        ada.post("/sign-in", "/sign-in", form(login));
        assertThat(ada.get("/").body()).contains("Ada");
    }

    @Test
    void aGuestNeedsNoFormAndKeepsHisWorkWhenHeSignsUp() {
        Visitor guest = Visitor.guest(port);
        String run = guest.openBench("c1-handshake");
        guest.post("/sign-up", "/sign-up", form(newLogin()));
        assertThat(guest.get("/").body()).contains("Ada").doesNotContain("Keep my work");
        assertThat(guest.get(run).statusCode()).isEqualTo(200);
    }

    @Test
    void aWrongPasswordIsToldAsUnknownLoginIs() {
        var ada = new Visitor(port);
        String login = newLogin();
        ada.post("/sign-up", "/sign-up", form(login));
        var other = new Visitor(port);
        var wrong =
                other.post(
                        "/sign-in",
                        "/sign-in",
                        Map.of("login", login, "password", "not it at all"));
        var unknown =
                other.post(
                        "/sign-in",
                        "/sign-in",
                        Map.of("login", newLogin(), "password", "whatever"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("No account has this name and password");
        assertThat(unknown.body()).contains("No account has this name and password");
    }

    @Test
    void aLoginIsTakenOnce() {
        String login = newLogin();
        new Visitor(port).post("/sign-up", "/sign-up", form(login));
        var second = new Visitor(port).post("/sign-up", "/sign-up", form(login));
        assertThat(second.statusCode()).isEqualTo(422);
        assertThat(second.body()).contains("Somebody has an account with this name already.");
    }

    @Test
    void aFormWithoutItsCsrfTokenIsRefused() {
        Visitor guest = Visitor.guest(port);
        var response =
                guest.send(
                        HttpRequest.newBuilder(guest.uri("/labs/c1-handshake/runs"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString("a=b"))
                                .build());
        assertThat(response.statusCode()).isEqualTo(403);
    }

    @Test
    void whoIsSentToSignInIsToldWhy() {
        var nobody = new Visitor(port);
        String sent = Visitor.location(nobody.get("/runs"));
        assertThat(sent).startsWith("/sign-in?").contains("next=%2Fruns");
        assertThat(nobody.get(sent).body()).contains("your session has ended", "value=\"/runs\"");
        assertThat(nobody.get("/sign-in?next=/runs").body()).doesNotContain("has ended");
    }

    @Test
    void signingInLeadsToPagesOfOursOnly() {
        String login = newLogin();
        new Visitor(port).post("/sign-up", "/sign-up", form(login));
        var away = new Visitor(port).post("/sign-in?next=//evil.example", "/sign-in", form(login));
        assertThat(away.headers().firstValue("Location").orElseThrow()).doesNotContain("evil");
    }

    @Test
    void pagesCarryAPolicyThatAllowsNothingInline() {
        var headers = new Visitor(port).get("/").headers();
        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains("script-src 'self' 'wasm-unsafe-eval';")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe-inline");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void aTokenIsShownOnceAndCanBeRevoked() {
        Visitor guest = Visitor.guest(port);
        String token = guest.token();
        assertThat(guest.get("/account").body()).doesNotContain(token);
        assertThat(grade(token)).isEqualTo(200);
        String page = guest.get("/account").body();
        var revoke = Pattern.compile("/account/tokens/[0-9a-f-]+/revoke").matcher(page);
        assertThat(revoke.find()).isTrue();
        guest.post(revoke.group(), "/account", Map.of());
        assertThat(grade(token)).isEqualTo(401);
    }

    private int grade(String token) {
        var program = new Visitor(port);
        return program.send(
                        HttpRequest.newBuilder(program.uri("/api/v1/labs/c1-handshake/grade"))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"script\":\"\"}"))
                                .build())
                .statusCode();
    }
}
