package io.socketlab.server.classroom;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.server.Browser;
import io.socketlab.server.ServerTest;
import io.socketlab.server.TeachersCourse;
import io.socketlab.server.Visitor;
import io.socketlab.server.run.Progress;
import io.socketlab.server.run.Run;
import io.socketlab.server.run.Runs;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@ServerTest
class ClassroomTest {

    @LocalServerPort int port;
    @Autowired Runs runs;
    @Autowired Progress progress;

    private Visitor teacher;
    private Visitor ada;
    private String course;
    private String assignment;

    @BeforeEach
    void begin() {
        TeachersCourse networks = TeachersCourse.make(port);
        teacher = networks.teacher();
        course = networks.path();
        assignment = networks.assignment("c1-handshake");
        ada = networks.student("Ada");
    }

    private String open() {
        return TeachersCourse.begin(ada, assignment);
    }

    private void type(String run, String... lines) {
        TeachersCourse.type(ada, run, lines);
    }

    private String socket() {
        return "/ws" + course + "/wall?assignment=" + assignment.replaceFirst(".*/", "");
    }

    /** What a wall is told. */
    private static final class Watch implements WebSocket.Listener {
        private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            told.add(data.toString());
            socket.request(1);
            return null;
        }
    }

    @Test
    void theWallShowsWhereSomebodyStandsAndIsToldWhenHeGoesOn() throws InterruptedException {
        String run = open();
        type(run, "client: socket(AF_INET, SOCK_STREAM, 0)");
        assertThat(teacher.get(course + "/wall").body())
                .contains("Ada", "at work", "0 of 7", "client: socket(AF_INET, SOCK_STREAM, 0)");
        var watch = new Watch();
        WebSocket wall =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .header("Cookie", teacher.cookie())
                        .header("Origin", "http://localhost:" + port)
                        .buildAsync(URI.create("ws://localhost:" + port + socket()), watch)
                        .join();
        type(
                run,
                "client: connect(7, server:1)",
                "client: connect(8, server:1)",
                "client: connect(9, server:1)");
        assertThat(watch.told.poll(30, TimeUnit.SECONDS)).isEqualTo("{\"type\":\"changed\"}");
        wall.abort();
        assertThat(teacher.get(course + "/wall").body())
                .contains("stuck", "the same call failed 3 times", "EBADF");
    }

    @Test
    void aRunThatTakesTooLongIsMissingAndThereTheNextTime() {
        String path = open();
        type(path, "client: socket(AF_INET, SOCK_STREAM, 0)");
        UUID id = UUID.fromString(path.replaceFirst(".*/", ""));
        List<Run> both = runs.lastOf(UUID.fromString(assignment.replaceFirst(".*/", "")));
        assertThat(both).extracting(Run::id).containsExactly(id);
        Progress.Views first = progress.of(both, Duration.ZERO);
        assertThat(first.views().containsKey(id)).isNotEqualTo(first.missing().contains(id));
        Progress.Views later =
                Awaitility.await()
                        .until(() -> progress.of(both, Duration.ZERO), v -> v.missing().isEmpty());
        assertThat(later.views().values())
                .extracting(Progress.View::lastLine)
                .containsExactly("client: socket(AF_INET, SOCK_STREAM, 0)");
    }

    @Test
    void theWallsSocketIsForStaffAlone() {
        String origin = "http://localhost:" + port;
        assertThat(Browser.refusal(port, socket(), teacher.cookie(), origin)).isEqualTo(101);
        assertThat(Browser.refusal(port, socket(), ada.cookie(), origin)).isEqualTo(404);
        String another = "/ws" + course + "/wall?assignment=" + UUID.randomUUID();
        assertThat(Browser.refusal(port, another, teacher.cookie(), origin)).isEqualTo(404);
        String stranger = Visitor.member(port, "Bob").cookie();
        assertThat(Browser.refusal(port, socket(), stranger, origin)).isEqualTo(404);
        assertThat(Browser.refusal(port, socket(), "", origin)).isIn(401, 302, 403, 404);
        assertThat(Browser.refusal(port, socket(), teacher.cookie(), "http://evil.example"))
                .isEqualTo(403);
    }

    @Test
    void mistakesAreCountedByStudentsAndLeadToTheirMoments() {
        String run = open();
        type(run, "client: socket(AF_INET, SOCK_STREAM, 0)");
        ada.post(run + "/submissions", run, Map.of());
        String page = teacher.get(course + "/mistakes").body();
        assertThat(page).contains("Checks that failed", "The server listens on port …", run);
        assertThat(page).containsPattern("id=\"hours-to-pass\">–<"); // nobody has passed
        assertThat(page).contains(">Ada</a>");
    }

    @Test
    void aQuestionStandsAtItsEventAndIsAnswered() {
        String run = open();
        type(run, "client: socket(AF_INET, SOCK_STREAM, 0)");
        String ask = run + "/questions?event=3";
        ada.post(run + "/questions", ask, Map.of("event", "3", "text", "Why is this 3?"));
        assertThat(ada.get(ask).body()).contains("Why is this 3?", "No answer yet.");
        var refused =
                ada.post(run + "/questions", ask, Map.of("event", "99999", "text", "Beyond?"));
        assertThat(ada.get(Visitor.location(refused)).body())
                .contains("the number of an event of the run");
        Visitor bob = Visitor.member(port, "Bob");
        assertThat(bob.get(ask).statusCode()).isEqualTo(404);
        String questions = teacher.get(course + "/questions").body();
        assertThat(questions).contains("Why is this 3?", run + "#e=3");
        Matcher question = Pattern.compile("data-question=\"([0-9a-f-]{36})\"").matcher(questions);
        assertThat(question.find()).isTrue();
        teacher.post(
                course + "/questions/" + question.group(1),
                course + "/questions",
                Map.of("text", "The first three are taken."));
        assertThat(ada.get(ask).body()).contains("The first three are taken.");
    }

    @Test
    void anAnswerComesToTheBenchAtOnceAndIsNewUntilItIsSeen() {
        String run = open();
        String ask = run + "/questions?event=2";
        assertThat(teacher.get(course + "/people").body()).doesNotContain("course-count");
        try (Browser bench = Browser.open(port, run, ada.cookie(), 0);
                Browser looksOn = Browser.open(port, run, teacher.cookie(), 0)) {
            assertThat(questions(bench, 0).path("questions").isEmpty()).isTrue();
            ada.post(run + "/questions", ask, Map.of("event", "0", "text", "Where do I begin?"));
            JsonNode asked = questions(bench, 1).path("questions").path(0);
            assertThat(asked.path("text").asString()).isEqualTo("Where do I begin?");
            assertThat(asked.path("answer").isNull()).isTrue();
            assertThat(questions(looksOn, 1).path("questions").size()).isEqualTo(1);
            assertThat(teacher.get(course + "/people").body())
                    .containsPattern("course-count\"[^>]*>1<");

            teacher.post(
                    course + "/questions/" + asked.path("id").asString(),
                    course + "/questions",
                    Map.of("text", "With socket()."));
            JsonNode answered =
                    bench.await(m ->
                            Browser.is(m, "questions")
                                    && m.path("questions").path(0).path("unseen").asBoolean());
            assertThat(answered.path("questions").path(0).path("answer").asString())
                    .isEqualTo("With socket().");
            assertThat(teacher.get(course + "/people").body()).doesNotContain("course-count");
            assertThat(ada.get(course).body()).contains("Answered: ", "Where do I begin?");

            ada.post(run + "/questions/seen", run, Map.of());
            bench.await(m ->
                    Browser.is(m, "questions")
                            && !m.path("questions").path(0).path("answer").isNull()
                            && !m.path("questions").path(0).path("unseen").asBoolean());
            assertThat(ada.get(course).body()).doesNotContain("Answered: ");
        }
    }

    private static JsonNode questions(Browser browser, int many) {
        return browser.await(m -> Browser.is(m, "questions") && m.path("questions").size() == many);
    }

    @Test
    void aRunForNoCourseHasNobodyToAsk() {
        String run = ada.openBench("c1-handshake");
        String ask = run + "/questions?event=1";
        ada.post(run + "/questions", ask, Map.of("event", "1", "text", "Anybody?"));
        assertThat(ada.get(ask).body()).contains("there is nobody to ask");
    }
}
