package io.socketlab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** What was acknowledged is there after {@code kill -9}. */
@Execution(ExecutionMode.CONCURRENT)
class CrashTest {

    @TempDir private Path folder;

    private ServerProcess server;
    private int port;

    private void start() throws IOException {
        server = ServerProcess.start(folder);
        port = server.port();
    }

    private void kill() throws InterruptedException {
        server.kill();
    }

    @AfterEach
    void end() throws InterruptedException {
        if (server != null) kill();
    }

    @Test
    void anAcknowledgedInputSurvivesAKill() throws Exception {
        start();
        Visitor me = Visitor.guest(port);
        String run = me.openBench("c1-handshake");
        String cookie = me.cookie();
        List<JsonNode> before;
        try (Browser browser = Browser.open(port, run, cookie, 0)) {
            browser.input("a1", "server: socket(AF_INET, SOCK_STREAM, 0)");
            browser.input("a2", "server: bind(3, *:8080)");
            browser.input("a3", "server: listen(3, 5)");
            browser.input("a4", "client: socket(AF_INET, SOCK_STREAM, 0)");
            browser.input("a5", "client: connect(3, server:8080)");
            browser.input("a6", "run");
            JsonNode ack = browser.input("a7", "server: accept(3)"); // halts, and asks
            kill();
            before = browser.events();
            assertThat(ack.path("type").asString()).isEqualTo("ack");

            start();
            try (Browser again = Browser.open(port, run, cookie, 0)) {
                JsonNode hello = again.awaitMessage("hello");
                assertThat(hello.path("inputs").asInt()).isEqualTo(7);
                assertThat(hello.path("lastSeq")).isEqualTo(ack.path("lastSeq"));
                assertThat(hello.has("readOnly")).isFalse();
                List<JsonNode> after = again.awaitEvents(ack.path("lastSeq").asInt());
                assertThat(after).startsWith(before.toArray(JsonNode[]::new));
                assertThat(again.input("a7", "server: accept(3)")).isEqualTo(ack);
                JsonNode asked = again.awaitMessage("checks").path("predictions").path("asked");
                assertThat(asked.path("id").asString()).isEqualTo("accepted");
                assertThat(asked.path("event")).isEqualTo(ack.path("lastSeq"));
                assertThat(again.input("a8", "step").path("type").asString()).isEqualTo("refused");
                JsonNode next = again.input("a9", "predict accepted NONE");
                assertThat(next.path("lastSeq").asInt()).isGreaterThan(ack.path("lastSeq").asInt());
            }
        }
        var survivor = new Visitor(port);
        var page =
                survivor.send(
                        HttpRequest.newBuilder(survivor.uri(run)).header("Cookie", cookie).build());
        assertThat(page.statusCode()).as("the session survives as well").isEqualTo(200);
    }

    /** Each is graded, and has one result, whatever the server was doing when it died. */
    @Test
    void whatWasHandedInIsGradedOnceThoughTheServerIsKilledInTheMidst() throws Exception {
        start();
        Program before = Program.of(port, "read,grade");
        String batch = handIn(before, 300);
        Awaitility.await().until(() -> done(before, batch) > 0);
        assertThat(done(before, batch)).isLessThan(300);
        kill();
        start();
        var program = new Program(port, before.token());
        Awaitility.await().atMost(ServerProcess.START).until(() -> done(program, batch) == 300);
        for (JsonNode job : Program.body(program.get(batch), 200).path("jobs")) {
            assertThat(job.path("result").path("verdict").asString()).isEqualTo("PASS");
            assertThat(job.path("tries").asInt()).isBetween(1, 2);
        }
    }

    private static String handIn(Program program, int count) {
        String attempt = program.attempt("c1-handshake").replaceFirst(".*/", "");
        Object submission = Program.script(Program.solution("c1-handshake"));
        Object item = Map.of("attempt", attempt, "submission", submission);
        Object batch = Map.of("items", Collections.nCopies(count, item));
        JsonNode made = Program.body(program.post("/api/v1/batches", batch), 202);
        return "/api/v1/batches/" + made.path("id").asString();
    }

    private static int done(Program program, String batch) {
        return Program.body(program.get(batch), 200).path("phases").path("DONE").asInt(0);
    }
}
