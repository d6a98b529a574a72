package io.socketlab.server.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.model.Lab;
import io.socketlab.server.ServerTest;
import io.socketlab.server.TeachersCourse;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the page of hand-ins that are alike costs for a class of 200. Not part of "verify"; see
 * docs/courses.md.
 */
@ServerTest
@Tag("measure")
class SimilarityCostTest {

    private static final int STUDENTS = 200;
    private static final int LOOKS = 8;
    private static final String LAB = "e1-threads-or-events";

    @LocalServerPort int port;
    @Autowired JdbcClient jdbc;
    @Autowired LabCatalogue labs;

    @Test
    void figures() {
        TeachersCourse course = TeachersCourse.make(port);
        String assignment = course.assignment(LAB);
        UUID courseId = id(course.path());
        Lab lab = labs.find(LAB).orElseThrow();
        int lines = 0;
        for (int i = 0; i < STUDENTS; i++) {
            lines += add(courseId, id(assignment), i, typed(lab, 1 + i % lab.variants().pool(), i));
        }
        String page = assignment + "/similarity";
        var os = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        System.out.printf("similarity: %d hand-ins of %s, %d lines in all%n", STUDENTS, LAB, lines);
        String body = "";
        for (int look = 1; look <= LOOKS; look++) {
            long begin = System.nanoTime();
            long processor = os.getProcessCpuTime();
            body = course.teacher().get(page).body();
            System.out.printf(
                    "look %d: %.2f s, %.2f s of processor time%n",
                    look,
                    (System.nanoTime() - begin) / 1e9,
                    (os.getProcessCpuTime() - processor) / 1e9);
        }
        assertThat(body).contains("Of 200 last hand-ins");
    }

    private static UUID id(String path) {
        return UUID.fromString(path.replaceFirst(".*/", ""));
    }

    /** A solution as somebody types it who has tried other things in between. */
    private static List<String> typed(Lab lab, long seed, int student) {
        var chance = new Random(student);
        List<String> lines = new ArrayList<>();
        lab.file("solution/takes_turns.pkt", seed)
                .orElseThrow()
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("//"))
                .forEach(line -> {
                    lines.add(line);
                    if (chance.nextInt(5) > 0) return;
                    int number = chance.nextInt(1000);
                    lines.add(
                            "server: setsockopt(%d, SOL_SOCKET, SO_RCVBUF, %d)"
                                    .formatted(number % 10, 3000 + number));
                });
        return lines;
    }

    private int add(UUID course, UUID assignment, int n, List<String> lines) {
        UUID account = UUID.randomUUID();
        UUID run = UUID.randomUUID();
        jdbc.sql(
                        "insert into account (id, login, display_name, guest, created_at) values (?, ?, ?, false, current_timestamp)")
                .params(account, "student-" + account, "Student " + n)
                .update();
        jdbc.sql(
                        """
                        insert into course_member (id, course_id, account_id, role, name, joined_at, created_at)
                        values (?, ?, ?, 'STUDENT', ?, current_timestamp, current_timestamp)
                        """)
                .params(UUID.randomUUID(), course, account, "Student " + n)
                .update();
        jdbc.sql(
                        """
                        insert into run (id, account_id, assignment_id, lab_id, lab_revision, attempt, seed, engine, title, created_at, updated_at)
                        values (?, ?, ?, ?, 1, 1, ?, 'measured', 'measured', current_timestamp, current_timestamp)
                        """)
                .params(run, account, assignment, LAB, 1 + n % 64)
                .update();
        for (int i = 0; i < lines.size(); i++) {
            jdbc.sql(
                            """
                            insert into run_input (run_id, n, line, client_id, trace_hash, acknowledged_at)
                            values (?, ?, ?, ?, '', current_timestamp)
                            """)
                    .params(run, i + 1, lines.get(i), Integer.toString(i))
                    .update();
        }
        jdbc.sql(
                        """
                        insert into submission (run_id, n, input_count, last_seq, trace_hash, score, max_score, verdict, document, created_at)
                        values (?, 1, ?, 1, '', 1, 1, 'PASS', '{}', current_timestamp)
                        """)
                .params(run, lines.size())
                .update();
        return lines.size();
    }
}
