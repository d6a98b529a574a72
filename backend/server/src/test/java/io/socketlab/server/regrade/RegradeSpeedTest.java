package io.socketlab.server.regrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.socketlab.server.LongRun;
import io.socketlab.server.ServerTest;
import io.socketlab.server.TeachersCourse;
import io.socketlab.server.Visitor;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.course.Assignments;
import io.socketlab.server.course.Courses;
import io.socketlab.server.course.Permission;
import io.socketlab.server.course.Seat;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A thousand stored runs of five thousand events, graded again. Not part of "verify"; see
 * docs/performance.md.
 */
@ServerTest
@Tag("measure")
class RegradeSpeedTest {

    private static final int RUNS = 1000;
    private static final int EVENTS = 5000;
    private static final String LAB = "b2-write-that-blocks";

    @LocalServerPort int port;
    @Autowired JdbcClient jdbc;
    @Autowired Courses courses;
    @Autowired Assignments assignments;
    @Autowired Regrades regrades;

    @Test
    void figures() {
        String login = "grace-" + UUID.randomUUID();
        Visitor grace = Visitor.member(port, "Grace", login);
        TeachersCourse many = TeachersCourse.make(port, grace);
        String course = many.path();
        String page = many.assignment(LAB);
        String path = TeachersCourse.begin(grace, page);
        UUID run = UUID.fromString(path.replaceFirst(".*/", ""));
        int events = LongRun.fill(grace, path, EVENTS);
        TeachersCourse.handIn(grace, path);
        for (int attempt = 2; attempt <= RUNS; attempt++) copy(run, attempt);

        UUID account =
                jdbc.sql("select id from account where login = ?")
                        .param(login)
                        .query(UUID.class)
                        .single();
        var me = new SignedIn(account, "Grace", false);
        Seat seat = courses.seat(me, course.replaceFirst(".*/", ""), Permission.MANAGE);
        var assignment = assignments.plain(seat, page.replaceFirst(".*/", ""));
        var os = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long begin = System.nanoTime();
        long processor = os.getProcessCpuTime();
        Regrade begun = regrades.begin(seat, assignment, "measured");
        Awaitility.await()
                .atMost(Duration.ofMinutes(10))
                .until(() -> !regrades.one(assignment, begun.id().toString()).isRunning());
        double seconds = (System.nanoTime() - begin) / 1e9;
        double spent = (os.getProcessCpuTime() - processor) / 1e9;
        Regrade ended = regrades.one(assignment, begun.id().toString());
        System.out.printf(
                "regrade: %d runs of %d events in %.1f s, %.1f s of processor time%n",
                ended.done(), events, seconds, spent);
        assertThat(ended.done()).isEqualTo(RUNS);
        assertThat(regrades.rows(ended, 0, 1, true)).isEmpty();
    }

    private void copy(UUID run, int attempt) {
        UUID other = UUID.randomUUID();
        jdbc.sql(
                        """
                        insert into run (id, account_id, assignment_id, lab_id, lab_revision, attempt, branch, parent_seq, name,
                            seed, engine, title, created_at, updated_at)
                        select ?, account_id, assignment_id, lab_id, lab_revision, ?, branch, parent_seq, name,
                            seed, engine, title, created_at, updated_at from run where id = ?
                        """)
                .params(other, attempt, run)
                .update();
        jdbc.sql(
                        """
                        insert into run_input (run_id, n, line, client_id, trace_hash, acknowledged_at)
                        select ?, n, line, client_id, trace_hash, acknowledged_at from run_input where run_id = ?
                        """)
                .params(other, run)
                .update();
        jdbc.sql(
                        """
                        insert into submission (run_id, n, input_count, last_seq, trace_hash, score, max_score, verdict, document, created_at)
                        select ?, n, input_count, last_seq, trace_hash, score, max_score, verdict, document, created_at
                        from submission where run_id = ?
                        """)
                .params(other, run)
                .update();
    }
}
