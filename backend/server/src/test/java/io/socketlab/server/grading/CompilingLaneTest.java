package io.socketlab.server.grading;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.grade.ProgramAnswer;
import io.socketlab.lab.model.Lab;
import io.socketlab.sandbox.compile.CCompiler;
import io.socketlab.sandbox.compile.Compilation;
import io.socketlab.sandbox.compile.Message;
import io.socketlab.sandbox.compile.Sources;
import io.socketlab.server.Databases;
import io.socketlab.server.compile.Compilers;
import io.socketlab.server.lab.Labs;
import io.socketlab.server.web.DatabaseTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** What a lane does with programs that have to be compiled first. */
class CompilingLaneTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Lab LAB =
            LabCatalogue.ofClassPath(LaneTest.class.getClassLoader())
                    .find("c1-handshake")
                    .orElseThrow();

    @Nested
    class H2 extends Jobs {
        H2() {
            super(Databases.h2());
        }
    }

    private static final ProgramAnswer PROGRAM =
            new ProgramAnswer(
                    List.of(
                            new ProgramAnswer.Program(
                                    "server",
                                    "server",
                                    new byte[0],
                                    "",
                                    "",
                                    "",
                                    Map.of("a.c", "int main(void) { }"),
                                    "")),
                    Map.of());

    abstract static class Jobs {

        private final JdbcClient jdbc;
        private final JobStore store;
        private final List<Object> events = new ArrayList<>();
        private final UUID account = UUID.randomUUID();
        private final Lane lane = new Lane(account, 0);
        private final CountDownLatch stuck = new CountDownLatch(1);
        private final CountDownLatch hangs = new CountDownLatch(1);
        private JobGrader grader;

        Jobs(Databases.Place place) {
            this.jdbc = JdbcClient.create(place.dataSource());
            this.store = new JobStore(jdbc);
            jdbc.sql(
                            "insert into account (id, display_name, guest, created_at) values (?, 'Guest', true, ?)")
                    .params(account, DatabaseTime.time(NOW))
                    .update();
        }

        @AfterEach
        void letGo() {
            stuck.countDown();
            if (grader != null) grader.destroy();
        }

        private Job job(int n, String script) {
            return job(n, JobKind.SCRIPT, script);
        }

        private Job job(int n, JobKind kind, String answer) {
            var job =
                    new Job(
                            UUID.randomUUID(),
                            account,
                            Optional.empty(),
                            Optional.empty(),
                            kind,
                            LAB.id(),
                            LAB.revision(),
                            1,
                            answer,
                            Phase.QUEUED,
                            0,
                            NOW.plusMillis(n),
                            Optional.empty(),
                            Optional.empty());
            store.add(job);
            return job;
        }

        private LaneWork work(Labs labs, Duration turn, Duration timeout) {
            return work(labs, turn, timeout, (_, _) -> Optional.empty());
        }

        private LaneWork work(Labs labs, Duration turn, Duration timeout, Compilers compilers) {
            var limits =
                    new GradingProperties(
                            1, turn, timeout, 3, 100, Duration.ofSeconds(1), Duration.ofSeconds(1));
            Clock clock = Clock.fixed(NOW.plusSeconds(9), ZoneOffset.UTC);
            var compiler = new JobCompiler(compilers);
            grader =
                    new JobGrader(
                            labs, limits, clock, JsonMapper.builder().build(), compiler, store);
            return new LaneWork(store, grader, limits, clock, events::add);
        }

        private LaneWork work() {
            return work(_ -> Optional.of(LAB), Duration.ofMinutes(1), Duration.ofSeconds(30));
        }

        /** There is a place for one alone, and what is compiled does not take it. */
        @Test
        @Timeout(60)
        void whatIsBeingCompiledKeepsNobodyFromBeingGraded()
                throws InterruptedException, ExecutionException {
            Job program = job(1, JobKind.PROGRAM, PROGRAM.write());
            LaneWork work =
                    work(
                            _ -> Optional.of(LAB),
                            Duration.ofMinutes(1),
                            Duration.ofSeconds(30),
                            (_, _) -> Optional.of(waiting()));
            var turn = new FutureTask<>(() -> work.turn(lane, () -> false));
            Thread.ofPlatform().daemon().start(turn);
            hangs.await();
            Job next = job(2, LAB.files().read("solution/plain.pkt").orElseThrow());
            assertThat(work.turn(new Lane(account, 1), () -> false)).isFalse();
            assertThat(store.result(next.id()).orElseThrow().verdict()).isEqualTo("PASS");
            assertThat(store.result(program.id())).as("it is compiled still").isEmpty();
            stuck.countDown();
            assertThat(turn.get()).isFalse();
            JobResult result = store.result(program.id()).orElseThrow();
            assertThat(result.gradable()).isFalse();
            assertThat(result.document()).contains("it took long, and is wrong");
        }

        /** A compiler that is at work until it is let go, and then refuses. */
        private CCompiler waiting() {
            return new CCompiler() {
                @Override
                public String name() {
                    return "clang 1";
                }

                @Override
                public Compilation compile(Sources sources) throws InterruptedException {
                    hangs.countDown();
                    stuck.await();
                    String text = "it took long, and is wrong";
                    return new Compilation.Refused(
                            List.of(new Message(Message.Severity.ERROR, "a.c", 1, 1, text)));
                }
            };
        }

        @Test
        void aProgramThatNobodyCanCompileAnyMoreEndsAsOurFault() throws InterruptedException {
            Job program = job(1, JobKind.PROGRAM, PROGRAM.write());
            work().turn(lane, () -> false);
            JobResult result = store.result(program.id()).orElseThrow();
            assertThat(result.verdict()).isEqualTo("ERROR");
            assertThat(result.gradable()).isFalse();
            assertThat(result.document()).contains("this server has no compiler any more");
        }
    }
}
