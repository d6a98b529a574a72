package io.socketlab.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.server.Databases;
import io.socketlab.server.web.DatabaseTime;
import io.socketlab.server.web.ServerSecret;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The same for both databases. */
class RunStoreTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

    @Nested
    class OnH2 extends Cases {
        @Override
        Databases.Place place() {
            return Databases.h2();
        }
    }

    @Nested
    class OnPostgres extends Cases {
        @Override
        Databases.Place place() {
            return Databases.postgres();
        }
    }

    abstract static class Cases {

        private JdbcClient jdbc;
        private RunStore runs;
        private SubmissionStore submissions;
        private UUID account;

        abstract Databases.Place place();

        @BeforeEach
        void begin() {
            jdbc = JdbcClient.create(place().dataSource());
            runs = new RunStore(jdbc);
            submissions = new SubmissionStore(jdbc);
            account = newAccount();
        }

        private UUID newAccount() {
            UUID id = UUID.randomUUID();
            jdbc.sql(
                            "insert into account (id, display_name, guest, created_at) values (?, 'Guest', true, ?)")
                    .params(id, DatabaseTime.time(NOW))
                    .update();
            return id;
        }

        private Run run(int attempt) {
            return new Run(
                    UUID.randomUUID(),
                    account,
                    Optional.empty(),
                    "c1-handshake",
                    1,
                    attempt,
                    Branch.TRUNK,
                    5,
                    "socketlab/test",
                    "Handshake by hand",
                    NOW,
                    NOW.plus(attempt, ChronoUnit.SECONDS));
        }

        private static LoggedInput input(int n, String client) {
            return new LoggedInput(n, "client: listen(3, 5)", client, "hash" + n, NOW);
        }

        @Test
        void aRunComesBackAsItWasPut() {
            Run run = run(1);
            runs.add(run);
            assertThat(runs.find(run.id())).contains(run);
            assertThat(runs.find(UUID.randomUUID())).isEmpty();
        }

        @Test
        void theLatestAttemptIsTheOneThatIsOpen() {
            runs.add(run(1));
            Run second = run(2);
            runs.add(second);
            assertThat(runs.latest(account, "c1-handshake", Optional.empty())).contains(second);
            assertThat(runs.latest(account, "u1-datagrams", Optional.empty())).isEmpty();
            assertThat(runs.of(account)).extracting(Run::attempt).containsExactly(2, 1);
        }

        @Test
        void anAttemptIsThereOnce() {
            runs.add(run(1));
            assertThatThrownBy(() -> runs.add(run(1))).isInstanceOf(DuplicateKeyException.class);
        }

        @Test
        void theLogKeepsItsOrderAndMovesTheRunUp() {
            Run run = run(1);
            runs.add(run);
            runs.append(run.id(), input(1, "a"));
            runs.append(run.id(), input(2, "b"));
            assertThat(runs.inputs(run.id())).containsExactly(input(1, "a"), input(2, "b"));
            assertThat(runs.find(run.id()).orElseThrow().updated()).isEqualTo(NOW);
        }

        @Test
        void neitherANumberNorAClientIdIsThereTwice() {
            Run run = run(1);
            runs.add(run);
            runs.append(run.id(), input(1, "a"));
            assertThatThrownBy(() -> runs.append(run.id(), input(1, "b")))
                    .isInstanceOf(DuplicateKeyException.class);
            assertThatThrownBy(() -> runs.append(run.id(), input(2, "a")))
                    .isInstanceOf(DuplicateKeyException.class);
            assertThat(runs.inputs(run.id())).hasSize(1);
        }

        @Test
        void aLineOfNoRunIsRefused() {
            assertThatThrownBy(() -> runs.append(UUID.randomUUID(), input(1, "a")))
                    .isInstanceOf(DataIntegrityViolationException.class);
        }

        @Test
        void submissionsAreCountedAndFound() {
            Run run = run(1);
            runs.add(run);
            var first =
                    new Submission(
                            run.id(), 1, 3, 40, "hash", 7.5, 10, "FAIL", "{\"score\":7.5}", NOW);
            submissions.add(first);
            assertThat(submissions.count(run.id())).isEqualTo(1);
            assertThat(submissions.find(run.id(), 1)).contains(first);
            assertThat(submissions.find(run.id(), 2)).isEmpty();
            assertThat(submissions.ofAccount(account)).containsExactly(first);
            assertThat(submissions.ofAccount(newAccount())).isEmpty();
        }

        @Test
        void aSecretIsMadeOnceAndKept() {
            var secret = new ServerSecret(jdbc);
            assertThat(secret.named("seed")).hasSize(32).isEqualTo(secret.named("seed"));
            assertThat(secret.named("other")).isNotEqualTo(secret.named("seed"));
        }
    }
}
