package io.socketlab.server.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.server.ServerTest;
import io.socketlab.server.TeachersCourse;
import io.socketlab.server.Visitor;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Hand-ins that are alike, from what students type to what a person notes. */
@ServerTest
class SimilarityPagesTest {

    private static final String LAB = "c1-handshake";
    private static final Pattern PAIR = Pattern.compile("/similarity/[0-9a-f-]{36}/[0-9a-f-]{36}");

    /** Of somebody with ways of their own. */
    private static final String[] OWN = {
        "client: socket(AF_INET, SOCK_DGRAM, 0)",
        "client: close(3)",
        "client: socket(AF_INET, SOCK_STREAM, 0)",
        "client: setsockopt(3, SOL_SOCKET, SO_RCVBUF, 31337)",
        "client: setsockopt(3, SOL_SOCKET, SO_SNDBUF, 4711)",
        "server: socket(AF_INET, SOCK_STREAM, 0)",
        "server: setsockopt(3, SOL_SOCKET, SO_REUSEADDR, 1)",
        "server: bind(3, *:PORT)",
        "server: listen(3, 77)",
        "client: connect(3, server:PORT)",
        "run",
        "skip accepted",
        "server: accept(3)",
        "client: send(3, \"is anybody there?\")"
    };

    @LocalServerPort int port;
    @Autowired JdbcClient jdbc;
    @Autowired LabCatalogue labs;

    private TeachersCourse course;
    private String assignment;
    private String page;

    @BeforeEach
    void begin() {
        course = TeachersCourse.make(port);
        assignment = course.assignment(LAB);
        page = assignment + "/similarity";
    }

    /** A student who gets a seed and hands in lines, with the port that it gives. */
    private void handIn(String name, long seed, String... lines) {
        Visitor student = course.student(name);
        String run = TeachersCourse.begin(student, assignment);
        jdbc.sql("update run set seed = ? where id = cast(? as uuid)")
                .params(seed, run.replaceFirst(".*/", ""))
                .update();
        String[] typed =
                Arrays.stream(lines)
                        .map(line -> line.replace("PORT", given(seed)))
                        .toArray(String[]::new);
        TeachersCourse.type(student, run, typed);
        TeachersCourse.handIn(student, run);
    }

    private String given(long seed) {
        return labs.find(LAB).orElseThrow().parameters(seed).values().get("port").toString();
    }

    private String list() {
        return course.teacher().get(page).body();
    }

    private String pairPage() {
        Matcher pair = PAIR.matcher(list());
        assertThat(pair.find()).isTrue();
        return assignment + pair.group();
    }

    @Test
    void aCopyIsListedShownSideBySideAndNoted() {
        handIn("Ada", 1, OWN);
        handIn("Bob", 2, OWN);
        handIn("Eve", 3, "server: socket(AF_INET, SOCK_STREAM, 0)", "server: listen(3, 5)");
        assertThat(list())
                .contains("Of 3 last hand-ins", "100 % of what is their own", "not yet")
                .doesNotContain("Eve");
        String pair = pairPage();
        String sides = course.teacher().get(pair).body();
        assertThat(sides).contains("Ada and Bob", "is anybody there?");
        assertThat(sides.split("data-alike=\"true\"", -1)).hasSizeGreaterThan(2 * 10);
        course.teacher().post(pair, pair, Map.of("word", "They sat side by side."));
        assertThat(list()).contains("They sat side by side.");
        assertThat(course.teacher().get(pair).body()).contains("They sat side by side.");
        course.teacher().post(pair, pair, Map.of("word", " "));
        assertThat(list()).doesNotContain("They sat side by side.");
    }

    @Test
    void ofWhoHasHandedInTwiceTheLastCountsAndNotBeforeItself() {
        Visitor ada = course.student("Ada");
        String run = TeachersCourse.begin(ada, assignment);
        TeachersCourse.type(ada, run, OWN);
        TeachersCourse.handIn(ada, run);
        TeachersCourse.handIn(ada, run);
        assertThat(list()).contains("Of 1 last hand-ins", "No two are more alike");
        String member = member("Ada");
        assertThat(course.teacher().get(page + "/" + member + "/" + member).statusCode())
                .isEqualTo(404);
    }

    private String member(String name) {
        Matcher row =
                Pattern.compile("data-member=\"([0-9a-f-]{36})\">\\s*<th scope=\"row\">" + name)
                        .matcher(course.teacher().get(course.path() + "/people").body());
        assertThat(row.find()).isTrue();
        return row.group(1);
    }

    @Test
    void aValueOfAnothersSeedIsListedAndNoted() {
        handIn("Ada", 1, "server: socket(AF_INET, SOCK_STREAM, 0)", "server: bind(3, *:PORT)");
        handIn("Bob", 2, "server: socket(AF_INET, SOCK_STREAM, 0)", "server: bind(3, *:PORT)");
        assertThat(list()).contains("None.");
        String foreign = "server: bind(3, *:" + given(1) + ")";
        handIn("Eve", 3, "server: socket(AF_INET, SOCK_STREAM, 0)", foreign);
        assertThat(list()).contains(">" + given(1) + "<", foreign, ">Ada<").doesNotContain(">Bob<");
        String about = page + "/values/" + member("Eve");
        course.teacher().post(about, page, Map.of("value", given(1), "word", "Asked; a slip."));
        assertThat(list()).contains("Asked; a slip.");
        var unknown =
                course.teacher().post(about, page, Map.of("value", given(2), "word", "What?"));
        assertThat(unknown.statusCode()).isEqualTo(404);
        course.teacher().post(about, page, Map.of("value", given(1), "word", ""));
        assertThat(list()).doesNotContain("Asked; a slip.");
    }

    @Test
    void studentsSeeNoneOfIt() {
        handIn("Ada", 1, OWN);
        Visitor bob = course.student("Bob");
        assertThat(bob.get(page).statusCode()).isEqualTo(403);
        assertThat(bob.get(assignment).body()).doesNotContain("alike");
    }
}
