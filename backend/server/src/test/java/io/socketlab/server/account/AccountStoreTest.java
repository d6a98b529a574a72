package io.socketlab.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.server.Databases;
import io.socketlab.server.web.DatabaseTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The same for both databases. */
class AccountStoreTest {

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

        private AccountStore accounts;
        private JdbcClient jdbc;

        abstract Databases.Place place();

        @BeforeEach
        void begin() {
            jdbc = JdbcClient.create(place().dataSource());
            accounts = new AccountStore(jdbc);
        }

        private TokenService tokensAt(Instant now) {
            return new TokenService(jdbc, Clock.fixed(now, ZoneOffset.UTC));
        }

        private Account add(Optional<String> login) {
            var account =
                    new Account(
                            UUID.randomUUID(),
                            login,
                            "Ada",
                            login.map(_ -> "{hash}"),
                            login.isEmpty(),
                            NOW);
            accounts.add(account);
            return account;
        }

        private static String newLogin() {
            return UUID.randomUUID() + "@example.org";
        }

        @Test
        void anAccountComesBackAsItWasPut() {
            Account ada = add(Optional.of(newLogin()));
            assertThat(accounts.find(ada.id())).contains(ada);
            assertThat(accounts.findByLogin(ada.login().orElseThrow())).contains(ada);
            assertThat(accounts.findByLogin(newLogin())).isEmpty();
        }

        @Test
        void aLoginIsThereOnceAndGuestsNeedNone() {
            Optional<String> login = Optional.of(newLogin());
            add(login);
            assertThatThrownBy(() -> add(login)).isInstanceOf(DuplicateKeyException.class);
            Account first = add(Optional.empty());
            Account second = add(Optional.empty());
            assertThat(first.id()).isNotEqualTo(second.id());
        }

        @Test
        void aGuestBecomesSomebodyOnce() {
            Account guest = add(Optional.empty());
            String login = newLogin();
            accounts.keep(guest.id(), login, "Grace", "{hash}");
            assertThat(accounts.findByLogin(login).orElseThrow().guest()).isFalse();
            accounts.keep(guest.id(), newLogin(), "Mallory", "{hash}");
            assertThat(accounts.find(guest.id()).orElseThrow().displayName()).isEqualTo("Grace");
        }

        @Test
        void aTokenIsKnownUntilItExpiresOrIsRevoked() {
            SignedIn ada = add(Optional.of(newLogin())).signedIn();
            TokenService tokens = tokensAt(NOW);
            String token = tokens.create(ada, "grader", grant(Optional.empty()));
            Instant end = NOW.plus(Duration.ofDays(2));
            var bearer = new TokenService.Bearer(ada, Set.of(Scope.READ), end);
            assertThat(tokens.recognise(token)).contains(bearer);
            assertThat(tokens.recognise(token + "x")).isEmpty();
            assertThat(bearer.isExpired(end.minusNanos(1000))).isFalse();
            assertThat(bearer.isExpired(end)).isTrue();
            assertThat(tokensAt(end.plusSeconds(1)).recognise(token)).contains(bearer);
            assertThat(lastUse(ada, end))
                    .as("nothing was done with what had expired")
                    .isEqualTo(NOW);
            UUID id = tokens.of(ada).getFirst().id();
            SignedIn other = add(Optional.empty()).signedIn();
            assertThat(tokens.revoke(other, id)).as("another's token").isFalse();
            assertThat(tokens.revoke(ada, id)).isTrue();
            assertThat(tokens.recognise(token)).isEmpty();
        }

        private static TokenService.Grant grant(Optional<UUID> course) {
            return new TokenService.Grant(Set.of(Scope.READ), course, Duration.ofDays(2));
        }

        private Instant lastUse(SignedIn who, Instant now) {
            return tokensAt(now).of(who).getFirst().lastUsedAt().orElseThrow();
        }

        @Test
        void aTokenIsBoundToACourseAndGoesWithIt() {
            SignedIn ada = add(Optional.of(newLogin())).signedIn();
            UUID course = UUID.randomUUID();
            jdbc.sql(
                            "insert into course (id, title, term, zone, secret, created_at) values (?, 'C', '', 'UTC', '', ?)")
                    .params(course, DatabaseTime.time(NOW))
                    .update();
            TokenService tokens = tokensAt(NOW);
            String token = tokens.create(ada, "grader", grant(Optional.of(course)));
            SignedIn who = tokens.recognise(token).orElseThrow().who();
            assertThat(who.boundTo()).contains(course);
            assertThat(who.reaches(Optional.of(course))).isTrue();
            assertThat(who.reaches(Optional.of(UUID.randomUUID()))).isFalse();
            assertThat(who.reaches(Optional.empty())).isFalse();
            jdbc.sql("delete from course where id = ?").param(course).update();
            assertThat(tokens.recognise(token)).isEmpty();
        }

        @Test
        void tokensAreNotInTheDatabase() {
            SignedIn ada = add(Optional.of(newLogin())).signedIn();
            String token = tokensAt(NOW).create(ada, "grader", grant(Optional.empty()));
            String stored =
                    jdbc.sql("select hash from api_token where account_id = ?")
                            .param(ada.id())
                            .query(String.class)
                            .single();
            assertThat(stored).hasSize(64).doesNotContain(token.substring(4));
        }
    }
}
