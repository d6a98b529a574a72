package io.socketlab.server.classroom;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.socketlab.server.LongRun;
import io.socketlab.server.ServerTest;
import io.socketlab.server.Visitor;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.course.Assignment;
import io.socketlab.server.course.Assignments;
import io.socketlab.server.course.Courses;
import io.socketlab.server.course.Permission;
import io.socketlab.server.course.Seat;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The first look at the wall of thirty students with five thousand events each, and at the mistakes
 * of two hundred with twenty hand-ins each. Not part of "verify"; see docs/performance.md.
 */
@ServerTest
@Tag("measure")
class ClassroomSpeedTest {

    private static final int EVENTS = 5000;
    private static final int AT_WORK = 30;
    private static final int STUDENTS = 200;
    private static final int HAND_INS = 20;
    private static final double MOST_SECONDS = 2;
    private static final String LAB = "b2-write-that-blocks";

    @LocalServerPort int port;
    @Autowired JdbcClient jdbc;
    @Autowired Courses courses;
    @Autowired Assignments assignments;
    @Autowired Wall wall;
    @Autowired Mistakes mistakes;

    @Test
    void figures() {
        String login = "grace-" + UUID.randomUUID();
        Visitor grace = Visitor.member(port, "Grace", login);
        String course =
                Visitor.location(
                        grace.post(
                                "/courses",
                                "/courses",
                                Map.of("title", "Many", "term", "", "zone", "UTC")));
        String terms =
                Visitor.location(grace.post(course + "/assignments", course, Map.of("lab", LAB)));
        grace.post(
                terms,
                terms,
                Map.of("title", "Block", "points", "20", "published", "true", "pay", "best"));
        String page = terms.replaceFirst("/terms$", "");
        Visitor ada = student(grace, course);
        String path = Visitor.location(ada.post(page + "/runs", page, Map.of()));
        UUID run = UUID.fromString(path.replaceFirst(".*/", ""));
        int events = LongRun.fill(ada, path, EVENTS);
        ada.post(path + "/submissions", path, Map.of());
        for (int i = 1; i < AT_WORK; i++) copy(run, true, 1);

        UUID account =
                jdbc.sql("select id from account where login = ?")
                        .param(login)
                        .query(UUID.class)
                        .single();
        var me = new SignedIn(account, "Grace", false);
        Seat seat = courses.seat(me, course.replaceFirst(".*/", ""), Permission.MANAGE);
        Assignment assignment = assignments.plain(seat, page.replaceFirst(".*/", ""));

        var os = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long processor = os.getProcessCpuTime();
        long begin = System.nanoTime();
        List<Tile> first = wall.tiles(seat.course(), assignment, "");
        double look = (System.nanoTime() - begin) / 1e9;
        long missing = first.stream().filter(Tile::missing).count();
        while (wall.tiles(seat.course(), assignment, "").stream().anyMatch(Tile::missing)) {}
        double whole = (System.nanoTime() - begin) / 1e9;
        double spent = (os.getProcessCpuTime() - processor) / 1e9;
        begin = System.nanoTime();
        wall.tiles(seat.course(), assignment, "");
        double again = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                "wall: %d runs of %d events: first look %.2f s with %d still missing, all after %.2f s (%.2f s of processor time), again %.3f s%n",
                first.size(), events, look, missing, whole, spent, again);
        assertThat(first).hasSize(AT_WORK);
        assertThat(look).isLessThan(MOST_SECONDS);

        for (int i = AT_WORK; i < STUDENTS; i++) copy(run, false, 1);
        for (UUID other :
                jdbc.sql("select id from run where assignment_id = ?")
                        .param(assignment.id())
                        .query(UUID.class)
                        .list()) {
            for (int n = 2; n <= HAND_INS; n++) handIn(run, 1, Objects.requireNonNull(other), n);
        }
        mistakes.of(assignment); // what is done often is compiled
        processor = os.getProcessCpuTime();
        begin = System.nanoTime();
        Mistakes.Report report = mistakes.of(assignment);
        double told = (System.nanoTime() - begin) / 1e9;
        spent = (os.getProcessCpuTime() - processor) / 1e9;
        System.out.printf(
                "mistakes: %d students with %d hand-ins each: %.2f s, %.2f s of processor time%n",
                report.students(), HAND_INS, told, spent);
        assertThat(report.students()).isEqualTo(STUDENTS);
        // of the processor's time, which is the same on a busy machine
        assertThat(spent).isLessThan(MOST_SECONDS);
    }

    private Visitor student(Visitor grace, String course) {
        grace.post(course + "/invitations", course + "/people", Map.of("role", "student"));
        Matcher link =
                Pattern.compile("/join/[0-9a-f-]+\\.[A-Za-z0-9_-]+")
                        .matcher(grace.get(course + "/people").body());
        assertThat(link.find()).isTrue();
        Visitor ada = Visitor.member(port, "Ada");
        ada.post(link.group(), link.group(), Map.of());
        return ada;
    }

    /** Another student of the course, with a run that is the same. */
    private void copy(UUID run, boolean withInputs, int n) {
        UUID account = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        jdbc.sql(
                        "insert into account (id, display_name, guest, created_at) values (?, ?, false, now())")
                .params(account, "Student " + account)
                .update();
        jdbc.sql(
                        """
                        insert into course_member (id, course_id, account_id, role, name, created_at)
                        select ?, a.course_id, ?, 'STUDENT', ?, now() from assignment a
                        join run r on r.assignment_id = a.id where r.id = ?
                        """)
                .params(UUID.randomUUID(), account, "Student " + account, run)
                .update();
        jdbc.sql(
                        """
                        insert into run (id, account_id, assignment_id, lab_id, lab_revision, attempt, branch, parent_seq, name,
                            seed, engine, title, created_at, updated_at)
                        select ?, ?, assignment_id, lab_id, lab_revision, attempt, branch, parent_seq, name,
                            seed, engine, title, created_at, updated_at from run where id = ?
                        """)
                .params(other, account, run)
                .update();
        if (withInputs) {
            jdbc.sql(
                            """
                            insert into run_input (run_id, n, line, client_id, trace_hash, acknowledged_at)
                            select ?, n, line, client_id, trace_hash, acknowledged_at from run_input where run_id = ?
                            """)
                    .params(other, run)
                    .update();
        }
        handIn(run, n, other, n);
    }

    private void handIn(UUID run, int n, UUID other, int m) {
        jdbc.sql(
                        """
                        insert into submission (run_id, n, input_count, last_seq, trace_hash, score, max_score, verdict, document, created_at)
                        select ?, ?, input_count, last_seq, trace_hash, score, max_score, verdict, document, created_at
                        from submission where run_id = ? and n = ?
                        """)
                .params(other, m, run, n)
                .update();
    }
}
