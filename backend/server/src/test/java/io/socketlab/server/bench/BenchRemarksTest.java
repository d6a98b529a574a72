package io.socketlab.server.bench;

import static io.socketlab.server.Program.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.server.Browser;
import io.socketlab.server.Program;
import io.socketlab.server.ServerTest;
import io.socketlab.server.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What the bench is told of C programs while they run. docs/websocket.md. */
@ServerTest
class BenchRemarksTest {

    private static final Path PROGRAMS = Path.of("../sandbox/src/test/resources/programs");

    @LocalServerPort private int port;

    private Visitor me;
    private String run;
    private Program mine;
    private Browser browser;

    @BeforeEach
    void openABench() {
        me = Visitor.guest(port);
        run = me.openBench("c1-handshake");
        browser = Browser.open(port, run, me.cookie(), 0);
        mine = new Program(port, me.token());
    }

    @AfterEach
    void leave() {
        browser.close();
    }

    /** Brings a program; answers what exec calls it. */
    private String bring(String program) throws IOException {
        byte[] wasm = Files.readAllBytes(PROGRAMS.resolve(program + ".wasm"));
        Map<String, String> named =
                Map.of(
                        "title",
                        program,
                        "source",
                        "",
                        "wasm",
                        Base64.getEncoder().encodeToString(wasm));
        return body(mine.post("/api/v1/programs", named), 201).path("name").asString();
    }

    private JsonNode remark(String id) {
        JsonNode message =
                browser.await(m -> Browser.is(m, "remarks") && m.toString().contains(id));
        return StreamSupport.stream(message.path("remarks").spliterator(), false)
                .filter(remark -> remark.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void saysNothingWhereNothingHasRun() {
        assertThat(browser.awaitMessage("remarks").path("remarks")).isEmpty();
    }

    @Test
    void aLeakIsToldWhenTheProgramHasEnded() throws IOException {
        JsonNode ack = browser.input("r1", "exec server " + bring("leak"));
        JsonNode leak = remark("leak");
        assertThat(leak.path("host").asString()).isEqualTo("server");
        assertThat(leak.path("place").asString()).isEqualTo("leak.c:8");
        assertThat(leak.at("/related/0/event").asInt())
                .isBetween(leak.path("event").asInt() + 1, ack.path("lastSeq").asInt());
    }

    @Test
    void aDeadlockIsToldWithBothEndsOnceNothingMoreCanHappen() throws IOException {
        String name = bring("both_wait");
        browser.input("r0", "skip accepted"); // which the lab would ask at accept()
        browser.input("r1", "exec server " + name + " serve");
        browser.input("r2", "exec client " + name + " server");
        browser.input("r3", "run");
        JsonNode deadlock = remark("deadlock");
        assertThat(deadlock.path("place").asString()).isEqualTo("both_wait.c:24");
        assertThat(deadlock.at("/related/0/place").asString()).isEqualTo("both_wait.c:24");
        assertThat(deadlock.at("/related/0/host").asString())
                .isNotEqualTo(deadlock.path("host").asString());
    }

    @Test
    void whoComesLaterIsToldAllThereIs() throws IOException {
        browser.input("r1", "exec server " + bring("leak"));
        remark("leak");
        browser.close();
        browser = Browser.open(port, run, me.cookie(), 0);
        assertThat(browser.awaitMessage("remarks").path("remarks")).hasSize(1);
    }
}
