package io.socketlab.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.server.Databases;
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
            String token = tokens.create(ada, "grader", Set.of(Scope.READ), Duration.ofDays(2));
            assertThat(tokens.recognise(token))
                    .contains(new TokenService.Bearer(ada, Set.of(Scope.READ)));
            assertThat(tokens.recognise(token + "x")).isEmpty();
            assertThat(tokensAt(NOW.plus(Duration.ofDays(3))).recognise(token)).isEmpty();
            UUID id = tokens.of(ada).getFirst().id();
            SignedIn other = add(Optional.empty()).signedIn();
            assertThat(tokens.revoke(other, id)).as("another's token").isFalse();
            assertThat(tokens.revoke(ada, id)).isTrue();
            assertThat(tokens.recognise(token)).isEmpty();
        }

        @Test
        void tokensAreNotInTheDatabase() {
            SignedIn ada = add(Optional.of(newLogin())).signedIn();
            String token =
                    tokensAt(NOW).create(ada, "grader", Set.of(Scope.READ), Duration.ofDays(2));
            String stored =
                    jdbc.sql("select hash from api_token where account_id = ?")
                            .param(ada.id())
                            .query(String.class)
                            .single();
            assertThat(stored).hasSize(64).doesNotContain(token.substring(4));
        }
    }
}
