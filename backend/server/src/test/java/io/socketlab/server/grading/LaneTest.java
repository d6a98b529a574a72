package io.socketlab.server.grading;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.model.Lab;
import io.socketlab.server.Databases;
import io.socketlab.server.lab.Labs;
import io.socketlab.server.web.DatabaseTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Taking, grading and ending jobs, in both databases; without the schedule. */
class LaneTest {

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

    @Nested
    class Postgres extends Jobs {
        Postgres() {
            super(Databases.postgres());
        }
    }

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
            var job =
                    new Job(
                            UUID.randomUUID(),
                            account,
                            Optional.empty(),
                            Optional.empty(),
                            JobKind.SCRIPT,
                            LAB.id(),
                            LAB.revision(),
                            1,
                            script,
                            Phase.QUEUED,
                            0,
                            NOW.plusMillis(n),
                            Optional.empty(),
                            Optional.empty());
            store.add(job);
            return job;
        }

        private LaneWork work(Labs labs, Duration turn, Duration timeout) {
            var limits =
                    new GradingProperties(
                            1, turn, timeout, 3, 100, Duration.ofSeconds(1), Duration.ofSeconds(1));
            Clock clock = Clock.fixed(NOW.plusSeconds(9), ZoneOffset.UTC);
            var none = new JobCompiler((_, _) -> Optional.empty());
            grader = new JobGrader(labs, limits, clock, JsonMapper.builder().build(), none, store);
            return new LaneWork(store, grader, limits, clock, events::add);
        }

        private LaneWork work() {
            return work(_ -> Optional.of(LAB), Duration.ofMinutes(1), Duration.ofSeconds(30));
        }

        @Test
        void aTurnGradesAllTheOldestFirst() throws InterruptedException {
            Job second = job(2, "");
            Job first = job(1, LAB.files().read("solution/plain.pkt").orElseThrow());
            assertThat(work().turn(lane, () -> false)).isFalse();
            assertThat(events)
                    .containsExactly(
                            new JobEnded(first.id(), account), new JobEnded(second.id(), account));
            assertThat(store.result(first.id()).orElseThrow().verdict()).isEqualTo("PASS");
            assertThat(store.find(first.id()).orElseThrow().finished()).isPresent();
        }

        @Test
        void whoseTurnIsOverLetsAnotherGoFirst() throws InterruptedException {
            job(1, "");
            job(2, "");
            LaneWork work = work(_ -> Optional.of(LAB), Duration.ZERO, Duration.ofSeconds(30));
            assertThat(work.turn(lane, () -> false)).isTrue();
            assertThat(events).hasSize(1);
            assertThat(work.turn(lane, () -> true)).isFalse();
            assertThat(events).hasSize(2);
        }

        @Test
        void whatIsGradedTwiceCountsOnce() throws InterruptedException {
            Job job = job(1, "");
            UUID dead = UUID.randomUUID();
            assertThat(store.claim(job, lane, dead, NOW)).isTrue();
            assertThat(store.claim(job, lane, UUID.randomUUID(), NOW)).isFalse();
            // taken for dead, begun again, and done
            work().turn(lane, () -> false);
            JobResult result = store.result(job.id()).orElseThrow();
            // and now the first comes with its result after all
            assertThat(store.finish(dead, result)).isFalse();
            assertThat(store.find(job.id()).orElseThrow().tries()).isEqualTo(2);
            assertThat(events).hasSize(1);
        }

        @Test
        void whatKillsTheServerEachTimeIsGivenUp() throws InterruptedException {
            Job job = job(1, "");
            for (int i = 0; i < 3; i++) {
                Job seen = store.leftBehind(lane).orElse(job);
                assertThat(store.claim(seen, lane, UUID.randomUUID(), NOW)).isTrue();
            }
            work().turn(lane, () -> false);
            JobResult result = store.result(job.id()).orElseThrow();
            assertThat(result.verdict()).isEqualTo("ERROR");
            assertThat(result.gradable()).isFalse();
            assertThat(result.document()).contains("The server stopped each time");
        }

        @Test
        void aCancelledJobHasNoResultEvenIfItWasBeingGraded() throws InterruptedException {
            Job waiting = job(1, "");
            assertThat(store.cancel(waiting.id(), NOW)).isTrue();
            assertThat(store.cancel(waiting.id(), NOW)).isFalse();
            Job running = job(2, "");
            UUID claim = UUID.randomUUID();
            store.claim(running, lane, claim, NOW);
            LaneWork work = work();
            JobResult late = grader.grade(running, NOW, () -> true).orElseThrow();
            assertThat(store.cancel(running.id(), NOW)).isTrue();
            assertThat(store.finish(claim, late)).isFalse();
            work.turn(lane, () -> false);
            assertThat(store.result(waiting.id())).isEmpty();
            assertThat(store.result(running.id())).isEmpty();
            assertThat(events).isEmpty();
        }

        /** The first that asks for the lab hangs, and does not even look at a stop sign. */
        private Labs hanging() {
            var first = new AtomicBoolean(true);
            return _ -> {
                if (first.getAndSet(false)) {
                    hangs.countDown();
                    awaitUninterruptibly(stuck);
                }
                return Optional.of(LAB);
            };
        }

        private static void awaitUninterruptibly(CountDownLatch latch) {
            while (true) {
                try {
                    latch.await();
                    return;
                } catch (InterruptedException e) {
                    // hangs on
                }
            }
        }

        private int running() {
            return jdbc.sql(
                            "select count(*) from grading_job where phase = 'RUNNING' and account_id = ?")
                    .param(account)
                    .query(Integer.class)
                    .single();
        }

        /** There is a place for one alone. */
        @Test
        @Timeout(60)
        void whatTakesTooLongKeepsNoPlace() throws InterruptedException {
            Job slow = job(1, "");
            Job next = job(2, LAB.files().read("solution/plain.pkt").orElseThrow());
            work(hanging(), Duration.ofMinutes(1), Duration.ofSeconds(2)).turn(lane, () -> false);
            assertThat(stuck.getCount()).as("it hangs still").isEqualTo(1);
            assertThat(store.result(slow.id()).orElseThrow().verdict()).isEqualTo("ERROR");
            assertThat(store.result(next.id()).orElseThrow().verdict()).isEqualTo("PASS");
            assertThat(running()).isZero();
            assertThat(store.hasQueued(account)).isFalse();
        }

        @Test
        @Timeout(60)
        void whatIsCancelledWhileItIsGradedKeepsNoPlace()
                throws InterruptedException, ExecutionException {
            Job slow = job(1, "");
            Job next = job(2, LAB.files().read("solution/plain.pkt").orElseThrow());
            LaneWork work = work(hanging(), Duration.ofMinutes(1), Duration.ofHours(1));
            var turn = new FutureTask<>(() -> work.turn(lane, () -> false));
            Thread.ofPlatform().daemon().start(turn);
            hangs.await();
            assertThat(running()).isEqualTo(1);
            assertThat(store.cancel(slow.id(), NOW)).isTrue();
            assertThat(turn.get()).isFalse();
            assertThat(stuck.getCount()).as("it hangs still").isEqualTo(1);
            assertThat(store.result(slow.id())).isEmpty();
            assertThat(store.result(next.id()).orElseThrow().verdict()).isEqualTo("PASS");
            assertThat(events).containsExactly(new JobEnded(next.id(), account));
            assertThat(running()).isZero();
        }

        @Test
        void whatTakesTooLongEndsAsOurFault() throws InterruptedException {
            Job job = job(1, "");
            work(hanging(), Duration.ofMinutes(1), Duration.ofMillis(20)).turn(lane, () -> false);
            JobResult result = store.result(job.id()).orElseThrow();
            assertThat(result.verdict()).isEqualTo("ERROR");
            assertThat(result.document()).contains("took longer than");
        }

        @Test
        void whatFailsEndsAsOurFault() throws InterruptedException {
            Job gone = job(1, "");
            work(_ -> Optional.empty(), Duration.ofMinutes(1), Duration.ofSeconds(30))
                    .turn(lane, () -> false);
            assertThat(store.result(gone.id()).orElseThrow().verdict()).isEqualTo("ERROR");
            Job broken = job(2, "");
            Labs failing =
                    _ -> {
                        throw new IllegalStateException("made to fail");
                    };
            work(failing, Duration.ofMinutes(1), Duration.ofSeconds(30)).turn(lane, () -> false);
            JobResult result = store.result(broken.id()).orElseThrow();
            assertThat(result.gradable()).isFalse();
            assertThat(result.document()).doesNotContain("made to fail");
        }
    }
}
