package io.socketlab.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.check.Verdict;
import io.socketlab.lab.grade.ResultDocument;
import io.socketlab.lab.model.SubmittedPrograms;
import io.socketlab.server.Databases;
import io.socketlab.server.run.InputOutcome.Accepted;
import io.socketlab.server.run.InputOutcome.Refused;
import io.socketlab.server.web.DatabaseTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class BenchTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String SOCKET = "server: socket(AF_INET, SOCK_STREAM, 0)";

    private final AtomicLong clock = new AtomicLong();
    private JdbcClient jdbc;
    private RunStore store;
    private BenchRegistry benches;
    private UUID account;

    @BeforeEach
    void begin() {
        jdbc = JdbcClient.create(Databases.h2().dataSource());
        store = new RunStore(jdbc);
        account = UUID.randomUUID();
        jdbc.sql(
                        "insert into account (id, display_name, guest, created_at) values (?, 'Guest', true, ?)")
                .params(account, DatabaseTime.time(NOW))
                .update();
        benches = registry(2, 5);
    }

    private BenchRegistry registry(int live, int maxInputs) {
        return registry(live, maxInputs, false);
    }

    private BenchRegistry registry(int live, int maxInputs, boolean exam) {
        return new BenchRegistry(
                store,
                LabCatalogue.ofClassPath(getClass().getClassLoader())::find,
                new ProgramStore(jdbc),
                new BenchProperties(Duration.ofMinutes(10), live, maxInputs, 100),
                clock::get,
                _ -> exam);
    }

    private Run run(String lab, int revision, int attempt) {
        var run =
                new Run(
                        UUID.randomUUID(),
                        account,
                        Optional.empty(),
                        lab,
                        revision,
                        attempt,
                        Branch.TRUNK,
                        5,
                        "socketlab/test",
                        "A lab",
                        NOW,
                        NOW);
        store.add(run);
        return run;
    }

    private Run run(int attempt) {
        return run("c1-handshake", 2, attempt);
    }

    @Test
    void inAnExamNothingIsSaidOfProgramsEither() throws IOException {
        byte[] wasm =
                Files.readAllBytes(Path.of("../sandbox/src/test/resources/programs", "leak.wasm"));
        String name = SubmittedPrograms.name("leak", wasm);
        new ProgramStore(jdbc)
                .add(account, new ProgramStore.Program(name, "", NOW, Optional.empty()), wasm);
        Run run = run(1);
        benches.bench(run).input("a", "exec server " + name);
        assertThat(benches.bench(run).judge().remarks()).hasSize(1);
        Bench.Judgement exam = registry(2, 5, true).bench(run).judge();
        assertThat(exam.remarks()).isEmpty();
        assertThat(exam.tests()).isEmpty();
    }

    @Test
    void whatIsAcceptedIsInTheLog() {
        Run run = run(1);
        var outcome = benches.bench(run).input("a", SOCKET);
        assertThat(outcome).isInstanceOf(Accepted.class);
        assertThat(store.inputs(run.id())).extracting(LoggedInput::line).containsExactly(SOCKET);
    }

    @Test
    void whatCannotBeStoredIsNotDone() {
        Run run = run(1);
        Bench bench = benches.bench(run);
        bench.input("a", SOCKET);
        jdbc.sql("alter table run_input rename to gone").update();
        assertThat(bench.input("b", "server: listen(3, 5)"))
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.title()).isEqualTo("not stored"));
        jdbc.sql("alter table gone rename to run_input").update();
        assertThat(bench.state().inputs()).isEqualTo(1);
        assertThat(bench.input("b", "server: listen(3, 5)")).isInstanceOf(Accepted.class);
    }

    @Test
    void aBenchThatLeftMemoryComesBackAsItWas() {
        Run run = run(1);
        Bench bench = benches.bench(run);
        bench.input("a", SOCKET);
        BenchState before = bench.state();
        clock.addAndGet(Duration.ofMinutes(11).toNanos());
        benches.sweep();
        assertThat(benches.live()).isZero();
        assertThat(benches.bench(run).state()).isEqualTo(before);
        assertThat(benches.live()).isEqualTo(1);
    }

    /** Up to where lab C1 halts: at accept(). */
    private Bench halted(Run run, BenchRegistry registry) {
        Bench bench = registry.bench(run);
        for (String line :
                List.of(
                        SOCKET,
                        "server: bind(3, *:8080)",
                        "server: listen(3, 5)",
                        "client: socket(AF_INET, SOCK_STREAM, 0)",
                        "client: connect(3, server:8080)",
                        "run",
                        "server: accept(3)")) {
            assertThat(bench.input("h" + bench.state().inputs(), line))
                    .isInstanceOf(Accepted.class);
        }
        return bench;
    }

    @Test
    void whereARunHasHaltedNothingBehindItIsToldBeforeThereIsAnAnswer() {
        Run run = run(1);
        Bench bench = halted(run, registry(2, 50));
        BenchState asked = bench.state();
        assertThat(asked.foretold().asked())
                .contains(new Foretold.Asked("accepted", asked.lastSeq(), true));
        assertThat(asked.next()).isEmpty();
        assertThat(bench.events(1, Integer.MAX_VALUE)).hasSize(asked.lastSeq());
        assertThat(bench.events(asked.lastSeq(), Integer.MAX_VALUE))
                .singleElement()
                .isInstanceOf(TraceEvent.CallEntered.class);
        assertThat(bench.input("x", "step")).isInstanceOf(Refused.class);

        // kept over the loss of all that is in memory
        Bench again = registry(2, 50).bench(run);
        assertThat(again.state()).isEqualTo(asked);
        assertThat(again.input("y", "predict accepted ONE")).isInstanceOf(Accepted.class);
        assertThat(again.state().foretold().asked()).isEmpty();
        assertThat(again.state().lastSeq()).isGreaterThan(asked.lastSeq());
        assertThat(registry(2, 50).bench(run).state()).isEqualTo(again.state());
        assertThat(again.judge().tests())
                .filteredOn(test -> test.id().equals("accepted"))
                .singleElement()
                .extracting(ResultDocument.Test::status, ResultDocument.Test::rule)
                .containsExactly(Verdict.FAIL, "LINUX.ACCEPTQ");
    }

    @Test
    void aForkHasTheAnswersOfItsRun() {
        Bench bench = halted(run(1), registry(2, 50));
        int asked = bench.state().lastSeq();
        bench.input("y", "predict accepted ONE");
        World.Beginning before = bench.with(world -> world.beginning(asked - 10, NOW));
        assertThat(before.log())
                .extracting(LoggedInput::line)
                .startsWith("predict accepted ONE", SOCKET)
                .doesNotContain("server: accept(3)");
        World.Beginning behind = bench.with(world -> world.beginning(asked + 1, NOW));
        assertThat(behind.log())
                .extracting(LoggedInput::line)
                .startsWith(SOCKET)
                .endsWith("server: accept(3)", "predict accepted ONE");
    }

    @Test
    void theOneNotUsedForLongestMakesRoom() {
        for (int i = 1; i <= 3; i++) {
            clock.incrementAndGet();
            benches.bench(run(i)).input("a", SOCKET);
        }
        assertThat(benches.live()).isEqualTo(2);
    }

    @Test
    void aReplayThatComesOutOtherwiseIsReadOnly() {
        Run run = run(1);
        benches.bench(run).input("a", SOCKET);
        jdbc.sql("update run_input set trace_hash = 'other'").update();
        Bench bench = registry(2, 5).bench(run);
        assertThat(bench.state().readOnly().orElseThrow()).contains("From input 1 on");
        assertThat(bench.input("b", SOCKET)).isInstanceOf(Refused.class);
    }

    @Test
    void aRunOfAnEarlierRevisionCanBeLookedAt() {
        Bench bench = benches.bench(run("c1-handshake", 99, 1));
        assertThat(bench.state().readOnly().orElseThrow()).contains("has been revised");
    }

    @Test
    void aRunOfALabThatIsGoneSaysSo() {
        Bench bench = benches.bench(run("c99", 1, 1));
        assertThatThrownBy(bench::state)
                .isInstanceOf(BenchUnavailableException.class)
                .hasMessageContaining("c99, is not here any more");
    }

    @Test
    void aLogIsNotEndlessAndNeitherIsALine() {
        Bench bench = benches.bench(run(1));
        for (int i = 0; i < 5; i++) bench.input("i" + i, SOCKET);
        assertThat(bench.input("more", SOCKET))
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.title()).isEqualTo("the run is full"));
        Bench other = benches.bench(run(2));
        assertThat(other.input("long", "x".repeat(101)))
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.detail()).contains("at most 100"));
    }
}
