package io.socketlab.server;

import static io.socketlab.server.Program.body;
import static io.socketlab.server.Program.problem;
import static io.socketlab.server.Program.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** A token that is bound to a course, at what somebody has in it, in another, and in none. */
@ServerTest
class BoundTokenTest {

    private static final String LAB = "c1-handshake";
    private static final String OTHER_LAB = "u1-datagrams";
    private static final String SCOPES = "read,grade,author";

    @LocalServerPort private int port;

    private Visitor grace;
    private Program all;
    private String course;
    private String assignment;
    private Program bound;

    @BeforeEach
    void begin() {
        grace = Visitor.member(port, "Grace");
        all = new Program(port, grace.token(SCOPES));
        course = course("Hers");
        assignment = assignment(course, LAB);
        bound = new Program(port, grace.token(SCOPES, course));
    }

    private String course(String title) {
        Object request = Map.of("title", title, "term", "", "zone", "UTC");
        return body(all.post("/api/v1/courses", request), 201).path("id").asString();
    }

    private String assignment(String of, String lab) {
        String path = "/api/v1/courses/" + of + "/assignments";
        return body(all.post(path, Map.of("lab", lab)), 201).path("id").asString();
    }

    /** What there is of an attempt, by the first part of its address. */
    private Map<String, String> things(Object request) {
        String attempt = body(all.post("/api/v1/attempts", request), 201).path("id").asString();
        String path = "/api/v1/attempts/" + attempt + "/submissions?wait=20";
        String job = body(all.post(path, script("")), 200).path("id").asString();
        var item = Map.of("attempt", attempt, "submission", script(""));
        JsonNode batch = body(all.post("/api/v1/batches", Map.of("items", List.of(item))), 202);
        return Map.of(
                "attempts", attempt,
                "runs", attempt,
                "jobs", job,
                "batches", batch.path("id").asString());
    }

    private String answer(String route, Map<String, String> things) {
        String method = route.replaceFirst(" .*", "");
        String path = route.replaceFirst(".* ", "");
        String id = things.getOrDefault(path.split("/", -1)[1], "");
        String address =
                "/api/v1"
                        + path.replace("{id}", id).replace("{n}", "1")
                        + (path.contains("/comparison") ? "?with=" + id : "");
        Object body =
                path.endsWith("/forks")
                        ? Map.of("event", 0)
                        : path.endsWith("/questions")
                                ? Map.of("event", 0, "text", "Why?")
                                : script("");
        HttpRequest request =
                HttpRequest.newBuilder(grace.uri(address))
                        .header("Authorization", "Bearer " + bound.token())
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                method.equals("POST")
                                        ? BodyPublishers.ofString(
                                                Program.JSON.writeValueAsString(body))
                                        : BodyPublishers.noBody())
                        .build();
        HttpResponse<String> response = new Visitor(port).send(request);
        if (response.statusCode() < 400) return "let in";
        String type = Program.JSON.readTree(response.body()).path("type").asString();
        return type.replaceFirst("/problems/", "");
    }

    @Test
    void whatIsNotOfTheCourseIsRefusedAtEachAddressAndWhatIsIsNot() {
        Map<String, String> own = things(Map.of("assignment", assignment));
        Map<String, String> another =
                things(Map.of("assignment", assignment(course("Another"), LAB)));
        Map<String, String> free = things(Map.of("lab", LAB));
        var wrong = new ArrayList<String>();
        int tried = 0;
        for (String route : CourseRoutes.OPEN_TO_BOUND_TOKENS) {
            if (!route.matches("[A-Z]+ /(attempts|runs|jobs|batches)/\\{id}.*")) continue;
            tried++;
            if (!answer(route, another).equals("bound-token")) wrong.add(route + " of another");
            if (!answer(route, free).equals("bound-token")) wrong.add(route + " of none");
            String expected =
                    switch (route) {
                        case "DELETE /jobs/{id}" -> "job-ended";
                        // it was handed in over REST, and not by the page
                        case "GET /runs/{id}/submissions/{n}/comparison" -> "unknown-submission";
                        default -> "let in";
                    };
            String found = answer(route, own);
            if (!found.equals(expected)) wrong.add(route + " of its own: " + found);
        }
        assertThat(wrong).isEmpty();
        assertThat(tried).isGreaterThan(15);
    }

    @Test
    void listsHaveWhatIsOfTheCourse() {
        Map<String, String> own = things(Map.of("assignment", assignment));
        things(Map.of("assignment", assignment(course("Another"), LAB)));
        things(Map.of("lab", LAB));
        assertThat(ids("/api/v1/attempts")).containsExactly(own.get("attempts"));
        assertThat(ids("/api/v1/jobs")).hasSize(2).contains(own.get("jobs"));
        JsonNode courses = body(bound.get("/api/v1/courses"), 200);
        assertThat(courses).hasSize(1);
        assertThat(courses.get(0).path("id").asString()).isEqualTo(course);
        assertThat(body(all.get("/api/v1/courses"), 200)).hasSize(2);
        assertThat(body(all.get("/api/v1/attempts"), 200).path("items")).hasSize(3);
        var empty = new Program(port, grace.token(SCOPES, course("Empty")));
        assertThat(body(empty.get("/api/v1/jobs"), 200).path("items")).isEmpty();
        assertThat(body(empty.get("/api/v1/attempts"), 200).path("items")).isEmpty();
    }

    private List<String> ids(String path) {
        return body(bound.get(path), 200)
                .path("items")
                .valueStream()
                .map(item -> item.path("id").asString())
                .toList();
    }

    @Test
    void attemptsAreBegunForTheCourseAlone() {
        String another = assignment(course("Another"), LAB);
        problem(bound.post("/api/v1/attempts", Map.of("lab", LAB)), 403, "bound-token");
        JsonNode refused =
                problem(
                        bound.post("/api/v1/attempts", Map.of("assignment", another)),
                        403,
                        "bound-token");
        assertThat(refused.path("course").asString()).isEqualTo(course);
        String own =
                body(bound.post("/api/v1/attempts", Map.of("assignment", assignment)), 201)
                        .path("id")
                        .asString();
        String free = all.attempt(LAB).replaceFirst(".*/", "");
        Object mixed =
                List.of(
                        Map.of("attempt", own, "submission", script("")),
                        Map.of("attempt", free, "submission", script("")));
        problem(bound.post("/api/v1/batches", Map.of("items", mixed)), 403, "bound-token");
        assertThat(body(all.get("/api/v1/jobs"), 200).path("items")).isEmpty();
    }

    @Test
    void gradingAtOnceIsForTheLabsOfTheCourse() {
        body(bound.post("/api/v1/labs/" + LAB + "/grade", Map.of("script", "")), 200);
        String other = "/api/v1/labs/" + OTHER_LAB + "/grade";
        problem(bound.post(other, Map.of("script", "")), 403, "bound-token");
        problem(bound.post(other, "", "Content-Type", "text/plain"), 403, "bound-token");
        body(bound.get("/api/v1/labs/" + OTHER_LAB), 200);
    }

    @Test
    void anAddressInOtherLettersIsNotAnotherAddress() {
        problem(bound.get("/api/v1/%64rafts"), 403, "bound-token");
        problem(bound.post("/api/v1/%63ourses", Map.of()), 403, "bound-token");
        Object copy = Map.of("title", "Copy", "term", "");
        problem(bound.post("/api/v1/courses/" + course + "/%63opies", copy), 403, "bound-token");
    }

    @Test
    void itGoesWithItsCourseAndIsGoodForNothingWhenItsOwnerHasLeft() {
        String path = "/api/v1/courses/" + course;
        JsonNode link =
                body(
                        bound.post(
                                path + "/invitations",
                                Map.of("role", "student", "section", "", "days", 1)),
                        201);
        Visitor ada = Visitor.member(port, "Ada");
        ada.post("/join/" + link.path("code").asString(), "/account", Map.of());
        var student = new Program(port, ada.token("read", course));
        body(student.get(path), 200);
        String member =
                body(bound.get(path + "/members"), 200)
                        .valueStream()
                        .filter(m -> m.path("role").asString().equals("student"))
                        .findFirst()
                        .orElseThrow()
                        .path("id")
                        .asString();
        assertThat(bound.delete(path + "/members/" + member).statusCode()).isEqualTo(204);
        problem(student.get(path), 404, "unknown-course");
        assertThat(ada.get("/account").body()).contains("a course you have left");
        assertThat(bound.delete(path).statusCode()).isEqualTo(204);
        problem(bound.get("/api/v1/courses"), 401, "bad-token");
        problem(student.get("/api/v1/courses"), 401, "bad-token");
    }

    @Test
    void itIsMadeOnTheAccountPageForACourseOneIsIn() {
        assertThat(grace.get("/account").body())
                .contains("<option value=\"" + course + "\">Hers</option>")
                .contains("<td data-label=\"Course\">Hers</td>")
                .contains("<td data-label=\"Course\">all</td>")
                .doesNotContain(bound.token());
        Visitor bob = Visitor.member(port, "Bob");
        assertThat(bob.get("/account").body()).doesNotContain("name=\"course\"");
        for (String none : List.of(course, "nothing")) {
            var form = Map.of("name", "x", "days", "1", "scope", "read", "course", none);
            var made = bob.post("/account/tokens", "/account", form);
            assertThat(bob.get(Visitor.location(made)).body())
                    .contains("You are in no such course.")
                    .doesNotContain("slt_");
        }
    }
}
