package io.socketlab.server.course;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.server.ServerTest;
import io.socketlab.server.TeachersCourse;
import io.socketlab.server.Visitor;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What somebody reads who comes to a course by a link, or without one. */
@ServerTest
class CourseInvitationTest {

    @LocalServerPort int port;

    private TeachersCourse networks;
    private Visitor teacher;
    private String course;

    @BeforeEach
    void begin() {
        networks = TeachersCourse.make(port);
        teacher = networks.teacher();
        course = networks.path();
    }

    @Test
    void aCourseWithoutATermInvitesWithoutOne() {
        var settings =
                Map.of("title", "Networks", "term", "", "zone", "UTC", "retentionDays", "30");
        teacher.post(course + "/settings", course + "/settings", settings);
        String link = networks.link("student");
        String invitation = Visitor.member(port, "Ada").get(link).body();
        assertThat(invitation).containsPattern("class=\"lead\">\\s*You are invited as ");
    }

    @Test
    void whoIsInNoSuchCourseIsToldHowToJoinIt() {
        Visitor stranger = Visitor.member(port, "Mallory");
        String refusal = stranger.get(course).body();
        assertThat(refusal)
                .contains("Unknown course", "has a link to join it by")
                .doesNotContain(course.replaceFirst(".*/", "") + ".");
    }

    @Test
    void aGuestIsToldToSignUpAndAWrongLinkLeadsNowhere() {
        Visitor guest = Visitor.guest(port);
        String link = networks.link("student");
        assertThat(guest.get(link).body()).contains("Sign up").doesNotContain("Join the course<");
        assertThat(guest.get(link + "x").statusCode()).isEqualTo(404);
        assertThat(guest.get("/join/nonsense").statusCode()).isEqualTo(404);
    }
}
