package io.socketlab.server.course;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.server.Browser;
import io.socketlab.server.Program;
import io.socketlab.server.ServerTest;
import io.socketlab.server.Visitor;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A course from its making to what a student sees of his work in it. */
@ServerTest
class CoursePagesTest {

    private static final String LAB = "c1-handshake";

    @LocalServerPort int port;

    private Visitor teacher;
    private String course;

    @BeforeEach
    void begin() {
        teacher = Visitor.member(port, "Grace");
        course =
                Visitor.location(
                        teacher.post(
                                "/courses",
                                "/courses",
                                Map.of("title", "Networks", "term", "spring", "zone", "UTC")));
    }

    private String assignment(Map<String, String> terms) {
        String page =
                Visitor.location(teacher.post(course + "/assignments", course, Map.of("lab", LAB)));
        var fields =
                new HashMap<>(
                        Map.of(
                                "title",
                                "The handshake",
                                "points",
                                "20",
                                "published",
                                "true",
                                "pay",
                                "best"));
        fields.putAll(terms);
        var saved = teacher.post(page, page, fields);
        assertThat(saved.statusCode()).as(saved.body()).isEqualTo(302);
        return page.replaceFirst("/terms$", "");
    }

    private String link() {
        teacher.post(course + "/invitations", course + "/people", Map.of("role", "student"));
        Matcher address =
                Pattern.compile("/join/[0-9a-f-]+\\.[A-Za-z0-9_-]+")
                        .matcher(teacher.get(course + "/people").body());
        assertThat(address.find()).isTrue();
        return address.group();
    }

    private Visitor student(String name) {
        Visitor student = Visitor.member(port, name);
        String link = link();
        assertThat(Visitor.location(student.post(link, link, Map.of()))).isEqualTo(course);
        return student;
    }

    @Test
    void aStudentJoinsHandsInAndSeesWhatItIsWorth() {
        String assignment = assignment(Map.of("due", "2099-12-04T18:00"));
        Visitor ada = student("Ada");
        assertThat(ada.get(course).body())
                .contains("The handshake", "Counts in full until Fri 4 Dec 2099 18:00.");
        String run = Visitor.location(ada.post(assignment + "/runs", assignment, Map.of()));
        assertThat(ada.get(run).body()).contains("Counts in full until");
        try (Browser browser = Browser.open(port, run, ada.cookie(), 0)) {
            browser.awaitMessage("hello");
            browser.input("1", "client: socket(AF_INET, SOCK_STREAM, 0)");
        }
        String result = Visitor.location(ada.post(run + "/submissions", run, Map.of()));
        assertThat(ada.get(result).body()).contains("Counts in full until");
        assertThat(ada.get(assignment).body()).contains("Hand-in 1", "counts 100 %");
        // staff reads it, others do not know that it is there
        assertThat(teacher.get(result).statusCode()).isEqualTo(200);
        assertThat(teacher.get(run).statusCode()).isEqualTo(200);
        Visitor bob = student("Bob");
        assertThat(bob.get(result).statusCode()).isEqualTo(404);
        assertThat(bob.get(run).statusCode()).isEqualTo(404);
        // and staff looks only
        try (Browser browser = Browser.open(port, run, teacher.cookie(), 0)) {
            browser.awaitMessage("hello");
            assertThat(browser.input("t", "client: close(3)").path("type").asString())
                    .isEqualTo("refused");
        }
    }

    @Test
    void aGradeIsSetByHandWithAWordThatTheStudentReads() {
        String assignment = assignment(Map.of());
        Visitor ada = student("Ada");
        String run = Visitor.location(ada.post(assignment + "/runs", assignment, Map.of()));
        ada.post(run + "/submissions", run, Map.of());
        String book = course + "/gradebook";
        Matcher work =
                Pattern.compile(book + "/[0-9a-f-]{36}/[0-9a-f-]{36}")
                        .matcher(teacher.get(book).body());
        assertThat(work.find()).isTrue();
        String page = work.group();
        assertThat(teacher.get(page).body()).contains("Hand-in 1", "Replay");
        teacher.post(page, page, Map.of("points", "17", "word", ""));
        assertThat(teacher.get(page).body()).contains("expected why");
        teacher.post(page, page, Map.of("points", "17", "word", "You told it in class."));
        assertThat(ada.get(assignment).body()).contains("17 of 20", "You told it in class.");
        assertThat(teacher.get(book).body()).contains("set by hand", ">17<");
        assertThat(teacher.get(course + "/gradebook.csv").body()).contains(",17,17");
        String checks = book + page.substring(book.length()).replaceFirst("/[0-9a-f-]{36}$", "");
        assertThat(teacher.get(checks).body()).contains("Ada", "17");
        assertThat(teacher.get(checks + "/checks.csv").body())
                .startsWith("name,email,id,section,points,");
        teacher.post(page + "/take-back", page, Map.of());
        assertThat(ada.get(assignment).body()).doesNotContain("You told it in class.");
        assertThat(teacher.get(course + "/settings").body()).contains("0 before, 17 now");
    }

    @Test
    void anExamShowsNoScores() {
        String assignment = assignment(Map.of("hidesScores", "true"));
        Visitor ada = student("Ada");
        String run = Visitor.location(ada.post(assignment + "/runs", assignment, Map.of()));
        try (Browser browser = Browser.open(port, run, ada.cookie(), 0)) {
            assertThat(browser.awaitMessage("checks").path("tests")).isEmpty();
        }
        String result = Visitor.location(ada.post(run + "/submissions", run, Map.of()));
        assertThat(ada.get(result).body()).contains("shows no scores").doesNotContain("points");
        assertThat(ada.get(assignment).body()).contains("not shown");
        assertThat(teacher.get(result).body()).contains("points");
        assertThat(ada.get("/runs").body()).contains("1 handed in").doesNotContain("1 FAIL");
        assertThat(ada.get("/").body()).doesNotContain("0 of 20");
        var program = new Program(port, ada.token("read,grade"));
        String attempt = "/api/v1/attempts/" + run.replaceFirst(".*/", "");
        var job =
                Program.body(
                        program.post(
                                attempt + "/submissions?wait=30",
                                Program.script("server: socket(AF_INET, SOCK_STREAM, 0) = 3\n")),
                        200);
        assertThat(job.has("result")).isFalse();
        Program.problem(
                program.get("/api/v1/jobs/" + job.path("id").asString() + "/result"),
                403,
                "scores-hidden");
        Program.problem(program.get(attempt + "/result"), 403, "scores-hidden");
    }

    @Test
    void whatIsNotPublishedOrNotOpenIsNotThereForStudents() {
        String draft = assignment(Map.of("published", "false"));
        String later = assignment(Map.of("opens", "2099-01-01T00:00"));
        Visitor ada = student("Ada");
        assertThat(ada.get(course).body()).contains("There is nothing to do yet.");
        assertThat(ada.get(draft).statusCode()).isEqualTo(404);
        assertThat(ada.post(later + "/runs", "/account", Map.of()).statusCode()).isEqualTo(404);
    }

    @Test
    void anExtensionIsForThoseItNamesOnly() {
        String assignment = assignment(Map.of("due", "2020-01-01T00:00"));
        Visitor ada = student("Ada");
        Visitor bob = student("Bob");
        assertThat(ada.get(assignment).body()).contains("The deadline is over");
        Matcher member =
                Pattern.compile("<option value=\"([0-9a-f-]{36})\">Ada<")
                        .matcher(teacher.get(assignment + "/terms").body());
        assertThat(member.find()).isTrue();
        teacher.post(
                assignment + "/extensions",
                assignment + "/terms",
                Map.of("who", member.group(1), "due", "2099-01-01T00:00", "reason", "was ill"));
        assertThat(ada.get(assignment).body()).contains("Counts in full until Thu 1 Jan 2099");
        assertThat(bob.get(assignment).body()).contains("The deadline is over");
        assertThat(teacher.get(course + "/settings").body()).contains("was ill", "extension");
    }

    @Test
    void termsThatCannotBeComeBackWithWhatWasWritten() {
        String page = assignment(Map.of()) + "/terms";
        var refused =
                teacher.post(
                        page,
                        page,
                        Map.of(
                                "title",
                                "A title that is not lost",
                                "points",
                                "ten",
                                "pay",
                                "best"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("expected a number, found &#39;ten&#39;", "A title that is not lost");
    }

    @Test
    void aListIsRehearsedTakenInAndClaimedByWhoSignsInWithTheAddress() {
        String email = "ada-" + UUID.randomUUID() + "@example.org";
        String csv = "name,email,id,section\nAda Lovelace," + email + ",1815,A\n";
        String people = course + "/people";
        var rehearsed =
                teacher.post(people + "/roster", people, Map.of("csv", csv, "rehearsal", "true"));
        assertThat(rehearsed.body()).contains("Would add 1");
        assertThat(teacher.get(people).body()).doesNotContain("Ada Lovelace");
        var taken =
                teacher.post(people + "/roster", people, Map.of("csv", csv, "rehearsal", "false"));
        assertThat(taken.body()).contains("Added 1", "Ada Lovelace", "not yet");
        Visitor ada = Visitor.member(port, "ada", email);
        String link = link();
        ada.post(link, link, Map.of());
        assertThat(teacher.get(people).body()).doesNotContain("not yet").contains("1815");
    }

    @Test
    void aGuestIsToldToSignUpAndAWrongLinkLeadsNowhere() {
        Visitor guest = Visitor.guest(port);
        String link = link();
        assertThat(guest.get(link).body()).contains("Sign up").doesNotContain("Join the course<");
        assertThat(guest.get(link + "x").statusCode()).isEqualTo(404);
        assertThat(guest.get("/join/nonsense").statusCode()).isEqualTo(404);
    }

    @Test
    void aCopyHasTheAssignmentsAsDraftsAndOtherVariants() {
        assignment(Map.of("due", "2099-12-04T18:00"));
        String copy =
                Visitor.location(
                        teacher.post(
                                course + "/copies",
                                course + "/settings",
                                Map.of("title", "Networks", "term", "autumn")));
        assertThat(teacher.get(copy).body())
                .contains("The handshake", "draft", "no deadline")
                .contains("autumn");
    }

    @Test
    void theLastOwnerStays() {
        Matcher member =
                Pattern.compile("data-member=\"([0-9a-f-]{36})\"")
                        .matcher(teacher.get(course + "/people").body());
        assertThat(member.find()).isTrue();
        String me = course + "/people/" + member.group(1);
        teacher.post(me, course + "/people", Map.of("role", "student"));
        assertThat(teacher.get(course + "/people").body())
                .contains("A course has an owner at least.");
    }
}
