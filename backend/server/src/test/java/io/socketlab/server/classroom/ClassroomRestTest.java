package io.socketlab.server.classroom;

import static io.socketlab.server.Program.body;
import static io.socketlab.server.Program.problem;
import static io.socketlab.server.Program.script;
import static io.socketlab.server.Program.solution;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.server.Browser;
import io.socketlab.server.Program;
import io.socketlab.server.ServerTest;
import io.socketlab.server.Visitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The wall, the mistakes and the questions as programs have them. */
@ServerTest
class ClassroomRestTest {

    private static final String LAB = "c1-handshake";

    @LocalServerPort int port;

    private Visitor grace;
    private Program staff;
    private String course;
    private String assignment;
    private String at;
    private String code;

    @BeforeEach
    void begin() {
        grace = Visitor.member(port, "Grace");
        staff = new Program(port, grace.token("read,grade,author"));
        Object request = Map.of("title", "Seen", "term", "", "zone", "UTC");
        course = "/api/v1/courses/" + id(staff.post("/api/v1/courses", request));
        var made = body(staff.post(course + "/assignments", Map.of("lab", LAB)), 201);
        assignment = made.path("id").asString();
        at = course + "/assignments/" + assignment;
        var terms = Program.JSON.createObjectNode();
        terms.setAll(made.path("terms").deepCopy().asObject());
        terms.put("published", true);
        body(staff.put(at, Program.JSON.writeValueAsString(terms)), 200);
        Object link = Map.of("role", "student", "section", "A", "days", 1);
        code = body(staff.post(course + "/invitations", link), 201).path("code").asString();
    }

    private static String id(java.net.http.HttpResponse<String> made) {
        return body(made, 201).path("id").asString();
    }

    /** A student of the course. */
    private record Student(Visitor visitor, Program program) {}

    private Student student(String name) {
        Visitor visitor = Visitor.member(port, name);
        var program = new Program(port, visitor.token("read,grade"));
        body(program.post("/api/v1/joins", Map.of("code", code)), 200);
        return new Student(visitor, program);
    }

    private String begin(Student student) {
        return id(student.program.post("/api/v1/attempts", Map.of("assignment", assignment)));
    }

    private static void handIn(Student student, String attempt, String script) {
        String path = "/api/v1/attempts/" + attempt + "/submissions?wait=20";
        body(student.program.post(path, script(script)), 200);
    }

    @Test
    void theWallIsASnapshotThatChangesWhenSomebodyGoesOn() {
        Student ada = student("Ada");
        student("Bob");
        String run = begin(ada);
        JsonNode tile = tile("Ada");
        assertThat(tile.path("state").asString()).isEqualTo("working");
        assertThat(tile.path("run").asString()).isEqualTo(run);
        assertThat(tile.path("section").asString()).isEqualTo("A");
        assertThat(tile.has("lastLine")).isFalse();
        assertThat(tile("Bob").path("state").asString()).isEqualTo("not_begun");
        assertThat(tile("Bob").has("run")).isFalse();
        String tag = staff.get(at + "/wall").headers().firstValue("ETag").orElseThrow();
        assertThat(staff.get(at + "/wall", "If-None-Match", tag).statusCode()).isEqualTo(304);
        try (Browser browser = Browser.open(port, "/runs/" + run, ada.visitor.cookie(), 0)) {
            browser.awaitMessage("hello");
            for (int i = 0; i < 3; i++) browser.input("id-" + i, "client: connect(7, server:1)");
        }
        assertThat(staff.get(at + "/wall", "If-None-Match", tag).statusCode()).isEqualTo(200);
        JsonNode stuck = tile("Ada");
        assertThat(stuck.path("state").asString()).isEqualTo("stuck");
        assertThat(stuck.path("why").asString()).isEqualTo("the same call failed 3 times");
        assertThat(stuck.path("lastError").asString()).contains("EBADF");
        assertThat(stuck.path("passed").asInt(7)).isLessThan(7);
        assertThat(stuck.path("checks").asInt()).isEqualTo(7);
        assertThat(body(staff.get(at + "/wall?section=B"), 200).path("tiles")).isEmpty();
    }

    private JsonNode tile(String name) {
        return body(staff.get(at + "/wall"), 200)
                .path("tiles")
                .valueStream()
                .filter(t -> t.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void mistakesAreCountedAndTheirMomentsAreAList() {
        List<Student> students = List.of(student("Ada"), student("Bob"), student("Cy"));
        var attempts = new ArrayList<String>();
        for (Student s : students) {
            attempts.addFirst(begin(s));
            handIn(s, attempts.getFirst(), "client: socket(AF_INET, SOCK_STREAM, 0)\n");
        }
        handIn(students.getLast(), attempts.getFirst(), solution(LAB));
        JsonNode report = body(staff.get(at + "/mistakes"), 200);
        assertThat(report.path("students").asInt()).isEqualTo(3);
        assertThat(report.path("complete").asInt()).isEqualTo(1);
        assertThat(report.path("attempts").asDouble()).isEqualTo(2);
        JsonNode check = report.path("checks").get(0);
        assertThat(check.path("students").asInt()).isEqualTo(3);
        assertThat(check.path("solved").asInt()).isEqualTo(1);
        String tag = staff.get(at + "/mistakes").headers().firstValue("ETag").orElseThrow();
        assertThat(staff.get(at + "/mistakes", "If-None-Match", tag).statusCode()).isEqualTo(304);
        String list = at + "/checks/" + check.path("id").asString() + "/moments";
        JsonNode first = body(staff.get(list + "?limit=2"), 200);
        JsonNode rest =
                body(staff.get(list + "?limit=2&cursor=" + first.path("next").asString()), 200);
        assertThat(rest.has("next")).isFalse();
        var runs = new ArrayList<String>();
        for (JsonNode page : List.of(first, rest)) {
            page.path("items").forEach(m -> runs.add(m.path("run").asString()));
        }
        assertThat(runs).isEqualTo(attempts);
        JsonNode moment = first.path("items").get(0);
        assertThat(moment.path("name").asString()).isEqualTo("Cy");
        assertThat(moment.path("path").asString()).startsWith("/runs/" + attempts.getFirst());
        assertThat(body(staff.get(course + "/members"), 200).toString())
                .contains(moment.path("member").asString());
        problem(staff.get(list + "?limit=0"), 400, "invalid-parameter");
        problem(staff.get(list + "?cursor=x"), 400, "invalid-parameter");
        assertThat(body(staff.get(at + "/mistakes/none/moments"), 200).path("items")).isEmpty();
    }

    @Test
    void questionsAreAskedListedAnsweredAndClosed() {
        Student ada = student("Ada");
        String run = begin(ada);
        String ask = "/api/v1/runs/" + run + "/questions";
        var asked = new ArrayList<String>();
        for (String text : List.of("One?", "Two?", "Three?")) {
            asked.addFirst(id(ada.program.post(ask, Map.of("event", 0, "text", text))));
        }
        problem(
                ada.program.post(ask, Map.of("event", 9999, "text", "?")),
                400,
                "invalid-parameter");
        problem(ada.program.post(ask, Map.of("event", 0, "text", " ")), 400, "invalid-parameter");
        problem(staff.post(ask, Map.of("event", 0, "text", "?")), 404, "unknown-run");

        String list = course + "/questions";
        JsonNode page = body(staff.get(list + "?limit=2"), 200);
        JsonNode rest =
                body(staff.get(list + "?limit=2&cursor=" + page.path("next").asString()), 200);
        var listed = new ArrayList<String>();
        for (JsonNode p : List.of(page, rest)) {
            p.path("items").forEach(q -> listed.add(q.path("id").asString()));
        }
        assertThat(listed).isEqualTo(asked);
        problem(staff.get(list + "?state=asked"), 400, "invalid-parameter");
        problem(ada.program.get(list), 403, "not-your-role");

        String first = list + "/" + asked.get(0);
        String tag = staff.get(first).headers().firstValue("ETag").orElseThrow();
        JsonNode answered = body(staff.put(first + "/answer", Map.of("text", "Since.")), 200);
        assertThat(answered.path("state").asString()).isEqualTo("answered");
        assertThat(staff.get(first, "If-None-Match", tag).statusCode()).isEqualTo(200);
        JsonNode closed = body(staff.post(list + "/" + asked.get(1) + "/close", ""), 200);
        assertThat(closed.path("state").asString()).isEqualTo("closed");
        assertThat(closed.has("closed")).isTrue();
        // what is answered needs no closing, and what is closed can still be answered
        assertThat(body(staff.post(first + "/close", ""), 200).has("closed")).isFalse();
        assertThat(states(list, "open")).containsExactly(asked.get(2));
        assertThat(states(list, "answered")).containsExactly(asked.get(0));
        assertThat(states(list, "closed")).containsExactly(asked.get(1));
        problem(
                staff.put(list + "/" + UUID.randomUUID() + "/answer", Map.of("text", "?")),
                404,
                "unknown-question");
        problem(staff.put(first + "/answer", Map.of("text", "")), 400, "invalid-parameter");

        JsonNode mine = body(ada.program.get(ask), 200);
        assertThat(mine).hasSize(3);
        assertThat(mine.get(2).path("answer").asString()).isEqualTo("Since.");
        assertThat(ada.visitor.get("/runs/" + run + "/questions").body())
                .contains("Since.", "Closed without an answer", "No answer yet.");
    }

    private List<String> states(String list, String state) {
        return body(staff.get(list + "?state=" + state), 200)
                .path("items")
                .valueStream()
                .map(q -> q.path("id").asString())
                .toList();
    }

    @Test
    void aQuestionIsClosedOnThePageAndMakesRoomForAnother() {
        Student ada = student("Ada");
        String ask = "/api/v1/runs/" + begin(ada) + "/questions";
        Object question = Map.of("event", 0, "text", "Why?");
        String last = "";
        for (int i = 0; i < 20; i++) last = id(ada.program.post(ask, question));
        problem(ada.program.post(ask, question), 409, "too-many-questions");
        String page = course.replace("/api/v1", "") + "/questions";
        grace.post(page + "/" + last + "/close", page, Map.of());
        assertThat(grace.get(page).body()).contains("Closed without an answer.");
        id(ada.program.post(ask, question));
    }

    @Test
    void anothersCourseHasNoneOfIt() {
        String other =
                id(
                        staff.post(
                                "/api/v1/courses",
                                Map.of("title", "Other", "term", "", "zone", "UTC")));
        Student ada = student("Ada");
        Object text = Map.of("event", 0, "text", "Why?");
        String question = id(ada.program.post("/api/v1/runs/" + begin(ada) + "/questions", text));
        String path = "/api/v1/courses/" + other + "/questions";
        assertThat(body(staff.get(path), 200).path("items")).isEmpty();
        problem(staff.get(path + "/" + question), 404, "unknown-question");
        problem(staff.post(path + "/" + question + "/close", ""), 404, "unknown-question");
        String wall = "/api/v1/courses/" + other + "/assignments/" + assignment + "/wall";
        problem(staff.get(wall), 404, "unknown-assignment");
    }
}
