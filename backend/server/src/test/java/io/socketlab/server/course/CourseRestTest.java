package io.socketlab.server.course;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.server.Program;
import io.socketlab.server.ServerTest;
import io.socketlab.server.Visitor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A course as programs have it. */
@ServerTest
class CourseRestTest {

    private static final String LAB = "c1-handshake";

    @LocalServerPort int port;

    @Test
    void programsDoTheSameOverRest() {
        var owner = new Program(port, Visitor.member(port, "Owner").token("read,grade,author"));
        var made =
                Program.body(
                        owner.post(
                                "/api/v1/courses",
                                Map.of("title", "REST", "term", "now", "zone", "UTC")),
                        201);
        String path = "/api/v1/courses/" + made.path("id").asString();
        var assignment = Program.body(owner.post(path + "/assignments", Map.of("lab", LAB)), 201);
        var invitation =
                Program.body(
                        owner.post(
                                path + "/invitations",
                                Map.of("role", "student", "section", "A", "days", 1)),
                        201);
        var student = new Program(port, Visitor.member(port, "Ada").token("read,grade"));
        Program.problem(student.get(path), 404, "unknown-course");
        Program.body(
                student.post("/api/v1/joins", Map.of("code", invitation.path("code").asString())),
                200);
        String id = assignment.path("id").asString();
        Program.problem(
                student.post("/api/v1/attempts", Map.of("assignment", id)),
                404,
                "unknown-assignment");
        var terms =
                Program.JSON
                        .createObjectNode()
                        .setAll(assignment.path("terms").deepCopy().asObject());
        terms.put("published", true);
        Program.body(
                owner.put(path + "/assignments/" + id, Program.JSON.writeValueAsString(terms)),
                200);
        var attempt = Program.body(student.post("/api/v1/attempts", Map.of("assignment", id)), 201);
        assertThat(attempt.path("lab").asString()).isEqualTo(LAB);
        Program.problem(student.get(path + "/members"), 403, "not-your-role");
    }
}
