package io.socketlab.server.course;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.server.Browser;
import io.socketlab.server.Program;
import io.socketlab.server.ServerTest;
import io.socketlab.server.TeachersCourse;
import io.socketlab.server.Visitor;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A course from its making to what a student sees of his work in it. */
@ServerTest
class CoursePagesTest {

    private static final String LAB = "c1-handshake";

    @LocalServerPort int port;
    @Autowired JdbcClient jdbc;

    private TeachersCourse networks;
    private Visitor teacher;
    private String course;

    @BeforeEach
    void begin() {
        networks = TeachersCourse.make(port);
        teacher = networks.teacher();
        course = networks.path();
    }

    private String assignment(Map<String, String> terms) {
        return networks.assignment(LAB, terms);
    }

    @Test
    void aStudentJoinsHandsInAndSeesWhatItIsWorth() {
        String assignment = assignment(Map.of("due", "2099-12-04T18:00"));
        Visitor ada = networks.student("Ada");
        assertThat(ada.get(course).body())
                .contains(LAB, "Counts in full until Fri 4 Dec 2099 18:00.");
        String run = TeachersCourse.begin(ada, assignment);
        assertThat(ada.get(run).body()).contains("Counts in full until");
        TeachersCourse.type(ada, run, "client: socket(AF_INET, SOCK_STREAM, 0)");
        String result = TeachersCourse.handIn(ada, run);
        assertThat(ada.get(result).body()).contains("Counts in full until");
        assertThat(ada.get(assignment).body()).contains("Hand-in 1", "counts 100 %");
        // staff reads it, others do not know that it is there
        assertThat(teacher.get(result).statusCode()).isEqualTo(200);
        assertThat(teacher.get(run).statusCode()).isEqualTo(200);
        Visitor bob = networks.student("Bob");
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
        Visitor ada = networks.student("Ada");
        String run = TeachersCourse.begin(ada, assignment);
        TeachersCourse.handIn(ada, run);
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
        Visitor ada = networks.student("Ada");
        String run = TeachersCourse.begin(ada, assignment);
        try (Browser browser = Browser.open(port, run, ada.cookie(), 0)) {
            assertThat(browser.awaitMessage("checks").path("tests")).isEmpty();
        }
        String result = TeachersCourse.handIn(ada, run);
        assertThat(ada.get(result).body()).contains("shows no scores").doesNotContain("points");
        assertThat(ada.get(assignment).body()).contains("not shown");
        assertThat(teacher.get(result).body()).contains("points");
        assertThat(ada.get("/runs").body()).contains("1: handed in").doesNotContain("1 FAIL");
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

    /** As if the grader had failed: no test makes it. */
    private void failed(String run) {
        jdbc.sql(
                        "update submission set verdict = 'ERROR', score = 0 where run_id = cast(? as uuid)")
                .param(run.replaceFirst(".*/", ""))
                .update();
    }

    @Test
    void whatWeFailedToGradeUsesUpNoAttemptAndIsNoScore() {
        String assignment = assignment(Map.of("attempts", "1", "pay", "last"));
        Visitor ada = networks.student("Ada");
        String first = TeachersCourse.begin(ada, assignment);
        TeachersCourse.handIn(ada, first);
        failed(first);
        assertThat(ada.get(assignment).body())
                .contains("Hand-in 1", "does not count: our fault")
                .doesNotContain("counts 100 %");
        assertThat(teacher.get(course + "/gradebook.csv").body()).doesNotContain(",0");
        assertThat(teacher.get(course + "/mistakes").body())
                .contains("<dt>Have handed in</dt><dd>0</dd>");
        TeachersCourse.handIn(ada, TeachersCourse.begin(ada, assignment));
        assertThat(ada.get(assignment).body()).contains("Hand-in 2", "counts 100 %");
    }

    @Test
    void whatIsNotPublishedOrNotOpenIsNotThereForStudents() {
        String draft = assignment(Map.of("published", "false"));
        String later = assignment(Map.of("opens", "2099-01-01T00:00"));
        Visitor ada = networks.student("Ada");
        assertThat(ada.get(course).body()).contains("There is nothing to do yet.");
        assertThat(ada.get(draft).statusCode()).isEqualTo(404);
        assertThat(ada.post(later + "/runs", "/account", Map.of()).statusCode()).isEqualTo(404);
    }

    @Test
    void anExtensionIsForThoseItNamesOnly() {
        String assignment = assignment(Map.of("due", "2020-01-01T00:00"));
        Visitor ada = networks.student("Ada");
        Visitor bob = networks.student("Bob");
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
        networks.join(Visitor.member(port, "ada", email), "student");
        assertThat(teacher.get(people).body()).doesNotContain("not yet").contains("1815");
    }

    @Test
    void saysInWhichZoneItsTimesAre() {
        assertThat(teacher.get(course).body()).contains("Times are in UTC");
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
                .contains(LAB, "draft", "no deadline")
                .contains("autumn");
    }

    @Test
    void theLastOwnerStays() {
        String people = course + "/people";
        String me = people + "/" + member("Grace");
        teacher.post(me, people, Map.of("role", "student"));
        assertThat(teacher.get(people).body()).contains("A course has an owner at least.");
    }

    @Test
    void anOwnerWhoHasNotComeIsNone() {
        String people = course + "/people";
        teacher.post(people, people, Map.of("name", "Barbara", "role", "owner"));
        assertThat(teacher.get(people).body()).contains("Barbara", "not yet");
        teacher.post(people + "/" + member("Grace") + "/remove", people, Map.of());
        assertThat(teacher.get(people).body()).contains("A course has an owner at least.");
        // but one who has not come can go
        teacher.post(people + "/" + member("Barbara") + "/remove", people, Map.of());
        assertThat(teacher.get(people).body()).contains("Barbara is off the list");
        assertThat(teacher.get(people).body()).doesNotContain("Barbara");
        networks.join(Visitor.member(port, "Barbara"), "owner");
        teacher.post(people + "/" + member("Grace") + "/remove", people, Map.of());
        assertThat(teacher.get(people).statusCode()).isEqualTo(404);
    }

    private String member(String name) {
        Matcher row =
                Pattern.compile("data-member=\"([0-9a-f-]{36})\">\\s*<th scope=\"row\">" + name)
                        .matcher(teacher.get(course + "/people").body());
        assertThat(row.find()).isTrue();
        return row.group(1);
    }

    @Test
    void aFormThatIsRefusedKeepsWhatWasWritten() {
        var made =
                teacher.post(
                        "/courses",
                        "/courses",
                        Map.of(
                                "title",
                                "Kept as it was",
                                "term",
                                "spring",
                                "zone",
                                "Middle/Earth"));
        assertThat(Visitor.location(made)).isEqualTo("/courses");
        assertThat(teacher.get("/courses").body())
                .contains("Kept as it was", "spring", "Middle/Earth", "Parameter");
        String settings = course + "/settings";
        var copied =
                teacher.post(
                        course + "/copies",
                        settings,
                        Map.of("title", "x".repeat(121), "term", "The term I wrote"));
        assertThat(Visitor.location(copied)).isEqualTo(settings);
        assertThat(teacher.get(settings).body())
                .contains("x".repeat(121), "The term I wrote", "Parameter");
    }
}
