package io.socketlab.server.regrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.server.Browser;
import io.socketlab.server.Program;
import io.socketlab.server.ServerTest;
import io.socketlab.server.Visitor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Results as an older revision of the lab would have left them, graded with the one of today. */
@ServerTest
class RegradeTest {

    private static final String LAB = "c1-handshake";

    @LocalServerPort int port;
    @Autowired JdbcClient jdbc;

    private Visitor grace;
    private Program teacher;
    private Visitor ada;
    private Program adasProgram;
    private String course;
    private String assignment;

    @BeforeEach
    void begin() {
        grace = Visitor.member(port, "Grace");
        teacher = new Program(port, grace.token("read,grade,author"));
        course =
                "/api/v1/courses/"
                        + id(
                                teacher.post(
                                        "/api/v1/courses",
                                        Map.of("title", "Regrade", "term", "", "zone", "UTC")));
        JsonNode made =
                Program.body(teacher.post(course + "/assignments", Map.of("lab", LAB)), 201);
        assignment = course + "/assignments/" + made.path("id").asString();
        var terms = made.path("terms").deepCopy().asObject();
        terms.put("published", true);
        Program.body(teacher.put(assignment, terms.toString()), 200);
        JsonNode invitation =
                Program.body(
                        teacher.post(
                                course + "/invitations",
                                Map.of("role", "student", "section", "", "days", 1)),
                        201);
        ada = Visitor.member(port, "Ada");
        adasProgram = new Program(port, ada.token("read,grade"));
        adasProgram.post("/api/v1/joins", Map.of("code", invitation.path("code").asString()));
    }

    private static String id(HttpResponse<String> response) {
        return Program.body(response, 201).path("id").asString();
    }

    private String assignmentId() {
        return assignment.replaceFirst(".*/", "");
    }

    /** Ada opens a socket that listens, and hands in; answers her run. */
    private String handIn() {
        String page = assignment.replaceFirst("/api/v1", "");
        String run = Visitor.location(ada.post(page + "/runs", page, Map.of()));
        try (Browser browser = Browser.open(port, run, ada.cookie(), 0)) {
            browser.awaitMessage("hello");
            browser.input("1", "server: socket(AF_INET, SOCK_STREAM, 0)");
            String there = ada.get(run).body().replaceAll("(?s).*server:(\\d+).*", "$1");
            browser.input("2", "server: bind(3, *:" + there + ")");
            browser.input("3", "server: listen(3, 5)");
        }
        ada.post(run + "/submissions", run, Map.of());
        return run.replaceFirst(".*/", "");
    }

    private double score(String run) {
        return jdbc.sql("select score from submission where run_id = cast(? as uuid)")
                .param(run)
                .query(Double.class)
                .single();
    }

    /** As if a check had been wrong. */
    private void stored(String run, double score) {
        jdbc.sql(
                        "update submission set score = ?, document = replace(document, '\"PASS\"', '\"FAIL\"') where run_id = cast(? as uuid)")
                .params(score, run)
                .update();
    }

    private JsonNode regrade() {
        JsonNode begun =
                Program.body(
                        teacher.post(
                                assignment + "/regrades", Map.of("reason", "The check was wrong")),
                        202);
        String path = assignment + "/regrades/" + begun.path("id").asString();
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> Program.body(teacher.get(path), 200),
                        r -> !r.path("state").asString().equals("RUNNING"));
    }

    private JsonNode rows(JsonNode regrade) {
        String path = assignment + "/regrades/" + regrade.path("id").asString();
        return Program.body(teacher.get(path + "/rows"), 200).path("items");
    }

    private void apply(JsonNode regrade, boolean raiseOnly) {
        String path = assignment + "/regrades/" + regrade.path("id").asString();
        Program.body(teacher.post(path + "/apply?raiseOnly=" + raiseOnly, Map.of()), 200);
    }

    @Test
    void aResultThatWasTooLowIsRaisedTheStudentIsToldAndItCanBeTakenBack() {
        String run = handIn();
        double right = score(run);
        assertThat(right).isPositive();
        stored(run, 0);
        JsonNode regrade = regrade();
        assertThat(regrade.path("state").asString()).isEqualTo("READY");
        assertThat(score(run)).as("nothing changes before it is applied").isZero();
        JsonNode row = rows(regrade).get(0);
        assertThat(row.path("state").asString()).isEqualTo("CHANGED");
        assertThat(row.path("newScore").asDouble()).isEqualTo(right);
        assertThat(row.path("changes").asString()).contains("FAIL", "PASS");
        apply(regrade, true);
        assertThat(score(run)).isEqualTo(right);
        assertThat(ada.get("/runs/" + run + "/submissions/1").body())
                .contains("Regraded on", "The check was wrong. It was 0 of 20 before.");
        String path = assignment + "/regrades/" + regrade.path("id").asString();
        Program.body(teacher.post(path + "/undo", Map.of()), 200);
        assertThat(score(run)).isZero();
        assertThat(ada.get("/runs/" + run + "/submissions/1").body()).doesNotContain("Regraded");
    }

    @Test
    void aResultThatWasTooHighStaysUnlessItIsToBeExact() {
        String run = handIn();
        double right = score(run);
        stored(run, 20);
        JsonNode lowering = regrade();
        assertThat(page(lowering))
                .contains("disabled=\"disabled\">Raise 0<", "There is nothing to raise")
                .doesNotContain("disabled=\"disabled\">Change all");
        apply(lowering, true);
        assertThat(score(run)).isEqualTo(20);
        apply(regrade(), false);
        assertThat(score(run)).isEqualTo(right);
    }

    /** What the teacher sees, without what describes its buttons. */
    private String page(JsonNode regrade) {
        String path = assignment + "/regrades/" + regrade.path("id").asString();
        return grace.get(path.replaceFirst("/api/v1", ""))
                .body()
                .replace(" aria-describedby=\"nothing-raised\"", "");
    }

    @Test
    void whereNothingIsDifferentNothingCanBePressed() {
        handIn();
        assertThat(page(regrade()))
                .contains(
                        "disabled=\"disabled\">Raise 0<",
                        "disabled=\"disabled\">Change all",
                        "There is nothing to change");
    }

    @Test
    void whatWeFailedToGradeIsRaised() {
        String run = handIn();
        double right = score(run);
        jdbc.sql(
                        "update submission set score = 0, max_score = 0, verdict = 'ERROR' where run_id = cast(? as uuid)")
                .param(run)
                .update();
        JsonNode regrade = regrade();
        assertThat(page(regrade)).contains(">Raise 1<").doesNotContain("disabled");
        apply(regrade, true);
        assertThat(score(run)).isEqualTo(right);
    }

    @Test
    void whatWouldGoOtherwiseTodayIsSaidToBeSoAndStays() {
        String run = handIn();
        double before = score(run);
        jdbc.sql(
                        "update run_input set trace_hash = 'another' where run_id = cast(? as uuid) and n = 2")
                .param(run)
                .update();
        JsonNode row = rows(regrade()).get(0);
        assertThat(row.path("state").asString()).isEqualTo("FAILED");
        assertThat(row.path("problem").asString()).startsWith("From input 2 on, server: bind");
        assertThat(score(run)).isEqualTo(before);
    }

    @Test
    void whatCameOverRestIsGradedAgainFromItsAnswer() {
        JsonNode attempt =
                Program.body(
                        adasProgram.post("/api/v1/attempts", Map.of("assignment", assignmentId())),
                        201);
        String path = "/api/v1/attempts/" + attempt.path("id").asString();
        Program.body(
                adasProgram.post(
                        path + "/submissions?wait=30",
                        Program.script("server: socket(AF_INET, SOCK_STREAM, 0) = 3\n")),
                200);
        jdbc.sql(
                        "update grading_result set score = 20 where job_id in (select id from grading_job where run_id = ?)")
                .param(UUID.fromString(attempt.path("id").asString()))
                .update();
        JsonNode regrade = regrade();
        assertThat(rows(regrade).get(0).path("state").asString()).isEqualTo("CHANGED");
        apply(regrade, false);
        JsonNode book = Program.body(teacher.get(course + "/gradebook"), 200);
        assertThat(book.get(0).path("total").asDouble()).isLessThan(20);
    }

    @Test
    void oneIsUnderWayAtATimeAndOnlyAReadyOneIsApplied() {
        handIn();
        JsonNode regrade = regrade();
        apply(regrade, true);
        String path = assignment + "/regrades/" + regrade.path("id").asString();
        Program.problem(teacher.post(path + "/apply", Map.of()), 409, "regrade-state");
        Program.problem(teacher.delete(path), 409, "regrade-state");
        Program.problem(
                teacher.get(assignment + "/regrades/" + UUID.randomUUID()), 404, "unknown-regrade");
        Program.problem(
                teacher.post(assignment + "/regrades", Map.of("reason", " ")),
                400,
                "invalid-parameter");
    }
}
