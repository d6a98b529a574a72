package io.socketlab.server.grading;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.server.Program;
import io.socketlab.server.ServerProcess;
import io.socketlab.server.Visitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A class hands in at once: 2,000 solutions of all labs, from forty students, over loopback. Not
 * part of "verify"; see docs/performance.md.
 */
@Tag("measure")
class GradingLoadTest {

    private static final int STUDENTS = 40;
    private static final int EACH = 50;
    private static final int ALL = STUDENTS * EACH;
    private static final int AT_ONCE = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long PAUSE = Duration.ofMillis(50).toNanos();
    private static final String PLENTY = "1000000";

    @TempDir private Path folder;

    private volatile ServerProcess server;

    /** Of a student and his attempts. */
    private record Student(String token, List<String> attempts) {}

    @BeforeEach
    void begin() throws IOException {
        server = start();
    }

    @AfterEach
    void end() throws InterruptedException {
        server.kill();
    }

    private ServerProcess start() throws IOException {
        return ServerProcess.startToMeasure(
                folder,
                "--socketlab.rates.arrive=" + PLENTY,
                "--socketlab.rates.submit=" + PLENTY,
                "--socketlab.rates.api=" + PLENTY);
    }

    private static List<String> labs() {
        try (var folders = Files.list(Path.of("../../labs"))) {
            return folders.filter(f -> Files.exists(f.resolve("solution/plain.pkt")))
                    .map(f -> f.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Student> students() {
        List<String> labs = labs();
        var students = new ArrayList<Student>();
        for (int i = 0; i < STUDENTS; i++) {
            Program program = Program.of(server.port(), "read,grade");
            var attempts = new ArrayList<String>();
            for (String lab : labs) attempts.add(program.attempt(lab));
            students.add(new Student(program.token(), attempts));
        }
        return students;
    }

    /** Hands one in, again and again under its key until it is answered. */
    private String handIn(Student student, int n) {
        int which = n % student.attempts().size();
        String lab = labs().get(which);
        while (true) {
            try {
                var program = new Program(server.port(), student.token());
                var answer =
                        program.post(
                                student.attempts().get(which) + "/submissions",
                                Program.script(Program.solution(lab)),
                                "Idempotency-Key",
                                "load-" + n);
                if (answer.statusCode() == 202 || answer.statusCode() == 200) {
                    return Program.JSON.readTree(answer.body()).path("id").asString();
                }
                throw new AssertionError(answer.statusCode() + " " + answer.body());
            } catch (UncheckedIOException e) {
                LockSupport.parkNanos(PAUSE); // the server has been killed: it comes back
            }
        }
    }

    private List<JsonNode> jobsOf(Student student) {
        var program = new Program(server.port(), student.token());
        var jobs = new ArrayList<JsonNode>();
        String next = "";
        do {
            JsonNode page = Program.body(program.get("/api/v1/jobs?limit=100" + next), 200);
            page.path("items").forEach(jobs::add);
            next = page.has("next") ? "&cursor=" + page.path("next").asString() : "";
        } while (!next.isEmpty());
        return jobs;
    }

    private int waiting() {
        var anybody = new Visitor(server.port());
        JsonNode grading =
                Program.JSON.readTree(anybody.get("/api/v1/status").body()).path("grading");
        return grading.path("queued").asInt() + grading.path("running").asInt();
    }

    @Test
    void aClassHandsInAtOnce() throws Exception {
        List<Student> students = students();
        long begin = System.nanoTime();
        var ids = handInAll(students, () -> {});
        double handedIn = (System.nanoTime() - begin) / 1e9;
        Awaitility.await().atMost(PATIENCE).until(() -> waiting() == 0);
        double graded = (System.nanoTime() - begin) / 1e9;
        report("undisturbed", students, ids, handedIn, graded);
    }

    @Test
    void aClassHandsInAtOnceAndTheServerIsKilledInTheMidst() throws Exception {
        List<Student> students = students();
        long begin = System.nanoTime();
        var killed = new Thread(this::killAndStart);
        var ids = handInAll(students, killed::start);
        killed.join();
        double handedIn = (System.nanoTime() - begin) / 1e9;
        Awaitility.await().atMost(PATIENCE).until(() -> waiting() == 0);
        double graded = (System.nanoTime() - begin) / 1e9;
        report("killed in the midst", students, ids, handedIn, graded);
    }

    private void killAndStart() {
        try {
            server.kill();
            server = start();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param halfway what happens when half of them are handed in
     */
    private List<String> handInAll(List<Student> students, Runnable halfway) throws Exception {
        var ids = Collections.synchronizedList(new ArrayList<String>());
        var failed = ConcurrentHashMap.<String>newKeySet();
        try (var clients = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int n = 0; n < ALL; n++) {
                int which = n;
                clients.execute(() -> {
                    try {
                        if (which == ALL / 2) halfway.run();
                        ids.add(handIn(students.get(which % STUDENTS), which));
                    } catch (RuntimeException | AssertionError e) {
                        failed.add(e.toString());
                    }
                });
            }
        }
        assertThat(failed).isEmpty();
        return ids;
    }

    private void report(
            String what, List<Student> students, List<String> ids, double handedIn, double graded) {
        assertThat(new HashSet<>(ids)).as("each has a job of its own").hasSize(ALL);
        var known = new HashSet<String>();
        var latencies = new ArrayList<Double>();
        int again = 0;
        for (Student student : students) {
            for (JsonNode job : jobsOf(student)) {
                assertThat(known.add(job.path("id").asString())).isTrue();
                assertThat(job.path("phase").asString()).isEqualTo("DONE");
                assertThat(job.path("result").path("verdict").asString()).isEqualTo("PASS");
                if (job.path("tries").asInt() > 1) again++;
                latencies.add(seconds(job));
            }
        }
        assertThat(known).as("none lost, none twice").isEqualTo(new HashSet<>(ids));
        Collections.sort(latencies);
        System.out.printf(
                Locale.ROOT,
                "%s: %d handed in within %.1f s, graded within %.1f s, %.1f a second; from handing in to the result"
                        + " p50 %.2f s, p95 %.2f s, p99 %.2f s; begun again: %d%n",
                what,
                ALL,
                handedIn,
                graded,
                ALL / graded,
                latencies.get(ALL / 2),
                latencies.get(ALL * 95 / 100),
                latencies.get(ALL * 99 / 100),
                again);
    }

    private static double seconds(JsonNode job) {
        Instant queued = Instant.parse(job.path("phases").get(0).path("at").asString());
        Instant done = Instant.parse(job.path("phases").get(2).path("at").asString());
        return Duration.between(queued, done).toNanos() / 1e9;
    }
}
